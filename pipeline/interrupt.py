"""Ctrl-C and SIGTERM, taken between two pieces of work instead of in the middle of one."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipeline.errors import Interrupted

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt:
    """Remembers that the run was asked to stop, until the run asks.

    The first signal is remembered; a second one of the same kind acts at once, as if nobody listened.
    """

    def __init__(self) -> None:
        self._received = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals while the block runs; only the main thread may enter it."""
        before = {number: signal.signal(number, self._take) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def check(self) -> None:
        """Stop here if asked to.

        Raises:
            Interrupted: A signal has come.
        """
        if self._received:
            raise Interrupted(self._received)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self._received = number
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
