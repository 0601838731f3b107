"""Check: a release and its translation, side by side → findings.

Severities, in one place (`blocker`: must not be published; `major`: a person must look; `minor`: a blemish, or a
suspicion that needs another signal):

| check | blocker | major | minor |
|---|---|---|---|
| numbers | digits altered or missing | words altered; digits added or ambiguous | words missing or added |
| placeables | address, telephone number, file name: lost or added | hashtag, term, special character: lost | |
| markup | | link, footnote, image lost | style, line break lost |
| language | another language, almost certainly | another language, probably | |
| untranslated | whole sentence copied | short sentence copied; five French words in a row | |
| unknown_words | | | each |
| empty | no translation | | |
| length | | far too short or long | too short or long |
| repetition | a loop | | |
| quotation | | all quotations lost | number, depth or closing differs |
| terms | | approved form absent, forbidden form present | |
| artefacts | each | | |
| typography | | | each |
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check.artefacts import ARTEFACTS
from pipeline.check.base import Check, CheckSettings, Defect, SegmentPair, Unit
from pipeline.check.language import LANGUAGE
from pipeline.check.length import EMPTY, LENGTH
from pipeline.check.markup import MARKUP
from pipeline.check.numbers import NUMBERS
from pipeline.check.placeables import PLACEABLES
from pipeline.check.quotation import QUOTATION
from pipeline.check.repetition import REPETITION
from pipeline.check.terms import TERMS
from pipeline.check.typography import TYPOGRAPHY
from pipeline.check.unknown_words import UNKNOWN_WORDS
from pipeline.check.untranslated import UNTRANSLATED
from pipeline.check.words import names_in
from pipeline.records import Finding, PreparedDocument, TranslatedDocument

__all__ = [
    "CHECKS",
    "Check",
    "CheckSettings",
    "Coverage",
    "Defect",
    "SegmentPair",
    "applies",
    "check_document",
    "checked_what",
]

CHECKS: dict[str, Check] = {
    "numbers": NUMBERS,
    "placeables": PLACEABLES,
    "terms": TERMS,
    "quotation": QUOTATION,
    "markup": MARKUP,
    "empty": EMPTY,
    "language": LANGUAGE,
    "untranslated": UNTRANSLATED,
    "unknown_words": UNKNOWN_WORDS,
    "length": LENGTH,
    "repetition": REPETITION,
    "artefacts": ARTEFACTS,
    "typography": TYPOGRAPHY,
}


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
    findings: list[Finding] = []
    for pair in _pairs(prepared, translated, settings):
        checks = CHECKS if pair.target.strip() else {"empty": EMPTY}
        for name in sorted(checks):
            if checks[name].applies(pair.target_lang):
                defects = sorted(checks[name].find(pair), key=_place)
                findings += [_finding(name, defect, pair) for defect in defects]
    return tuple(findings)


def checked_what(
    prepared: PreparedDocument, translated: TranslatedDocument, findings: Sequence[Finding]
) -> tuple[Coverage, ...]:
    """Say for each check that applies to the language what it looked for and how much of it was found."""
    settings = CheckSettings(prepared.document.lang, (translated.target_lang,))
    pairs = list(_pairs(prepared, translated, settings))
    return tuple(
        _coverage(name, check, pairs, [finding for finding in findings if finding.check == name])
        for name, check in CHECKS.items()
        if check.applies(translated.target_lang)
    )


def applies(check: str, target_lang: str) -> bool:
    """Tell whether a check can be made in a language: the cell of a table check × language."""
    return CHECKS[check].applies(target_lang)


def _pairs(
    prepared: PreparedDocument, translated: TranslatedDocument, settings: CheckSettings
) -> Iterator[SegmentPair]:
    blocks = {block.block_id: block for block in prepared.document.blocks}
    terms = {term.source: term for term in settings.terms}
    names = names_in(segment.source for segment in prepared.segments)
    for segment, masked, hypothesis in zip(prepared.segments, translated.masked, translated.hypotheses, strict=True):
        apply = tuple(terms[source] for source in masked.term_sources if source in terms)
        yield SegmentPair(segment, blocks[segment.block_id], masked, hypothesis, settings, names, apply)


def _place(defect: Defect) -> tuple[int, int, int, int, str]:
    source, target = defect.source_span, defect.target_span
    return (
        source.start if source else -1,
        source.end if source else -1,
        target.start if target else -1,
        target.end if target else -1,
        defect.message,
    )


def _finding(check: str, defect: Defect, pair: SegmentPair) -> Finding:
    return Finding(
        check=check,
        severity=defect.severity,
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
