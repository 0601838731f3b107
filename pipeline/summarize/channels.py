"""One text for each channel: a release's sentences in one language and their ranking in, summaries out.

The ranking comes from the French and is the same for every language; the sentences come from the translation. Each
language takes the best that fits its limit; a departure from the first choice stands in `Summary.note`. Limits are
hard: what cannot be made to fit without a wrong cut is left out, and the note says so.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from pipeline.config import ChannelConfig
from pipeline.languages import has_spaces, script
from pipeline.records import PreparedDocument, Summary
from pipeline.summarize.anaphora import supporters
from pipeline.summarize.compress import cut_at_word, shorten
from pipeline.summarize.limits import within
from pipeline.summarize.quotations import is_balanced

POOL = 7
"""So many of the best-ranked sentences may be drawn on to fill a text up; what lies deeper would only dilute it."""

MOST_SENTENCES = 200
"""So many are looked at where none of the best fits; it bounds the time that a book-length release takes."""

BULLET_POOL = 14
"""The same for bullets, each of which must fit by itself."""

POST_SENTENCES = 2
POST_POOL = 4
"""A post of more sentences is no post, and a weak second one spoils the first."""

FULL_STOPS = {"Latn": ".", "Cyrl": ".", "Grek": ".", "Arab": ".", "Hebr": ".", "Hans": "。", "Hant": "。", "Jpan": "。"}
"""By script (ISO 15924); others are left without one."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence as it stands in a summary; a headline of several sentences is one piece."""

    place: int
    seg_ids: tuple[str, ...]
    text: str
    shortened: bool = False

    @property
    def seg_id(self) -> str:
        return self.seg_ids[0]


@dataclass(frozen=True, slots=True)
class _Story:
    """A release in one language.

    Attributes:
        lang: BCP-47 tag.
        headline: The release's own headline; None if it has none.
        sentences: What may be shown, best first.
        best: Id of the sentence ranked first, whether it may be shown in this language or not.
        needs: For each of the best sentences, the ones any one of which makes it understandable; none if it stands by
            itself.
    """

    lang: str
    headline: _Piece | None
    sentences: tuple[_Piece, ...]
    best: str
    needs: Mapping[str, frozenset[str]]


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
    story = _tell(prepared, texts, lang, ranking)
    summaries = []
    for channel in channels:
        pieces, note = COMPOSERS[channel.name](story, channel)
        between = "\n" if channel.name == "bullets" else " " if has_spaces(lang) else ""
        text = between.join(piece.text for piece in pieces)
        sources = tuple(piece.seg_ids for piece in pieces)
        summaries.append(Summary(prepared.document.doc_id, lang, system, channel.name, text, sources, note))
    return tuple(summaries)


def _tell(prepared: PreparedDocument, texts: Mapping[str, str], lang: str, ranking: Sequence[str]) -> _Story:
    places = {segment.seg_id: place for place, segment in enumerate(prepared.segments)}
    sources = [segment.source for segment in prepared.segments]
    shown: dict[str, _Piece] = {}
    for seg_id in ranking[:MOST_SENTENCES]:
        text = _ended(_tidy(texts.get(seg_id, "")), lang)
        if text and is_balanced(text):
            shown.setdefault(text, _Piece(places[seg_id], (seg_id,), text))
    needs = {
        piece.seg_id: frozenset(prepared.segments[place].seg_id for place in supporters(sources, piece.place))
        for piece in list(shown.values())[:BULLET_POOL]
    }
    best = ranking[0] if ranking else ""
    return _Story(lang, _own_headline(prepared, texts, lang), tuple(shown.values()), best, needs)


def _own_headline(prepared: PreparedDocument, texts: Mapping[str, str], lang: str) -> _Piece | None:
    block_id = next((block.block_id for block in prepared.document.blocks if block.kind == "headline"), None)
    seg_ids = tuple(segment.seg_id for segment in prepared.segments if segment.block_id == block_id)
    words = filter(None, (_tidy(texts.get(seg_id, "")) for seg_id in seg_ids))
    text = (" " if has_spaces(lang) else "").join(words)
    return _Piece(0, seg_ids, text) if text else None


