"""The ladder: broken sentences are tried again, one rung after the other, until they pass or no rung is left.

In come pairs of segments with their findings, and a way to ask translators; out come the same pairs, each with the
best translation that was found and a log of the attempts. Best is what the checks say: a translation before none,
fewest blockers, then fewest major findings; the first of equals stays, so that nothing is changed without a gain. The
checks are the very same functions that judge the release.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.check import SegmentPair, check_pair, prepare
from pipeline.errors import LanguageError, TranslatorError
from pipeline.records import Attempt, Finding, Hypothesis, Repair
from pipeline.restore import restore_segment
from pipeline.translate.base import Candidate, Candidates
from pipeline.translate.context import Outcome
from pipeline.translate.pieces import Piece, shorten

Asked = Callable[[Sequence[str]], dict[str, Outcome]]
"""Translates masked texts; may raise `TranslatorError` or `LanguageError`."""

REPAIRABLE = frozenset(
    {
        "amounts",
        "artefacts",
        "dates",
        "empty",
        "language",
        "length",
        "measures",
        "names",
        "numbers",
        "omission",
        "placeables",
        "repetition",
        "untranslated",
    }
)
"""Checks whose major findings call for another attempt; blockers always do."""


NO_TRANSLATION = frozenset({"empty", "language", "repetition", "untranslated"})
"""Checks whose blockers say that there is no translation."""


@dataclass(slots=True)
class Broken:
    """A sentence whose translation fails a check.

    Attributes:
        pair: The French beside the best translation so far.
        findings: What is wrong with that.
        quote_depth: How many quotations are open where the segment begins.
        attempts: What was tried.
        kept: The attempt that gave the translation; empty for the first one of all.
    """

    pair: SegmentPair
    findings: tuple[Finding, ...]
    quote_depth: int
    attempts: list[Attempt] = field(default_factory=list)
    kept: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether another attempt is called for; an engine's takes no rule's place."""
        return self.pair.hypothesis.origin != "rule" and any(
            finding.severity == "blocker" or (finding.severity == "major" and finding.check in REPAIRABLE)
            for finding in self.findings
        )

    def report(self, before: Hypothesis) -> Repair:
        """Return the log of what was tried."""
        segment = self.pair.segment
        return Repair(
            segment.doc_id,
            segment.seg_id,
            before.target_lang,
            before.system,
            before.text,
            tuple(self.attempts),
            self.kept,
        )


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to try again.

    Attributes:
        name: For the log: `candidates`, `decoding`, `clauses`, or `fallback` and the system's name.
        ask: Who translates.
        in_clauses: Whether the text is cut into clauses that are translated one by one.
        asks_anew: Whether it makes translations; else it looks at more of those that there are.
    """

    name: str
    ask: Asked
    in_clauses: bool = False
    asks_anew: bool = True


def climb(broken: Sequence[Broken], rungs: Sequence[Rung]) -> None:
    """Try every broken sentence on each rung, as long as it is broken; all of a rung's texts are asked together."""
    for rung in rungs:
        waiting = [item for item in broken if item.is_broken]
        parts = [_cut(item.pair.masked.text) if rung.in_clauses else None for item in waiting]
        texts = [text for item, pieces in zip(waiting, parts, strict=True) for text in _texts(item, pieces)]
        if not texts:
            continue
        try:
            made = rung.ask(texts)
        except (TranslatorError, LanguageError) as error:
            for item in waiting:
                item.attempts.append(Attempt(rung.name, "", 0, 0, error.message))
            continue
        tried = [
            [_restore(item, candidate) for candidate in _candidates(item, pieces, made, rung)]
            for item, pieces in zip(waiting, parts, strict=True)
        ]
        prepare([pair for of_item in tried for pair in of_item])
        for item, of_item in zip(waiting, tried, strict=True):
            _choose(item, of_item, rung)


def gravity(findings: Sequence[Finding]) -> tuple[bool, int, int]:
    """Weigh findings, for comparing two translations of one sentence: what is none at all is the worst."""
    severities = [finding.severity for finding in findings]
    is_none = any(finding.check in NO_TRANSLATION and finding.severity == "blocker" for finding in findings)
    return is_none, severities.count("blocker"), severities.count("major")


def _texts(item: Broken, pieces: Sequence[Piece] | None) -> list[str]:
    if pieces is None:
        return [item.pair.masked.text]
    return [piece.text for piece in pieces if piece.is_sent]


def _cut(text: str) -> list[Piece]:
    """Cut a text into clauses, each at most half of its words; none where there is nothing to cut."""
    words = len(text.split())
    pieces = shorten(text, max(3, math.ceil(words / 2)), lambda parts: [len(part.split()) for part in parts])
    return pieces if sum(piece.is_sent for piece in pieces) > 1 else []


def _candidates(
    item: Broken, pieces: Sequence[Piece] | None, made: dict[str, Outcome], rung: Rung
) -> Iterator[Candidate]:
    outcomes = [made[text] for text in _texts(item, pieces)]
    errors = [outcome for outcome in outcomes if isinstance(outcome, TranslatorError)]
    if errors:
        item.attempts.append(Attempt(rung.name, "", 0, 0, errors[0].message))
    elif pieces is None:
        yield from (candidate for outcome in outcomes if isinstance(outcome, tuple) for candidate in outcome)
    elif pieces:
        yield _join(pieces, [outcome[0] for outcome in outcomes if isinstance(outcome, tuple)])


def _join(pieces: Sequence[Piece], translations: Candidates | Sequence[Candidate]) -> Candidate:
    """Put clauses together again; one that begins small in the French begins small, whatever the engine thought."""
    waiting = iter(translations)
    return Candidate(
        "".join(_like(piece.text, next(waiting).text) if piece.is_sent else piece.text for piece in pieces)
    )


def _like(french: str, text: str) -> str:
    return text[:1].lower() + text[1:] if french[:1].islower() and not text[:2].isupper() else text


def _restore(item: Broken, candidate: Candidate) -> SegmentPair:
    """Put a candidate in the place of the translation."""
    pair = item.pair
    before = pair.hypothesis
    after = restore_segment(
        pair.segment,
        pair.masked,
        candidate,
        before.target_lang,
        before.system,
        "repair",
        quote_depth=item.quote_depth,
    )
    return replace(pair, hypothesis=after)


def _choose(item: Broken, tried: Sequence[SegmentPair], rung: Rung) -> None:
    """Check candidates in their order until one passes, keep the best, and log what is new or was asked anew."""
    known = {item.pair.target}
    for pair in tried:
        if pair.target in known or not item.is_broken:
            continue
        known.add(pair.target)
        findings = tuple(check_pair(pair))
        _log(item, rung, pair.target, findings)
        if gravity(findings) < gravity(item.findings):
            item.pair, item.findings, item.kept = pair, findings, rung.name
    if tried and len(known) == 1 and rung.asks_anew:
        _log(item, rung, item.pair.target, item.findings)


def _log(item: Broken, rung: Rung, text: str, findings: Sequence[Finding]) -> None:
    _, blockers, majors = gravity(findings)
    item.attempts.append(Attempt(rung.name, text, blockers, majors, ""))
