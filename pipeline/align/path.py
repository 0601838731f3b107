"""The cheapest way through two sequences, in steps that pair one or two things of either with one, two or none.

Dynamic programming as in Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational
Linguistics 19(1), 1993. What a step costs is the caller's business: the same way is found through blocks and through
sentences. Long sequences are walked in a band around the diagonal, so that time and memory stay in bounds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import InputError

Step = tuple[int, int]
STEPS: tuple[Step, ...] = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
BAND = 60
"""How far beyond the difference in length the way may leave the diagonal."""
MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Bead:
    """Things of both sequences that belong together: `source[a:b]` and `target[c:d]`, one of them perhaps empty."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int


def find_path(sources: int, targets: int, cost: Callable[[Bead], float | None]) -> list[Bead]:
    """Cut two sequences into beads.

    Args:
        sources: Length of the one.
        targets: Length of the other.
        cost: What a bead costs, at least 0; None if it may not be.

    Raises:
        InputError: They are too long and too unlike in length to belong together.
    """
    band = BAND + abs(sources - targets)
    if (sources + 1) * min(targets + 1, 2 * band + 1) > MOST_CELLS:
        raise InputError(
            f"{sources:,} parts in the one text and {targets:,} in the other: too unlike to be compared",
            "give a release and its own translation",
        )
    best: list[dict[int, tuple[float, Step]]] = []
    for at in range(sources + 1):
        middle = at * targets // max(sources, 1)
        row: dict[int, tuple[float, Step]] = {}
        best.append(row)
        for across in range(max(0, middle - band), min(targets, middle + band) + 1):
            if at == across == 0:
                row[0] = (0.0, (0, 0))
                continue
            found = _cheapest(best, at, across, cost)
            if found:
                row[across] = found
    return _walk_back(best, sources, targets)


def _cheapest(
    best: list[dict[int, tuple[float, Step]]], at: int, across: int, cost: Callable[[Bead], float | None]
) -> tuple[float, Step] | None:
    found: tuple[float, Step] | None = None
    for step in STEPS:
        start, from_across = at - step[0], across - step[1]
        before = best[start].get(from_across) if start >= 0 else None
        if before is None or (found is not None and before[0] >= found[0]):
            continue
        own = cost(Bead(start, at, from_across, across))
        if own is not None and (found is None or before[0] + own < found[0]):
            found = (before[0] + own, step)
    return found


def _walk_back(best: list[dict[int, tuple[float, Step]]], sources: int, targets: int) -> list[Bead]:
    beads = []
    at, across = sources, targets
    while at or across:
        step = best[at][across][1]
        beads.append(Bead(at - step[0], at, across - step[1], across))
        at, across = at - step[0], across - step[1]
    return beads[::-1]
