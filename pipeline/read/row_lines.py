"""Rows of text files, JSONL and CSV, streamed: one record after another, in memory bounded by the longest line.

A line that cannot be used becomes a `RowFailure` in its place and the next one is read; a file in the wrong encoding,
or without the column, is refused as a whole.
"""

import codecs
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.row_records import (
    Record,
    RowFailure,
    Source,
    only,
    open_binary,
    refuse_duplicates,
    require_columns,
)

MAX_LINE_BYTES = 32_000_000
"""A longer line is not held in memory; it becomes a failure."""

SAMPLE_RECORDS = 256
"""JSONL has no header: if none of the first so many objects has the column, the file has not."""

_BLOCK_BYTES = 1 << 20
_DELIMITERS = ",;\t|"


def jsonl_source(path: Path, required: Sequence[str], optional: Sequence[str], start_row: int) -> Source:
    """Yield the objects of a JSONL file, numbered by line; blank lines are passed over.

    Raises:
        InputError: The file cannot be read, or its first objects lack a required column.
    """
    records = (
        (number, RowFailure(number, line, "split it") if isinstance(line, str) else _json_record(number, line))
        for number, line in _json_lines(path)
        if number >= start_row
    )
    head = _until_complete(path.name, records, required) if start_row == 1 else []
    for number, record in chain(head, records):
        yield number, only(record, (*required, *optional))


def _until_complete(name: str, records: Source, required: Sequence[str]) -> list[tuple[int, Record | RowFailure]]:
    """Return the records up to the first that has all required columns, so that a wrong name is told at once."""
    head: list[tuple[int, Record | RowFailure]] = []
    seen: dict[str, None] = {}
    objects = 0
    for number, record in records:
        head.append((number, record))
        if isinstance(record, dict):
            if all(column in record for column in required):
                return head
            objects += 1
            seen.update(dict.fromkeys(list(record)[:100]))
        if objects == SAMPLE_RECORDS:
            break
    if objects:
        missing = [column for column in required if column not in seen] or required
        require_columns(name, missing, (), seen)
    return head


def _json_lines(path: Path) -> Iterator[tuple[int, bytes | str]]:
    """Yield each line that is not blank with its number, or the reason why it cannot be held in memory."""
    with open_binary(path) as handle:
        if handle.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            raise InputError(f"{path.name}: it is in UTF-16", "save it as UTF-8")
        handle.seek(0)
        if handle.read(3) != codecs.BOM_UTF8:
            handle.seek(0)
        number = 0
        while line := handle.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                while line and not line.endswith(b"\n"):
                    line = handle.readline(_BLOCK_BYTES)
                yield number, f"the line is longer than {MAX_LINE_BYTES:,} bytes"
            elif not line.isspace():
                yield number, line


def _json_record(number: int, line: bytes) -> Record | RowFailure:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return RowFailure(number, "the line is not UTF-8", "save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply, or a number too long"
        return RowFailure(number, f"the line is not JSON: {reason}", "write one JSON object a line")
    if not isinstance(record, dict):
        return RowFailure(number, "the line is JSON, but no object", 'write one object a line: {"text": "…"}')
    return record


def csv_source(path: Path, required: Sequence[str], optional: Sequence[str], start_row: int) -> Source:
    """Yield the rows of a CSV file with a header, numbered without it; commas, semicolons, tabs or bars separate.

    Raises:
        InputError: The file cannot be read, or its header lacks a required column.
    """
    encoding = _encoding(path)
    csv.field_size_limit(MAX_LINE_BYTES)
    with path.open(encoding=encoding, newline="") as handle:
        lines = _BoundedLines(handle.readline)
        try:
            header_line = next(lines, "")
        except _LineTooLong as error:
            raise InputError(f"{path.name}: its first line is no header", "put the columns' names there") from error
        delimiter = max(_DELIMITERS, key=lambda mark: (_names(header_line, mark).count(required[0]), mark == ","))
        header = _names(header_line, delimiter)
        require_columns(path.name, required, header, header)
        refuse_duplicates(path.name, header, (*required, *optional))
        places = {column: header.index(column) for column in (*required, *optional) if column in header}
        rows = csv.reader(lines, delimiter=delimiter)
        number = 0
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except (csv.Error, _LineTooLong) as error:
                number += 1
                if number >= start_row:
                    yield number, RowFailure(number, f"not a row of CSV: {error}", "export the table again")
                continue
            if not cells:
                continue
            number += 1
            if number < start_row:
                continue
            if len(cells) != len(header):
                message = f"{len(cells)} cells, but the header has {len(header)}"
                yield number, RowFailure(number, message, "put quotation marks around cells that hold the separator")
            else:
                yield number, {column: cells[place] for column, place in places.items()}


class _LineTooLong(Exception):
    """A line that is not held in memory."""


class _BoundedLines:
    """The lines of a text file; going on after a line that is too long is possible, as it is not for a generator."""

    def __init__(self, readline: Callable[[int], str]) -> None:
        self._readline = readline

    def __iter__(self) -> "_BoundedLines":
        return self

    def __next__(self) -> str:
        line = self._readline(MAX_LINE_BYTES)
        if not line:
            raise StopIteration
        if len(line) < MAX_LINE_BYTES:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._readline(_BLOCK_BYTES)
        raise _LineTooLong(f"a line is longer than {MAX_LINE_BYTES:,} characters")


def _names(header_line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _encoding(path: Path) -> str:
    """Find a text file's encoding by reading all of it: UTF-8, or what spreadsheets write instead."""
    with open_binary(path) as handle:
        if handle.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            handle.seek(0)
            candidates = ["utf-16"]
        else:
            candidates = ["utf-8-sig", "cp1252"]
        for encoding in candidates:
            handle.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while block := handle.read(_BLOCK_BYTES):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeError:
                continue
            return encoding
    raise InputError(f"{path.name}: neither UTF-8, UTF-16 nor cp1252 text", "save it as UTF-8")
