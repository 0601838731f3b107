"""Written summaries that may be shown: what a summarizer wrote is fitted, traced and compared, or set aside.

Every sentence must be traceable to sentences of the release, and every fact must stand in it. What is not, is longer
than its source, or fits no limit, is set aside: the extractive summary stands in its place, and a finding says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.config import ChannelConfig
from pipeline.errors import TranslatorError
from pipeline.languages import has_spaces, name
from pipeline.records import Finding, PreparedDocument, Summary, SummaryChoice
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.compress import shorten
from pipeline.summarize.limits import with_reserve, within
from pipeline.summarize.stems import content_stems
from pipeline.summarize.story import ended, tidy
from pipeline.summarize.summarizers import Summarizer, Written
from pipeline.summarize.support import Source, Unsupported, find_unsupported, source_of

CHECK = "summary"
"""What findings about summaries are called."""

LEAST_TRACE = 0.34
"""Share of a sentence's content words that the sentences it is drawn from must have."""

MOST_SOURCES = 3

_SAYS = {
    "number": "says “{surface}”, which does not stand in the release",
    "date": "says “{surface}”, which does not stand in the release",
    "name": "names “{surface}”, which does not stand in the release",
    "quotation": "quotes “{surface}”, which is not quoted so in the text",
    "negation": "denies or affirms what the release does not (“{surface}”)",
    "length": "is longer than the text",
}


def write_summaries(
    prepared: PreparedDocument,
    texts: Mapping[str, str],
    extractive: Sequence[Summary],
    channels: Sequence[ChannelConfig],
    summarizer: Summarizer,
) -> tuple[tuple[Summary, ...], tuple[Finding, ...]]:
    """Write a release's summaries in one language, and keep the extractive ones where they fail.

    Args:
        prepared: The release in French.
        texts: The text of each segment in the language of the summaries, by `seg_id`.
        extractive: What `summarize_document` gave for the same texts and channels.
        channels: What to write, beside `extractive`.
        summarizer: Writes.

    Returns:
        The summaries, the extractive ones among their alternatives, and what was found wrong.
    """
    told = {segment.seg_id: text for segment in prepared.segments if (text := tidy(texts.get(segment.seg_id, "")))}
    sources = [segment.source for segment in prepared.segments]
    summaries: list[Summary] = []
    findings: list[Finding] = []
    for channel, drawn in zip(channels, extractive, strict=True):
        source = source_of(sources, prepared.document.lang, list(told.values()) if drawn.system else (), drawn.lang)
        written = _write(summarizer, list(told.values()), drawn.lang, channel)
        outcome = check_written(written, told, source, drawn.lang, channel)
        if isinstance(outcome, SummaryChoice):
            others = (SummaryChoice(drawn.text, drawn.source_seg_ids, drawn.note), *drawn.alternatives)
            ids = outcome.source_seg_ids
            summaries.append(
                replace(drawn, text=outcome.text, source_seg_ids=ids, note=outcome.note, alternatives=others)
            )
        else:
            note = "; ".join(filter(None, (drawn.note, "the written one was set aside")))
            summaries.append(replace(drawn, note=note))
            findings.append(_finding(drawn, channel, outcome))
    return tuple(summaries), tuple(findings)


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
    sentences = _fitting(_sentences(written, channel, lang), channel, lang)
    if not sentences:
        return "fits no limit"
    text = _join(sentences, channel, lang)
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


def _write(summarizer: Summarizer, sentences: Sequence[str], lang: str, channel: ChannelConfig) -> Written:
    if not summarizer.supports(lang):
        return TranslatorError(f"the model does not know {name(lang)}")
    (written,) = summarizer.summarize([sentences], lang, channel)
    return written


def _sentences(written: str, channel: ChannelConfig, lang: str) -> list[str]:
    lines = [tidy(line) for line in written.splitlines()]
    if channel.name == "headline":
        return [line.rstrip(".") for line in lines[:1] if line]
    return [
        ended(line[start:end].lstrip("•-–* "), lang)
        for line in lines
        for start, end in split_sentences(line)
        if line[start:end].strip("•-–* .")
    ]


def _fitting(sentences: Sequence[str], channel: ChannelConfig, lang: str) -> list[str]:
    """Take sentences from the first on while they fit; the first is shortened if it must be."""
    kept: list[str] = []
    for sentence in dict.fromkeys(sentences):
        if channel.name == "bullets":
            short = shorten(sentence, lambda text: within(text, channel, lang), lang)
            kept += [short] if short and len(kept) < channel.items else []
        elif within(_join([*kept, sentence], channel, lang), channel, lang):
            kept.append(sentence)
        elif not kept:
            whole = channel.name != "headline"
            short = shorten(sentence, lambda text: within(text, channel, lang), lang, sentence=whole)
            return [short] if short else []
        else:
            break
    return kept


def _join(sentences: Sequence[str], channel: ChannelConfig, lang: str) -> str:
    return ("\n" if channel.name == "bullets" else " " if has_spaces(lang) else "").join(sentences)


def _finding(drawn: Summary, channel: ChannelConfig, why: str) -> Finding:
    message = f"The {channel.name} that the model wrote {why}; the one drawn from the text stands in its place."
    return Finding(CHECK, "minor", "", drawn.doc_id, drawn.lang, drawn.system, message)
