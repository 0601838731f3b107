"""How well estimates tell human from damaged translations, in lines of a table."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.estimate import LOW
from pipeline.measure.estimate_fitting import Examples, as_estimates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BINS = (0, 20, 40, 60, 80, 101)


def describe(examples: Examples, kinds: Sequence[str], bias: float, weights: "Floats") -> Iterator[str]:
    """Yield what estimates of human and damaged translations look like.

    Args:
        examples: The human translations, then each of them damaged, in the same order.
        kinds: The damage of each.
        bias: Of the log-odds.
        weights: Of the signals.
    """
    import numpy as np

    estimates = as_estimates(examples.signals, bias, weights)
    human, damaged = estimates[: len(kinds)], estimates[len(kinds) :]
    agreed = np.mean(damaged < human) + 0.5 * np.mean(damaged == human)
    yield f"damaged below its own human translation: {100 * agreed:.1f} % of {len(kinds)}"
    low_human, low_damaged = (100 * np.mean(values < LOW) for values in (human, damaged))
    yield f"below {LOW}: {low_human:.1f} % of human, {low_damaged:.1f} % of damaged"
    for low, high in pairwise(BINS):
        here = (estimates >= low) & (estimates < high)
        if here.any():
            share = 100 * examples.human[here].mean()
            yield f"estimate {low:2} to {min(high, 100):3}: {share:5.1f} % human of {here.sum()}"
    for kind in sorted(set(kinds)):
        own = np.array([other == kind for other in kinds])
        below = 100 * np.mean(damaged[own] < human[own])
        yield f"{kind:22} mean {damaged[own].mean():3.0f}, below its original {below:5.1f} % of {own.sum()}"
