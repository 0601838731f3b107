"""Written summaries that may be shown: what a summarizer wrote is fitted, traced and compared, or set aside.

Every sentence must be traceable to sentences of the release, and every fact must stand in it. What is not, is longer
than its source, or fits no limit, is set aside: the extractive summary stands in its place, and a finding says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.config import ChannelConfig
from pipeline.errors import TranslatorError
from pipeline.languages import has_spaces, name
from pipeline.records import Finding, PreparedDocument, Severity, Summary, SummaryChoice
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.compress import shorten
from pipeline.summarize.limits import with_reserve, within
from pipeline.summarize.source import Source, source_of
from pipeline.summarize.stems import content_stems
from pipeline.summarize.story import ended, tidy
from pipeline.summarize.summarizers import Summarizer, Written
from pipeline.summarize.support import Unsupported, find_unsupported

CHECK = "summary"
"""What findings about summaries are called; a key of `pipeline.check.BESIDE`."""

STANDS_IN = "; the one drawn from the text stands in its place"

Reviewed = tuple[tuple[Summary, ...], tuple[Finding, ...]]
"""A release's summaries in one language, and what was found wrong with those that were set aside."""

LEAST_TRACE = 0.34
"""Share of a sentence's content words that the sentences it is drawn from must have."""

MOST_SOURCES = 3

_CALLED = {"bullets": "list of bullets"}
"""What messages call a channel where its name is a plural."""

