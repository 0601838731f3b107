"""Datasets as input: every row a release, read in batches, and turned into a `Document` when its turn comes.

Takes a file, a folder or a hub name and where it keeps things; gives rows in batches with a digest of their content,
so that keys are known and a dataset of any size passes through bounded memory. Rows that cannot be used come out as
failures in the same batch.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import ColumnsConfig
from pipeline.errors import InputError
from pipeline.fingerprint import fingerprint
from pipeline.read.base import Limits, has_content
from pipeline.read.row_lines import csv_source, jsonl_source
from pipeline.read.row_records import Record, RowFailure, Source
from pipeline.read.row_tables import hub_source, parquet_source, saved_source
from pipeline.records import Block, Document, TargetBlock

FILE_SOURCES = {".jsonl": jsonl_source, ".csv": csv_source, ".parquet": parquet_source}
"""What reads a file, by its suffix."""

ROW_SUFFIXES = tuple(FILE_SOURCES)
"""Files that hold rows."""

BATCH_CHARS = 4_000_000
"""A batch is closed early when its texts are so long together, in code points; it bounds the memory."""

MAX_ID_CHARS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One release of a dataset.

    Attributes:
        number: Its number in the dataset, from 1; in a JSONL file, its line.
        row_id: What the dataset calls it; its number where the dataset does not say.
        title: Its headline, or empty.
        text: Its text, line breaks between paragraphs.
    """

    number: int
    row_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Rows that follow each other.

    Attributes:
        first_row: Number of the first one, failures included; `start_row` for reading this batch again.
        rows: Those that can be used.
        failures: Those that cannot.
        digest: Digest of the rows' content and of what failed.
    """

    first_row: int
    rows: tuple[Row, ...]
    failures: tuple[RowFailure, ...]
    digest: str


def iterate_rows(
    path: Path,
    columns: ColumnsConfig,
    batch_rows: int = 256,
    limits: Limits | None = None,
    start_row: int = 1,
) -> Iterator[RowBatch]:
    """Read a dataset batch by batch.

    The batches depend on the content alone; with the `first_row` of a batch as `start_row`, the first batch read is
    the same one again.

    Args:
        path: A file with one of `ROW_SUFFIXES`, a folder saved by `datasets`, or `hf:owner/name[:split]`.
        columns: Where the dataset keeps things. An id column that is not there is done without.
        batch_rows: Most rows in a batch, failures included.
        limits: What is too large for one release, by default `Limits()`.
        start_row: Number of the row to start with.

    Raises:
        InputError: The dataset cannot be read, or has no such text or title column.
    """
    required = [columns.text] if columns.title is None else [columns.text, columns.title]
    bounds = limits or Limits()
    pending: list[Row | RowFailure] = []
    chars = 0
    for number, record in _open_source(path, required, [columns.id], start_row):
        row = record if isinstance(record, RowFailure) else _row(number, record, columns, bounds)
        pending.append(row)
        chars += len(row.text) if isinstance(row, Row) else 0
        if len(pending) >= batch_rows or chars >= BATCH_CHARS:
            yield _batch(pending)
            pending, chars = [], 0
    if pending:
        yield _batch(pending)


def row_document(row: Row, file_path: str, lang: str) -> Document:
    """Turn a row into a release: the title a heading, every line of the text that has a letter or a digit a paragraph.

    Args:
        row: The row.
        file_path: Name of its dataset in all records.
        lang: BCP-47 tag of the text.
    """
    blocks: list[Block] = []
    if has_content(row.title):
        blocks.append(Block("b0", "paragraph", " ".join(row.title.split()), layout="heading", level=1))
    for line in row.text.splitlines():
        if has_content(line):
            blocks.append(Block(f"b{len(blocks)}", "paragraph", line.strip()))
    doc_id = fingerprint([[block.layout, block.text] for block in blocks])[:16]
    return Document(doc_id, f"{file_path}#{row.number}", lang, "row", tuple(blocks))


def translated_row_texts(row: Row, blocks: Mapping[str, TargetBlock]) -> tuple[str, str]:
    """Return a row's title and text with its blocks' text replaced, and all else as it was.

    Args:
        row: The row that `row_document` was given.
        blocks: By `block_id` of that document; a block that is not there keeps its own text.
    """
    title = row.title
    number = 0
    if has_content(row.title):
        title = blocks["b0"].text if "b0" in blocks else row.title
        number = 1
    lines = []
    for line in row.text.splitlines(keepends=True):
        block_id = f"b{number}"
        if has_content(line):
            number += 1
            if block_id in blocks:
                start = len(line) - len(line.lstrip())
                lines.append(line[:start] + blocks[block_id].text + line[len(line.rstrip()) :])
                continue
        lines.append(line)
    return title, "".join(lines)


def _open_source(path: Path, required: list[str], optional: list[str], start_row: int) -> Source:
    name = str(path)
    if name.startswith("hf:"):
        return hub_source(name.removeprefix("hf:"), required, optional, start_row)
    if path.is_dir():
        return saved_source(path, required, optional, start_row)
    source = FILE_SOURCES.get(path.suffix.lower())
    if source is None:
        raise InputError(f"{path.name}: not a dataset", f"give one of: {' '.join(ROW_SUFFIXES)}")
    return source(path, required, optional, start_row)


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _batch(pending: list[Row | RowFailure]) -> RowBatch:
    rows = tuple(item for item in pending if isinstance(item, Row))
    failures = tuple(item for item in pending if isinstance(item, RowFailure))
    content = [[[row.row_id, row.title, row.text] for row in rows], failures]
    return RowBatch(pending[0].number, rows, failures, fingerprint(content))


def _row(number: int, record: Record, columns: ColumnsConfig, limits: Limits) -> Row | RowFailure:
    try:
        text = _text(record, columns.text)
        title = "" if columns.title is None or record.get(columns.title) is None else _text(record, columns.title)
        row_id = _row_id(number, record.get(columns.id))
        _check_size(text, title, limits)
    except _Unusable as error:
        return RowFailure(number, error.message, error.remedy)
    if not _has_letter(text):
        return RowFailure(number, f"“{columns.text}” has no text in it", "fill it in, or leave the row out")
    return Row(number, row_id, title, text)


class _Unusable(Exception):
    """Why a row cannot be used."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def _text(record: Record, column: str) -> str:
    if column not in record:
        raise _Unusable(f"no “{column}” in this row", "fill it in, or name another column in [columns]")
    value = record[column]
    if value is None:
        raise _Unusable(f"“{column}” is empty", "fill it in, or leave the row out")
    return _decoded(value, column)


