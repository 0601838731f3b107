"""Work on many chunks by several processes: results come in the order of the chunks, and few wait in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

CHUNK = 5_000
"""Items that one process works on at a time."""


def cut_chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Yield items in lists of one size; the last may be shorter."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def map_chunks(work: Callable[[Item], Made], chunks: Iterable[Item], processes: int) -> Iterator[Made]:
    """Yield what a function makes of each chunk.

    Args:
        work: The function; it and what it takes and gives travel between processes.
        chunks: The chunks, read as they are needed.
        processes: How many work at once; with one, no other process is started.
    """
    if processes < 2:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as pool:
        waiting: deque[Future[Made]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
