"""Records to lines of JSON and back.

A line is `{"type": "Finding", …fields in their order…}`: the same record gives the same bytes in every process, and a
file of lines can be read one record at a time. Reading validates every field against the record's own types.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline import records
from pipeline.errors import StoreError

RECORD_TYPES: dict[str, type] = {
    name: kind for name, kind in vars(records).items() if isinstance(kind, type) and is_dataclass(kind)
}

_HEAD = b'{"type":"'


def encode(record: Any) -> bytes:
    """Return a record's line, without the line feed.

    Raises:
        ValueError: A score is no number, or a text holds half a character: JSON could not give it back.
    """
    name = type(record).__name__
    for score in getattr(record, "scores", (record,)):
        if isinstance(score, records.Score) and not math.isfinite(score.value):
            raise ValueError(f"{score.metric} of {score.item_id}: {score.value} is no value of a score")
    body = _adapter(name).dump_json(record)
    return _HEAD + name.encode() + b'",' + body[1:]


def decode(line: bytes, where: str) -> Any:
    """Return the record that a line holds.

    Args:
        line: What `encode` gave.
        where: File and line, for the error's message.

    Raises:
        StoreError: The line is no record.
    """
    head, separator, rest = line.partition(b'",')
    name = head.removeprefix(_HEAD).decode("ascii", "replace")
    if not line.startswith(_HEAD) or not separator or name not in RECORD_TYPES:
        raise StoreError(f"{where}: not a record", "run again: what is damaged is made anew")
    try:
        return _adapter(name).validate_json(b"{" + rest, strict=True)
    except ValidationError as error:
        raise StoreError(f"{where}: not a {name}", "run again: what is damaged is made anew") from error


def encode_lines(items: Iterable[Any]) -> Iterator[bytes]:
    """Yield each record's line with its line feed."""
    for item in items:
        yield encode(item) + b"\n"


def as_dict(record: Any) -> dict[str, Any]:
    """Return a record as plain JSON values, for the exports."""
    plain: dict[str, Any] = _adapter(type(record).__name__).dump_python(record, mode="json")
    return plain


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(RECORD_TYPES[name])
