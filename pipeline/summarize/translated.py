"""Summarize first, then translate: French summaries and their sentences' translations in, summaries out.

A French summary is cut into the sentences that it is made of; these are translated as a release's own are. What comes
back has to keep the channel's limit in its own language and to say no more than the French: where the first choice
does not, the next French candidate is taken, and where none does, the summary that was made of the translation.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.config import ChannelConfig
from pipeline.fingerprint import fingerprint
from pipeline.records import Block, Document, Finding, PreparedDocument, Segment, Summary, SummaryChoice
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.limits import with_reserve, without_reserve
from pipeline.summarize.story import ended, tidy
from pipeline.summarize.support import find_unsupported
from pipeline.summarize.written import Reviewed, Telling, as_choice, describe, finding_on, fit, join, set_aside, take

_Piece = tuple[str, tuple[str, ...]]
"""A sentence of a French summary, and the segments that it was drawn from."""


def known_translations(release: Telling) -> dict[str, str]:
    """Return the translations of a release's own sentences, by what these are in a French summary.

    What stands in a summary as it stands in the release needs no other translation than it has, repaired and all.
    """
    lang = release.prepared.document.lang
    known = {}
    for segment in release.prepared.segments:
        if text := release.told.get(segment.seg_id):
            french = tidy(segment.source)
            known[french] = text
            known[ended(french, lang)] = ended(text, release.lang)
    return known


def sentences_of(
    path: str, summaries: Sequence[Summary], channels: Sequence[ChannelConfig], known: Container[str]
) -> PreparedDocument:
    """Return the distinct sentences of French summaries and of their alternatives as a release to be translated.

    Each is a block of one segment, so that its translation has the sentence alone to go by.

    Args:
        path: The path of the release that they are of.
        summaries: Its French summaries, at least one.
        channels: What they were made for.
        known: Sentences whose translation is known.
    """
    configured: dict[str, ChannelConfig] = {channel.name: channel for channel in channels}
    sentences = dict.fromkeys(
        sentence
        for summary in summaries
        for choice in (as_choice(summary), *summary.alternatives)
        for sentence, _ in _cut(choice, configured[summary.channel])
        if sentence not in known
    )
    doc_id, lang = summaries[0].doc_id, summaries[0].lang
    blocks, segments = [], []
    for number, sentence in enumerate(sentences):
        seg_id = f"{doc_id}-{fingerprint(['summary', sentence])[:16]}"
        blocks.append(Block(f"b{number}", "paragraph", sentence))
        segments.append(Segment(seg_id, doc_id, f"b{number}", number, 0, len(sentence), sentence))
    return PreparedDocument(Document(doc_id, path, lang, "summary", tuple(blocks)), tuple(segments))


def carry_over(
    release: Telling, french: Sequence[Summary], translations: Mapping[str, str], channels: Sequence[ChannelConfig]
) -> Reviewed:
    """Make a release's summaries in one language of the French ones.

    Args:
        release: The release in that language, with the summaries that were made of its translation.
        french: Its French summaries.
        translations: The translations of their sentences, by the French; none for what could not be translated.
        channels: What to make, beside `french`.

    Returns:
        The summaries, and a finding for each that stands for a French one of which no candidate could be used.
    """
    made: list[Summary] = []
    findings: list[Finding] = []
    for channel, summary, drawn in zip(channels, french, release.drawn, strict=True):
        if not summary.text:
            made.append(set_aside(drawn, "there is no French one to translate"))
            continue
        choices = (as_choice(summary), *summary.alternatives)
        pieces = [_cut(choice, channel) for choice in choices]
        spare = _spare_bullets(pieces, translations, release) if channel.name == "bullets" else []
        first, *rest = [_translate(own, spare, translations, release, channel) for own in pieces]
        usable = [outcome for outcome in (first, *rest) if isinstance(outcome, SummaryChoice)]
        if not usable:
            made.append(set_aside(drawn, "the translated French one was set aside"))
            findings.append(finding_on(drawn, f"that was translated from the French one {first}"))
            continue
        best, *others = usable
        if isinstance(first, str):
            why = f"another candidate, since the first one {first}"
            best = replace(best, note="; ".join(filter(None, (why, best.note))))
        made.append(take(drawn, best, (*others, as_choice(drawn), *drawn.alternatives)))
    return tuple(made), tuple(findings)


def _cut(choice: SummaryChoice, channel: ChannelConfig) -> list[_Piece]:
    """Cut a French text for a channel into its sentences."""
    text = without_reserve(choice.text, channel)
    if channel.name in {"headline", "bullets"}:
        sentences = text.split("\n")
    else:
        sentences = [text[start:end] for start, end in split_sentences(text)]
    if len(sentences) == len(choice.source_seg_ids):
        return list(zip(sentences, choice.source_seg_ids, strict=True))
    every = tuple(dict.fromkeys(seg_id for sentence in choice.source_seg_ids for seg_id in sentence))
    return [(sentence, every) for sentence in sentences]


def _spare_bullets(
    texts: Iterable[Sequence[_Piece]], translations: Mapping[str, str], release: Telling
) -> list[_Piece]:
    """Return the bullets of all of a channel's texts whose translation says no more than the release."""
    return [
        piece
        for piece in dict.fromkeys(piece for text in texts for piece in text)
        if (bullet := translations.get(piece[0])) and not find_unsupported(bullet, release.lang, release.source)
    ]


def _translate(
    own: Sequence[_Piece],
    spare: Sequence[_Piece],
    translations: Mapping[str, str],
    release: Telling,
    channel: ChannelConfig,
) -> SummaryChoice | str:
    """Return a French text for a channel in the release's other language, or why it cannot be shown there.

    Args:
        own: The sentences of the text.
        spare: Of bullets, those of all candidates that say no more than the release: they take the place of others.
        translations: The translations of all of them, by the French.
        release: The release in the other language.
        channel: The limits.
    """
    good = [piece for piece in own if piece in spare] if spare else own
    pieces = list(dict.fromkeys((*good, *spare)))
    if not all(sentence in translations for sentence, _ in pieces):
        return "could not be translated"
    texts = [tidy(translations[sentence]) for sentence, _ in pieces]
    fitted = fit(texts, channel, release.lang) if all(texts) else []
    if not fitted:
        return "fits no limit"
    text = join([sentence for _, sentence in fitted], channel, release.lang)
    if unsupported := find_unsupported(text, release.lang, release.source):
        return describe(unsupported[0])
    left_out = sum(place not in dict(fitted) for place in range(len(good)))
    shortened = sum(sentence != texts[place] for place, sentence in fitted)
    changes = (
        (len(own) - len(good), "set aside"),
        (left_out, "left out to fit"),
        (shortened, "shortened to fit"),
    )
    notes = [f"{count} {what}" for count, what in changes if count]
    traces = tuple(pieces[place][1] for place, _ in fitted)
    return SummaryChoice(with_reserve(text, channel), traces, "; ".join(notes))
