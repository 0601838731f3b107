"""Damage to the values of a translation: wrong by construction, in one known place, the same for the same seed.

A good translation comes in, and the same with one number, currency, unit, percentage or date changed comes out. What
to change is found here by plain patterns and lists, not by the readers of `pipeline.facts`: a value that those do not
see must count as missed.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.measure.damage_tables import CURRENCIES, CURRENCY_SIGNS, MONTHS, NUMBER_WORDS, PERCENT, SCALES, UNITS


@dataclass(frozen=True, slots=True)
class Damage:
    """A translation with one defect.

    Attributes:
        kind: Key of `DAMAGES`.
        text: The damaged translation.
        before: The words that were changed.
        after: What they became.
    """

    kind: str
    text: str
    before: str
    after: str


Damager = Callable[[str, str, random.Random], "Damage | None"]
"""Takes a text, its language and a source of chance; returns None where there is nothing to damage."""

_NUMBER = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?:([., \u00a0\u202f])\d{3})+(?![\d])|(?<![\w.,:/-])\d+(?:[.,]\d+)?(?![\w])"
)
_DIGITS = re.compile(r"\d")


def damage(kind: str, text: str, lang: str, seed: int) -> Damage | None:
    """Damage a text in one place.

    Args:
        kind: Key of `DAMAGES`.
        text: A translation.
        lang: Its language: en, es, de or it.
        seed: The same seed damages the same text in the same way.

    Returns:
        The damaged text, or None where the text has nothing of that kind.
    """
    return DAMAGES[kind](text, lang, random.Random(f"{seed} {kind} {text}"))  # noqa: S311 — no secret


def _number_digit(text: str, _lang: str, rng: random.Random) -> Damage | None:
    """Change one digit of one number: 58 → 53."""
    match = _pick(_NUMBER.finditer(text), rng)
    return match and _put("number_digit", text, match.span(), _other_digit(match[0], rng))


def _number_power(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Make a number ten times as great or small, or a million a milliard."""
    scales = SCALES[lang]
    words = list(_words(scales, text))
    other_mark = "," if lang == "en" else "."
    numbers = [
        match
        for match in _NUMBER.finditer(text)
        if not 1900 <= int(_only_digits(match[0])) < 2100 and (match[1] or other_mark not in match[0])
    ]
    match = _pick([*words, *numbers], rng)
    if match is None:
        return None
    if match in words:
        return _put("number_power", text, match.span(), scales[match[0].lower()])
    if match[1]:
        return _put("number_power", text, match.span(), _shift_group(match[0], match[1]))
    whole, mark, rest = match[0].partition("." if lang == "en" else ",")
    if mark:
        return _put("number_power", text, match.span(), whole + rest)
    shorter = len(whole) > 1 and whole.endswith("0")
    return _put("number_power", text, match.span(), whole[:-1] if shorter else whole + "0")


