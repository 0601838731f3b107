"""Words of a text with their places, and which of them are names.

A release's own capitals tell: a word that it writes with a capital inside a sentence is a name, whatever language
the sentence is then put into. Headlines in capitals tell nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:(?<!\b[A-Z])[.!?…:•]|\s[–—‒-])[\s«“\"]*$")
"""What stands before the first word of a sentence; the full stop of an initial (`John G. Connolly`) ends none."""
_LOOK_BACK = 8
_SMALL = 3
"""Longest small word that a name may hold between its capitals: *Immigration and Customs Enforcement*."""
MOSTLY = 0.6
"""Share of capitals from which a text is taken to be set in capitals."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word without its capitals."""
        return self.text.lower()

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals throughout: `PNP`, `ICE`."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_capitalised(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


@lru_cache(maxsize=256)
def find_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, in order."""
    return tuple(Word(*match.span(), match[0]) for match in _WORD.finditer(text))


def is_in_capitals(text: str) -> bool:
    """Tell whether a text is set in capitals, so that they mean nothing."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= MOSTLY * len(letters)


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the words, in lower case, that texts write with a capital inside a sentence."""
    return frozenset().union(*map(_names, texts))


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    if is_in_capitals(text):
        return frozenset()
    words = find_words(text)
    names = {word.lower for word in words if word.is_capitalised and not starts_sentence(text, word.start)}
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        is_inside = before.is_capitalised and not word.is_capitalised and after.lower in names
        if is_inside and len(word.text) <= _SMALL and text[before.end : after.start].strip() == word.text:
            names.add(word.lower)
    return frozenset(names)


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether the word at a place is the first of a sentence, of a quotation or after a dash."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if start <= _LOOK_BACK and not any(map(str.isalnum, before)):
        return True
    return _SENTENCE_START.search(before) is not None
