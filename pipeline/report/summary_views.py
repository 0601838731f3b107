"""Summaries as the templates show them: one row a channel, the French first, then each system's, order by order.

Each text comes with its length in what its channel counts, the sentences that it was drawn from, how it compares with
the French, and the texts that a reviewer may pick instead, by the number that `communique edit --pick` takes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Summary, SummaryMeasures
from pipeline.report.explanations import letters
from pipeline.report.model import ReleaseReport, SystemOutput
from pipeline.report.publish import ORDER_NAMES
from pipeline.summarize.limits import describe_length

CHANNEL_NAMES = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "post": "Post",
    "bullets": "Key points",
    "abstract": "Abstract",
}


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a sentence's row."""

    number: int
    row_id: str


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text that may be picked instead, line by line, by its number."""

    number: int
    lines: tuple[str, ...]
    length: str


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """A text for a channel, line by line, with the sentences it was drawn from."""

    lines: tuple[str, ...]
    length: str
    sources: tuple[Jump, ...]
    note: str
    reviewed: bool
    measured: tuple[str, ...]
    others: tuple[OtherText, ...]


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """A system's summaries in one of the orders; `order` is empty where there is but the usual one."""

    letter: str
    system: str
    order: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A channel's text in French and in each column; None where there is none."""

    name: str
    source: SummaryCell | None
    cells: tuple[SummaryCell | None, ...]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """All summaries of a release in one language."""

    columns: tuple[SummaryColumn, ...]
    rows: tuple[SummaryRow, ...]


def summary_table(report: ReleaseReport, outputs: Sequence[SystemOutput], jumps: Mapping[str, Jump]) -> SummaryTable:
    """Put a release's summaries in French and in one language side by side.

    Args:
        report: The release.
        outputs: What each system made of it in the language.
        jumps: Where the page shows each segment.
    """
    groups: list[tuple[SummaryColumn, dict[str, Summary]]] = []
    for place, output in enumerate(outputs):
        orders = dict.fromkeys(summary.order for summary in output.summaries)
        for order in orders or ("",):
            column = SummaryColumn(
                letters(place).upper() if len(outputs) > 1 else "",
                output.translated.system,
                ORDER_NAMES[order] if set(orders) != {"translate-then-summarize"} else "",
            )
            groups.append((column, {one.channel: one for one in output.summaries if one.order == order}))
    texts = [{summary.channel: summary for summary in report.source_summaries}, *(group for _, group in groups)]
    return SummaryTable(tuple(column for column, _ in groups), tuple(_rows(texts, jumps)))


def _rows(columns: Sequence[Mapping[str, Summary]], jumps: Mapping[str, Jump]) -> Iterator[SummaryRow]:
    for channel in dict.fromkeys(channel for column in columns for channel in column):
        source, *cells = (_cell(column.get(channel), jumps) for column in columns)
        yield SummaryRow(CHANNEL_NAMES.get(channel, channel), source, tuple(cells))


def _cell(summary: Summary | None, jumps: Mapping[str, Jump]) -> SummaryCell | None:
    if summary is None:
        return None
    drawn_from = dict.fromkeys(seg_id for sentence in summary.source_seg_ids for seg_id in sentence)
    return SummaryCell(
        lines=_lines(summary.text, summary.channel),
        length=describe_length(summary.text, summary.channel, summary.lang),
        sources=tuple(sorted((jumps[seg_id] for seg_id in drawn_from if seg_id in jumps), key=lambda j: j.number)),
        note=summary.note,
        reviewed=summary.state == "reviewed",
        measured=tuple(_measured(summary.measures, bool(summary.system))) if summary.measures and summary.text else (),
        others=tuple(
            OtherText(
                number,
                _lines(choice.text, summary.channel),
                describe_length(choice.text, summary.channel, summary.lang),
            )
            for number, choice in enumerate(summary.alternatives, start=2)
        ),
    )


def _lines(text: str, channel: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if channel == "bullets" else (text,)


def _measured(measures: SummaryMeasures, is_translated: bool) -> Iterator[str]:
    """Yield what was measured, in words: shares in whole percent."""
    of_french = f" ({measures.agreement:.0%} of the French summary’s)" if is_translated else ""
    yield f"{measures.coverage:.0%} of the figures{of_french}"
    yield f"{measures.compression:.0%} of the length"
    yield f"{measures.novelty:.0%} new wording"
    if measures.redundancy >= 0.05:  # less is an article or a name said again
        yield f"{measures.redundancy:.0%} said twice"
