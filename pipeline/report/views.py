"""A release as the templates show it: languages, systems, summaries and rows of sentences side by side.

Comes in: a `ReleaseReport`. Goes out: plain views whose rows are made one at a time, while the page is written, so
that no release is ever held as HTML.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from markupsafe import Markup as Html

from pipeline import languages
from pipeline.check.coverage import is_thin
from pipeline.check.dismissals import SegmentTexts, finding_id
from pipeline.estimate import LOW
from pipeline.records import Block, Finding, Hypothesis, PreparedDocument, Score, Severity, Span, VerdictState
from pipeline.report.annotate import SEVERITIES, annotate, clip
from pipeline.report.diff import word_diff
from pipeline.report.estimates import lowest_estimates, why_none
from pipeline.report.explanations import Explanation, explain, label_findings, letters, marks_of, standing
from pipeline.report.fact_matrix import FactMatrix, fact_matrix
from pipeline.report.links import anchor, relative_link, section_id
from pipeline.report.model import MemoryMatch, ReleaseReport, RunInfo, SystemOutput
from pipeline.report.summary_views import Jump, SummaryTable, summary_table
from pipeline.structure.embargoes import embargo_of

LAYOUT_NAMES = {
    "list_item": "list item",
    "cell": "table cell",
    "header": "page header",
    "footer": "page footer",
    "footnote": "footnote",
    "textbox": "text box",
    "attribute": "alternative text",
}
ORIGIN_NAMES = {"mt": "", "tm": "from memory", "repair": "repaired", "copy": "copied", "rule": "by rule"}
STATE_NAMES = {"initial": "not translated", "translated": "", "reviewed": "reviewed", "final": "final"}


@dataclass(frozen=True, slots=True)
class CellView:
    """What one system made of one segment; `text` is None where it made nothing."""

    text: Html | None
    tags: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    scores: tuple[Score, ...]
    memory: tuple[MemoryMatch, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A segment beside all its translations into one language."""

    row_id: str
    number: int
    classes: str
    label: str
    source: Html
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class OutputView:
    """One system's verdict, with all that stands behind it."""

    letter: str
    system: str
    state: VerdictState
    reasons: tuple[str, ...]
    look_at: tuple[Jump, ...]
    looks_at_all: bool
    totals: tuple[tuple[Severity, int], ...]
    general: tuple[Explanation, ...]
    coverage: str
    is_thin: bool
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    scores: tuple[Score, ...]
    link: str
    lowest: tuple[tuple[Jump, int], ...]
    not_estimated: str


@dataclass(frozen=True, slots=True)
class LanguageView:
    """One target language of a release; `rows` can be read once."""

    section_id: str
    tag: str
    name: str
    direction: str
    outputs: tuple[OutputView, ...]
    summaries: SummaryTable
    rows: Iterator[RowView]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release; `missing` names the languages that it was not translated into.

    `embargo` says in the French's words until when it must not be published; `first_section` is the anchor of the
    language whose sentences the facts link to; `source_findings` are those on the French summaries.
    """

    anchor: str
    path: str
    title: str
    source_tag: str
    source_name: str
    source_direction: str
    segments: int
    blocks: int
    languages: tuple[LanguageView, ...]
    missing: tuple[str, ...]
    facts: FactMatrix
    first_section: str
    embargo: str
    source_findings: tuple[Explanation, ...]


def language_name(tag: str) -> str:
    """Return a language's name in English, or the tag of a pseudo-language."""
    return languages.name(tag)


def release_view(info: RunInfo, report: ReleaseReport) -> ReleaseView:
    """Arrange a release for the page, its languages in the run's order."""
    document = report.prepared.document
    by_language: dict[str, list[SystemOutput]] = defaultdict(list)
    for output in report.outputs:
        by_language[output.translated.target_lang].append(output)
    tags = [tag for tag in info.targets if tag in by_language]
    tags += [tag for tag in by_language if tag not in tags]
    return ReleaseView(
        anchor=anchor(document.path),
        path=document.path,
        title=_title(report),
        source_tag=document.lang,
        source_name=language_name(document.lang),
        source_direction=languages.direction(document.lang),
        segments=len(report.prepared.segments),
        blocks=len(document.blocks),
        languages=tuple(_language_view(report, tag, by_language[tag]) for tag in tags),
        missing=tuple(language_name(tag) for tag in info.targets if tag not in by_language),
        facts=fact_matrix(report),
        first_section=section_id(document.path, tags[0]) if tags else "",
        embargo=embargo_of(document.blocks),
        source_findings=explain(
            report.source_findings, {}, partial(finding_id, texts=SegmentTexts(report.prepared, None))
        ),
    )


def _title(report: ReleaseReport) -> str:
    blocks = report.prepared.document.blocks
    titles = [block.text for block in blocks if block.kind == "headline"]
    titles += [block.text for block in blocks if block.layout in {"title", "heading"}]
    return next((title for title in titles if title.strip()), report.prepared.document.path)


def _language_view(report: ReleaseReport, tag: str, outputs: Sequence[SystemOutput]) -> LanguageView:
    section = section_id(report.prepared.document.path, tag)
    jumps: dict[str, Jump] = {}
    for number, segment in enumerate(report.prepared.segments, start=1):
        jumps.setdefault(segment.seg_id, Jump(number, f"{section}-{number}"))
    return LanguageView(
        section_id=section,
        tag=tag,
        name=language_name(tag),
        direction=languages.direction(tag),
        outputs=tuple(_output_view(place, output, jumps, report.prepared) for place, output in enumerate(outputs)),
        summaries=summary_table(report, outputs, jumps),
        rows=_rows(report, outputs, section),
    )


