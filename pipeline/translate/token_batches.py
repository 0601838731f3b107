"""Batches of token sequences of nearly one length, longest first.

A batch holds sequences of one length class alone, and what a model is told about a batch (how long its output may
become) follows from the class, so that a text's result does not depend on what else is asked for. Where a class is one
single length there is no padding at all: an integer model then gives bit for bit what it gives for the text alone.
With classes of several lengths, and with floating-point models anyhow, the last digits of scores may differ.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

EXTRA_TOKENS = 8
"""What a translation may have beyond its share of the source's length: short texts grow most."""


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Sequences that are computed together.

    Attributes:
        rows: The sequences' places in what was planned.
        sequences: Their tokens.
        length_class: The least number of tokens that holds any sequence of their class.
    """

    rows: tuple[int, ...]
    sequences: tuple[tuple[int, ...], ...]
    length_class: int

    @property
    def useful_tokens(self) -> int:
        """Source tokens that mean something."""
        return sum(map(len, self.sequences))

    @property
    def computed_tokens(self) -> int:
        """Source tokens with padding up to the class."""
        return len(self.sequences) * self.length_class

    def max_output_tokens(self, factor: float) -> int:
        """Return how long the translations may become, by their class alone."""
        return ceil(factor * self.length_class) + EXTRA_TOKENS

    def halves(self) -> tuple["TokenBatch", "TokenBatch"]:
        """Cut the batch in two."""
        middle = len(self.rows) // 2
        return (
            TokenBatch(self.rows[:middle], self.sequences[:middle], self.length_class),
            TokenBatch(self.rows[middle:], self.sequences[middle:], self.length_class),
        )


def length_class(length: int) -> int:
    """Return a length's class: steps of an eighth of the length, four at least."""
    step = max(4, 1 << max(0, length.bit_length() - 4))
    return ceil(length / step) * step


def plan_batches(sequences: Sequence[Sequence[int]], budget: int, *, exact: bool) -> list[TokenBatch]:
    """Put sequences into batches.

    Args:
        sequences: Token sequences, none empty.
        budget: The most tokens in a batch, padding included; a longer sequence has one of its own.
        exact: Whether a class is a single length.
    """
    classes: dict[int, list[int]] = defaultdict(list)
    for row in sorted(range(len(sequences)), key=lambda row: -len(sequences[row])):
        length = len(sequences[row])
        classes[length if exact else length_class(length)].append(row)
    batches = []
    for size, rows in classes.items():
        most = max(1, budget // size)
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            batches.append(TokenBatch(tuple(part), tuple(tuple(sequences[row]) for row in part), size))
    return batches
