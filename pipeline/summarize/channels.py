"""One text for each channel: a release's sentences in one language and their ranking in, summaries out.

The ranking comes from the French and is the same for every language; the sentences come from the translation. Each
language takes the best that fits its limit; a departure from the first choice stands in `Summary.note`. Limits are
hard: what cannot be made to fit without a wrong cut is left out, and the note says so. Beside the first choice others
are kept, which tell the story without its main sentence or in fewer words, so that a reviewer can pick. A translated
sentence with a number, amount or date that the French does not have is shown in no summary.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from pipeline.config import ChannelConfig
from pipeline.languages import base, has_spaces
from pipeline.records import PreparedDocument, Summary, SummaryChoice
from pipeline.summarize.breaks import cut_at_word
from pipeline.summarize.compress import shorten
from pipeline.summarize.limits import count_chars, most_sentences, with_reserve, within
from pipeline.summarize.quotations import is_balanced
from pipeline.summarize.source import source_of
from pipeline.summarize.story import BEST, Piece, Story, tell
from pipeline.summarize.support import has_only_values_of

POOL = 7
"""So many of the best-ranked sentences may be drawn on to fill a text up; what lies deeper would only dilute it."""

POST_SENTENCES = 2
POST_POOL = 4
"""A post of more sentences is no post, and a weak second one spoils the first."""

HANGS = "only a sentence that refers to others fits"

ALTERNATIVES = 1
"""Texts kept beside the first choice."""

LEAST_ALTERNATIVE = 8
"""Code points; less says nothing."""


def summarize_document(
    prepared: PreparedDocument,
    texts: Mapping[str, str],
    lang: str,
    system: str,
    channels: Sequence[ChannelConfig],
    ranking: Sequence[str],
) -> tuple[Summary, ...]:
    """Compose a release's summaries in one language.

    Args:
        prepared: The release in French.
        texts: The text of each segment in `lang`, by `seg_id`: the sources, or a system's hypotheses.
        lang: BCP-47 tag of the texts.
        system: The system that made them; empty for the sources.
        channels: What to compose.
        ranking: What `rank_segments` gave for `prepared`.

    Returns:
        One summary a channel, in their order.
    """
    if base(lang) != base(prepared.document.lang):
        texts = _with_the_releases_values(prepared, texts, lang)
    story = tell(prepared, texts, lang, ranking)
    summaries = []
    for channel in channels:
        first, *others = _choices(story, channel)
        summaries.append(
            Summary(
                prepared.document.doc_id,
                lang,
                system,
                channel.name,
                first.text,
                first.source_seg_ids,
                first.note,
                tuple(others),
            )
        )
    return tuple(summaries)


def _with_the_releases_values(prepared: PreparedDocument, texts: Mapping[str, str], lang: str) -> dict[str, str]:
    """Leave out translated sentences whose numbers, amounts or dates the release does not have."""
    source = source_of([segment.source for segment in prepared.segments], prepared.document.lang)
    return {seg_id: text for seg_id, text in texts.items() if has_only_values_of(text, lang, source)}


def _choices(story: Story, channel: ChannelConfig) -> list[SummaryChoice]:
    """Return the first choice for a channel and those that differ from it, best first, weak ones last."""
    pieces, note = COMPOSERS[channel.name](story, channel)
    first = _choice(story, channel, pieces, note)
    whole: dict[str, SummaryChoice] = {}
    weak: dict[str, SummaryChoice] = {}
    for other_story, other_channel in _variants(story, channel, pieces):
        other = _choice(other_story, channel, *COMPOSERS[channel.name](other_story, other_channel))
        if len(other.text) >= LEAST_ALTERNATIVE and other.text != first.text:
            is_weak = "…" in other.text or other.note == HANGS
            (weak if is_weak else whole).setdefault(other.text, other)
        if len(whole) >= ALTERNATIVES:
            break
    return [first, *[*whole.values(), *weak.values()][:ALTERNATIVES]]


def _variants(story: Story, channel: ChannelConfig, pieces: Sequence[Piece]) -> Iterator[tuple[Story, ChannelConfig]]:
    """Yield what another choice may be drawn from: no own headline, no main sentence, fewer words."""
    if not pieces:
        return
    if channel.name == "headline" and story.headline:
        yield replace(story, headline=None), channel
    taken = {piece.seg_id for piece in pieces}
    if main := next((piece.seg_id for piece in story.sentences if piece.seg_id in taken), None):
        yield story.without(main), channel
    if len(pieces) > 1:
        yield story, channel.model_copy(update={"items": len(pieces) - 1, "max_sentences": len(pieces) - 1})
    tighter = count_chars(with_reserve(max((piece.text for piece in pieces), key=len), channel)) - 1
    yield story, channel.model_copy(update={"max_chars": tighter})


def _choice(story: Story, channel: ChannelConfig, pieces: Sequence[Piece], note: str) -> SummaryChoice:
    between = "\n" if channel.name == "bullets" else " " if has_spaces(story.lang) else ""
    text = with_reserve(between.join(piece.text for piece in pieces), channel)
    return SummaryChoice(text, tuple(piece.seg_ids for piece in pieces), note)


def _headline(story: Story, channel: ChannelConfig) -> tuple[list[Piece], str]:
    """Take the release's own headline, shortened where it must be; without one, the best sentence's main clause."""

    def fits(text: str) -> bool:
        return within(text, channel, story.lang)

    own = story.headline
    if own:
        text = shorten(own.text, fits, story.lang, sentence=False) or cut_at_word(
            own.text, fits, story.lang, sentence=False
        )
        if text:
            return [replace(own, text=text)], "" if text == own.text else "the release’s headline was shortened"
    for piece in story.headlines(channel):
        return [piece], "drawn from a sentence of the text, not from a headline of the release’s own"
    return _last_resort(story, channel)


def _running_text(story: Story, channel: ChannelConfig) -> tuple[list[Piece], str]:
    """Fill a post, a standfirst or an abstract with the best sentences that fit together, in the release's order."""

    def fits(taken: Sequence[Piece], text: str) -> bool:
        return within(" ".join([*(piece.text for piece in taken), text]), channel, story.lang)

    def fitted(taken: Sequence[Piece], piece: Piece) -> str | None:
        if taken:
            return piece.text if fits(taken, piece.text) else None
        return shorten(piece.text, partial(fits, ()), story.lang)

    most, pool = (POST_SENTENCES, POST_POOL) if channel.name == "post" else (POOL, POOL)
    most = min(most, most_sentences(channel) or most)
    chosen = _choose(story, story.sentences[:pool], fitted, most) or _choose(story, story.sentences, fitted, 1)
    return (chosen, _departure(story, chosen)) if chosen else _last_resort(story, channel)


