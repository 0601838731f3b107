"""The fact matrix: what a release says, where each of it came out, and which summaries tell it.

Comes in: a release with its translations. Goes out: one row for each entry of the ledger, one cell for each translation
and each channel. What a check found wrong decides; what no check looks for in a language is not called found.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.check import applies
from pipeline.languages import name
from pipeline.records import Finding
from pipeline.report.explanations import standing
from pipeline.report.ledger import CHECK_OF, Entry, EntryKind, SummaryFacts, read_ledger, told_by
from pipeline.report.model import ReleaseReport, SystemOutput

CellState = Literal["found", "altered", "missing", "unchecked"]

MOST_ROWS = 400
"""Rows that a page shows; a longer ledger is cut and the page says so."""

_FIGURES = frozenset({"numbers", "amounts", "dates", "measures"})


@dataclass(frozen=True, slots=True)
class FactCell:
    """A fact in one translation: whether it is there, and what is said if it is not."""

    state: CellState
    message: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the French.

    Attributes:
        kind: What it is.
        surface: Its words.
        qualifies: What it is said of.
        sentences: The numbers of its sentences.
        cells: One for each translation.
        channels: For each channel the languages whose summary tells it, by tag, the French first.
    """

    kind: EntryKind
    surface: str
    qualifies: str
    sentences: tuple[int, ...]
    cells: tuple[FactCell, ...]
    channels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FactMatrix:
    """A release's facts: `columns` name the translations, `channels` the summaries; `more` rows are not shown."""

    columns: tuple[str, ...]
    channels: tuple[str, ...]
    rows: tuple[FactRow, ...]
    more: int


def fact_matrix(report: ReleaseReport) -> FactMatrix:
    """Lay out the facts of a release in the order in which it tells them."""
    ledger = read_ledger(report.prepared)
    source_lang = report.prepared.document.lang
    told = {source_lang: told_by(report.source_summaries, source_lang)}
    for output in report.outputs:
        lang = output.translated.target_lang
        told.setdefault(lang, []).extend(told_by(output.summaries, lang))
    channels = tuple(dict.fromkeys(summary.channel for summaries in told.values() for summary in summaries))
    findings = [_by_segment(output.findings) for output in report.outputs]
    rows = tuple(
        FactRow(
            kind=entry.kind,
            surface=entry.surface,
            qualifies=entry.qualifies,
            sentences=tuple(dict.fromkeys(number for _, number, _ in entry.places)),
            cells=tuple(_cell(entry, output, own) for output, own in zip(report.outputs, findings, strict=True)),
            channels=tuple(_languages(entry, channel, told) for channel in channels),
        )
        for entry in ledger[:MOST_ROWS]
    )
    return FactMatrix(_columns(report), channels, rows, max(len(ledger) - MOST_ROWS, 0))


def _columns(report: ReleaseReport) -> tuple[str, ...]:
    """Name the outputs of a release: by language, and by system too where a language has several."""
    outputs = [(output.translated.target_lang, output.translated.system) for output in report.outputs]
    counts = Counter(tag for tag, _ in outputs)
    return tuple(f"{name(tag)} {system}" if counts[tag] > 1 else name(tag) for tag, system in outputs)


def _languages(entry: Entry, channel: str, told: dict[str, list[SummaryFacts]]) -> tuple[str, ...]:
    return tuple(
        lang
        for lang, summaries in told.items()
        if any(summary.channel == channel and summary.tells(entry) for summary in summaries)
    )


def _by_segment(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in standing(findings):
        groups.setdefault(finding.seg_id, []).append(finding)
    return groups


def _cell(entry: Entry, output: SystemOutput, findings: dict[str, list[Finding]]) -> FactCell:
    check = CHECK_OF[entry.kind]
    # The checks of figures share their work, whatever kind a figure is.
    checks = _FIGURES if check in _FIGURES else {check}
    for seg_id, _, span in entry.places:
        for finding in findings.get(seg_id, ()):
            place = finding.source_span
            if finding.check in checks and place and place.start < span.end and span.start < place.end:
                return FactCell("altered" if finding.target_span else "missing", finding.message)
            if finding.check == "empty" or (finding.check == "omission" and finding.severity == "blocker"):
                return FactCell("missing", finding.message)
    return FactCell("found" if applies(check, output.translated.target_lang) else "unchecked", "")
