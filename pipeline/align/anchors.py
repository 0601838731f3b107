"""What two texts in different languages have in common to the eye: numbers, names, words of one origin.

Words are compared by their first letters without accents (after Simard, Foster and Isabelle, "Using Cognates to Align
Sentences in Bilingual Corpora", TMI 1992), so that *coopération* meets *cooperation* and *cooperación*.
"""

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*|[^\W\d_]{4,}|[A-Z]{2,3}(?![^\W\d_])")
_NOT_DIGIT = re.compile(r"\D")
_LETTERS = 5
"""First letters of a word that count."""
_NUMBER, _NAME, _WORD = 3.0, 2.0, 1.0
"""Weights: a number or a name in both texts says more than a word."""


@lru_cache(maxsize=16_384)
def find_anchors(text: str) -> dict[str, float]:
    """Return the anchors of a text with their weights."""
    found: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            anchor, weight = _digits(token), _NUMBER
        else:
            anchor, weight = _fold(token)[:_LETTERS], _NAME if token[0].isupper() else _WORD
        found[anchor] += 1
        weights[anchor] = max(weight, weights.get(anchor, 0.0))
    return {anchor: weights[anchor] * math.sqrt(times) for anchor, times in found.items()}


def likeness(left: str, right: str) -> float:
    """Return how much two texts share: the cosine of their anchors, from 0 to 1."""
    first, second = find_anchors(left), find_anchors(right)
    shared = sum(weight * second[anchor] for anchor, weight in first.items() if anchor in second)
    return shared / (_size(left) * _size(right)) if shared else 0.0


@lru_cache(maxsize=16_384)
def _size(text: str) -> float:
    return math.sqrt(sum(weight * weight for weight in find_anchors(text).values()))


def _digits(token: str) -> str:
    """Return a number's digits in Western form."""
    return "".join(str(unicodedata.decimal(digit)) for digit in _NOT_DIGIT.sub("", token))


def _fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
