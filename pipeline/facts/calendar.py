"""Dates in running text: `les 30 avril et 1er mai`, `May 2–4, 2014`, `2. Mai`, `02/05/2014`, `5月2日`.

A month's name is the anchor; days and years are read beside it. Names of months and weekdays come from CLDR.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from pipeline.facts.units import LANGUAGES
from pipeline.languages import base

_S = "[ \u00a0\u2007\u2009\u202f]"
_DAY = r"(?<![\w.,:/])(?P<day>\d{1,2}|premier|primero|primo)(?:er|re|st|nd|rd|th|[ªº°.])?"
_BEFORE = re.compile(rf"{_DAY}{_S}?(?:of{_S}(?:the{_S})?|del?{_S}|d['’]|di{_S})?$", re.IGNORECASE)
_LIST_BEFORE = re.compile(
    rf"{_DAY}{_S}?(?:,|et|and|y|e|i|und|en|au|al|à|to|ou|o|or|bis|t/m|a|и|по|و|[-–—])"
    rf"(?:{_S}(?:le|el|il|the|l['’]|den|dem|o))?{_S}?$",
    re.IGNORECASE,
)
_DAY_AFTER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_AFTER = re.compile(rf"\.?{_S}(?:the{_S})?{_DAY_AFTER}")
_LIST_AFTER = re.compile(rf"(?:,|,?{_S}and|{_S}to|{_S}or|{_S}?[-–—]){_S}?{_DAY_AFTER}(?!{_S}[A-Z])")
_YEAR_AFTER = re.compile(
    rf"\.?(?:,?{_S}(?:of{_S}|del?{_S}|год[аe]?{_S})?)(?P<year>[1١]\d{{3}}|[2٢][0٠]\d{{2}})(?![\d\w])"
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?:(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})"
    r"|(?P<iso>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))(?![\d/]|[.-]\d)"
)
_CHINESE = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")
_MONTH_CONTEXT = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|early|late|mid|from|to|and|between|for|during|through|and)[ -]$",
    re.IGNORECASE,
)
_CAPITALISED = frozenset({"en", "de"})
_COMPOUNDING = frozenset({"de", "nl"})
_PREFIX = re.compile(r"^(?:de |d['’])")
_WORD = re.compile(r"[^\W\d_]+(?:-feira)?")
_AMBIGUOUS = frozenset({"mar", "set", "out", "dom", "may"})
_ALSO_MONTHS = {
    "ar": "كانون الثاني/شباط/آذار/نيسان/أيار/حزيران/تموز/آب/أيلول/تشرين الأول/تشرين الثاني/كانون الأول",
    "de": "jänner/feber////////sept//",
    "es": "////////setiembre///",
}
_ALSO_WEEKDAYS = {"de": {"sonnabend": 5}, "pt": {"terça": 1, "quarta": 2, "quinta": 3, "sexta": 4}}
_FIRST = frozenset({"premier", "primero", "primo"})
_LOOK = 24


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date, as far as the text says it.

    Attributes:
        readings: Day (or None) and month, the likeliest first: `02/05` may be two dates in English.
        year: The year, or None.
        parts: Places of its day, month and year in the text.
    """

    start: int
    end: int
    readings: tuple[tuple[int | None, int], ...]
    year: int | None
    parts: tuple[tuple[int, int], ...]

    @property
    def day(self) -> int | None:
        """The day of its likeliest reading."""
        return self.readings[0][0]

    @property
    def month(self) -> int:
        """The month of its likeliest reading."""
        return self.readings[0][1]

    @property
    def value(self) -> str:
        """The date as ISO 8601 writes it, `--05-02` where the year is not said, `2014-05` where the day is not."""
        return (
            (f"{self.year:04d}" if self.year else "-") + f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        )


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, from 0 for Monday."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class CalendarWords:
    """One language's months and weekdays, in lower case; short forms of months need a number beside them."""

    months: dict[str, int]
    short: dict[str, int]
    weekdays: dict[str, int]


def find_dates(text: str, lang: str) -> Iterator[CalendarDate]:
    """Yield the dates of a text, in any order; none overlaps another."""
    yield from _numeric(text, base(lang))
    if base(lang) == "zh":
        yield from _chinese(text)
        return
    words = calendar_words(lang)
    if words is None:
        return
    taken = 0
    for match in _WORD.finditer(text):
        lowered = match[0].lower()
        month = words.months.get(lowered) or words.short.get(lowered)
        if not month or (base(lang) in _CAPITALISED and not match[0][0].isupper()):
            continue
        needs_number = lowered not in words.months or _may_be_no_month(text, match)
        for date in _around(text, match, month, base(lang), taken):
            if date.day or date.year or not needs_number:
                yield date
                taken = max(taken, date.end)


