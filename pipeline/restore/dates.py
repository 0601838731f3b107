"""Dates as each language writes them: what a French date states in, its form in the target language out.

Patterns, names of months and weekdays, times and what stands between date and time are CLDR's, through babel. A
weekday is written as the French states it, even where it does not fit the date: that is for a person to mend.
"""

import re
from datetime import datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import DateTimeFormat, format_time, parse_pattern

from pipeline.facts.place_names import place_name
from pipeline.languages import normalise
from pipeline.structure.stated_dates import StatedDate

_ANY_LEAP_YEAR = 2000
_WEEKDAY_FIRST = re.compile(r"(E+)([^\w']*)")


def write_date(stated: StatedDate, source_lang: str, target_lang: str) -> str:
    """Write a date in a language."""
    locale = _locale(target_lang)
    moment = datetime(stated.year or _ANY_LEAP_YEAR, stated.month, stated.day)
    pattern = parse_pattern(_pattern(locale, stated.year is not None, stated.weekday is not None))
    written = pattern % _StatedFormat(moment, locale, stated.weekday)
    if stated.hour is None:
        return written
    clock = str(format_time(time(stated.hour, stated.minute), "short", locale=locale)).replace("\u202f", "\u00a0")
    joined = str(locale.datetime_formats["medium"]).replace("'", "")
    return joined.replace("{1}", written).replace("{0}", clock) + _zone(stated, source_lang, target_lang)


class _StatedFormat(DateTimeFormat):
    """A date's fields, with the weekday that is stated."""

    def __init__(self, value: datetime, locale: Locale, weekday: int | None) -> None:
        super().__init__(value, locale)
        self._weekday = weekday

    def format_weekday(self, char: str = "E", num: int = 4) -> str:
        """Write the stated weekday in full."""
        return str(self.locale.days["format"]["wide"][self._weekday])


def _pattern(locale: Locale, has_year: bool, has_weekday: bool) -> str:
    """Return the CLDR pattern of a date; one with a weekday and no year is put together where CLDR has none."""
    full = str(locale.date_formats["full"].pattern)
    if has_year:
        return full if has_weekday else str(locale.date_formats["long"].pattern)
    short = str(locale.datetime_skeletons["MMMMd"].pattern)
    if not has_weekday:
        return short
    if "MMMMEEEEd" in locale.datetime_skeletons:
        return str(locale.datetime_skeletons["MMMMEEEEd"].pattern)
    first = _WEEKDAY_FIRST.match(full)
    return f"{first[1]}{first[2]}{short}" if first else f"{short} EEEE"


def _zone(stated: StatedDate, source_lang: str, target_lang: str) -> str:
    """Name the zone or, as CLDR's phrases for it do not stand alone everywhere, the city whose time it is."""
    if stated.zone:
        return f" {stated.zone}"
    return f" ({place_name(stated.city, source_lang, target_lang) or stated.city})" if stated.city else ""


@lru_cache(maxsize=64)
def _locale(target_lang: str) -> Locale:
    return Locale.parse(normalise(target_lang), sep="-")
