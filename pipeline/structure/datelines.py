"""French dates and datelines: the head of a text in, where it ends out.

A dateline opens the lead: « MANILLE (Philippines) ‒ », « PARIS, le 3 mai 2014 (AFP) — ». It is no part of the
sentence behind it and is translated on its own.
"""

import re

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
_ON = rf"(?:,?\s(?:le\s|ce\s)?{_DATE}{_TIME}?)"
_DASH = r"(?:\s?\.?\s?[‒–—―−]{1,2}\s*|\s--?\s+)(?=[\w«“\"])"

_DATELINE = re.compile(
    rf"(?:{_CAPITALS_PLACE}{_COUNTRY}?{_ON}?{_AGENCY}?|{_PLACE}{_COUNTRY}?(?i:{_ON}){_AGENCY}?|"
    rf"{_PLACE}\s\({_PLACE}\)){_DASH}"
)
_DATE_LINE = re.compile(
    rf"(?:(?:publié|mis à jour|communiqué|date)\s?(?:le|du|:)?\s)?(?:{_PLACE}{_COUNTRY}?,\s)?"
    rf"(?:le\s|ce\s)?{_DATE}{_TIME}?\.?",
    re.IGNORECASE,
)
_LONGEST = 120
"""Code points; what has no end by then is no dateline."""


def dateline(text: str) -> int:
    """Return where the dateline at the head of a lead ends, its dash and the space behind it included; 0 for none."""
    if not text[:1].isupper():
        return 0
    found = _DATELINE.match(text, 0, _LONGEST)
    return found.end() if found else 0


def is_date(text: str) -> bool:
    """Tell whether a block says only when (and where) a release appeared: « Paris, le 12 mars 2024 »."""
    return len(text) <= _LONGEST and _DATE_LINE.fullmatch(text.strip()) is not None
