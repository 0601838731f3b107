"""French text as translators know it best, with the way back to the original.

In comes a segment's source, out comes the same text with one spelling for everything that has several: NFC, plain
spaces and apostrophes, no invisible characters, ligatures undone. Every character of the result knows where it
came from, because all offsets in our records count in the original. Quotation marks and dashes stay as they are:
they mean something to neural engines, and Apertium leaves « » in place, nested ones too (measured: fr-es, fra-cat,
spa-eng, es-pt, spa-ita), so that restore finds them again.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# A zero-width joiner in front of a pictograph holds an emoji together; every other one is a leftover of layout.
_INVISIBLE = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ONE_TO_ONE = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "‐": "-",  # the two typographic hyphens: no engine knows a word that is spelt with them
        "‑": "-",
        "ᵈ": "d",  # superscript letters, as in 1ᵉʳ, 2ᵈ, Mᵐᵉ, nᵒˢ
        "ᵉ": "e",
        "ᵐ": "m",
        "ᵒ": "°",
        "ʳ": "r",
        "ˢ": "s",
    }
)
_WHITE = re.compile(f"[ {_SPACES}]+")
_LENGTH_CHANGES = re.compile(f"[ {_SPACES}]{{2,}}|{_INVISIBLE}|[ﬀ-ﬆ]")
_CLUSTER = re.compile("[\x00-\x7f\ue000-\uf8ff]?[^\x00-\x7f\ue000-\uf8ff]*")
"""No ASCII or private-use character ever composes with what stands before it: clusters compose one by one."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text with the place in the original that each of its characters comes from.

    Attributes:
        text: The text.
        starts: For each character of `text`, where its origin starts; None when nothing has moved.
        ends: The same for its end.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original(self, position: int) -> int:
        """Return where in the original something starts that starts at a position of `text`."""
        if self.starts is None:
            return position
        return self.starts[position] if position < len(self.starts) else self.original_end(position)

    def original_end(self, position: int) -> int:
        """Return where in the original something ends that ends at a position of `text`."""
        if self.ends is None:
            return position
        return self.ends[position - 1] if position else 0

    def position(self, original: int) -> int:
        """Return the first position in `text` that comes from an original offset or from behind it."""
        if self.starts is None:
            return original
        return bisect_left(self.starts, original)


def verbatim(text: str) -> Normalised:
    """Wrap a text that must come back character for character."""
    return Normalised(text)


def normalise(text: str, seen: Collection[int] = ()) -> Normalised:
    """Give a text the one spelling that translators, terms and caches see.

    Args:
        text: The original.
        seen: Where in it something stands that is seen but holds no text: the white space on either side stays.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return Normalised(text)
    if _LENGTH_CHANGES.search(text) is None and unicodedata.is_normalized("NFC", text):
        return Normalised(_WHITE.sub(" ", text).translate(_ONE_TO_ONE))
    return _composed(_visible(text, frozenset(seen)))


_Character = tuple[str, int, int]
"""A character with its origin's start and end."""


def _visible(text: str, seen: frozenset[int]) -> list[_Character]:
    """Drop what cannot be seen, undo ligatures, make every stretch of white space one space."""
    characters: list[_Character] = []
    start = 0
    for change in [*_LENGTH_CHANGES.finditer(text), None]:
        end = change.start() if change else len(text)
        same = _WHITE.sub(" ", text[start:end]).translate(_ONE_TO_ONE)
        characters.extend(zip(same, range(start, end), range(start + 1, end + 1), strict=True))
        if change:
            start = change.end()
            if _WHITE.fullmatch(change[0]):
                edges = [change.start(), *(p for p in range(change.start() + 1, start) if p in seen), start]
                characters.extend((" ", first, last) for first, last in pairwise(edges))
            else:
                put = _LIGATURES.get(change[0], "")
                characters.extend((character, change.start(), start) for character in put)
    # White space on both sides of something invisible is one stretch as well.
    return [
        character
        for i, character in enumerate(characters)
        if character[0] != " "
        or i == 0
        or characters[i - 1][0] != " "
        or any(position in seen for position in range(characters[i - 1][2], character[1] + 1))
    ]


def _composed(characters: list[_Character]) -> Normalised:
    text = "".join(character for character, _, _ in characters)
    if not unicodedata.is_normalized("NFC", text):
        moved: list[_Character] = []
        for cluster in _CLUSTER.finditer(text):
            here = characters[cluster.start() : cluster.end()]
            composed = unicodedata.normalize("NFC", cluster[0])
            moved += here if composed == cluster[0] else [(c, here[0][1], here[-1][2]) for c in composed]
        characters = moved
        text = unicodedata.normalize("NFC", text)
    return Normalised(text, tuple(start for _, start, _ in characters), tuple(end for _, _, end in characters))
