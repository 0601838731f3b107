"""A release in one language, ready to be summarized: its sentences by rank, each with what it needs beside it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.config import ChannelConfig
from pipeline.languages import base, has_spaces, script
from pipeline.records import BlockKind, PreparedDocument
from pipeline.summarize.anaphora import supporters
from pipeline.summarize.headlines import headlines
from pipeline.summarize.quotations import is_balanced

MOST_SENTENCES = 200
"""So many are looked at where none of the best fits; it bounds the time that a book-length release takes."""

BEST = 14
"""For so many of the best it is known what they need; no channel takes any other beside a second one."""

FULL_STOPS = {"Latn": ".", "Cyrl": ".", "Grek": ".", "Arab": ".", "Hebr": ".", "Hans": "。", "Hant": "。", "Jpan": "。"}
"""By script (ISO 15924); others are left without one."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence as it stands in a summary; a headline of several sentences is one piece."""

    place: int
    seg_ids: tuple[str, ...]
    text: str
    shortened: bool = False

    @property
    def seg_id(self) -> str:
        """The first of its segments."""
        return self.seg_ids[0]


@dataclass(frozen=True, slots=True)
class Story:
    """A release in one language.

    Attributes:
        lang: BCP-47 tag.
        headline: The release's own headline; None if it has none.
        standfirst: The sentences of its own standfirst.
        sentences: What may be shown, best first.
        best: Id of the sentence ranked first, whether it may be shown in this language or not.
        needs: For each of the best sentences, the ones any one of which makes it understandable; none if it stands by
            itself.
        all_texts: The texts of all sentences that may be shown, in the release's order.
        source_lang: BCP-47 tag of the release.
        all_sources: The same in the release's own language.
    """

    lang: str
    headline: Piece | None
    standfirst: tuple[Piece, ...]
    sentences: tuple[Piece, ...]
    best: str
    needs: Mapping[str, frozenset[str]]
    all_texts: tuple[str, ...]
    source_lang: str
    all_sources: tuple[str, ...]

    def headlines(self, channel: ChannelConfig) -> Iterator[Piece]:
        """Yield the headlines that sentences give, those first whose sentence gives a good one in its own language."""
        left = {piece.text: piece for piece in self.sentences}
        for place, text in headlines(self.all_sources, self.all_texts, self.source_lang, self.lang, channel):
            if piece := left.get(self.all_texts[place]):
                yield replace(piece, text=text)

    def without(self, seg_id: str) -> "Story":
        """Return the release as if one of its sentences were not there."""
        left = tuple(piece for piece in self.sentences if piece.seg_id != seg_id)
        return replace(self, sentences=left, standfirst=(), best=left[0].seg_id if left else "")


def tell(prepared: PreparedDocument, texts: Mapping[str, str], lang: str, ranking: Sequence[str]) -> Story:
    """Put a release's sentences in one language in the order of their rank.

    Args:
        prepared: The release in its own language.
        texts: The text of each segment in `lang`, by `seg_id`.
        lang: BCP-47 tag of the texts.
        ranking: Ids of the segments that may be shown, best first.
    """
    places = {segment.seg_id: place for place, segment in enumerate(prepared.segments)}
    sources = [segment.source for segment in prepared.segments]
    shown: dict[str, Piece] = {}
    for seg_id in ranking[:MOST_SENTENCES]:
        text = ended(tidy(texts.get(seg_id, "")), lang)
        if text and is_balanced(text):
            shown.setdefault(text, Piece(places[seg_id], (seg_id,), text))
    french = base(prepared.document.lang) == "fr"
    needs = {
        piece.seg_id: frozenset(prepared.segments[place].seg_id for place in supporters(sources, piece.place))
        for piece in (list(shown.values())[:BEST] if french else ())
    }
    in_order = sorted(shown.values(), key=lambda piece: piece.place)
    return Story(
        lang,
        _own_headline(prepared, texts, lang),
        tuple(
            Piece(places[seg_id], (seg_id,), text)
            for seg_id in _of_kind(prepared, "standfirst")
            if (text := ended(tidy(texts.get(seg_id, "")), lang)) and is_balanced(text)
        ),
        tuple(shown.values()),
        ranking[0] if ranking else "",
        needs,
        tuple(piece.text for piece in in_order),
        prepared.document.lang,
        tuple(sources[piece.place] for piece in in_order),
    )


def tidy(text: str) -> str:
    """Put a sentence on one line, in NFC, without invisible characters."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def ended(text: str, lang: str) -> str:
    """Give a sentence without a full stop, such as a list item, the one that its neighbours have."""
    stop = FULL_STOPS.get(script(lang), "")
    bare = text.rstrip('»”“"’)」』 \u00a0\u202f')
    return text.rstrip(" ,;") + stop if bare and unicodedata.category(bare[-1])[0] in "LN" else text


def _own_headline(prepared: PreparedDocument, texts: Mapping[str, str], lang: str) -> Piece | None:
    seg_ids = _of_kind(prepared, "headline")
    words = filter(None, (tidy(texts.get(seg_id, "")) for seg_id in seg_ids))
    text = (" " if has_spaces(lang) else "").join(words)
    return Piece(0, seg_ids, text) if text else None


def _of_kind(prepared: PreparedDocument, kind: BlockKind) -> tuple[str, ...]:
    """Return the segments of the first block of a kind."""
    block_id = next((block.block_id for block in prepared.document.blocks if block.kind == kind), None)
    return tuple(segment.seg_id for segment in prepared.segments if segment.block_id == block_id)