def _standfirst(story: Story, channel: ChannelConfig) -> tuple[list[Piece], str]:
    """Take the release's own standfirst where it fits, else its best sentences."""
    own = list(story.standfirst)
    if own and within(" ".join(piece.text for piece in own), channel, story.lang):
        return own, ""
    return _running_text(story, channel)


def _bullets(story: Story, channel: ChannelConfig) -> tuple[list[Piece], str]:
    """Take as many of the best sentences as asked for, each within the limit by itself, in the release's order."""

    def fits(text: str) -> bool:
        return within(text, channel, story.lang)

    @cache
    def clean(text: str) -> str | None:
        return shorten(text, fits, story.lang)

    @cache
    def broken_off(text: str) -> str:
        return cut_at_word(text, fits, story.lang)

    pool = story.sentences[:BEST]
    taken = _choose(story, pool, lambda _taken, piece: clean(piece.text), channel.items)
    taken = _choose(story, pool, lambda _taken, piece: broken_off(piece.text), channel.items, taken)
    if not taken:
        return _last_resort(story, channel)
    few = f"{len(taken)} of {channel.items}: no other sentence fits" if len(taken) < channel.items else ""
    return taken, "; ".join(filter(None, (few, _departure(story, taken))))


COMPOSERS: dict[str, Callable[[Story, ChannelConfig], tuple[list[Piece], str]]] = {
    "headline": _headline,
    "post": _running_text,
    "bullets": _bullets,
    "abstract": _running_text,
    "standfirst": _standfirst,
}
"""By channel: the pieces of the summary, in order, and the note."""


def _choose(
    story: Story,
    sentences: Sequence[Piece],
    fitted: Callable[[Sequence[Piece], Piece], str | None],
    most: int,
    before: Sequence[Piece] = (),
) -> list[Piece]:
    """Take sentences by rank while they fit, and put them in the release's order.

    A sentence that hangs on an earlier one is taken only where that one is, so there is a second round for those whose
    support came late.

    Args:
        story: The release.
        sentences: What to choose from, best first.
        fitted: Gives a sentence's text, shortened if need be, that fits beside what is taken; None if there is none.
        most: How many to take.
        before: What is taken already.
    """
    taken = {piece.seg_id: piece for piece in before}
    for piece in (*sentences, *sentences):
        needs = story.needs.get(piece.seg_id)
        if len(taken) == most:
            break
        if piece.seg_id in taken or (needs and needs.isdisjoint(taken)):
            continue
        if text := fitted(list(taken.values()), piece):
            taken[piece.seg_id] = replace(piece, text=text, shortened=text != piece.text)
    return sorted(taken.values(), key=lambda piece: piece.place)


def _departure(story: Story, chosen: Sequence[Piece]) -> str:
    """Say where the sentences are not the ones that would have been taken without a limit."""
    notes = []
    if story.best not in {piece.seg_id for piece in chosen}:
        notes.append("the best sentence could not be used")
    if shortened := sum(piece.shortened for piece in chosen):
        broken_off = sum(piece.shortened and piece.text.endswith("…") for piece in chosen)
        notes.append(f"{shortened} shortened to fit" + (f", {broken_off} of them broken off" if broken_off else ""))
    return "; ".join(notes)


def _last_resort(story: Story, channel: ChannelConfig) -> tuple[list[Piece], str]:
    """Show what there is: a sentence that hangs on others, the headline, a text cut at a word; only then nothing."""

    def fits(text: str) -> bool:
        return within(text, channel, story.lang)

    headline = [story.headline] if story.headline else []
    for piece in story.sentences[:POOL]:
        if text := shorten(piece.text, fits, story.lang):
            return [replace(piece, text=text)], HANGS
    if headline and fits(headline[0].text) and is_balanced(headline[0].text):
        return headline, "no sentence of the text fits: the headline stands in"
    for sentence in (True, False):
        for piece in (*story.sentences, *headline):
            if text := cut_at_word(piece.text, fits, story.lang, sentence):
                return [replace(piece, text=text)], "no sentence fits: the best one was cut at a word"
    reason = "nothing fits the limit" if story.sentences or headline else "the release has no text to draw on"
    return [], f"empty: {reason}"