def _number_word(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Change a number in words: *three* → *seven*."""
    match = _pick(_words(NUMBER_WORDS[lang], text), rng)
    return match and _put("number_word", text, match.span(), _another(NUMBER_WORDS[lang], match[0], rng))


def _currency(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Change a currency beside a number: $ → £, *euros* → *dollars*."""
    signs = list(re.finditer(r"[$€£](?=\s?\d)|(?<=\d)\s?[€£$]", text))
    beside = re.compile(rf"(?<=[\d\w])[\s-](?:de )?({_either(CURRENCIES[lang])})(?!\w)", re.IGNORECASE)
    words = [match for match in beside.finditer(text) if re.search(r"\d|illi|mil", text[: match.start()][-24:])]
    # `$54 millones de dólares` says its currency twice: no clean damage.
    match = None if signs and words else _pick([*signs, *words], rng)
    if match is None:
        return None
    if match in signs:
        sign = match[0].strip()
        start = match.end() - 1
        return _put("currency", text, (start, match.end()), rng.choice([s for s in CURRENCY_SIGNS if s != sign]))
    return _put("currency", text, match.span(1), _another(CURRENCIES[lang], match[1], rng))


def _unit(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Change a unit beside a number: 12 km → 12 miles, 17 years → 17 months."""
    beside = re.compile(rf"(?<=\d)[ \u00a0-]?({_either(UNITS[lang])})(?![\w])", re.IGNORECASE)
    match = _pick(beside.finditer(text), rng)
    return match and _put("unit", text, match.span(1), _another(UNITS[lang], match[1], rng))


def _percentage(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Change a digit of a percentage, or make it a plain number."""
    pattern = re.compile(rf"(?<![\w.,:/-])(\d+(?:[.,]\d+)?)(\s?(?:%|{PERCENT[lang]}))(?!\w)", re.IGNORECASE)
    match = _pick(pattern.finditer(text), rng)
    if match is None:
        return None
    if rng.random() < 0.25:
        return _put("percentage", text, match.span(2), "")
    return _put("percentage", text, match.span(1), _other_digit(match[1], rng))


def _date(text: str, lang: str, rng: random.Random) -> Damage | None:
    """Change the day, the month or the year of a date that has a day or a year."""
    month = _either(MONTHS[lang])
    link = r"(?:\s(?:de\s|of\s)?|,\s)"
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|\.)?{link}(?:del\s)?(?P<m1>{month})(?:{link}(?P<y1>\d{{4}}))?"
        rf"|(?P<m2>{month})(?:\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:{link}(?P<y2>\d{{4}}))?)(?!\w)",
        re.IGNORECASE if lang in {"es", "it"} else 0,
    )
    found = [match for match in pattern.finditer(text) if match["day"] or match["d2"] or match["y2"]]
    match = _pick(found, rng)
    if match is None:
        return None
    group = rng.choice([group for group in ("day", "m1", "y1", "m2", "d2", "y2") if match[group]])
    if group.startswith("m"):
        return _put("date", text, match.span(group), _another(MONTHS[lang], match[group], rng))
    if group.startswith("y"):
        return _put("date", text, match.span(group), str(int(match[group]) + rng.choice([-10, -1, 1])))
    days = [str(day) for day in range(1, 29) if day != int(match[group])]
    return _put("date", text, match.span(group), rng.choice(days))


def _swap_values(text: str, _lang: str, rng: random.Random) -> Damage | None:
    """Put two numbers in digits of one text in each other's place."""
    numbers = list(_NUMBER.finditer(text))
    couples = [
        (left, right)
        for index, left in enumerate(numbers)
        for right in numbers[index + 1 :]
        if _only_digits(left[0]) != _only_digits(right[0])
    ]
    if not couples:
        return None
    left, right = rng.choice(couples)
    between = text[left.end() : right.start()]
    swapped = right[0] + between + left[0]
    return _put("swap_values", text, (left.start(), right.end()), swapped)


DAMAGES: dict[str, Damager] = {
    "number_digit": _number_digit,
    "number_power": _number_power,
    "number_word": _number_word,
    "currency": _currency,
    "unit": _unit,
    "percentage": _percentage,
    "date": _date,
    "swap_values": _swap_values,
}
"""Every kind of damage to values."""


def _pick(matches: Iterable[re.Match[str]], rng: random.Random) -> re.Match[str] | None:
    found = list(matches)
    return rng.choice(found) if found else None


def _put(kind: str, text: str, span: tuple[int, int], new: str) -> Damage:
    start, end = span
    return Damage(kind, text[:start] + new + text[end:], text[start:end], new)


def _only_digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _other_digit(number: str, rng: random.Random) -> str:
    """Change one digit, the first not into 0."""
    place = rng.choice([match.start() for match in _DIGITS.finditer(number)])
    digits = [digit for digit in "0123456789" if digit != number[place] and (digit != "0" or place)]
    return number[:place] + rng.choice(digits) + number[place + 1 :]


def _shift_group(number: str, mark: str) -> str:
    """Write `15,000` as `1,500`, and `1,600` as `16,000`."""
    digits = _only_digits(number)
    digits = digits[:-1] if digits.endswith("0") else digits + "0"
    if len(digits) < 4:
        return digits
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", mark, digits)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _words(words: Iterable[str], text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<![\w-])(?:{_either(words)})(?![\w-])", text, re.IGNORECASE))


def _another(words: Mapping[str, str], word: str, rng: random.Random) -> str:
    """Return a word that means something else, with the same capital."""
    meant = next(meaning for entry, meaning in words.items() if entry.lower() == word.lower())
    other = rng.choice([entry for entry, meaning in words.items() if meaning != meant])
    return other[0].upper() + other[1:] if word[0].isupper() else other
