"""Numbers written in digits: where they stand in a text, and every value that they may be read as.

`1.500` is fifteen hundred in Spanish and one and a half in English, and either may stand in a text by mistake: each
number therefore has one *own* reading, that of its language, and the others that its form allows.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pipeline.facts.quantity import Quantity, Value
from pipeline.languages import base

POINT_DECIMAL = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi"})
MAX_DIGITS = 30
"""Longer strings of digits are no quantities; they are compared as they stand."""

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER = re.compile(
    rf"""
    (?<![\d:.,]) (?P<hour>[01]?\d|2[0-4]) (?: {_SPACE}?(?:[hH]|heures?(?:{_SPACE}et)?){_SPACE}? | : )
        (?P<minute>[0-5]\d) (?![\d]|[:.]\d|{_SPACE}?min) (?: {_SPACE}? (?P<half_day>[aApP])\.?{_SPACE}?[mM]\b )?
    | (?<![\d/.-]) (?P<day>\d{{1,2}}) (?P<mark>[/.-]) (?P<month>\d{{1,2}}) (?P=mark) (?P<year>\d{{4}}|\d{{2}})
        (?![\d/]|[.-]\d)
    | (?<![\d/]) (?P<numerator>\d{{1,2}}) [/⁄] (?P<denominator>\d{{1,2}}) (?![\d/])
    | (?<![\d]) (?<!\d[.,]) (?P<grouped>\d{{1,3}}(?:(?:{_SPACE}|['’])\d{{3}})+) (?P<decimals>[.,]\d{{1,6}})? (?![.,]?\d)
    | (?P<plain>\d+(?:[.,]\d+)*) (?: {_SPACE}? (?P<vulgar>[¼½¾⅓⅔]) )?
    | (?P<alone>[¼½¾⅓⅔])
    """,
    re.VERBOSE,
)
_CURRENCY = r"(?:€|\$|£|¥|EUR\b|USD\b|GBP\b|CHF\b|euros?\b|dollars?\b)"
_SCALE_AFTER = re.compile(
    rf"{_SPACE}?(?P<scale>Mds?|Mrd|mld|bn|mn|Mn|M|m|k|K)(?P<currency>{_SPACE}?{_CURRENCY})?(?![^\W\d_])"
)
_CURRENCY_BEFORE = re.compile(rf"{_CURRENCY}{_SPACE}?$")
_CHINESE_SCALE = re.compile("万亿|百万|千万|[千万亿]")
_CHINESE_SCALES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mld": 10**9, "bn": 10**9}
_UNIT_BEFORE = re.compile(r"(?:(?<![^\W\d_])[kcdm]?m|CO|[hH])$")
_IN_IDIOM = re.compile(r"4 ?[x×] ?4\b|(?<=4x)4\b|(?<=4×)4\b|24/7\b|7/7\b|24h/24\b")
"""Figures of fixed phrases, which translate into words: a 4x4 is an SUV."""
_LETTERS_BEFORE = re.compile(r"[^\W\d_¼½¾⅓⅔\u3040-\u30ff\u3400-\u9fff]+$")
"""Letters that make a code with the digits behind them, `A7`; ideographs are words: `年5月`."""
_MILITARY_AFTER = re.compile(r" ?(?:hours|hrs|Uhr|h)\b")
_HOUR_AFTER = re.compile(
    rf"{_SPACE}?(?:(?P<half_day>[aApP])\.?{_SPACE}?[mM]\b|[hH]\b|heures?\b|Uhr\b|uur\b|horas?\b|hores\b|o['’]clock)"
)
_DECADE_AFTER = re.compile(r"(?:s|er|ers)\b")
_DECADE_BEFORE = re.compile(r"(?:années|années des|decade of|años|anys|anos|anni|decennio|['’])\s?$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})\s?[-–/]$")


def find_digit_numbers(text: str, lang: str) -> Iterator[Quantity]:
    """Yield every number in digits, in order, none inside another."""
    for match in _NUMBER.finditer(text):
        if match["hour"]:
            found = [_clock(match)]
        elif match["day"]:
            found = _date(match)
        elif match["numerator"]:
            found = _fraction(match)
        elif match["grouped"]:
            found = [_with_context(text, _grouped(match))]
        elif match["alone"]:
            found = [Quantity(*match.span(), (_vulgar(match["alone"]),), "digits")]
        else:
            found = [_with_context(text, number) for number in _plain(match, base(lang) in POINT_DECIMAL)]
        yield from (_as_code(text, number) for number in found)


def _as_code(text: str, number: Quantity) -> Quantity:
    """Tell the number of a thing (`A380`) and the figure of a unit (`m2`, `CO2`) from a quantity."""
    if _UNIT_BEFORE.search(text, max(0, number.start - 3), number.start) or _IN_IDIOM.match(text, number.start):
        return replace(number, form="vague")
    letters = _LETTERS_BEFORE.search(text, max(0, number.start - 5), number.start)
    return replace(number, start=letters.start(), form="code") if letters else number


def _number(digits: str) -> Value:
    return Fraction(int(digits)) if len(digits) <= MAX_DIGITS else digits


def _part(match: re.Match[str], group: str) -> Quantity:
    return Quantity(*match.span(group), (_number(match[group]),), "digits")


def _clock(match: re.Match[str]) -> Quantity:
    hour, minute = int(match["hour"]) % 24, int(match["minute"])
    times = tuple((hours, minute) for hours in _hours(hour, match["half_day"]))
    return Quantity(*match.span(), times, "digits", (_part(match, "hour"), _part(match, "minute")))


def _hours(hour: int, half_day: str | None) -> list[int]:
    """Hours of the day that an hour on the clock may mean, with `a` or `p` for a.m. or p.m."""
    if half_day:
        return [hour % 12 + (12 if half_day in "pP" else 0)]
    return [hour, hour + 12] if hour < 12 else [hour]


def _date(match: re.Match[str]) -> list[Quantity]:
    """Read `02/05/2014`; what may be the month may become a word."""
    day, month, year = (_part(match, group) for group in ("day", "month", "year"))
    number = int(match["year"])
    years = (number, number + 2000, number + 1900) if number < 100 else (number, number % 100)
    loose = [
        replace(part, form="vague") if int(match[group]) <= 12 else part
        for part, group in ((day, "day"), (month, "month"))
    ]
    return [*loose, replace(year, values=tuple(map(Fraction, years)))]


def _fraction(match: re.Match[str]) -> list[Quantity]:
    parts = (_part(match, "numerator"), _part(match, "denominator"))
    over, under = int(match["numerator"]), int(match["denominator"])
    return [Quantity(*match.span(), (Fraction(over, under),), "digits", parts)] if under else list(parts)


def _vulgar(character: str) -> Fraction:
    return Fraction(unicodedata.numeric(character)).limit_denominator(10)


def _grouped(match: re.Match[str]) -> Quantity:
    value = _number("".join(filter(str.isdigit, match["grouped"])))
    if match["decimals"] and isinstance(value, Fraction):
        value += _decimal("0", match["decimals"][1:])
    return Quantity(*match.span(), (value,), "digits", _runs(match, "grouped"))


def _plain(match: re.Match[str], point_decimal: bool) -> tuple[Quantity, ...]:
    """Read `1.234,5`, or the several numbers of what is none (`3.1.2`)."""
    parts = _runs(match, "plain")
    pieces = re.split(r"([.,])", match["plain"])
    values = _readings(pieces[::2], pieces[1::2], point_decimal)
    if not values:
        return parts
    if match["vulgar"] and isinstance(values[0], Fraction):
        values = (values[0] + _vulgar(match["vulgar"]), *values)
    is_decimal = len(parts) == 2 and len(pieces[2]) == 1
    return (Quantity(*match.span(), values, "digits", () if is_decimal or len(parts) < 2 else parts),)


def _runs(match: re.Match[str], group: str) -> tuple[Quantity, ...]:
    """Return each run of digits as a number of its own."""
    offset = match.start(group)
    runs = re.finditer(r"\d+", match[group])
    return tuple(Quantity(offset + run.start(), offset + run.end(), (_number(run[0]),), "digits") for run in runs)


def _decimal(whole: str, decimals: str) -> Fraction:
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _readings(runs: list[str], marks: list[str], point_decimal: bool) -> tuple[Value, ...]:
    """Read `1.234,5`, given its runs of digits and the marks between them; nothing if it is no one number."""
    whole, *rest = runs
    if sum(map(len, runs)) > MAX_DIGITS:
        return ("".join(runs),) if not marks else ()
    if not marks:
        return (Fraction(int(whole)),)
    thousands = len(whole) <= 3 and whole[0] != "0"
    if len(marks) == 1:
        return _one_mark(whole, rest[0], marks[0], thousands, (marks[0] == ".") == point_decimal)
    if thousands and len(set(marks)) == 1 and all(len(run) == 3 for run in rest):
        return (Fraction(int("".join(runs))),)
    if thousands and len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(run) == 3 for run in rest[:-1]):
        return (_decimal("".join(runs[:-1]), rest[-1]),)
    return ()


def _one_mark(whole: str, rest: str, mark: str, thousands: bool, is_decimal_mark: bool) -> tuple[Value, ...]:
    decimal = _decimal(whole, rest)
    if thousands and len(rest) == 3:
        group = Fraction(int(whole + rest))
        return (decimal, group) if is_decimal_mark else (group, decimal)
    return (decimal, *_clock_reading(whole, rest))


def _clock_reading(hour: str, minute: str) -> tuple[Value, ...]:
    """Read `14.30` and `14,30` as a time as well, as many languages write it."""
    if len(minute) == 2 and int(hour) < 24 and int(minute) < 60:
        return tuple((hours, int(minute)) for hours in _hours(int(hour), None))
    return ()


def _with_context(text: str, number: Quantity) -> Quantity:
    """Add the readings that the words around a number give it: millions, hours, decades, seasons."""
    values, end = list(number.values), number.end
    first = values[0]
    if not isinstance(first, Fraction):
        return number
    before = text[max(0, number.start - 16) : number.start]
    after = text[number.end : number.end + 24]
    if chinese := _CHINESE_SCALE.match(after):
        factor = _CHINESE_SCALES[chinese[0]]
        values = [value * factor for value in values if isinstance(value, Fraction)]
        end = number.end + chinese.end()
    elif scale := _SCALE_AFTER.match(after):
        scaled: list[Value] = [
            value * _SCALES[scale["scale"].lower()] for value in values if isinstance(value, Fraction)
        ]
        if scale["currency"] or (_CURRENCY_BEFORE.search(before) and not after[0].isspace()):
            values, end = scaled, number.end + scale.end("scale")
        elif not after[0].isspace():
            values += scaled
    elif 100 <= first < 2400 and first % 100 < 60 and _MILITARY_AFTER.match(after):
        values.append((int(first) // 100, int(first) % 100))
    elif first <= 24 and (hour := _HOUR_AFTER.match(after)):
        values += [(hours % 24, 0) for hours in _hours(int(first) % 24, hour["half_day"])]
        if 12 < first < 24:
            values.append(first - 12)
    elif (_DECADE_AFTER.match(after) or _DECADE_BEFORE.search(before)) and first % 10 == 0:
        values.append(first + 1900 if first < 100 else first - 1900)
    elif (year := _YEAR_BEFORE.search(before)) and first < 100:
        values.append(Fraction(int(year[1]) // 100 * 100) + first)
    return replace(number, end=end, values=tuple(values))