def _output_view(place: int, output: SystemOutput, jumps: dict[str, Jump], prepared: PreparedDocument) -> OutputView:
    ids = _ids(prepared, output)
    verdict = output.verdict
    look_at = tuple(sorted({jumps[seg_id] for seg_id in verdict.seg_ids if seg_id in jumps}, key=lambda j: j.number))
    # A finding about a sentence that is not there is still shown: with those about the release.
    general = [finding for finding in output.findings if finding.seg_id not in jumps]
    return OutputView(
        letter=letters(place).upper(),
        system=output.translated.system,
        state=verdict.state,
        reasons=verdict.reasons,
        look_at=look_at,
        looks_at_all=0 < len(jumps) == len(look_at),
        totals=tuple((name, sum(item.severity == name for item in standing(output.findings))) for name in SEVERITIES),
        general=explain(general, {}, ids),
        coverage=verdict.coverage,
        is_thin=is_thin(verdict.target_lang),
        checked=verdict.checked,
        not_checked=verdict.not_checked,
        scores=tuple(score for score in output.scores if score.item_id not in jumps),
        link=relative_link(output.file),
        lowest=tuple((jumps[seg_id], value) for seg_id, value in lowest_estimates(output.estimates) if seg_id in jumps),
        not_estimated=why_none(output.estimates),
    )


def _rows(report: ReleaseReport, outputs: Sequence[SystemOutput], section: str) -> Iterator[RowView]:
    blocks = {block.block_id: block for block in report.prepared.document.blocks}
    hypotheses = [{item.seg_id: item for item in output.translated.hypotheses} for output in outputs]
    findings = [_group(output.findings, lambda finding: finding.seg_id) for output in outputs]
    scores = [_group(output.scores, lambda score: score.item_id) for output in outputs]
    ids = [_ids(report.prepared, output) for output in outputs]
    estimates = [{item.seg_id: item.value for item in output.estimates} for output in outputs]
    memory = [_group(output.memory, lambda match: match.seg_id) for output in outputs]
    look_at = {seg_id for output in outputs for seg_id in output.verdict.seg_ids}
    block_before = None
    for number, segment in enumerate(report.prepared.segments, start=1):
        block = blocks[segment.block_id]
        texts = [column.get(segment.seg_id) for column in hypotheses]
        defects = [column.get(segment.seg_id, []) for column in findings]
        all_defects = [finding for column in defects for finding in column]
        labels = label_findings(all_defects)
        is_first = segment.block_id != block_before
        yield RowView(
            row_id=f"{section}-{number}",
            number=number,
            classes=_classes(block, is_first, all_defects, segment.seg_id in look_at),
            label=_block_label(block) if is_first else "",
            source=annotate(
                segment.source,
                clip(block.markup, segment.start, segment.end),
                marks_of(all_defects, labels, "source"),
            ),
            cells=tuple(
                CellView(
                    text=annotate(text.text, text.markup, marks_of(column, labels, "target"), changes)
                    if text
                    else None,
                    tags=_tags(text, values.get(segment.seg_id)) if text else (),
                    explanations=explain(column, labels, id_of),
                    scores=tuple(own_scores.get(segment.seg_id, ())),
                    memory=tuple(similar.get(segment.seg_id, ())),
                )
                for text, column, changes, own_scores, id_of, values, similar in zip(
                    texts, defects, _changes(texts), scores, ids, estimates, memory, strict=True
                )
            ),
        )
        block_before = segment.block_id


def _ids(prepared: PreparedDocument, output: SystemOutput) -> Callable[[Finding], str]:
    """Return what gives the ids by which findings are dismissed."""
    texts = SegmentTexts(prepared, output.translated)
    return lambda finding: finding_id(finding, texts)


def _changes(texts: Sequence[Hypothesis | None]) -> list[list[Span]]:
    """Find where the systems differ: each from the first, and the first from any other."""
    changes: list[list[Span]] = [[] for _ in texts]
    first = texts[0].text if texts and texts[0] else ""
    for own, text in zip(changes[1:], texts[1:], strict=True):
        if text and first and text.text != first:
            differences = [item for item in word_diff(first, text.text) if item.op != "equal"]
            changes[0] += [item.a_span for item in differences]
            own += [item.b_span for item in differences]
    return changes


_Item = TypeVar("_Item")


def _group(items: Sequence[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _classes(block: Block, is_first: bool, findings: Sequence[Finding], is_to_be_read: bool) -> str:
    names = [f"k-{block.kind}"] if block.kind not in {"paragraph", "other"} else []
    names += [f"k-{block.layout}"] if block.layout in LAYOUT_NAMES else []
    severities = {finding.severity for finding in standing(findings)}
    names += [f"s-{severity}" for severity in SEVERITIES if severity in severities][:1]
    names += ["look"] if is_to_be_read or severities - {"minor"} else []
    return " ".join(["n", *names] if is_first else names)


def _block_label(block: Block) -> str:
    names: list[str] = [block.kind] if block.kind not in {"paragraph", "other"} else []
    names += [LAYOUT_NAMES[block.layout]] if block.layout in LAYOUT_NAMES else []
    return ", ".join(names)


def _tags(hypothesis: Hypothesis, estimate: int | None) -> tuple[str, ...]:
    low = f"low estimate: {estimate}" if estimate is not None and estimate < LOW else ""
    return tuple(filter(None, (ORIGIN_NAMES[hypothesis.origin], STATE_NAMES[hypothesis.state], low)))
