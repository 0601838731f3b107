"""How often a good release comes out ready, and a damaged one still does, at each strictness.

Good releases are forty consecutive sentences of human translations; for the verdict their quality counts as measured,
so that findings and estimates alone decide. Damage is one number, name, clause or negation in one sentence.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check import check_pair, pair_segments, prepare
from pipeline.check.base import CheckSettings, SegmentPair
from pipeline.check.release import check_release
from pipeline.check.verdict import STRICTNESS, doubtful, low_estimates, state_of
from pipeline.config import Strictness
from pipeline.estimate import estimate_segments
from pipeline.measure.bench import ROWS, SEED
from pipeline.measure.damage_words import Pair
from pipeline.records import (
    Block,
    CheckedDocument,
    Document,
    Estimate,
    Finding,
    Hypothesis,
    MaskedSegment,
    PreparedDocument,
    Segment,
    TranslatedDocument,
    VerdictState,
)

SENTENCES = 40
DAMAGES = ("number_digit", "name replaced", "clause dropped", "negation dropped")
"""Kinds of damage, from `pipeline.measure.bench.ROWS`."""
PLACES = 5
"""Sentences that each kind of damage is tried on in a release, one at a time."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of releases at one strictness.

    Attributes:
        releases: How many there were.
        ready: How many were ready as people translated them.
        damaged: By kind, how many ready ones were damaged.
        missed: By kind, how many of these were still ready.
    """

    releases: int
    ready: int
    damaged: Counter[str]
    missed: Counter[str]


def measure_verdicts(pairs: Sequence[Pair]) -> dict[Strictness, Counts]:
    """Judge releases made of consecutive pairs, whole and damaged, at each strictness."""
    releases = [
        _Release(pairs[start : start + SENTENCES], f"{SEED} {start}")
        for start in range(0, len(pairs) - SENTENCES + 1, SENTENCES)
    ]
    counts: dict[Strictness, Counts] = {}
    for strictness in STRICTNESS:
        ready = [release for release in releases if release.state(strictness) == "ready"]
        damaged, missed = Counter[str](), Counter[str]()
        for release in ready:
            for kind, place, checked in release.damaged(pairs):
                damaged[kind] += 1
                missed[kind] += release.state(strictness, place, checked) == "ready"
        counts[strictness] = Counts(len(releases), len(ready), damaged, missed)
    return counts


def table(counts: dict[Strictness, Counts]) -> Iterator[str]:
    """Yield a line for each strictness."""
    yield f"{'strictness':10} {'ready':>8}  " + "  ".join(f"{kind:>18}" for kind in DAMAGES) + "   still ready"
    for strictness, found in counts.items():
        cells = [
            f"{100 * found.missed[kind] / found.damaged[kind]:.0f} % of {found.damaged[kind]}"
            if found.damaged[kind]
            else "–"
            for kind in DAMAGES
        ]
        yield f"{strictness:10} {100 * found.ready / found.releases:6.1f} %  " + "  ".join(f"{c:>18}" for c in cells)


class _Release:
    """A release of human translations, checked once, with each of its damaged sentences checked once."""

    def __init__(self, pairs: Sequence[Pair], seed: str) -> None:
        self._pairs = pairs
        self._seed = seed
        prepared, translated = as_release(pairs)
        settings = CheckSettings("fr", (pairs[0].lang,))
        self._segments = list(pair_segments(prepared, translated, settings))
        self._checked: CheckedDocument = check_release(prepared, translated, settings)
        self._damaged: list[tuple[str, int, tuple[list[Finding], Estimate]]] | None = None

    def damaged(self, others: Sequence[Pair]) -> list[tuple[str, int, tuple[list[Finding], Estimate]]]:
        """Return kind, place, and what is found in each damaged sentence."""
        if self._damaged is None:
            self._damaged = list(self._damage(others))
        return self._damaged

    def state(
        self, strictness: Strictness, place: int = -1, instead: tuple[list[Finding], Estimate] | None = None
    ) -> VerdictState:
        """Judge the release, with what was found in a damaged sentence in the place of what its original gave."""
        findings, estimates = list(self._checked.findings), list(self._checked.estimates)
        if instead:
            seg_id = estimates[place].seg_id
            findings = [finding for finding in findings if finding.seg_id != seg_id] + instead[0]
            estimates[place] = instead[1]
        return state_of(findings, doubtful(findings, low_estimates(estimates), strictness), unmeasured=False)

    def _damage(self, others: Sequence[Pair]) -> Iterator[tuple[str, int, tuple[list[Finding], Estimate]]]:
        rng = random.Random(self._seed)  # noqa: S311 - no secret
        for kind in DAMAGES:
            times = 0
            for place in rng.sample(range(len(self._pairs)), len(self._pairs)):
                pair = self._pairs[place]
                text = ROWS[kind].damage(pair, others, rng)
                if text and text != pair.target:
                    yield kind, place, self._check(place, text)
                    times += 1
                if times == PLACES:
                    break

    def _check(self, place: int, text: str) -> tuple[list[Finding], Estimate]:
        pair = self._segments[place]
        hypothesis = Hypothesis(pair.segment.seg_id, pair.target_lang, pair.hypothesis.system, text)
        spoilt = SegmentPair(pair.segment, pair.block, pair.masked, hypothesis, pair.settings, pair.names, pair.terms)
        prepare([spoilt])
        findings = check_pair(spoilt)
        (estimate,) = estimate_segments([spoilt], findings)
        return findings, estimate


def as_release(pairs: Sequence[Pair]) -> tuple[PreparedDocument, TranslatedDocument]:
    """Return pairs as a release of one paragraph a sentence, and its translation."""
    blocks = tuple(Block(f"b{place}", "paragraph", pair.source) for place, pair in enumerate(pairs))
    segments = tuple(
        Segment(f"s{place}", "d", f"b{place}", place, 0, len(pair.source), pair.source)
        for place, pair in enumerate(pairs)
    )
    masked = tuple(MaskedSegment(segment.seg_id, segment.source) for segment in segments)
    hypotheses = tuple(
        Hypothesis(segment.seg_id, pair.lang, "human", pair.target)
        for segment, pair in zip(segments, pairs, strict=True)
    )
    lang = pairs[0].lang
    prepared = PreparedDocument(Document("d", "d.txt", "fr", "text", blocks), segments)
    return prepared, TranslatedDocument("d", "d.txt", lang, "human", masked, hypotheses)
