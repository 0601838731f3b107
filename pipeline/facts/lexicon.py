"""Whether a word may stand for a French one: the same letters, or an entry of a small learnt lexicon.

The lexicons (`lexicon/fr-*.tsv`) were learnt by `pipeline.measure.lexicon_training` from public sentence pairs. They
know stems, not words, and only the commoner ones: enough to say which of two numbers a noun belongs to, no more.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.languages import base

STEM = 5
"""Letters of a stem."""
SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.5
"""Strength of a likeness by letters alone."""
_LIKE_LETTERS = 4


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order, without accents; words of one or two letters are left out."""
    return [_stem(match[0]) for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST]


@lru_cache(maxsize=256)
def places_of_stems(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the stems of a text's words with their places."""
    return tuple((_stem(match[0]), *match.span()) for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))[:STEM]


def strength(french: str, other: str, lang: str) -> float:
    """Return how well a stem of a language stands for a French stem, from 0 to 1."""
    learnt = lexicon(base(lang)).get(french, {}).get(other, 0.0)
    if french == other:
        return max(learnt, 1.0)
    if french[:_LIKE_LETTERS] == other[:_LIKE_LETTERS] and len(french) >= _LIKE_LETTERS:
        return max(learnt, _ALIKE)
    return learnt


@cache
def lexicon(lang: str) -> dict[str, dict[str, float]]:
    """Return a language's lexicon: French stem → stems of the language with their strengths; empty where none is."""
    path = files("pipeline.facts") / "lexicon" / f"fr-{lang}.tsv"
    if not path.is_file():
        return {}
    table: dict[str, dict[str, float]] = {}
    for line in path.read_text("utf-8").splitlines():
        french, *entries = line.split("\t")
        table[french] = {entry.rsplit(" ", 1)[0]: float(entry.rsplit(" ", 1)[1]) for entry in entries}
    return table
