"""Check: a release and its translation, side by side → findings.

Severities, in one place (`blocker`: must not be published; `major`: a person must look; `minor`: a blemish, or a
suspicion that needs another signal):

| check | blocker | major | minor |
|---|---|---|---|
| numbers | digits altered or missing | words altered; digits added or ambiguous | words missing or added |
| amounts | as numbers; another currency | as numbers | as numbers |
| dates | as numbers; another date | as numbers; another weekday | as numbers; month missing or added |
| measures | as numbers; another unit | as numbers; percent sign lost | as numbers |
| names | | another name stands in its place | not found |
| acronyms | | another acronym stands in its place | not found |
| placeables | address, telephone number, file name: lost or added | hashtag, term, special character: lost | |
| markup | | link, footnote, image lost | style, line break lost |
| language | another language, almost certainly | another language, probably | |
| untranslated | whole sentence copied | short sentence copied; five French words in a row | |
| unknown_words | | | each |
| empty | no translation | | |
| length | | far too short or long | too short or long |
| omission | | something missing or added; another sentence | perhaps something missing or added |
| consistency | | | the same French translated otherwise |
| repetition | a loop | | |
| quotation | | all quotations lost, and words with them | number, depth or closing differs |
| speakers | | another person speaks; a quotation that nobody said | a quotation of what the French reports |
| negation | | denied on one side, nothing negative on the other | denied on one side, something negative on the other |
| hedges | "convicted" for an allegation | an allegation stated as a fact | |
| terms | | approved form absent, forbidden form present | |
| artefacts | each | | |
| typography | | | each |
| summary | | one by a reviewer says what the release does not, or is beyond its limit | one was set aside |
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check.acronyms import ACRONYMS
from pipeline.check.amounts import AMOUNTS
from pipeline.check.artefacts import ARTEFACTS
from pipeline.check.base import Check, CheckSettings, Defect, SegmentPair, Unit
from pipeline.check.consistency import CONSISTENCY
from pipeline.check.dates import DATES
from pipeline.check.hedges import HEDGES
from pipeline.check.language import LANGUAGE
from pipeline.check.length import EMPTY, LENGTH
from pipeline.check.markup import MARKUP
from pipeline.check.measures import MEASURES
from pipeline.check.names import NAMES
from pipeline.check.negation import NEGATION
from pipeline.check.numbers import NUMBERS
from pipeline.check.omission import OMISSION
from pipeline.check.placeables import PLACEABLES
from pipeline.check.quotation import QUOTATION
from pipeline.check.repetition import REPETITION
from pipeline.check.speakers import SPEAKERS
from pipeline.check.terms import TERMS
from pipeline.check.typography import TYPOGRAPHY
from pipeline.check.unknown_words import UNKNOWN_WORDS
from pipeline.check.untranslated import UNTRANSLATED
from pipeline.facts.words import names_in
from pipeline.records import Finding, Hypothesis, PreparedDocument, TranslatedDocument

__all__ = [
    "BESIDE",
    "CHECKS",
    "SUMMARY",
    "Check",
    "CheckSettings",
    "Coverage",
    "Defect",
    "SegmentPair",
    "applies",
    "check_document",
    "check_pair",
    "checked_what",
    "pair_segments",
    "prepare",
]

CHECKS: dict[str, Check] = {
    "numbers": NUMBERS,
    "amounts": AMOUNTS,
    "dates": DATES,
    "measures": MEASURES,
    "names": NAMES,
    "acronyms": ACRONYMS,
    "placeables": PLACEABLES,
    "terms": TERMS,
    "quotation": QUOTATION,
    "speakers": SPEAKERS,
    "negation": NEGATION,
    "hedges": HEDGES,
    "markup": MARKUP,
    "empty": EMPTY,
    "language": LANGUAGE,
    "untranslated": UNTRANSLATED,
    "unknown_words": UNKNOWN_WORDS,
    "length": LENGTH,
    "omission": OMISSION,
    "consistency": CONSISTENCY,
    "repetition": REPETITION,
    "artefacts": ARTEFACTS,
    "typography": TYPOGRAPHY,
}

BESIDE_THE_WORDS = frozenset({"markup", "empty"})
"""Checks of what approving a wording does not settle; what any other finds in approved boilerplate is minor."""


SUMMARY = "summary"

BESIDE: dict[str, str] = {SUMMARY: "what summaries say beyond the release"}
"""What is checked where it is made, not in pairs of sentences, and what is looked for; see
`pipeline.summarize.written`."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a check looked for in a release, and how much of it came out well.

    Attributes:
        check: Key of `CHECKS`.
        looked: Things of the French, or sentences, that were looked for.
        found: Those without a finding.
        unit: What was counted.
    """

    check: str
    looked: int
    found: int
    unit: Unit


def check_document(
    prepared: PreparedDocument, translated: TranslatedDocument, settings: CheckSettings
) -> tuple[Finding, ...]:
    """Compare a release with its translation, segment by segment.

    Returns:
        In the order of the segments, then of the checks' names, then of the places.
    """
    pairs = list(pair_segments(prepared, translated, settings))
    findings = {pair.segment.seg_id: check_pair(pair) for pair in prepare(pairs)}
    for name, check in CHECKS.items():
        if check.across and check.applies(translated.target_lang):
            for pair, defect in check.across(pairs):
                findings[pair.segment.seg_id].append(_finding(name, defect, pair))
    return tuple(finding for found in findings.values() for finding in sorted(found, key=_order))


def prepare(pairs: Sequence[SegmentPair]) -> Sequence[SegmentPair]:
    """Let the checks do for many pairs of one language what is cheaper done together, and return the pairs."""
    for check in CHECKS.values():
        if check.prepare and pairs and check.applies(pairs[0].target_lang):
            check.prepare(pairs)
    return pairs


def check_pair(pair: SegmentPair) -> list[Finding]:
    """Compare one segment with its translation."""
    findings: list[Finding] = []
    checks = CHECKS if pair.target.strip() else {"empty": EMPTY}
    for name in sorted(checks):
        if checks[name].applies(pair.target_lang):
            defects = sorted(checks[name].find(pair), key=_place)
            findings += [_finding(name, defect, pair) for defect in defects]
    return findings


def checked_what(
    prepared: PreparedDocument, translated: TranslatedDocument, findings: Sequence[Finding]
) -> tuple[Coverage, ...]:
    """Say for each check that applies to the language what it looked for and how much of it was found."""
    settings = CheckSettings(prepared.document.lang, (translated.target_lang,))
    pairs = list(pair_segments(prepared, translated, settings))
    return tuple(
        _coverage(name, check, pairs, [finding for finding in findings if finding.check == name])
        for name, check in CHECKS.items()
        if check.applies(translated.target_lang)
    )


def applies(check: str, target_lang: str) -> bool:
    """Tell whether a check can be made in a language: the cell of a table check × language."""
    return CHECKS[check].applies(target_lang)


def pair_segments(
    prepared: PreparedDocument, translated: TranslatedDocument, settings: CheckSettings
) -> Iterator[SegmentPair]:
    """Yield a release's segments, each beside its translation."""
    blocks = {block.block_id: block for block in prepared.document.blocks}
    terms = {term.source: term for term in settings.terms}
    names = names_in(segment.source for segment in prepared.segments)
    for segment, masked, hypothesis in zip(prepared.segments, translated.masked, translated.hypotheses, strict=True):
        apply = tuple(terms[source] for source in masked.term_sources if source in terms)
        yield SegmentPair(segment, blocks[segment.block_id], masked, hypothesis, settings, names, apply)


