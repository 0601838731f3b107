"""Roman numerals: of centuries (`XXIe siècle`, *siglo XXI*) for certain, of kings and congresses perhaps."""

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.facts.quantity import Quantity

_NUMERAL = re.compile(r"\b[IVXLCDM]{1,9}(?=(?:er|e|ème|è)?\b)")
_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CENTURY = re.compile(r"si[eèé]cles?|siglos?|segles?|séculos?|secol[oi]", re.IGNORECASE)


_CAPITALISED_BEFORE = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]+\s$")


def find_roman_numerals(text: str) -> Iterator[Quantity]:
    """Yield the Roman numerals of a text; a single letter is one only beside a century or a name."""
    for match in _NUMERAL.finditer(text):
        if not _FORM.fullmatch(match[0]):
            continue
        around = text[max(0, match.start() - 12) : match.start()] + " " + text[match.end() : match.end() + 14]
        in_century = _CENTURY.search(around) is not None
        of_a_name = _CAPITALISED_BEFORE.search(text, max(0, match.start() - 24), match.start())
        if in_century or len(match[0]) > 1 or of_a_name:
            yield Quantity(*match.span(), (Fraction(roman_value(match[0])),), "ordinal" if in_century else "vague")


def roman_value(numeral: str) -> int:
    """Return the value of a well-formed numeral."""
    digits = [_DIGITS[letter] for letter in numeral]
    following = [*digits[1:], 0]
    return sum(-digit if digit < next_digit else digit for digit, next_digit in zip(digits, following, strict=True))
