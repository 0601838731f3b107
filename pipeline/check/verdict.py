"""Verdicts: what a release's translation may be used for, and why.

A blocker blocks. A major finding needs a person. Otherwise a translation is ready only if its system's quality in
that language has been measured: rule-based drafts never are, and nothing is called good without a check. What a
reviewer dismissed decides nothing, but is counted.
"""

from collections import Counter
from collections.abc import Sequence

from pipeline.check import BESIDE, CHECKS, SUMMARY, Coverage, checked_what
from pipeline.check.coverage import coverage_line, not_checked
from pipeline.config import QualityRecord
from pipeline.languages import name
from pipeline.records import Finding, PreparedDocument, Severity, TranslatedDocument, Verdict, VerdictState
from pipeline.structure.embargoes import embargo_of

SEVERITIES: tuple[Severity, ...] = ("blocker", "major", "minor")
PHRASES = {
    "numbers": ("number differs", "numbers differ"),
    "amounts": ("amount of money differs", "amounts of money differ"),
    "dates": ("date or time differs", "dates or times differ"),
    "measures": ("measure or percentage differs", "measures or percentages differ"),
    "names": ("name differs", "names differ"),
    "acronyms": ("acronym differs", "acronyms differ"),
    "placeables": (
        "address, number to call or fixed term is wrong",
        "addresses, numbers to call or fixed terms are wrong",
    ),
    "terms": ("term is not as the termbase says", "terms are not as the termbase says"),
    "quotation": ("sentence has other quotations than the French", "sentences have other quotations than the French"),
    "speakers": ("quotation has another speaker or none", "quotations have another speaker or none"),
    "negation": ("sentence denies on one side only", "sentences deny on one side only"),
    "hedges": ("allegation is stated as a fact", "allegations are stated as facts"),
    "markup": ("style, link, note or image was lost", "styles, links, notes or images were lost"),
    "empty": ("sentence was not translated", "sentences were not translated"),
    "language": ("sentence is in the wrong language", "sentences are in the wrong language"),
    "untranslated": ("piece of French was left", "pieces of French were left"),
    "unknown_words": ("word was unknown to the engine", "words were unknown to the engine"),
    "length": ("sentence is too short or too long", "sentences are too short or too long"),
    "omission": ("sentence may lack or add something", "sentences may lack or add something"),
    "consistency": ("sentence is translated in two ways", "sentences are translated in two ways"),
    "repetition": ("sentence repeats itself", "sentences repeat themselves"),
    "artefacts": ("trace of the machine", "traces of the machine"),
    "typography": ("slip of typography", "slips of typography"),
    SUMMARY: ("summary was set aside or needs a look", "summaries were set aside or need a look"),
}
"""What a reason says of one finding of a check, and of several."""
MADE_ELSEWHERE = "made elsewhere: nothing is known of it but what the checks found"
DRAFT = "draft engine: rule-based output must be read by a person"


def judge(
    prepared: PreparedDocument,
    translated: TranslatedDocument,
    findings: Sequence[Finding],
    draft: bool,
    quality: QualityRecord | None,
    *,
    made_elsewhere: bool = False,
    summaries: int = 0,
) -> Verdict:
    """Judge one translation.

    Args:
        prepared: The release.
        translated: Its translation.
        findings: What `check_document` found in it, and what was found in its summaries.
        draft: Whether the system's output is a draft by nature.
        quality: What was measured of the system in this language, if anything was.
        made_elsewhere: Whether people or tools unknown here made it, so that nothing but the checks can tell.
        summaries: How many summaries of it were looked at.
    """
    dismissed = sum(bool(finding.dismissed) for finding in findings)
    findings = [finding for finding in findings if not finding.dismissed]
    coverage = checked_what(prepared, translated, findings)
    grave = {finding.severity for finding in findings}
    reasons = _reasons(findings)
    if dismissed:
        reasons.append(f"{dismissed} {'finding' if dismissed == 1 else 'findings'} dismissed by a reviewer")
    if repaired := sum(hypothesis.origin == "repair" for hypothesis in translated.hypotheses):
        reasons.append(
            f"{repaired} {'sentence was' if repaired == 1 else 'sentences were'} repaired: compare with care"
        )
    if draft:
        reasons.append(DRAFT)
    elif made_elsewhere:
        reasons.append(MADE_ELSEWHERE)
    elif quality is None:
        reasons.append(f"no measured quality on record for {translated.system} into {name(translated.target_lang)}")
    return Verdict(
        doc_id=translated.doc_id,
        target_lang=translated.target_lang,
        system=translated.system,
        state=_state(grave, draft or (quality is None and not made_elsewhere)),
        reasons=tuple(reasons),
        seg_ids=_to_look_at(prepared, findings),
        checked=(*(_line(item) for item in coverage if item.looked), *_summaries_line(summaries, findings)),
        not_checked=not_checked(translated.target_lang),
        embargo=embargo_of(prepared.document.blocks),
        coverage=coverage_line(coverage, translated.target_lang),
    )


def _state(severities: set[Severity], unmeasured: bool) -> VerdictState:
    if "blocker" in severities:
        return "blocked"
    return "review" if "major" in severities or unmeasured else "ready"


def _reasons(findings: Sequence[Finding]) -> list[str]:
    """One line for each severity and check, the gravest and most frequent first."""
    counts = Counter((SEVERITIES.index(finding.severity), finding.check) for finding in findings)
    ordered = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    return [f"{_counted(check, counts[rank, check])} ({SEVERITIES[rank]})" for rank, check in ordered]


def _counted(check: str, count: int) -> str:
    return f"{count} {PHRASES[check][count > 1]}"


def _to_look_at(prepared: PreparedDocument, findings: Sequence[Finding]) -> tuple[str, ...]:
    grave = {finding.seg_id for finding in findings if finding.severity != "minor"}
    return tuple(segment.seg_id for segment in prepared.segments if segment.seg_id in grave)


def _summaries_line(summaries: int, findings: Sequence[Finding]) -> tuple[str, ...]:
    if not summaries:
        return ()
    found = sum(finding.check == SUMMARY for finding in findings)
    without = max(summaries - found, 0)
    return (f"{BESIDE[SUMMARY]}: {summaries} summaries looked at, {without} without a finding",)


def _line(item: Coverage) -> str:
    what = CHECKS[item.check].what
    if item.unit == "items":
        return f"{what}: {item.looked} looked for, {item.found} found"
    return f"{what}: {item.looked} sentences looked at, {item.found} without a finding"
