"""What came of a check, for people and for programs: a review page, rows of a table, lines of JSON."""

import platform
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.check.coverage import is_thin
from pipeline.check.dismissals import SegmentTexts, finding_id
from pipeline.elsewhere.check import CheckedTranslation, count_severities
from pipeline.jsonl import as_dict
from pipeline.records import SCHEMA_VERSION, Estimate, Finding
from pipeline.report.estimates import estimate_fields, lowest_estimates, why_none
from pipeline.report.model import IndexRow, ReleaseReport, RunInfo, SystemOutput
from pipeline.report.page import write_index


def as_lines(checked: CheckedTranslation) -> Iterator[dict[str, Any]]:
    """Yield what stands in one line of JSON for each segment, those without findings too.

    `segment` is its number from 1 (with `--lines` the line's). Findings about the whole release come last, with the
    number 0.
    """
    texts = SegmentTexts(checked.prepared, checked.translated)
    by_segment: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in checked.findings:
        by_segment[finding.seg_id].append({"finding_id": finding_id(finding, texts), **as_dict(finding)})
    estimates = {estimate.seg_id: estimate for estimate in checked.estimates}
    pairs = zip(checked.prepared.segments, checked.translated.hypotheses, checked.numbers, strict=True)
    for segment, hypothesis, number in pairs:
        found, estimate = by_segment.pop(segment.seg_id, []), estimates.get(segment.seg_id)
        yield _line(number, segment.source, hypothesis.text, found, estimate)
    for findings in by_segment.values():
        yield _line(0, "", "", findings, None)


def table_rows(checked: CheckedTranslation) -> list[list[str]]:
    """Return the findings that stand as rows of a table: segment, severity, check, what it says."""
    numbers = {
        segment.seg_id: number for segment, number in zip(checked.prepared.segments, checked.numbers, strict=True)
    }
    return [
        [str(numbers.get(finding.seg_id, "–")), finding.severity, finding.check.replace("_", " "), finding.message]
        for finding in checked.findings
        if not finding.dismissed
    ]


def estimate_line(checked: CheckedTranslation) -> str:
    """Return the line under the table: the lowest estimates, or why there are none."""
    if reason := why_none(checked.estimates):
        return f"quality not estimated: {reason}"
    numbers = {
        segment.seg_id: number for segment, number in zip(checked.prepared.segments, checked.numbers, strict=True)
    }
    lowest = [f"segment {numbers[seg_id]} ({value})" for seg_id, value in lowest_estimates(checked.estimates)]
    return f"lowest quality estimates: {', '.join(lowest)}"


def write_page(checked: CheckedTranslation, path: Path) -> None:
    """Write the page on which a check is reviewed: one self-contained file."""
    lang, system = checked.translated.target_lang, checked.translated.system
    verdict = checked.verdict
    output = SystemOutput(checked.translated, checked.findings, verdict, (), (), "", estimates=checked.estimates)
    document = checked.prepared.document
    counts = {"releases": 1, **checked.states}
    versions = (("communique", __version__), ("python", platform.python_version()))
    info = RunInfo(path.stem, document.lang, (lang,), (system,), tuple(counts.items()), versions, True)
    severities = count_severities(checked.findings)
    row = IndexRow(
        document.path,
        document.doc_id,
        lang,
        system,
        verdict.state,
        verdict.reasons[0] if verdict.reasons else "",
        severities["blocker"],
        severities["major"],
        severities["minor"],
        "",
        tuple(sorted({finding.check for finding in _standing(checked)})),
        verdict.embargo,
        is_thin(lang),
    )
    write_index(path, info, [row], [ReleaseReport(checked.prepared, (), (output,))])


def _standing(checked: CheckedTranslation) -> Iterator[Finding]:
    return (finding for finding in checked.findings if not finding.dismissed)


def _line(
    number: int, source: str, target: str, findings: list[dict[str, Any]], estimate: Estimate | None
) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "segment": number,
        "source": source,
        "target": target,
        "findings": findings,
        **estimate_fields(estimate),
    }