_SAYS = {
    "number": "says “{surface}”, which does not stand in the release",
    "date": "says “{surface}”, which does not stand in the release",
    "name": "names “{surface}”, which does not stand in the release",
    "quotation": "quotes “{surface}”, which is not quoted so in the text",
    "negation": "denies or affirms what the release does not (“{surface}”)",
    "length": "is longer than the text",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """A release in the language that its summaries have.

    Attributes:
        prepared: The release in French.
        told: The text of each segment in that language, by `seg_id`, those without text left out.
        lang: BCP-47 tag of the texts.
        source: What its summaries may say.
        drawn: The extractive summaries of the same texts, one a channel.
    """

    prepared: PreparedDocument
    told: Mapping[str, str]
    lang: str
    source: Source
    drawn: tuple[Summary, ...]


def telling(
    prepared: PreparedDocument, texts: Mapping[str, str], lang: str, system: str, drawn: Sequence[Summary]
) -> Telling:
    """Gather what written summaries are compared with.

    Args:
        prepared: The release in French.
        texts: The text of each segment in the language of the summaries, by `seg_id`.
        lang: BCP-47 tag of the texts.
        system: The system that made them; empty for the French itself.
        drawn: What `summarize_document` gave for the same texts.
    """
    told = {segment.seg_id: text for segment in prepared.segments if (text := tidy(texts.get(segment.seg_id, "")))}
    sources = [segment.source for segment in prepared.segments]
    source = source_of(sources, prepared.document.lang, list(told.values()) if system else (), lang)
    return Telling(prepared, told, lang, source, tuple(drawn))


def write_summaries(
    releases: Sequence[Telling], lang: str, channels: Sequence[ChannelConfig], summarizer: Summarizer
) -> list[Reviewed]:
    """Write releases' summaries in one language, and keep the extractive ones where they fail.

    Args:
        releases: The releases, each with extractive summaries for the same channels.
        lang: BCP-47 tag of the summaries.
        channels: What to write.
        summarizer: Writes.

    Returns:
        For each release its summaries, the extractive ones among their alternatives, and what was found wrong.

    Raises:
        TranslatorError: Nothing can be written at all.
    """
    if not summarizer.supports(lang):
        return [_all_drawn(release, f"the model does not know {name(lang)}") for release in releases]
    texts = [list(release.told.values()) for release in releases]
    made: list[tuple[list[Summary], list[Finding]]] = [([], []) for _ in releases]
    for place, channel in enumerate(channels):
        written = summarizer.summarize(texts, lang, channel)
        for release, one, (summaries, findings) in zip(releases, written, made, strict=True):
            drawn = release.drawn[place]
            outcome = check_written(one, release.told, release.source, lang, channel)
            if isinstance(outcome, SummaryChoice):
                others = (as_choice(drawn), *drawn.alternatives)
                summaries.append(take(drawn, outcome, others))
            else:
                summaries.append(set_aside(drawn, "the written one was set aside"))
                findings.append(finding_on(drawn, f"that the model wrote {outcome}"))
    return [(tuple(summaries), tuple(findings)) for summaries, findings in made]


def as_choice(summary: Summary) -> SummaryChoice:
    """Return a summary as one that may be taken instead of another."""
    return SummaryChoice(summary.text, summary.source_seg_ids, summary.note)


def take(summary: Summary, choice: SummaryChoice, others: Iterable[SummaryChoice]) -> Summary:
    """Return a summary with another text in its place, and these at hand, each text once."""
    distinct = {other.text: other for other in others if other.text and other.text != choice.text}
    return replace(
        summary,
        text=choice.text,
        source_seg_ids=choice.source_seg_ids,
        note=choice.note,
        alternatives=tuple(distinct.values()),
    )


def set_aside(drawn: Summary, why: str) -> Summary:
    """Return the extractive summary, with a note that it stands in another's place."""
    return replace(drawn, note="; ".join(filter(None, (drawn.note, why))))


def finding_on(drawn: Summary, what: str, severity: Severity = "minor", then: str = STANDS_IN) -> Finding:
    """Return a finding on a summary: « The post that the model wrote says “59” …; then »."""
    message = f"The {_CALLED.get(drawn.channel, drawn.channel)} {what}{then}."
    return Finding(CHECK, severity, "", drawn.doc_id, drawn.lang, drawn.system, message)


def check_written(
    written: Written, told: Mapping[str, str], source: Source, lang: str, channel: ChannelConfig
) -> SummaryChoice | str:
    """Return what of a written summary can be shown, or why nothing can.

    Args:
        written: What the summarizer gave.
        told: The release's sentences in the language of the summary, by `seg_id`.
        source: What the summary may say.
        lang: BCP-47 tag of the summary.
        channel: The limits.
    """
    if isinstance(written, TranslatorError):
        return f"could not be written: {written.message}"
    sentences = [text for _, text in fit(cut_written(written, channel, lang), channel, lang)]
    if not sentences:
        return "fits no limit"
    text = join(sentences, channel, lang)
    if unsupported := find_unsupported(text, lang, source):
        return describe(unsupported[0])
    traces = [trace(sentence, told, lang) for sentence in sentences]
    if not all(traces):
        lost = sentences[traces.index(())]
        return f"says what no sentence of the release says (“{lost[:80]}”)"
    return SummaryChoice(with_reserve(text, channel), tuple(traces), "written, and compared with the release")


def describe(unsupported: Unsupported) -> str:
    """Say what is wrong with a summary, after « The abstract … »."""
    return _SAYS[unsupported.kind].format(surface=unsupported.surface[:80])


def trace(sentence: str, told: Mapping[str, str], lang: str) -> tuple[str, ...]:
    """Return the sentences that a summary's sentence is drawn from, in the release's order; none if there are none.

    The one that has most of its content words comes first into it, then those that have more of what is left.
    """
    left = set(content_stems(sentence, lang))
    wanted = len(left)
    stems = {seg_id: frozenset(content_stems(text, lang)) for seg_id, text in told.items()}
    found: list[str] = []
    while left and stems and len(found) < MOST_SOURCES:
        best = max(stems, key=lambda seg_id: len(stems[seg_id] & left))
        gained = len(stems.pop(best) & left) if not found or len(stems[best] & left) > 1 else 0
        if not gained:
            break
        left -= set(content_stems(told[best], lang))
        found.append(best)
    if not wanted or (wanted - len(left)) / wanted < LEAST_TRACE:
        return ()
    return tuple(seg_id for seg_id in told if seg_id in found)


def cut_written(written: str, channel: ChannelConfig, lang: str) -> list[str]:
    """Cut what was written for a channel into sentences, without the marks of a list; a headline is one line."""
    lines = [tidy(line) for line in written.splitlines()]
    if channel.name == "headline":
        return [line.rstrip(".") for line in lines[:1] if line]
    return [
        ended(line[start:end].lstrip("•-–* "), lang)
        for line in lines
        for start, end in split_sentences(line)
        if line[start:end].strip("•-–* .")
    ]


def fit(sentences: Sequence[str], channel: ChannelConfig, lang: str) -> list[tuple[int, str]]:
    """Take sentences from the first on while they fit; the first is shortened if it must be.

    Returns:
        The place of each in `sentences`, and its text.
    """
    kept: list[tuple[int, str]] = []
    for place, sentence in enumerate(sentences):
        if sentence in sentences[:place]:
            continue
        if channel.name == "bullets":
            short = shorten(sentence, lambda text: within(text, channel, lang), lang)
            kept += [(place, short)] if short and len(kept) < channel.items else []
        elif within(join([*(text for _, text in kept), sentence], channel, lang), channel, lang):
            kept.append((place, sentence))
        elif not kept:
            whole = channel.name != "headline"
            short = shorten(sentence, lambda text: within(text, channel, lang), lang, sentence=whole)
            return [(place, short)] if short else []
        else:
            break
    return kept


def join(sentences: Sequence[str], channel: ChannelConfig, lang: str) -> str:
    """Put sentences together as a channel has them: bullets on lines of their own."""
    return ("\n" if channel.name == "bullets" else " " if has_spaces(lang) else "").join(sentences)


def _all_drawn(release: Telling, why: str) -> Reviewed:
    """Return a release's extractive summaries, and say once why none is written."""
    drawn = [set_aside(summary, f"drawn from the text: {why}") for summary in release.drawn]
    doc_id, system = release.prepared.document.doc_id, release.drawn[0].system if release.drawn else ""
    message = f"No summary was written, since {why}; those drawn from the text stand in their place."
    findings = (Finding(CHECK, "minor", "", doc_id, release.lang, system, message),)
    return tuple(drawn), findings if drawn else ()
