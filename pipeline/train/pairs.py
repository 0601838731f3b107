"""Sentence pairs of any source, one at a time: TSV (plain, .gz, .xz), translation memories, saved `datasets` folders.

A TSV holds the source and the target, separated by a tab; further columns say nothing. In a `datasets` folder the
texts stand in a column `translation`, as tables by language, or in columns named by the languages. Files that belong
together are read in the order of their names.
"""

import gzip
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from pipeline.errors import InputError
from pipeline.languages import base
from pipeline.translate.tmx import read_entries

MAX_LINE_CHARS = 100_000
"""A longer line is no pair of sentences; the rest of it is passed over."""


class Pair(NamedTuple):
    """A sentence and its translation."""

    source: str
    target: str


def find_sources(patterns: Iterable[str]) -> list[Path]:
    """Return the files and folders that patterns name.

    Raises:
        InputError: A pattern names nothing.
    """
    found: list[Path] = []
    for pattern in patterns:
        path = Path(pattern)
        paths = sorted(path.parent.glob(path.name)) if "*" in path.name else [path] if path.exists() else []
        if not paths:
            raise InputError(f"there is no {pattern}", "correct the path in the recipe, or get the data")
        found += paths
    return found


def read_pairs(path: Path, source_lang: str, target_lang: str) -> Iterator[Pair]:
    """Yield the pairs of one source, in its order; what has no two sides is a pair with an empty one.

    Raises:
        InputError: It cannot be read, or holds no pairs.
        TranslatorError: It is a translation memory that cannot be read.
    """
    if path.is_dir():
        yield from _read_dataset(path, source_lang, target_lang)
    elif path.suffix.lower() in {".tmx", ".jsonl"}:
        for entry in read_entries(path, source_lang, target_lang):
            yield Pair(" ".join(entry.source.split()), " ".join(entry.target.split()))
    else:
        for line in read_lines(path):
            source, _, rest = line.partition("\t")
            yield Pair(source.strip(), rest.partition("\t")[0].strip())


def read_lines(path: Path) -> Iterator[str]:
    """Yield a text file's lines, compressed or not.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with _open(path) as handle:
            while line := handle.readline(MAX_LINE_CHARS):
                yield line.rstrip("\r\n")
                while line and not line.endswith("\n") and len(line) == MAX_LINE_CHARS:
                    line = handle.readline(MAX_LINE_CHARS)
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", "give UTF-8 text, plain or as .gz or .xz") from error


def _open(path: Path) -> IO[str]:
    match path.suffix.lower():
        case ".xz":
            return lzma.open(path, "rt", encoding="utf-8", newline="\n")
        case ".gz":
            return gzip.open(path, "rt", encoding="utf-8", newline="\n")
        case _:
            return path.open("rt", encoding="utf-8", newline="\n")


def _read_dataset(folder: Path, source_lang: str, target_lang: str) -> Iterator[Pair]:
    from datasets import DatasetDict, load_from_disk

    try:
        loaded: Any = load_from_disk(str(folder))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} is no saved dataset: {error}", "give a folder made by save_to_disk") from error
    for part in loaded.values() if isinstance(loaded, DatasetDict) else [loaded]:
        sides = base(source_lang), base(target_lang)
        columns = set(part.column_names)
        if "translation" not in columns and not columns.issuperset(sides):
            raise InputError(
                f"{folder} has neither a column “translation” nor columns {' and '.join(sides)}", "rename its columns"
            )
        for row in part:
            texts = row["translation"] if "translation" in columns else row
            yield Pair(*(" ".join(str(texts.get(side) or "").split()) for side in sides))
