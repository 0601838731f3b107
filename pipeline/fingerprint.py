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


def canonical_json(value: Any) -> str:
    """Write a value in the one form that all equal values share.

    Raises:
        TypeError: The value, or something in it, has no stable form; the message says where.
    """
    return json.dumps(_plain(value, "$"), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def fingerprint(value: Any) -> str:
    """Return the sha256, in 64 hexadecimal digits, of a value's canonical JSON."""
    return digest(canonical_json(value).encode("utf-8", "surrogatepass"))


def digest(data: bytes) -> str:
    """Return the sha256 of bytes in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any, path: str) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError(f"{path}: {value} has no stable form")
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return _plain(fields, path)
    if isinstance(value, Mapping):
        if bad := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{path}: the key {bad[0]!r} is not a string")
        return {key: _plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    raise TypeError(f"{path}: {type(value).__name__} has no stable form")
