"""Sentence pairs to learn from, and what is refused before data of the package is replaced."""

import lzma
from pathlib import Path

import pytest

from pipeline.measure.pair_files import read_arguments, read_pairs


def write(path: Path, *lines: str) -> Path:
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def test_lines_that_are_no_pair_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "fr-en.tsv.xz", "oui\tyes", "non", "a\tb\tc", "peut-être\tmaybe")
    assert list(read_pairs(path)) == [("oui", "yes"), ("peut-être", "maybe")]


def test_each_language_has_its_files_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(tmp_path / name, "oui\tyes") for name in ("fr-en.1.tsv.xz", "fr-en.2.tsv.xz")]
    monkeypatch.setattr("sys.argv", ["learn", str(tmp_path)])
    assert read_arguments("Learn.", ["en"]) == {"en": paths}


@pytest.mark.parametrize("more", [[], ["de"], ["--help"]])
def test_nothing_is_learnt_where_a_language_has_no_pairs(
    more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "fr-en.tsv.xz", "oui\tyes")
    monkeypatch.setattr("sys.argv", ["learn", str(tmp_path), *more])
    with pytest.raises(SystemExit):
        read_arguments("Learn.", ["en", "es"])
