"""What every kind of input becomes: the French as a document, and rows that lay the translation beside it."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.align import Row
from pipeline.errors import InputError, UnreadableError
from pipeline.read.base import Limits
from pipeline.records import Document


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A text and its translation.

    Attributes:
        document: The French.
        rows: In the order of the French.
        aligned: The rows were found by looking; otherwise the file itself says what belongs together.
    """

    document: Document
    rows: tuple[Row, ...]
    aligned: bool


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Return a file's content.

    Raises:
        InputError: It is empty or too large.
        UnreadableError: It cannot be read.
    """
    try:
        if path.stat().st_size > limits.max_bytes:
            raise InputError(
                f"{path.name}: {path.stat().st_size:,} bytes, more than the {limits.max_bytes:,} allowed",
                "raise max_bytes in [limits], or cut the file into smaller ones",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    if not data:
        raise InputError(f"{path.name}: the file is empty", "export it again from the program it was written in")
    return data
