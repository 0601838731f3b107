"""French dates and datelines: the head of a text in, where it ends and what it says out.

A dateline opens the lead: « MANILLE (Philippines) ‒ », « PARIS, le 3 mai 2014 (AFP) — ». It is no part of the
sentence behind it and is translated on its own.
"""

import re
from dataclasses import dataclass

from pipeline.records import Span
from pipeline.structure.stated_dates import StatedDate, read_stated_date

_MONTH = (
    r"(?:janvier|janv\.|f[ée]vrier|févr?\.|mars|avril|avr\.|mai|juin|juillet|juill?\.|ao[uû]t|"
    r"septembre|sept\.|octobre|oct\.|novembre|nov\.|d[ée]cembre|déc\.)"
)
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun\.|mar\.|mer\.|jeu\.|ven\.|sam\.|dim\.),?\s)"
_TIME = r"(?:,?\s?(?:à\s|[–-]\s)?\d{1,2}\s?(?:h(?:eures)?\b\s?(?:\d{2})?|:\d{2})(?:\s?\([^()]{1,40}\))?)"
_DATE = (
    rf"(?:{_WEEKDAY}?(?:\d{{1,2}}(?:\s?er)?|1ᵉʳ)\s{_MONTH}(?:\s\d{{4}})?|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})|"
    r"\d{4}-\d{2}-\d{2})"
)

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
_TITLE_WORD = rf"(?:{_CAPITAL}[\w’'.]*|d[eu]|des|la|le|les|en|et|aux?|sur|sous|d[’']\w+|l[’']\w+)"
_PLACE = rf"{_CAPITAL}[\w’'.]*(?:[\s/-]{_TITLE_WORD}){{0,5}}"
_CAPITALS_PLACE = rf"{_CAPITAL}{{2,}}(?:[\s/’'-]{_CAPITAL}+){{0,5}}"
_COUNTRY = rf"(?:\s\({_PLACE}\)|,\s{_PLACE})"
_AGENCY = r"(?:\s\([^()]{1,30}\))"
_ON = rf"(?:(?:,?\s|\s?[‒–—―−-]\s)(?:le\s|ce\s)?{_DATE}{_TIME}?)"
_DASH = r"(?:\s?\.?\s?[‒–—―−]{1,2}\s*|\s--?\s+)(?=[\w«“\"])"

_DATELINE = re.compile(
    rf"(?:{_CAPITALS_PLACE}{_COUNTRY}?{_ON}?{_AGENCY}?|{_PLACE}{_COUNTRY}?(?i:{_ON}){_AGENCY}?|"
    rf"{_PLACE}\s\({_PLACE}\)){_DASH}"
)
_DATE_LINE = re.compile(
    rf"(?:(?:publié|mis à jour|communiqué|date)\s?(?:le|du|:)?\s)?(?:{_PLACE}{_COUNTRY}?(?:,|\s?[‒–—―−-])\s)?"
    rf"(?:le\s|ce\s)?{_DATE}{_TIME}?\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(publié|mis à jour) (?=(?:le|ce) )", re.IGNORECASE)
_STATED = re.compile(rf"(?:^|(?:^|,?\s|\s?[‒–—―−-]\s)(?:le|ce)\s|,?\s|\s?[‒–—―−-]\s)({_DATE}{_TIME}?)$", re.IGNORECASE)
_WHERE = re.compile(rf"(?P<place>{_CAPITALS_PLACE}|{_PLACE})(?: \((?P<aside>[^()]{{1,40}})\)|, (?P<country>{_PLACE}))?")
_AGENCY_LAST = re.compile(r" \(([^()]{1,30})\)$")
_DASHES = frozenset("‒–—―−-")
_DASH_LAST = re.compile(r"\.? ?[‒–—―−-]{1,2}$|\.$")
_LONGEST = 120
"""Code points; what has no end by then is no dateline."""
_ONE_SPACE = str.maketrans("\u00a0\u202f\u2009", "   ")


def dateline(text: str) -> int:
    """Return where the dateline at the head of a lead ends, its dash and the space behind it included; 0 for none."""
    if not text[:1].isupper():
        return 0
    found = _DATELINE.match(text, 0, _LONGEST)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline or a line with a date says.

    Attributes:
        label: `publié`, `mis à jour`, or empty.
        place: The city, or empty.
        country: What stands beside the city, or empty.
        bracketed: Whether that stands in brackets.
        date: When, or None.
        agency: What stands in brackets behind it, or empty.
        dash_before_date: Whether a dash and no comma stands between place and date.
        has_dash: Whether a sentence follows.
        place_span: Where the city stands.
    """

    label: str
    place: str
    country: str
    bracketed: bool
    date: StatedDate | None
    agency: str
    dash_before_date: bool
    has_dash: bool
    place_span: Span


def read_dateline(text: str) -> Dateline | None:
    """Take a dateline or a line with a date apart; None if it says anything that is not understood."""
    plain = text.strip().translate(_ONE_SPACE)
    if len(plain) > _LONGEST:
        return None
    last = _DASH_LAST.search(plain)
    core = plain[: last.start()] if last else plain
    stated, agency = _STATED.search(core), None
    if (stated is None or read_stated_date(stated[1]) is None) and (agency := _AGENCY_LAST.search(core)):
        stated = _STATED.search(core, 0, agency.start())
    label = _LABEL.match(core)
    start = label.end() if label else 0
    head = core[start : max(stated.start(), start)] if stated else core[start:]
    where = _WHERE.fullmatch(head)
    date = read_stated_date(stated[1]) if stated else None
    if (head and where is None) or (stated and date is None) or not (head or stated):
        return None
    return Dateline(
        label[1].lower() if label else "",
        where["place"] if where else "",
        (where["aside"] or where["country"] or "") if where else "",
        where is not None and where["aside"] is not None,
        date,
        agency[1] if agency and stated else "",
        stated is not None and not _DASHES.isdisjoint(stated[0][:2]),
        last is not None and last[0] != ".",
        Span(start, start + len(where["place"])) if where else Span(0, 0),
    )


def is_date(text: str) -> bool:
    """Tell whether a block says only when (and where) a release appeared: « Paris, le 12 mars 2024 »."""
    return len(text) <= _LONGEST and _DATE_LINE.fullmatch(text.strip()) is not None