def _order(finding: Finding) -> tuple[str, tuple[int, int, int, int, str]]:
    return finding.check, _place(finding)


def _place(defect: Defect | Finding) -> tuple[int, int, int, int, str]:
    source, target = defect.source_span, defect.target_span
    return (
        source.start if source else -1,
        source.end if source else -1,
        target.start if target else -1,
        target.end if target else -1,
        defect.message,
    )


def _is_approved(hypothesis: Hypothesis) -> bool:
    """Tell whether people settled a translation for good: a check may remark on it, and no more."""
    return hypothesis.origin == "tm" and hypothesis.state == "final"


def _finding(check: str, defect: Defect, pair: SegmentPair) -> Finding:
    return Finding(
        check=check,
        severity="minor" if check not in BESIDE_THE_WORDS and _is_approved(pair.hypothesis) else defect.severity,
        seg_id=pair.segment.seg_id,
        doc_id=pair.segment.doc_id,
        target_lang=pair.target_lang,
        system=pair.hypothesis.system,
        message=defect.message,
        source_span=defect.source_span,
        target_span=defect.target_span,
    )


def _coverage(name: str, check: Check, pairs: list[SegmentPair], findings: list[Finding]) -> Coverage:
    looked = sum(map(check.count, pairs))
    if check.unit == "sentences":
        wrong = len({finding.seg_id for finding in findings})
    else:
        wrong = len({(finding.seg_id, finding.source_span) for finding in findings if finding.source_span})
    return Coverage(name, looked, max(looked - wrong, 0), check.unit)
