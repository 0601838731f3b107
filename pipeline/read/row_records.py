"""What every source of rows gives: records or failures, each with its number, and the same complaints."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class RowFailure:
    """A row that cannot be taken up; the others go on.

    Attributes:
        number: Its number in the source, from 1.
        message: What is wrong with it.
        remedy: What to do about it.
    """

    number: int
    message: str
    remedy: str


Record = dict[str, Any]
"""The wanted columns of a row, by name, as far as it has them."""

Source = Iterator[tuple[int, Record | RowFailure]]
"""Numbers count rows from 1; for JSONL they are the lines' numbers."""


def only(record: Record | RowFailure, wanted: Sequence[str]) -> Record | RowFailure:
    """Leave out what nobody asked for."""
    if isinstance(record, RowFailure):
        return record
    return {column: record[column] for column in wanted if column in record}


def require_columns(name: str, required: Sequence[str], found: Collection[str], seen: Iterable[str]) -> None:
    """Refuse a source that lacks a column.

    Args:
        name: The source, for the message.
        required: Columns it must have.
        found: Columns it has.
        seen: Columns to list in the message.

    Raises:
        InputError: A required column is not among those found.
    """
    for column in required:
        if column not in found:
            there = ", ".join(f"“{other[:60]}”" for other in list(seen)[:30])
            raise InputError(f"{name}: no column “{column}”; there are {there or 'none'}", "name it in [columns]")


def refuse_duplicates(name: str, names: Sequence[str], wanted: Sequence[str]) -> None:
    """Refuse a source in which a wanted column stands twice.

    Raises:
        InputError: Which of the two is meant cannot be known.
    """
    for column in wanted:
        if names.count(column) > 1:
            raise InputError(f"{name}: the column “{column}” stands twice", "give every column its own name")


def open_binary(path: Path) -> BinaryIO:
    """Open a file.

    Raises:
        InputError: It cannot be opened.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}", "check the path and its rights") from error
