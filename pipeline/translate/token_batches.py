"""Batches of token sequences of nearly one length, longest first.

A batch holds sequences of one length class alone and is computed as wide as the class, and what a model is told about
a batch (how long its output may become) follows from the class: all that a text's result could depend on is decided by
its own length, not by what else is asked for. An integer model then gives bit for bit what it gives for the text alone;
a floating-point model may add in another order where there are more rows or fewer.

An engine that pads a batch no further than its longest sequence is given one as long as the class beside the others:
a filler, whose output is dropped.
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

    @property
    def filler(self) -> tuple[int, ...]:
        """A sequence as long as the class, the longest with its end mark repeated; empty where one is as long."""
        longest = max(self.sequences, key=len)
        missing = self.length_class - len(longest)
        return longest + longest[-1:] * missing if missing else ()

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
    """Return a length's class: steps of an eighth to a quarter of the length, eight at least.

    Finer ones have less padding, and batches with fewer texts: that costs more, the fewer texts there are.
    """
    step = max(8, 1 << max(0, length.bit_length() - 3))
    return ceil(length / step) * step


def plan_batches(sequences: Sequence[Sequence[int]], budget: int) -> list[TokenBatch]:
    """Put sequences into batches.

    Args:
        sequences: Token sequences, none empty.
        budget: The most tokens in a batch, padding included; a longer sequence has one of its own.
    """
    classes: dict[int, list[int]] = defaultdict(list)
    for row in sorted(range(len(sequences)), key=lambda row: -len(sequences[row])):
        classes[length_class(len(sequences[row]))].append(row)
    batches = []
    for size, rows in classes.items():
        most = max(1, budget // size)
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            batches.append(TokenBatch(tuple(part), tuple(tuple(sequences[row]) for row in part), size))
    return batches
