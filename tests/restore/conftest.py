"""How the tests of restore finish a raw translation."""

from collections.abc import Callable

import pytest

from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import Hypothesis, MaskedSegment, Segment, Span, Term
from pipeline.restore import restore_segment
from pipeline.translate.base import Candidate

Finish = Callable[..., Hypothesis]


def segment_of(source: str) -> Segment:
    return Segment("s", "d", "b0", 0, 0, len(source), source)


@pytest.fixture
def finish() -> Finish:
    """Mask a French text without markup and restore a raw translation of it."""

    def run(source: str, raw: str, lang: str, unknown: tuple[Span, ...] = (), quote_depth: int = 0) -> Hypothesis:
        matcher = TermMatcher([Term("sextorsion", (("es", "sextorsión"), ("en", "sextortion")))], ["INTERPOL"], lang)
        masked: MaskedSegment = protect_segment(segment_of(source), (), matcher)
        candidate = Candidate(raw, unknown=unknown)
        return restore_segment(segment_of(source), masked, candidate, lang, "engine", quote_depth=quote_depth)

    return run