def find_weekdays(text: str, lang: str) -> Iterator[Weekday]:
    """Yield the weekdays that a text names."""
    words = calendar_words(lang)
    if words is None:
        return
    for match in _WORD.finditer(text):
        if (number := _weekday(match[0].lower(), words, base(lang))) is not None:
            yield Weekday(*match.span(), number)


@cache
def calendar_words(lang: str) -> CalendarWords | None:
    """Return a language's months and weekdays, or None where they are not known here."""
    lang = base(lang)
    if lang not in LANGUAGES:
        return None
    locale = Locale.parse(lang)
    months: dict[str, int] = {}
    short: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for number, name in locale.months[form]["wide"].items():
            months[_PREFIX.sub("", name.lower())] = number
        for number, name in locale.months[form]["abbreviated"].items():
            short[_PREFIX.sub("", name.lower()).rstrip(".")] = number
    for number, names in enumerate(_ALSO_MONTHS.get(lang, "").split("/"), 1):
        if names:
            months[names] = number
    if lang == "ru":
        months |= {name[:-1] + "е": number for name, number in months.items() if name[-1] in "ьт"}
    weekdays = {name.lower(): number for number, name in locale.days["format"]["wide"].items()}
    return CalendarWords(
        months,
        {name: number for name, number in short.items() if name not in months and name not in _AMBIGUOUS},
        weekdays | _ALSO_WEEKDAYS.get(lang, {}),
    )


def _weekday(word: str, words: CalendarWords, lang: str) -> int | None:
    if lang in _COMPOUNDING:
        return next((number for name, number in words.weekdays.items() if word.startswith(name)), None)
    number = words.weekdays.get(word)
    return words.weekdays.get(word[:-1]) if number is None and word.endswith("s") else number


def _may_be_no_month(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word may be *may* or the planet Mars."""
    if match[0] == "Mars":
        return True
    return match[0] == "May" and not _MONTH_CONTEXT.search(text, max(0, match.start() - 9), match.start())


def _around(text: str, match: re.Match[str], month: int, lang: str, taken: int) -> list[CalendarDate]:
    """Read the days and the year beside a month."""
    days: list[tuple[int, int, int]] = []
    start, end, before = match.start(), match.end(), _BEFORE
    while day := before.search(text, max(taken, start - _LOOK), start):
        if not _is_day(day["day"]):
            break
        days.insert(0, (_day(day["day"]), *day.span("day")))
        start, before = day.start(), _LIST_BEFORE
    if not days and lang == "en":
        after = _AFTER
        while (day := after.match(text, end)) and _is_day(day["day"]):
            days.append((int(day["day"]), *day.span("day")))
            end, after = day.end(), _LIST_AFTER
    year = _YEAR_AFTER.match(text, end)
    span = [year.span("year")] if year else []
    end = year.end() if year else end
    number = int(year["year"]) if year else None
    if not days:
        return [CalendarDate(match.start(), end, ((None, month),), number, (match.span(), *span))]
    dates = []
    for value, first, last in days:
        place_start = min(first, match.start()) if first == days[0][1] and first > match.start() else first
        place_end = end if last == days[-1][2] else last
        parts = (match.span(), (first, last), *span)
        dates.append(CalendarDate(place_start, place_end, ((value, month),), number, parts))
    return dates


def _is_day(day: str) -> bool:
    return day.lower() in _FIRST or 1 <= int(day) <= 31


def _day(day: str) -> int:
    return 1 if day.lower() in _FIRST else int(day)


def _numeric(text: str, lang: str) -> Iterator[CalendarDate]:
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            year, readings = int(match["iso"]), [(int(match["day"]), int(match["month"]))]
            parts = (match.span("iso"), match.span("month"), match.span("day"))
        else:
            first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
            year += (2000 if year < 70 else 1900) if year < 100 else 0
            readings = [(first, second), (second, first)] if lang == "en" else [(first, second)]
            parts = (match.span("first"), match.span("second"), match.span("year"))
        possible = tuple((day, month) for day, month in readings if 1 <= day <= 31 and 1 <= month <= 12)
        if possible:
            yield CalendarDate(*match.span(), possible, year, parts)


def _chinese(text: str) -> Iterator[CalendarDate]:
    for match in _CHINESE.finditer(text):
        if 1 <= int(match["month"]) <= 12:
            parts = tuple(match.span(group) for group in ("year", "month", "day") if match[group])
            day = int(match["day"]) if match["day"] else None
            year = int(match["year"]) if match["year"] else None
            yield CalendarDate(*match.span(), ((day, int(match["month"])),), year, parts)
