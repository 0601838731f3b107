"""The filter: as many lines out as in, in the same order, whatever they hold."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whole_runs import COMMUNIQUE, ROOT, TWO_FAKES, communique, config_file

from pipeline.config_file import load_config
from pipeline.errors import ConfigError, LanguageError
from pipeline.lines import open_filter
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.fake import rotate


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return config_file(tmp_path_factory.mktemp("lines"), TWO_FAKES)


def test_any_number_of_lines_comes_out_in_order(config: Path) -> None:
    """The real thing: a process between two pipes."""
    lines = [f"La ligne numéro {number} est arrivée. Voilà !" if number % 7 else "" for number in range(1_500)]
    command = [*COMMUNIQUE, "translate", "--to", "x-rot13", "--config", str(config)]
    data = "\n".join(lines).encode()
    done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True, timeout=120, check=True)
    assert done.stdout.decode().split("\n") == [*map(rotate, lines), ""]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", b""),
        (b"\n", b"\n"),
        (b"\n\nOui.\n\n", b"\n\nBhv.\n\n"),
        (b"Oui.\r\nNon.\r\n", b"Bhv.\nAba.\n"),
        (b"  Oui.  Non.\t\n", b"  Bhv.  Aba.\t\n"),
        ("\u2028Oui.\u0085Non.\x0b\n".encode(), "\u2028Bhv.\u0085Aba.\x0b\n".encode()),
        (b"12 : 34\n---\n", b"12 : 34\n---\n"),
    ],
)
def test_empty_lines_ends_of_line_and_odd_spaces(config: Path, data: bytes, expected: bytes) -> None:
    ended = communique("translate", "--to", "x-rot13", "--config", config, stdin=data)
    assert (ended.code, ended.out.encode()) == (0, expected)


def test_bytes_that_are_no_text_are_refused_with_their_line(config: Path) -> None:
    ended = communique("translate", "--to", "x-rot13", "--config", config, stdin=b"Oui.\n\nNon\xff.\n")
    assert ended.code == 2
    assert "line 3 is not UTF-8" in ended.err
    assert ended.out in {"", "Bhv.\n\n"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "ar"], "no translator fr→ar"),
        (["--to", "x-rot13", "--system", "third"], "there is no system “third”; there are fake, other"),
    ],
)
def test_what_cannot_be_done_is_said(config: Path, arguments: list[str], message: str) -> None:
    assert communique("translate", *arguments, "--config", config).err.count(message) == 1


def test_a_system_can_be_chosen(config: Path) -> None:
    with open_filter(load_config(config, {"targets": ["x-rot13"]}), "other") as translate_lines:
        assert list(translate_lines(["Oui."])) == ["Bhv."]
    with pytest.raises(ConfigError), open_filter(load_config(config, {"targets": ["x-rot13"]}), "third"):
        pass
    with pytest.raises(LanguageError), open_filter(load_config(config, {"targets": ["ar"]}), None):
        pass


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=60), max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_line_comes_out_as_its_own(lines: list[str]) -> None:
    fake = load_config(None, {"systems": [{"name": "fake", "backend": "fake"}], "targets": ["x-rot13"]})
    with open_filter(fake, None) as translate_lines:
        assert list(translate_lines(lines)) == [rotate(line) for line in lines]


@pytest.mark.apertium
@pytest.mark.skipif(not ApertiumTranslator().supports("fr", "es"), reason="needs apertium-fr-es")
def test_lines_go_through_apertium() -> None:
    lines = ["La police arrête les hommes.", "", "Écrivez à presse@example.org.", "Fin", "a\u2028b\u0085c\x0bd\x0ce\rf"]
    translated = communique("translate", "--to", "es", stdin="\n".join(lines).encode() + b"\n").out.split("\n")
    assert len(translated) == len(lines) + 1
    assert translated[0].startswith("La policía ") and translated[0].endswith(" los hombres.")
    assert (translated[1], translated[-1]) == ("", "")
    assert "presse@example.org" in translated[2]
