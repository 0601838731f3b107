"""How the cost of some work grows with its input: a ratio within one run, which says nothing of the machine's speed."""

import time
from collections.abc import Callable

ATTEMPTS = 3


def growth(work: Callable[[int], object], small: int, large: int) -> float:
    """Return how many times the processor time of `work(small)` that of `work(large)` is.

    Work that is linear in its size gives about `large / small`, quadratic work the square of that. The least of a few
    attempts counts on either side, since a busy machine only ever adds.
    """
    return _least(work, large) / _least(work, small)


def _least(work: Callable[[int], object], size: int) -> float:
    costs = []
    for _ in range(ATTEMPTS):
        started = time.process_time()
        work(size)
        costs.append(time.process_time() - started)
    return max(min(costs), 1e-6)
