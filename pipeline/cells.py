"""The cells of a run while it runs: which are still to do, what is in them, and their publishing.

Records stay in memory from one stage to the next until they are put down, so that nothing is written only to be read.
A cell that failed in a way that may pass, and all that was made from it, is published as to be tried again.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.graph import Cell
from pipeline.records import Failure
from pipeline.stopwatch import Stopwatch
from pipeline.store import PublishedFile, Store


class Cells:
    """A store's cells, as one run sees them.

    Args:
        store: The output folder.
        force: Make every cell anew, whatever the store holds.
    """

    def __init__(self, store: Store, force: bool) -> None:
        self.store = store
        self.watch = Stopwatch()
        self.published = 0
        self._force = force
        self._done: set[str] = set()
        self._to_retry: set[str] = set()
        self._in_hand: dict[str, list[Any]] = {}

    def is_to_do(self, cell: Cell) -> bool:
        """Tell whether a cell must be made."""
        if cell.key in self._done:
            return False
        if self._force or any(read.key in self._to_retry for read in cell.reads):
            return True
        with self.watch.stage("look up"):
            present = self.store.has(cell.stage, cell.key)
        if present:
            self._done.add(cell.key)
        return not present

    def records(self, cell: Cell) -> list[Any]:
        """Return a cell's records, and keep them in hand."""
        if cell.key not in self._in_hand:
            with self.watch.stage("load"):
                self._in_hand[cell.key] = list(self.store.load(cell.stage, cell.key))
        return self._in_hand[cell.key]

    def publish(self, cell: Cell, items: Sequence[Any], files: Sequence[PublishedFile] = ()) -> None:
        """Publish a cell, and keep its records in hand."""
        retry = any(isinstance(item, Failure) and item.retry for item in items)
        retry = retry or any(read.key in self._to_retry for read in cell.reads)
        with self.watch.stage("publish"):
            self.store.publish(cell.stage, cell.key, items, files, retry)
        if retry:
            self._to_retry.add(cell.key)
        self._in_hand[cell.key] = list(items)
        self._done.add(cell.key)
        self.published += 1

    def put_down(self) -> None:
        """Forget the records in hand."""
        self._in_hand.clear()
