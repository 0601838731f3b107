"""Verdicts: what a release's translation may be used for, and why.

A blocker blocks. A major finding needs a person; `STRICTNESS` says what other strictness does. Otherwise a translation
is ready only if its system's quality in that language has been measured: rule-based drafts never are, and nothing is
called good without a check. What a reviewer dismissed decides nothing, but is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.check import BESIDE, CHECKS, SUMMARY, Coverage, checked_what
from pipeline.check.coverage import coverage_line, not_checked
from pipeline.config import QualityRecord, Strictness
from pipeline.estimate import LOW
from pipeline.languages import name
from pipeline.records import (
    CheckedDocument,
    Estimate,
    Finding,
    PreparedDocument,
    Severity,
    TranslatedDocument,
    Verdict,
    VerdictState,
)
from pipeline.structure.embargoes import embargo_of

SEVERITIES: tuple[Severity, ...] = ("blocker", "major", "minor")
WORDING = frozenset({"negation", "quotation", "speakers", "omission", "length"})
"""Checks of how things are said, which good translators' liberties set off too; names and allegations are none."""
STRICTNESS: dict[Strictness, str] = {
    "lenient": "as normal, but a major finding about wording counts only where a second check agrees on the sentence",
    "normal": "every major finding asks for a person",
    "strict": "as normal, and so does a sentence with findings of two checks, or with a low estimate",
}
"""What each strictness does; a blocker blocks at all of them."""
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


@dataclass(frozen=True, slots=True)
class Maker:
    """What is known of what made a translation.

    Attributes:
        draft: Whether its output is a draft by nature.
        quality: What was measured of it in the language, if anything was.
        elsewhere: Whether people or tools unknown here made it, so that nothing but the checks can tell.
    """

    draft: bool
    quality: QualityRecord | None
    elsewhere: bool = False

    @property
    def unmeasured(self) -> bool:
        """Whether nothing it makes can be called ready."""
        return self.draft or (self.quality is None and not self.elsewhere)


def judge(
    prepared: PreparedDocument,
    translated: TranslatedDocument,
    checked: CheckedDocument,
    maker: Maker,
    *,
    strictness: Strictness = "normal",
    summaries: int = 0,
) -> Verdict:
    """Judge one translation.

    Args:
        prepared: The release.
        translated: Its translation.
        checked: What was found in it and in its summaries, with what a reviewer dismissed marked as such.
        maker: What made it.
        strictness: Key of `STRICTNESS`.
        summaries: How many summaries of it were looked at.
    """
    dismissed = [finding for finding in checked.findings if finding.dismissed]
    findings = [finding for finding in checked.findings if not finding.dismissed]
    coverage = checked_what(prepared, translated, findings)
    low = low_estimates(checked.estimates, {finding.seg_id for finding in dismissed})
    wanted = doubtful(findings, low, strictness)
    reasons = _reasons(findings)
    if low:
        reasons.append(f"{len(low)} {'sentence' if len(low) == 1 else 'sentences'} with a low quality estimate")
    if unconfirmed := len(doubtful(findings, low, "normal") - wanted):
        counted = f"{unconfirmed} {'sentence' if unconfirmed == 1 else 'sentences'} with a major finding"
        reasons.append(f"judged leniently: {counted} that no second check confirms")
    if dismissed:
        reasons.append(f"{len(dismissed)} {'finding' if len(dismissed) == 1 else 'findings'} dismissed by a reviewer")
    if repaired := sum(hypothesis.origin == "repair" for hypothesis in translated.hypotheses):
        reasons.append(
            f"{repaired} {'sentence was' if repaired == 1 else 'sentences were'} repaired: compare with care"
        )
    if maker.draft:
        reasons.append(DRAFT)
    elif maker.elsewhere:
        reasons.append(MADE_ELSEWHERE)
    elif maker.quality is None:
        reasons.append(f"no measured quality on record for {translated.system} into {name(translated.target_lang)}")
    return Verdict(
        doc_id=translated.doc_id,
        target_lang=translated.target_lang,
        system=translated.system,
        state=state_of(findings, wanted, maker.unmeasured),
        reasons=tuple(reasons),
        seg_ids=tuple(segment.seg_id for segment in prepared.segments if segment.seg_id in wanted),
        checked=(*(_line(item) for item in coverage if item.looked), *_summaries_line(summaries, findings)),
        not_checked=not_checked(translated.target_lang),
        embargo=embargo_of(prepared.document.blocks),
        coverage=coverage_line(coverage, translated.target_lang),
        low_estimates=low,
    )


def low_estimates(estimates: Iterable[Estimate], settled: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the segments with a low estimate, the lowest first.

    Args:
        estimates: The estimates of a release.
        settled: Segments of which a reviewer dismissed a finding: somebody has looked at them.
    """
    seen = frozenset(settled)
    low = [(item.value, item.seg_id) for item in estimates if item.value is not None and item.value < LOW]
    return tuple(seg_id for _, seg_id in sorted(low, key=lambda item: item[0]) if seg_id not in seen)


def doubtful(findings: Iterable[Finding], low: Iterable[str], strictness: Strictness) -> frozenset[str]:
    """Return the segments that a person must look at; a finding about the whole release stands under an empty id."""
    by_segment: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_segment[finding.seg_id].append(finding)
    wanted = {seg_id for seg_id, found in by_segment.items() if _is_doubtful(found, strictness)}
    return frozenset(wanted.union(low) if strictness == "strict" else wanted)


def _is_doubtful(findings: Sequence[Finding], strictness: Strictness) -> bool:
    """Tell whether the findings about one segment ask for a person."""
    agree = len({finding.check for finding in findings}) > 1
    if strictness == "strict" and agree:
        return True
    return any(
        finding.severity == "blocker"
        or (finding.severity == "major" and (strictness != "lenient" or agree or finding.check not in WORDING))
        for finding in findings
    )


def state_of(findings: Iterable[Finding], wanted: frozenset[str], unmeasured: bool) -> VerdictState:
    """Return the state that findings lead to.

    Args:
        findings: Those that stand.
        wanted: The segments that a person must look at; see `doubtful`.
        unmeasured: Whether nothing is known of the quality of what made the translation.
    """
    if any(finding.severity == "blocker" for finding in findings):
        return "blocked"
    return "review" if wanted or unmeasured else "ready"


def _reasons(findings: Sequence[Finding]) -> list[str]:
    """One line for each severity and check, the gravest and most frequent first."""
    counts = Counter((SEVERITIES.index(finding.severity), finding.check) for finding in findings)
    ordered = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    return [f"{_counted(check, counts[rank, check])} ({SEVERITIES[rank]})" for rank, check in ordered]


def _counted(check: str, count: int) -> str:
    return f"{count} {PHRASES[check][count > 1]}"


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
