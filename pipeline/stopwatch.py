"""Seconds by stage, for `run.json`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up the time spent in each stage; a stage timed inside another counts for itself alone."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._stack: list[str] = []
        self._since = time.perf_counter()

    @property
    def seconds(self) -> dict[str, float]:
        """What was spent in each stage up to now, the stage that is going on included."""
        self._book()
        return self._seconds

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        self._book()
        self._stack.append(name)
        try:
            yield
        finally:
            self._book()
            self._stack.pop()

    def _book(self) -> None:
        now = time.perf_counter()
        if self._stack:
            current = self._stack[-1]
            self._seconds[current] = self._seconds.get(current, 0.0) + now - self._since
        self._since = now
