"""Slips of typing and of word processors in French text: what releases really look like.

Each slip is a pattern with what it becomes; a text gets a few of those that apply. None changes what is said.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random

MOST_SLIPS = 3

Slip = Callable[[str], str]


def _replace(pattern: str, by: str) -> Slip:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(by, text)


def _unaccented_capitals(text: str) -> str:
    """Take the accents off capitals, as typewriters and many keyboards do: État → Etat."""
    return "".join(
        unicodedata.normalize("NFD", character)[0] if character.isupper() else character for character in text
    )


SLIPS: dict[str, Slip] = {
    "French quotation marks": _replace(r'"([^"]*)"', r"« \1 »"),
    "French quotation marks, no spaces": _replace(r'"([^"]*)"', r"«\1»"),
    "English quotation marks": _replace(r'"([^"]*)"', r"“\1”"),
    "doubled angles": _replace(r'"([^"]*)"', r"<< \1 >>"),
    "curly apostrophes": _replace(r"(?<=\w)'(?=\w)", "’"),
    "accents as apostrophes": _replace(r"(?<=\w)'(?=\w)", "´"),
    "a space behind the apostrophe": _replace(r"(?<=\w)'(?=\w)", "' "),
    "no-break spaces": _replace(r" (?=[:;?!%€])", "\u00a0"),
    "no space before marks": _replace(r"(?<=\w) (?=[:;?!])", ""),
    "a space before marks": _replace(r"(?<=\w)(?=[;?!])", " "),
    "a space before commas": _replace(r"(?<=\w)(?=, )", " "),
    "no space behind commas": _replace(r"(?<=[^\W\d]),\s(?=\w)", ","),
    "two spaces": _replace(r"(?<=[.,;]) (?=\w)", "  "),
    "an en dash": _replace(r" - ", " – "),
    "three points as one": _replace(r"\.\.\.", "…"),
    "capitals without accents": _unaccented_capitals,
    "œ in two letters": _replace(r"œ", "oe"),
    "no final stop": _replace(r"(?<=\w)\.$", ""),
}
"""By what it does."""


def add_noise(text: str, chance: Random) -> str:
    """Return a text with one to three slips, or as it is where none applies."""
    applying = [slip for slip in SLIPS.values() if slip(text) != text]
    for slip in chance.sample(applying, min(len(applying), chance.randint(1, MOST_SLIPS))):
        text = slip(text)
    return text
