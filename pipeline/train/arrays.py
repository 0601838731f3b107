"""Token sequences on disk: written once, one after the other, and read through the page cache by any number of readers.

A file of tokens (16 bits each) and a file with the place where each sequence starts, for both sides. NumPy's own
format, without pickles. A folder is complete when it has its `counts.json`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.errors import InputError
from pipeline.lasting_files import write_atomically

COUNTS = "counts.json"
_SIDES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Side:
    """One side's sequences.

    Attributes:
        tokens: All tokens, (tokens,), 16-bit.
        starts: Where each sequence starts, and where the last one ends, (sequences + 1,), 64-bit.
    """

    tokens: Any
    starts: Any

    @property
    def lengths(self) -> Any:
        """Each sequence's length, (sequences,)."""
        return self.starts[1:] - self.starts[:-1]

    def rows(self, numbers: Any, width: int, padding: int) -> Any:
        """Return sequences as rows of one width, (rows, width), 64-bit.

        Args:
            numbers: Which ones, (rows,).
            width: At least as long as the longest.
            padding: The token behind their ends.
        """
        import numpy as np

        starts, ends = self.starts[numbers][:, None], self.starts[numbers + 1][:, None]
        places = starts + np.arange(width)
        inside = places < ends
        found = self.tokens[np.where(inside, places, 0)].astype(np.int64)
        return np.where(inside, found, padding)


class ArrayWriter:
    """Writes both sides' sequences into a folder, as they come.

    Args:
        folder: Where to; what lies there is written over.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / COUNTS).unlink(missing_ok=True)
        self._folder = folder
        self._files: list[IO[bytes]] = [(folder / f"{side}.tokens").open("wb") for side in _SIDES]
        self._lengths: list[list[Any]] = [[], []]

    def add(self, sides: Sequence[tuple[Any, Any]]) -> None:
        """Append sequences.

        Args:
            sides: For source and target all tokens, 16-bit, and each sequence's length.
        """
        for file, lengths, (tokens, new) in zip(self._files, self._lengths, sides, strict=True):
            file.write(tokens.tobytes())
            lengths.append(new)

    def close(self, counts: dict[str, Any]) -> None:
        """Finish: everything is on the disk before the counts are."""
        import os

        import numpy as np

        for side, file, lengths in zip(_SIDES, self._files, self._lengths, strict=True):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            ends = np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]), dtype=np.int64)
            np.save(self._folder / f"{side}.starts.npy", ends, allow_pickle=False)
        write_atomically(self._folder / COUNTS, json.dumps(counts, indent=1).encode())


def read_counts(folder: Path) -> dict[str, Any] | None:
    """Return what was counted when a folder was written; None if it is not complete."""
    path = folder / COUNTS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def open_arrays(folder: Path) -> tuple[Side, Side]:
    """Open both sides without reading them.

    Raises:
        InputError: The folder is not complete, or holds no pairs.
    """
    import numpy as np

    if read_counts(folder) is None:
        raise InputError(f"{folder} holds no finished corpus", "run communique train again")
    if not (folder / "source.tokens").stat().st_size:
        raise InputError(f"{folder} holds no pairs: all are too long", "raise `longest`, or give shorter pairs")
    source, target = (
        Side(
            np.memmap(folder / f"{side}.tokens", dtype=np.uint16, mode="r"),
            np.load(folder / f"{side}.starts.npy", allow_pickle=False),
        )
        for side in _SIDES
    )
    return source, target
