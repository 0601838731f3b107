"""Dismissals: findings that a reviewer looked at and put aside, with the reason, for the runs to come.

They stand in a file of JSON lines, one a finding. A finding is known by its content: check, language, the French and
its translation, what it says and where it points. Any change of these makes another finding, so that a dismissal never
hides a different problem; the same sentence in another release is the same finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.fingerprint import fingerprint
from pipeline.records import CheckedDocument, Finding, PreparedDocument, SummarizedDocument, TranslatedDocument
from pipeline.review_file import add_decisions, load_decisions

ID_DIGITS = 16
"""Hexadecimal digits of a finding's id."""

Dismissals = Mapping[str, str]
"""Reasons by the id of the finding."""

DismissedFindings = tuple[tuple[int, str], ...]
"""The places of dismissed findings among a release's, each with its reason."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One line of the file; what stands behind `reason` is there for people.

    Attributes:
        finding_id: See `finding_id`.
        target_lang: BCP-47 tag.
        reason: Why the finding is no problem.
        check: The check that found it.
        message: What the finding says.
        source: The French sentence.
        target: Its translation.
    """

    finding_id: str
    target_lang: str
    reason: str
    check: str = ""
    message: str = ""
    source: str = ""
    target: str = ""


class SegmentTexts:
    """The French and the translation that a release's findings are about; none for findings on French summaries."""

    def __init__(self, prepared: PreparedDocument, translated: TranslatedDocument | None) -> None:
        self._sources = {segment.seg_id: segment.source for segment in prepared.segments}
        hypotheses = translated.hypotheses if translated else ()
        self._targets = {hypothesis.seg_id: hypothesis.text for hypothesis in hypotheses}

    def of(self, finding: Finding) -> tuple[str, str]:
        """Return both texts of a finding's segment, or of the whole release where it has none."""
        if finding.seg_id in self._sources:
            return self._sources[finding.seg_id], self._targets.get(finding.seg_id, "")
        return "\n".join(self._sources.values()), "\n".join(self._targets.values())


def finding_id(finding: Finding, texts: SegmentTexts) -> str:
    """Return the id that a finding has wherever it is found again: 16 hexadecimal digits."""
    spans = [[span.start, span.end] if span else None for span in (finding.source_span, finding.target_span)]
    content = [finding.check, finding.severity, finding.target_lang, *texts.of(finding), finding.message, spans]
    return fingerprint(content)[:ID_DIGITS]


def load_dismissals(path: Path) -> tuple[Dismissal, ...]:
    """Read the file of dismissals; one that does not exist yet holds none.

    Raises:
        ConfigError: It cannot be read, or some lines are no dismissals; all of them are named.
    """
    found = load_decisions(path, Dismissal, ("finding_id", "target_lang", "reason"))
    return tuple({(item.finding_id, item.target_lang): item for item in found}.values())


def add_dismissals(path: Path, dismissals: Iterable[Dismissal]) -> None:
    """Add lines to the file; a later reason for the same finding stands above an earlier one."""
    add_decisions(path, dismissals)


def all_findings(checked: CheckedDocument, summarized: SummarizedDocument) -> tuple[Finding, ...]:
    """Return what was found in a release's translation and in its summaries, in the order that `dismissed` counts."""
    return (*checked.findings, *summarized.findings)


def dismissals_for(dismissals: Iterable[Dismissal], target_lang: str) -> dict[str, str]:
    """Return the reasons for one language, by finding: what can change a verdict there."""
    return {item.finding_id: item.reason for item in dismissals if item.target_lang == target_lang}


def find_dismissed(
    prepared: PreparedDocument,
    translated: TranslatedDocument | None,
    findings: Sequence[Finding],
    dismissals: Dismissals,
) -> DismissedFindings:
    """Return which of a release's findings are dismissed, and why; without a translation, of its French summaries'."""
    if not dismissals:
        return ()
    texts = SegmentTexts(prepared, translated)
    ids = (finding_id(finding, texts) for finding in findings)
    return tuple((place, dismissals[item]) for place, item in enumerate(ids) if item in dismissals)


def mark_dismissed(findings: Sequence[Finding], dismissed: DismissedFindings) -> tuple[Finding, ...]:
    """Return the findings with the reasons of those that are dismissed."""
    reasons = dict(dismissed)
    return tuple(
        replace(finding, dismissed=reasons[place]) if place in reasons else finding
        for place, finding in enumerate(findings)
    )
