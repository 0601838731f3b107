"""What a translation memory knows of a sentence: exact and similar ones.

Takes entries and finds them again by their normalised French. A sentence that stood between the same neighbours is a
better find than one that is merely the same: `Il est en fuite.` is translated by whom it is about. Similar sentences
are examples for a person or a model to read and never translations.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.protect.normalise import normalise
from pipeline.translate.tmx import Entry

MAX_FUZZY_CHARS = 1_000
"""Longer texts are not compared: they are no sentences, and the time grows with the square of their length."""

_ROUNDING = 1e-4
"""rapidfuzz cuts off what lies a little above the cut-off as well: two in five changed is lost at 0.6."""


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """An approved translation of a similar sentence.

    Attributes:
        entry: The sentence with its translation.
        similarity: One less the edit distance over the longer one's length, both in code points; below 1.
    """

    entry: Entry
    similarity: float


class TranslationMemory:
    """Approved translations for one pair of languages.

    Args:
        entries: Of entries with the same French the last one counts most.
        fuzzy_threshold: Least similarity, from 0 to 1, of what is called similar.
    """

    def __init__(self, entries: Iterable[Entry], fuzzy_threshold: float = 0.75) -> None:
        self._fuzzy_threshold = fuzzy_threshold
        self._by_source: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_source.setdefault(normal_form(entry.source), []).append(entry)
        self._sources = sorted((source for source in self._by_source if len(source) <= MAX_FUZZY_CHARS), key=len)
        self._lengths = [len(source) for source in self._sources]

    def __len__(self) -> int:
        return sum(map(len, self._by_source.values()))

    def exact(self, source: str, before: str = "", after: str = "") -> tuple[str, ...]:
        """Return the different translations of a sentence, best first: by neighbours in common, then the latest."""
        latest_first = self._by_source.get(normal_form(source), [])[::-1]
        here = (normal_form(before), normal_form(after))

        def in_common(entry: Entry) -> int:
            there = (normal_form(entry.before), normal_form(entry.after))
            return sum(bool(a) and a == b for a, b in zip(here, there, strict=True))

        return tuple(dict.fromkeys(entry.target for entry in sorted(latest_first, key=in_common, reverse=True)))

    def fuzzy(self, source: str, limit: int = 3) -> tuple[FuzzyMatch, ...]:
        """Return the translations of similar sentences, the most similar first, the same sentence left out."""
        query = normal_form(source)
        if not query or len(query) > MAX_FUZZY_CHARS:
            return ()
        cutoff = self._fuzzy_threshold - _ROUNDING
        # Texts of too different a length cannot be similar enough.
        first = bisect_left(self._lengths, len(query) * cutoff)
        last = bisect_right(self._lengths, len(query) / cutoff)
        found = process.extract(
            query,
            self._sources[first:last],
            scorer=Levenshtein.normalized_similarity,
            processor=None,
            score_cutoff=cutoff,
            limit=limit + 1,
        )
        matches = [
            FuzzyMatch(self._by_source[text][-1], score)
            for text, score, _ in found
            if text != query and score >= self._fuzzy_threshold
        ]
        return tuple(matches[:limit])


def normal_form(source: str) -> str:
    """Return the form by which a sentence is found: that in which translators see it."""
    return normalise(source).text.strip()
