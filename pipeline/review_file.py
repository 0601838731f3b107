"""Files in which reviewers' decisions stand: one JSON object a line, all of text, read whole and added to.

People may write in them too, so that every line is looked at and every fault named. What a later line says of the same
thing stands above an earlier one: it is for the reader of the records to keep the last.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MAX_LINE_BYTES = 1_000_000

Decision = TypeVar("Decision", bound="DataclassInstance")


def load_decisions(path: Path, kind: type[Decision], needed: Sequence[str]) -> list[Decision]:
    """Read a file of decisions; one that does not exist yet holds none.

    Args:
        path: The file.
        kind: A dataclass whose fields are all text; what a line does not say is empty.
        needed: The fields that must not be empty.

    Raises:
        ConfigError: It cannot be read, or some lines are no such decisions; all of them are named.
    """
    if not path.exists():
        return []
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ConfigError([f"cannot be read: {error.strerror}"], str(path)) from error
    problems: list[str] = []
    found: list[Decision] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_read(line, kind, needed))
            except ValueError as error:
                problems.append(f"line {number}: {error}")
    if problems:
        raise ConfigError(problems, str(path))
    return found


def add_decisions(path: Path, decisions: Iterable["DataclassInstance"]) -> None:
    """Add lines to a file, which is made if need be."""
    lines = [json.dumps(asdict(decision), ensure_ascii=False) + "\n" for decision in decisions]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.seek(0, 2)
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                lines.insert(0, "\n")
        file.write("".join(lines).encode("utf-8", "surrogatepass"))


def _read(line: bytes, kind: type[Decision], needed: Sequence[str]) -> Decision:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"longer than {MAX_LINE_BYTES:,} bytes")
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(values, dict):
        raise ValueError("not an object")
    texts = {field.name: values.get(field.name, "") for field in fields(kind)}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise ValueError(f"“{name}” is no text")
    for name in needed:
        if not texts[name].strip():
            what = kind.__name__.lower()
            all_needed = f"{', '.join(needed[:-1])} and {needed[-1]}"
            raise ValueError(f"no “{name}”; {'an' if what[0] in 'aeiou' else 'a'} {what} needs all of {all_needed}")
    return kind(**texts)
