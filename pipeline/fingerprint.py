"""Fingerprints of values: strict canonical JSON, then sha256.

Takes anything made of dataclasses, mappings with string keys, sequences and JSON scalars, and refuses what has
no one stable form (NaN, sets, other objects), so that two processes always agree on a key.
"""

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

_Path = tuple["_Path", str] | None
"""Where a value stands: its parent's place and its own step. It is put into words only for an error's message."""


def canonical_json(value: Any) -> str:
    """Write a value in the one form that all equal values share, as long as their numbers are of the same type.

    A dataclass is written as the mapping of its fields, a tuple as a list.

    Raises:
        TypeError: The value, or something in it, has no stable form; the message says where.
    """
    return json.dumps(_plain(value, None), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def fingerprint(value: Any) -> str:
    """Return the sha256, in 64 hexadecimal digits, of a value's canonical JSON."""
    return digest(canonical_json(value).encode("utf-8", "surrogatepass"))


def digest(data: bytes) -> str:
    """Return the sha256 of bytes in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any, path: _Path) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError(f"{_words(path)}: {value} has no stable form")
        return value + 0.0  # -0.0 equals 0.0
    if isinstance(value, (list, tuple)):
        return [_plain(item, (path, f"[{index}]")) for index, item in enumerate(value)]
    if isinstance(value, Mapping):
        if bad := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{_words(path)}: the key {bad[0]!r} is not a string")
        return {key: _plain(item, (path, f".{key}")) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return {name: _plain(getattr(value, name), (path, f".{name}")) for name in names}
    raise TypeError(f"{_words(path)}: {type(value).__name__} has no stable form")


def _words(path: _Path) -> str:
    steps = []
    while path is not None:
        path, step = path
        steps.append(step)
    return "".join(["$", *reversed(steps)])
