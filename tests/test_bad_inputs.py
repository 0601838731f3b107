"""Files that cannot be done: each fails alone and is named, with its stage and a remedy, and all others are done."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx_samples import make_docx, make_zip, paragraph
from docx_samples import run as word_run
from whole_runs import COMMUNIQUE, FAKE, ROOT, TEXT, communique, config_file, jsonl, write_files

from pipeline import runner

ENGLISH = (
    "The police arrested twelve people on Tuesday in Lyon. Investigators seized more than two hundred weapons, "
    "and three suspects are still wanted.\n"
)
BOMB = make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * 30_000_000})
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;'
    b"</w:t></w:r></w:p></w:body></w:document>"
)
WORD = make_docx(paragraph(word_run(TEXT)))
TRACKED = make_docx(f'<w:p><w:ins w:id="1" w:author="a">{word_run(TEXT)}</w:ins></w:p>')

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(1_000)

BAD: Mapping[str, tuple[bytes, str]] = {
    "binary.txt": (bytes(range(256)) * 40, "the file is binary"),
    "bomb.docx": (BOMB, "looks like a zip bomb"),
    "cut.docx": (WORD[: len(WORD) // 2], "the file is damaged"),
    "empty.txt": (b"", "the file is empty"),
    "encrypted.docx": (ENCRYPTED, "encrypted"),
    "english.txt": (ENGLISH.encode(), "the text is in English, not in French"),
    "entities.docx": (make_docx("", replace={"word/document.xml": ENTITIES}), "the file is hostile"),
    "large.txt": (TEXT.encode() * 4_000, "more than the 900,000 allowed"),
    "no-letter.txt": (b"12 34 --- !!\n", "nothing to translate"),
    "text-in-disguise.docx": (TEXT.encode(), "not what its name says"),
    "tracked.docx": (TRACKED, "unaccepted tracked changes"),
}
"""Content of each bad file, and what is said of it."""

NAMED = {"gone.txt": "no such file", "release.odt": "files cannot be read", "y" * 300 + ".txt": ""}
"""Paths that are given on the command line, and what is said of them."""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A run over all bad files and two good ones: its output folder, exit code and table."""
    folder = tmp_path_factory.mktemp("mixed")
    good = {"good.txt": TEXT, "zebra.txt": TEXT.replace("12", "13")}
    write_files(folder / "in", {**{name: content for name, (content, _) in BAD.items()}, **good})
    write_files(folder, {"release.odt": TEXT})
    (folder / "in" / "notes.log").write_text("left alone", encoding="utf-8")
    config = config_file(folder, f"{FAKE}[limits]\nmax_bytes = 900_000\n")
    inputs = [word for name in ("in", *NAMED) for word in ("--input", folder / name)]
    ended = communique("run", config, *inputs, "--to", "x-rot13", "--output", folder / "out")
    return folder / "out", ended.code, ended.err


def test_good_files_are_done_beside_bad_ones_and_the_exit_code_tells(mixed: tuple[Path, int, str]) -> None:
    output, code, _ = mixed
    assert code == 2
    assert [row["path"] for row in jsonl(output / "verdicts.jsonl")] == ["good.txt", "zebra.txt"]
    assert {path.name for path in (output / "translations").iterdir()} == {"good.txt", "zebra.txt"}


@pytest.mark.parametrize(("name", "message"), [*((name, said) for name, (_, said) in BAD.items()), *NAMED.items()])
def test_each_bad_file_is_named_with_stage_reason_and_remedy(
    mixed: tuple[Path, int, str], name: str, message: str
) -> None:
    output, _, table = mixed
    (failure,) = [row for row in jsonl(output / "failures.jsonl") if Path(row["path"]).name == name]
    assert (failure["stage"], failure["target_lang"]) == ("read", "")
    assert message in failure["message"]
    assert failure["remedy"]
    assert name[:40] in table
    page = (output / "index.html").read_text(encoding="utf-8")
    assert name in page


def test_nothing_else_failed_and_other_files_of_a_folder_are_left_alone(mixed: tuple[Path, int, str]) -> None:
    output, _, table = mixed
    assert len(jsonl(output / "failures.jsonl")) == len(BAD) + len(NAMED)
    assert "notes.log" not in table


def test_a_run_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ended = communique("run", "--input", tmp_path / "in", "--to", "es", "--output", tmp_path / "out")
    assert (ended.code, ended.out) == (2, "")
    assert "there is nothing to read" in ended.err
    assert not (tmp_path / "out").exists()


def without_superpowers() -> list[str]:
    """Return what to put before a command so that file permissions count for it, even for root."""
    if os.geteuid():
        return []
    if not (setpriv := shutil.which("setpriv")):
        pytest.skip("root reads everything, and there is no setpriv")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search"]


def test_a_file_that_may_not_be_read_fails_alone_and_is_read_when_it_may_be(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"good.txt": TEXT, "secret.txt": TEXT, "closed/other.txt": TEXT})
    (folder / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    config, output = config_file(tmp_path), tmp_path / "out"
    arguments = ["run", config, "--input", folder, "--to", "x-rot13", "--output", output]
    command = [*without_superpowers(), *COMMUNIQUE, *map(str, arguments)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    (folder / "closed").chmod(0o700)
    assert ended.returncode == 2, ended.stderr
    failures = {row["path"]: row["message"] for row in jsonl(output / "failures.jsonl")}
    assert failures == dict.fromkeys(["secret.txt", "closed"], "cannot be read: Permission denied")
    assert [row["path"] for row in jsonl(output / "verdicts.jsonl")] == ["good.txt"]
    (folder / "secret.txt").chmod(0o600)
    assert communique(*arguments).code == 0
    assert len(jsonl(output / "verdicts.jsonl")) == 3


def test_a_file_that_changes_under_our_hands_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_files(tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT.replace("12", "14")})
    config, output = config_file(tmp_path), tmp_path / "out"
    arguments = ["run", config, "--input", folder, "--to", "x-rot13", "--output", output]
    summarized = runner.summarize_sources

    def change(*given: Any) -> Any:
        write_files(folder, {"b.txt": TEXT.replace("12", "15")})
        return summarized(*given)

    with monkeypatch.context() as patch:
        patch.setattr(runner, "summarize_sources", change)
        assert communique(*arguments).code == 2
    (failure,) = jsonl(output / "failures.jsonl")
    assert (failure["path"], failure["stage"]) == ("b.txt", "write")
    assert "has changed since the run began" in failure["message"]
    assert communique(*arguments).code == 0
    assert "15" in next((output / "translations" / "b.txt").rglob("*.txt")).read_text(encoding="utf-8")
