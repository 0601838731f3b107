"""The summaries of a release."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.judgement import Finding
from pipeline.records.translation import State

Channel = str
SummaryOrder = Literal["translate-then-summarize", "summarize-then-translate"]


@dataclass(frozen=True, slots=True)
class SummaryChoice:
    """Another text for a channel, within the same limits, that a reviewer may take instead; fields as in `Summary`."""

    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SummaryMeasures:
    """What can be measured of a summary without a human one, each from 0 to 1.

    Words are runs of letters and digits, in small letters, stemmed where the language has a stemmer.

    Attributes:
        compression: Its words ÷ those of the text that it is made of.
        novelty: Share of its pairs of neighbouring words that are no neighbours in that text.
        coverage: Share of the numbers, amounts, measures, dates and times of the French that it holds, by value; 1
            where the French has none.
        agreement: Share of those that the French summary for the same channel holds, likewise.
        redundancy: Share of its pairs of neighbouring words that it has said before.
    """

    compression: float
    novelty: float
    coverage: float
    agreement: float
    redundancy: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A text for one channel in one language.

    Attributes:
        doc_id: The release.
        lang: Language of the text: the source's or a target's.
        system: The system whose translation it was drawn from; empty for the source language.
        channel: `headline`, `post`, `bullets`, `abstract` or `standfirst`.
        text: The whole text; bullets are separated by line feeds; what the channel reserves stands at the end.
        source_seg_ids: For each sentence or bullet of `text`, the segments that it was drawn from.
        note: Why it departs from what was asked (nothing fits the limit …), or empty.
        alternatives: Other texts for the channel, best first; none where the release gives only one.
        order: Whether it was made of the translation, or made in French and translated; empty for the source language.
        state: `initial` as it was made, `reviewed` where a person chose or wrote it.
        measures: How it compares with what it is made of and with the French.
    """

    doc_id: str
    lang: str
    system: str
    channel: Channel
    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""
    alternatives: tuple[SummaryChoice, ...] = ()
    order: Literal["", "translate-then-summarize", "summarize-then-translate"] = ""
    state: State = "initial"
    measures: SummaryMeasures | None = None


@dataclass(frozen=True, slots=True)
class SummarizedDocument:
    """The summaries of one release in one language, what is wrong with any, and the ranking behind them all.

    The ranking stands with the summaries in the source language alone.
    """

    doc_id: str
    path: str
    lang: str
    system: str
    summaries: tuple[Summary, ...]
    ranking: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
