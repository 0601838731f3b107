"""Consistency: a French sentence that stands twice in a release is translated once.

The pairs of a release are looked at together; the later of two different translations is reported, with the first.
Case, spaces and the last punctuation mark do not count.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.check.base import Check, Defect, SegmentPair, in_real_languages, quoted
from pipeline.records import Span

FEWEST_WORDS = 3
"""Words of a sentence that is expected to be translated the same everywhere; « Oui » is not."""
_SPACES = re.compile(r"\s+")


def inconsistent(pairs: Sequence[SegmentPair]) -> Iterator[tuple[SegmentPair, Defect]]:
    """Yield the pairs of a release whose French was translated otherwise before, with the defect."""
    first: dict[str, SegmentPair] = {}
    for pair in pairs:
        if len(pair.source.split()) < FEWEST_WORDS or not pair.target.strip():
            continue
        earlier = first.setdefault(_plain(pair.source), pair)
        if _plain(earlier.target) != _plain(pair.target):
            message = f"The same French was translated otherwise before: {quoted(earlier.target)}."
            yield pair, Defect("minor", message, Span(0, len(pair.source)), Span(0, len(pair.target)))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip().rstrip(".!?…:;,").lower()


def _find(pair: SegmentPair) -> Iterator[Defect]:
    """Find nothing in a pair alone."""
    return iter(())


def _count(pair: SegmentPair) -> int:
    return int(len(pair.source.split()) >= FEWEST_WORDS)


CONSISTENCY = Check("sentences that stand twice", _find, _count, "sentences", in_real_languages, across=inconsistent)
