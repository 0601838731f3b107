"""The summaries of a release."""

from dataclasses import dataclass

Channel = str


@dataclass(frozen=True, slots=True)
class SummaryChoice:
    """Another text for a channel, within the same limits, that a reviewer may take instead; fields as in `Summary`."""

    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""


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
    """

    doc_id: str
    lang: str
    system: str
    channel: Channel
    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""
    alternatives: tuple[SummaryChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarizedDocument:
    """The summaries of one release in one language, and for the source language the ranking behind them all."""

    doc_id: str
    path: str
    lang: str
    system: str
    summaries: tuple[Summary, ...]
    ranking: tuple[str, ...] = ()