def _decoded(value: Any, column: str) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _Unusable(f"“{column}” is not UTF-8", "save the dataset again") from error
    if not isinstance(value, str):
        raise _Unusable(f"“{column}” is {type(value).__name__}, not text", "name another column in [columns]")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _Unusable(f"“{column}” holds half a character", "write the dataset again as UTF-8") from error
    return value


def _row_id(number: int, value: Any) -> str:
    if value is None or value == "":
        return str(number)
    if isinstance(value, (int, float)):
        return str(value)
    row_id = _decoded(value, "id")
    if len(row_id) > MAX_ID_CHARS:
        raise _Unusable(f"its id is longer than {MAX_ID_CHARS} characters", "name another column in [columns]")
    return row_id


def _check_size(text: str, title: str, limits: Limits) -> None:
    lines = text.splitlines()
    size = len(text.encode("utf-8")) + len(title.encode("utf-8"))
    longest = max(map(len, (title, *lines)), default=0)
    for found, allowed, what, limit in (
        (size, limits.max_bytes, "bytes", "max_bytes"),
        (len(lines), limits.max_blocks, "paragraphs", "max_blocks"),
        (longest, limits.max_block_chars, "characters in one paragraph", "max_block_chars"),
    ):
        if found > allowed:
            raise _Unusable(f"too long: {found:,} {what}, {allowed:,} allowed", f"raise {limit} in [limits]")
