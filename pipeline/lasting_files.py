"""Files that are whole or not there, whatever happens while they are written.

Bytes go in under a temporary name, are synced, and only then get their own: no reader, and no machine that loses its
power, ever sees half a file.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StoreError


def write_atomically(path: Path, data: bytes, lasting: bool = True) -> None:
    """Put bytes under a name so that, whatever happens, the name stands for all of them or for what was there.

    Args:
        path: The name.
        data: The bytes.
        lasting: Whether the name itself is to outlive a power cut at once. What a manifest answers for need not: the
            manifest lasts, so that a name lost with the power is missed, and the cell made again.

    Raises:
        StoreError: They cannot be written: no room, no permission, a name that the disk does not take.
    """
    temporary = path.with_name(f".{uuid.uuid4().hex}.part")
    with naming_the_file(path, "make room or give another --output, and run again"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        if lasting:
            sync_folder(path.parent)


def file_digest(path: Path) -> str:
    """Return the sha256 of a file's content."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def naming_the_file(path: Path, remedy: str) -> Iterator[None]:
    """Turn the system's refusal into an error that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}", remedy) from error