def _tidy(text: str) -> str:
    """Put a sentence on one line, in NFC, without invisible characters."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def _ended(text: str, lang: str) -> str:
    """Give a sentence without a full stop, such as a list item, the one that its neighbours have."""
    stop = FULL_STOPS.get(script(lang), "")
    bare = text.rstrip('»”“"’)」』 \u00a0\u202f')
    return text.rstrip(" ,;") + stop if bare and unicodedata.category(bare[-1])[0] in "LN" else text


def _headline(story: _Story, channel: ChannelConfig) -> tuple[list[_Piece], str]:
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
    for piece in story.sentences[:POOL]:
        bare = piece.text.rstrip(".。")
        text = shorten(bare, fits, story.lang) or shorten(bare, fits, story.lang, sentence=False) or ""
        if text:
            return [replace(piece, text=text)], "drawn from a sentence of the text: the release has no usable headline"
    return _last_resort(story, channel)


def _running_text(story: _Story, channel: ChannelConfig) -> tuple[list[_Piece], str]:
    """Fill a post or an abstract with the best sentences that fit together, in the release's order."""

    def fits(taken: Sequence[_Piece], text: str) -> bool:
        return within(" ".join([*(piece.text for piece in taken), text]), channel, story.lang)

    def fitted(taken: Sequence[_Piece], piece: _Piece) -> str | None:
        if taken:
            return piece.text if fits(taken, piece.text) else None
        return shorten(piece.text, partial(fits, ()), story.lang)

    most, pool = (POST_SENTENCES, POST_POOL) if channel.name == "post" else (POOL, POOL)
    chosen = _choose(story, story.sentences[:pool], fitted, most) or _choose(story, story.sentences, fitted, 1)
    return (chosen, _departure(story, chosen)) if chosen else _last_resort(story, channel)


def _bullets(story: _Story, channel: ChannelConfig) -> tuple[list[_Piece], str]:
    """Take as many of the best sentences as asked for, each within the limit by itself, in the release's order."""

    def fits(text: str) -> bool:
        return within(text, channel, story.lang)

    @cache
    def clean(text: str) -> str | None:
        return shorten(text, fits, story.lang)

    @cache
    def broken_off(text: str) -> str:
        return cut_at_word(text, fits, story.lang)

    pool = story.sentences[:BULLET_POOL]
    taken = _choose(story, pool, lambda _taken, piece: clean(piece.text), channel.items)
    taken = _choose(story, pool[:POOL], lambda _taken, piece: broken_off(piece.text), channel.items, taken)
    if not taken:
        return _last_resort(story, channel)
    few = f"{len(taken)} of {channel.items}: no other sentence fits" if len(taken) < channel.items else ""
    return taken, "; ".join(filter(None, (few, _departure(story, taken))))


COMPOSERS: dict[str, Callable[[_Story, ChannelConfig], tuple[list[_Piece], str]]] = {
    "headline": _headline,
    "post": _running_text,
    "bullets": _bullets,
    "abstract": _running_text,
}
"""By channel: the pieces of the summary, in order, and the note."""


def _choose(
    story: _Story,
    sentences: Sequence[_Piece],
    fitted: Callable[[Sequence[_Piece], _Piece], str | None],
    most: int,
    before: Sequence[_Piece] = (),
) -> list[_Piece]:
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


def _departure(story: _Story, chosen: Sequence[_Piece]) -> str:
    """Say where the sentences are not the ones that would have been taken without a limit."""
    notes = []
    if story.best not in {piece.seg_id for piece in chosen}:
        notes.append("the best sentence could not be used")
    if shortened := sum(piece.shortened for piece in chosen):
        broken_off = sum(piece.shortened and piece.text.endswith("…") for piece in chosen)
        notes.append(f"{shortened} shortened to fit" + (f", {broken_off} of them broken off" if broken_off else ""))
    return "; ".join(notes)


def _last_resort(story: _Story, channel: ChannelConfig) -> tuple[list[_Piece], str]:
    """Show what there is: a sentence that hangs on others, the headline, a text cut at a word; only then nothing."""

    def fits(text: str) -> bool:
        return within(text, channel, story.lang)

    headline = [story.headline] if story.headline else []
    for piece in story.sentences[:POOL]:
        if text := shorten(piece.text, fits, story.lang):
            return [replace(piece, text=text)], "only a sentence that refers to others fits"
    if headline and fits(headline[0].text) and is_balanced(headline[0].text):
        return headline, "no sentence of the text fits: the headline stands in"
    for sentence in (True, False):
        for piece in (*story.sentences, *headline):
            if text := cut_at_word(piece.text, fits, story.lang, sentence):
                return [replace(piece, text=text)], "no sentence fits: the best one was cut at a word"
    reason = "nothing fits the limit" if story.sentences or headline else "the release has no text to draw on"
    return [], f"empty: {reason}"
