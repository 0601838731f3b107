"""What is said of estimates: the fields of a segment's line, the lowest of a release, and why there are none.

Never their mean: one bad sentence among thirty good ones does the harm.
"""

from collections import Counter
from collections.abc import Iterable

from pipeline.records import Estimate

SHOWN = 5
"""The lowest estimates that are shown of a release."""


def estimate_fields(estimate: Estimate | None) -> dict[str, int | str | None]:
    """Return the fields that a segment's line of JSON says it with; None stands for a segment nobody looked at."""
    if estimate is None:
        return {"estimate": None, "not_estimated": "there is no French sentence"}
    return {"estimate": estimate.value, "not_estimated": estimate.reason}


def lowest_estimates(estimates: Iterable[Estimate], count: int = SHOWN) -> list[tuple[str, int]]:
    """Return the segments with the lowest estimates and what these are, the lowest first."""
    known = [(estimate.seg_id, estimate.value) for estimate in estimates if estimate.value is not None]
    return sorted(known, key=lambda item: item[1])[:count]


def why_none(estimates: Iterable[Estimate]) -> str:
    """Return the commonest reason why a release has no estimate at all; empty where it has some."""
    reasons = Counter(estimate.reason for estimate in estimates)
    return "" if "" in reasons or not reasons else reasons.most_common(1)[0][0]
