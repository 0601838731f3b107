"""French dates that stand alone: a date with its time in, what it states out.

Only what the words say counts: a weekday that does not fit the date is stated all the same, and no year is guessed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass

MONTHS = (
    "janvier|janv.",
    "février|fevrier|févr.|fév.",
    "mars",
    "avril|avr.",
    "mai",
    "juin",
    "juillet|juill.|juil.",
    "août|aout",
    "septembre|sept.",
    "octobre|oct.",
    "novembre|nov.",
    "décembre|decembre|déc.",
)
WEEKDAYS = ("lundi|lun.", "mardi|mar.", "mercredi|mer.", "jeudi|jeu.", "vendredi|ven.", "samedi|sam.", "dimanche|dim.")


def _number(forms: tuple[str, ...]) -> dict[str, int]:
    return {form: number for number, names in enumerate(forms) for form in names.split("|")}


_MONTH_NUMBERS = _number(MONTHS)
_WEEKDAY_NUMBERS = _number(WEEKDAYS)


def _any_of(numbers: dict[str, int]) -> str:
    return "|".join(re.escape(form) for form in sorted(numbers, key=len, reverse=True))


_DAY = (
    rf"(?:(?P<weekday>{_any_of(_WEEKDAY_NUMBERS)}),? )?"
    rf"(?:(?P<day>\d{{1,2}})(?: ?er|ᵉʳ)? (?P<month>{_any_of(_MONTH_NUMBERS)})"
    r"(?: (?P<year>\d{4}))?|(?P<d>\d{1,2})(?P<mark>[/.])(?P<m>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})"
    r"|(?P<iso_y>\d{4})-(?P<iso_m>\d{2})-(?P<iso_d>\d{2}))"
)
_HOUR = r"(?P<{0}>midi|[01]?\d|2[0-3]) ?(?:(?:h(?:eures?)?(?!\w)|h(?=\d)|:) ?(?P<{0}_minute>[0-5]\d)?|(?<=midi))"
_ZONE = r"(?:,? ?\(?(?:heure (?:de |d')(?P<city{0}>[^\d().,;:]{{2,40}})|(?P<zone{0}>GMT|UTC|TU|CET|CEST|HEC))\)?)?"
_STATED = re.compile(
    rf"(?:{_HOUR.format('first')}{_ZONE.format('_first')},? (?:le |ce |du )?)?"
    rf"(?:le |ce )?{_DAY}(?:,? ?(?:à |[–-] )?{_HOUR.format('last')}{_ZONE.format('')})?\.?",
    re.IGNORECASE,
)
_PLAIN = str.maketrans("\u00a0\u202f\u2009’", "   '")
_NOON = "midi"
"""Midnight is left out: it may be either end of its day."""
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as far as the text says it.

    Attributes:
        day: Of the month.
        month: From 1.
        year: Four digits, or None.
        weekday: From 0 for Monday, or None.
        hour: From 0, or None.
        minute: 0 where the text gives the hour alone.
        city: Whose time it is, in French, or empty.
        zone: An abbreviation such as GMT, or empty.
    """

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int = 0
    city: str = ""
    zone: str = ""


def read_stated_date(text: str) -> StatedDate | None:
    """Read a text that is nothing but a date, `mardi 3 mai 2014 à 14 h 30 (heure de Paris)`; None for any other."""
    found = _STATED.fullmatch(" ".join(text.translate(_PLAIN).split()))
    if found is None or (found["first"] and found["last"]):
        return None
    day = int(found["day"] or found["d"] or found["iso_d"])
    month = _MONTH_NUMBERS[found["month"].lower()] + 1 if found["month"] else int(found["m"] or found["iso_m"])
    year = _year(found["year"] or found["y"] or found["iso_y"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    which = "first" if found["first"] else "last"
    hour = found[which]
    weekday = found["weekday"]
    return StatedDate(
        day,
        month,
        year,
        _WEEKDAY_NUMBERS[weekday.lower()] if weekday else None,
        (12 if hour.lower() == _NOON else int(hour)) if hour else None,
        int(found[f"{which}_minute"] or 0),
        found["city_first"] or found["city"] or "",
        found["zone_first"] or found["zone"] or "",
    )


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 70 else 1900)
