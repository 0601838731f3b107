"""Sentence pairs come out of every kind of source, and what cannot be read is said."""

import gzip
import lzma
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.train.pairs import MAX_LINE_CHARS, Pair, find_sources, read_pairs
from pipeline.translate.tmx import Entry, write_tmx

PAIRS = [Pair("Le musée ouvre.", "The museum opens."), Pair("Où ?", "Where?")]
LINES = "".join(f"{source}\t{target}\tand more\n" for source, target in PAIRS)


def read(path: Path) -> list[Pair]:
    return list(read_pairs(path, "fr", "en"))


def test_tsv_is_read_plain_and_compressed(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(LINES, encoding="utf-8")
    with gzip.open(tmp_path / "a.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(LINES)
    with lzma.open(tmp_path / "a.tsv.xz", "wt", encoding="utf-8") as file:
        file.write(LINES)
    assert [read(tmp_path / name) for name in ("a.tsv", "a.tsv.gz", "a.tsv.xz")] == [PAIRS] * 3


def test_memories_are_read(tmp_path: Path) -> None:
    write_tmx(tmp_path / "a.tmx", [Entry(*pair) for pair in PAIRS], "fr", "en")
    assert read(tmp_path / "a.tmx") == PAIRS


@pytest.mark.parametrize("nested", [True, False])
def test_saved_datasets_are_read(tmp_path: Path, nested: bool) -> None:
    from datasets import Dataset

    rows = [{"fr": pair.source, "en": pair.target} for pair in PAIRS]
    Dataset.from_list([{"translation": row} for row in rows] if nested else rows).save_to_disk(str(tmp_path / "d"))
    assert read(tmp_path / "d") == PAIRS


def test_parts_of_a_dataset_are_all_read(tmp_path: Path) -> None:
    from datasets import Dataset, DatasetDict

    parts = {name: Dataset.from_list([{"fr": p.source, "en": p.target}]) for name, p in zip("ab", PAIRS, strict=True)}
    DatasetDict(parts).save_to_disk(str(tmp_path / "d"))
    assert read(tmp_path / "d") == PAIRS


def test_a_dataset_without_the_languages_is_refused(tmp_path: Path) -> None:
    from datasets import Dataset

    Dataset.from_list([{"text": "x"}]).save_to_disk(str(tmp_path / "d"))
    with pytest.raises(InputError, match="rename its columns"):
        read(tmp_path / "d")


def test_a_line_without_a_tab_has_an_empty_side(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Seul.\n", encoding="utf-8")
    assert read(tmp_path / "a.tsv") == [Pair("Seul.", "")]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("x" * (3 * MAX_LINE_CHARS) + "\tb\n" + LINES, encoding="utf-8")
    first, *others = read(tmp_path / "a.tsv")
    assert len(first.source) == MAX_LINE_CHARS
    assert others == PAIRS


@pytest.mark.parametrize(
    ("name", "content"), [("a.tsv", b"\xff\xfe\t\n"), ("a.tsv.xz", b"no xz"), ("a.tsv.gz", b"no gzip")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / name)


def test_a_folder_that_is_no_dataset_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no saved dataset"):
        read(tmp_path)


def test_patterns_name_files_in_order_and_nothing_is_an_error(tmp_path: Path) -> None:
    for name in ("b.tsv", "a.tsv"):
        (tmp_path / name).write_text(LINES, encoding="utf-8")
    assert [path.name for path in find_sources([f"{tmp_path}/*.tsv"])] == ["a.tsv", "b.tsv"]
    with pytest.raises(InputError, match="there is no"):
        find_sources([f"{tmp_path}/c*.tsv"])
    with pytest.raises(InputError, match="there is no"):
        find_sources([f"{tmp_path}/c.tsv"])
