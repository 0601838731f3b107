"""Mode files are found, named and read as the pipelines that they are."""

from pathlib import Path

import pytest

from pipeline.translate.apertium_modes import Mode, find_modes


def write_mode(folder: Path, name: str, data: Path, line: str = "cat $1 '{}' | tr $2 a b") -> None:
    (folder / f"{name}.mode").write_text(line.format(data), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "with space.bin"
    path.write_bytes(b"dictionary")
    return path


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("fr-es", ("fr", "es")),
        ("fra-cat", ("fr", "ca")),
        ("spa-eng", ("es", "en")),
        ("spa-eng_US", ("es", "en-US")),
        ("es-pt_BR", ("es", "pt-BR")),
        ("spa-ast", ("es", "ast")),
        ("fra-frp", ("fr", "frp")),
    ],
)
def test_a_mode_is_found_under_its_bcp47_tags(tmp_path: Path, data: Path, name: str, pair: tuple[str, str]) -> None:
    write_mode(tmp_path, name, data)
    assert list(find_modes(tmp_path)) == [pair]


@pytest.mark.parametrize(
    "name", ["eco-fr-es", "eng-cat_valencia", "fra-cat_pre2017", "spa-ast-old", "cat-por_PTpre1990", "notes"]
)
def test_variants_that_no_tag_asks_for_are_left_out(tmp_path: Path, data: Path, name: str) -> None:
    write_mode(tmp_path, name, data)
    assert find_modes(tmp_path) == {}


def test_stages_mark_unknown_words_and_flush_on_nul(tmp_path: Path, data: Path) -> None:
    write_mode(tmp_path, "fr-es", data)
    mode = find_modes(tmp_path)["fr", "es"]
    assert mode.stages == (("cat", "-z", "-g", str(data)), ("tr", "-z", "a", "b"))
    assert mode.data_files == (data,)
    assert mode.programs == ("cat", "tr")


@pytest.mark.parametrize(("name", "afresh"), [("cat-spa", True), ("fra-cat", False)])
def test_only_grammars_that_remember_are_run_afresh(data: Path, name: str, afresh: bool) -> None:
    mode = Mode(name, (("cat", "-z"), ("cg-proc", "-z", "-w", str(data))), grammar_remembers=afresh)
    assert mode.commands[0] == mode.stages[0]
    assert mode.commands[1][-4:] == mode.stages[1]
    assert (len(mode.commands[1]) == 6) == afresh


def test_modes_from_catalan_are_those_that_remember(tmp_path: Path, data: Path) -> None:
    for name in ("cat-spa", "fra-cat", "spa-eng"):
        write_mode(tmp_path, name, data)
    assert [pair for pair, mode in find_modes(tmp_path).items() if mode.grammar_remembers] == [("ca", "es")]


def test_a_bar_needs_no_spaces_around_it(tmp_path: Path, data: Path) -> None:
    write_mode(tmp_path, "fr-eo", data, "cat '{}'|tr a b| tr b c")
    assert [stage[0] for stage in find_modes(tmp_path)["fr", "eo"].stages] == ["cat", "tr", "tr"]


def test_a_mode_without_its_data_cannot_be_used(tmp_path: Path) -> None:
    write_mode(tmp_path, "fr-es", tmp_path / "absent.bin")
    assert find_modes(tmp_path) == {}


def test_a_mode_without_its_program_cannot_be_used(tmp_path: Path, data: Path) -> None:
    write_mode(tmp_path, "fr-es", data, "no-such-program-here '{}'")
    assert find_modes(tmp_path) == {}


def test_an_empty_mode_file_is_no_mode(tmp_path: Path) -> None:
    (tmp_path / "fr-es.mode").write_text("\n", encoding="utf-8")
    assert find_modes(tmp_path) == {}


def test_without_apertium_there_are_no_modes(tmp_path: Path) -> None:
    assert find_modes(tmp_path / "absent") == {}
