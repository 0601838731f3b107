"""Every quantity of a text, in digits or in words, with the values that it may have.

French and target texts are read in the same way, so that `2,5 millions`, `2.5 million` and `deux millions cinq cent
mille` come out equal.
"""

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from pipeline.facts.digits import find_digit_numbers
from pipeline.facts.number_reader import NumberReader
from pipeline.facts.number_words import NumberWords
from pipeline.facts.quantity import Quantity
from pipeline.facts.roman import find_roman_numerals
from pipeline.facts.words_germanic import dutch, english, german, scales_alone
from pipeline.facts.words_romance import catalan, french, italian, portuguese, spanish
from pipeline.languages import base

_LANGUAGES = {
    "fr": french,
    "en": english,
    "es": spanish,
    "ca": catalan,
    "pt": portuguese,
    "it": italian,
    "de": german,
    "nl": dutch,
}
_RANGE = re.compile(r"\s?(?:-|–|—|/|à|a|to|or|ou|o|et|and|y|e|i|bis|und|oder|at[eé]|fins a|hasta)\s?")


_ARABIC_MARKS = str.maketrans("٬٫", ".,")
_SCALED = frozenset({"ru", "ar"})
"""Languages of which only the scales are known: *млн*, *مليون*."""
_CLOCK_WORDS = re.compile(
    r"\s(?:heures?|h)\s(?:et\s(?P<and>demie?|quart|dix|vingt|cinq)|moins\s(?:le\s)?(?P<less>quart|dix|vingt|cinq))\b"
)
_MINUTES = {"demi": 30, "demie": 30, "quart": 15, "dix": 10, "vingt": 20, "cinq": 5}


def number_words(lang: str) -> NumberWords | None:
    """Return a language's number words, or None where none are known here."""
    return _LANGUAGES[base(lang)]() if base(lang) in _LANGUAGES else None


@lru_cache(maxsize=256)
def find_quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """Return every quantity, in order of appearance.

    The French of a segment is read once, however many languages it is compared with.
    """
    numbers = list(find_digit_numbers(text.translate(_ARABIC_MARKS), lang))
    words = number_words(lang) or (scales_alone(base(lang)) if base(lang) in _SCALED else None)
    if words is None:
        return tuple(numbers)
    found = list(NumberReader(text, numbers, words).quantities())
    taken = {position for quantity in found for position in range(quantity.start, quantity.end)}
    found += [roman for roman in find_roman_numerals(text) if roman.start not in taken]
    found.sort(key=lambda quantity: quantity.start)
    shared = _with_shared_scales(text, found)
    return tuple(_with_clock(text, quantity) for quantity in shared) if base(lang) == "fr" else tuple(shared)


def _with_clock(text: str, quantity: Quantity) -> Quantity:
    """Let `neuf heures moins vingt` and `dix heures et demie` be times as well."""
    hour = quantity.values[0]
    told = _CLOCK_WORDS.match(text, quantity.end) if isinstance(hour, Fraction) and hour <= 24 else None
    if not told or not isinstance(hour, Fraction):
        return quantity
    minutes = int(hour) * 60 + _MINUTES[told["and"]] if told["and"] else int(hour) * 60 - _MINUTES[told["less"]]
    times = tuple(
        (minutes // 60 % 24 + half_day, minutes % 60) for half_day in (0, 12) if minutes < 720 or not half_day
    )
    return replace(quantity, values=(*quantity.values, *times))


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
