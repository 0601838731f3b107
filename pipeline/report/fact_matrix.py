"""The fact matrix: what a release says in figures, and where each of it came out.

Comes in: a release with its translations. Goes out: one row for each value of the French, one cell for each
translation, which says whether it was found there, and which summaries tell it. What a check found wrong decides;
what no check looks for in a language is not called found.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.check import applies
from pipeline.facts.base import Fact, FactKind
from pipeline.facts.values import find_value_facts
from pipeline.languages import name
from pipeline.records import Finding, Span, Summary
from pipeline.report.explanations import standing
from pipeline.report.model import ReleaseReport, SystemOutput

CellState = Literal["found", "missing", "unchecked"]

CHECK_OF: dict[FactKind, str] = {
    "number": "numbers",
    "percentage": "measures",
    "amount": "amounts",
    "measure": "measures",
    "date": "dates",
    "time": "dates",
}
"""The check that looks for facts of each kind."""


@dataclass(frozen=True, slots=True)
class FactCell:
    """A fact in one translation: whether it is there, what is said if it is not, and the channels that tell it."""

    state: CellState
    message: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the French: its kind, its words, what it is said of, the numbers of its sentences."""

    kind: FactKind
    surface: str
    qualifies: str
    sentences: tuple[int, ...]
    source_channels: tuple[str, ...]
    cells: tuple[FactCell, ...]


@dataclass(slots=True)
class _Occurrences:
    """A value and the places where the French has it: segment, number of the sentence, span."""

    fact: Fact
    places: list[tuple[str, int, Span]] = field(default_factory=list)


def fact_rows(report: ReleaseReport) -> list[FactRow]:
    """Return the facts of a release in the order in which it tells them, one cell for each of its outputs."""
    facts = _collect(report)
    source_lang = report.prepared.document.lang
    source_told = _told(report.source_summaries, source_lang)
    told = [_told(output.summaries, output.translated.target_lang) for output in report.outputs]
    findings = [_by_segment(output.findings) for output in report.outputs]
    return [
        FactRow(
            kind=item.fact.kind,
            surface=item.fact.surface,
            qualifies=item.fact.qualifies,
            sentences=tuple(dict.fromkeys(number for _, number, _ in item.places)),
            source_channels=_channels(source_told, item.fact),
            cells=tuple(
                _cell(item, output, own_findings, own_told)
                for output, own_findings, own_told in zip(report.outputs, findings, told, strict=True)
            ),
        )
        for item in facts
    ]


def fact_columns(report: ReleaseReport) -> tuple[str, ...]:
    """Name the outputs of a release: by language, and by system too where a language has several."""
    outputs = [(output.translated.target_lang, output.translated.system) for output in report.outputs]
    counts = Counter(tag for tag, _ in outputs)
    return tuple(f"{name(tag)} {system}" if counts[tag] > 1 else name(tag) for tag, system in outputs)


def _collect(report: ReleaseReport) -> list[_Occurrences]:
    facts: dict[tuple[str, str], _Occurrences] = {}
    for number, segment in enumerate(report.prepared.segments, start=1):
        for fact in find_value_facts(segment.source, report.prepared.document.lang):
            if fact.kind in CHECK_OF:
                item = facts.setdefault((fact.kind, fact.value), _Occurrences(fact))
                item.places.append((segment.seg_id, number, Span(fact.start, fact.end)))
    return list(facts.values())


def _told(summaries: Sequence[Summary], lang: str) -> dict[str, set[str]]:
    """Return the values that each channel's text tells."""
    return {summary.channel: {fact.value for fact in find_value_facts(summary.text, lang)} for summary in summaries}


def _channels(told: dict[str, set[str]], fact: Fact) -> tuple[str, ...]:
    return tuple(channel for channel, values in told.items() if fact.value in values)


def _by_segment(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in standing(findings):
        groups.setdefault(finding.seg_id, []).append(finding)
    return groups


def _cell(
    item: _Occurrences, output: SystemOutput, findings: dict[str, list[Finding]], told: dict[str, set[str]]
) -> FactCell:
    check = CHECK_OF[item.fact.kind]
    state: CellState = "found" if applies(check, output.translated.target_lang) else "unchecked"
    message = next(_wrong(item, findings), "")
    return FactCell("missing" if message else state, message, _channels(told, item.fact))


def _wrong(item: _Occurrences, findings: dict[str, list[Finding]]) -> Iterator[str]:
    """Yield what findings say of a fact: those on its words, and those that make its whole sentence worthless."""
    checks = set(CHECK_OF.values())
    for seg_id, _, span in item.places:
        for finding in findings.get(seg_id, ()):
            place = finding.source_span
            on_it = finding.check in checks and place and place.start < span.end and span.start < place.end
            if on_it or finding.check == "empty" or (finding.check == "omission" and finding.severity == "blocker"):
                yield finding.message
