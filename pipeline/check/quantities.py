"""Every quantity of a text, in digits or in words, with the values that it may have.

French and target texts are read in the same way, so that `2,5 millions`, `2.5 million` and `deux millions cinq cent
mille` come out equal.
"""

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from pipeline.check.digits import find_digit_numbers
from pipeline.check.number_reader import NumberReader
from pipeline.check.number_words import NumberWords
from pipeline.check.quantity import Quantity
from pipeline.check.roman import find_roman_numerals
from pipeline.check.words_germanic import english, german
from pipeline.check.words_romance import catalan, french, italian, portuguese, spanish
from pipeline.languages import base

_LANGUAGES = {
    "fr": french,
    "en": english,
    "es": spanish,
    "ca": catalan,
    "pt": portuguese,
    "it": italian,
    "de": german,
}
_RANGE = re.compile(r"\s?(?:-|–|—|/|à|a|to|or|ou|o|et|and|y|e|i|bis|und|oder|at[eé]|fins a|hasta)\s?")


def number_words(lang: str) -> NumberWords | None:
    """Return a language's number words, or None where none are known here."""
    return _LANGUAGES[base(lang)]() if base(lang) in _LANGUAGES else None


@lru_cache(maxsize=8192)
def find_quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """Return every quantity, in order of appearance.

    The French of a segment is read once, however many languages it is compared with.
    """
    numbers = list(find_digit_numbers(text, lang))
    words = number_words(lang)
    if words is None:
        return tuple(numbers)
    found = list(NumberReader(text, numbers, words).quantities())
    taken = {position for quantity in found for position in range(quantity.start, quantity.end)}
    found += [roman for roman in find_roman_numerals(text) if roman.start not in taken]
    return tuple(sorted(_with_shared_scales(text, found), key=lambda quantity: quantity.start))


def _with_shared_scales(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Let `30` in `30 à 40 milliards` and `300` in `300 à 450 000` be read with the scale of what follows."""
    shared = list(quantities)
    for index, (left, right) in enumerate(pairwise(quantities)):
        if _RANGE.fullmatch(text, left.end, right.start):
            first, last = left.values[0], right.values[0]
            if isinstance(first, Fraction) and isinstance(last, Fraction) and first < 1000 <= last:
                scale = max(power for power in (1000, 10**6, 10**9) if power <= last)
                shared[index] = replace(left, values=(*left.values, first * scale))
    return shared
