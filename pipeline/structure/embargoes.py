"""Embargoes: the line of a release that says before when it must not be published, and the date that it states.

`SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H`, `Embargo : 3 mai 2014, 10 h`, `Ne pas diffuser avant le 3 mai`. A
line that speaks of an embargo on arms or oil is none.
"""

import re
from collections.abc import Iterable

from pipeline.records import Block
from pipeline.structure.stated_dates import MONTHS, WEEKDAYS, StatedDate, read_stated_date

LONGEST = 160
"""Code points; a longer text is a paragraph."""

_DAYS = "|".join(re.escape(form) for names in (*MONTHS, *WEEKDAYS) for form in names.split("|"))
_WHEN = rf"(?=.{{0,60}}(?:jusqu|aujourd|demain|\d\s?h|\d:\d\d|\d[/.]\d|\b(?:{_DAYS})))"
_HELD = r"(?:diffuser|publier|communiquer|divulguer|utiliser|diffusion|publication)"
_EMBARGO = re.compile(
    rf"\W*(?:(?:(?:ce\s|le\sprésent\s)?(?:communiqué|document|information)s?(?:\sde\spresse)?\s(?:est\s)?)?"
    rf"(?:strictement\s)?sous\sembargo(?:\s(?:strict|presse|média|médias))*(?:\W*$|{_WHEN}(?=\s*[:–—(,-]|\s(?:jusqu|avant|le\s|au\s)))|"
    rf"(?:(?:levée|fin)\s(?:de\sl['’]|d['’]))?embargo(?:\s(?:strict|presse|média|médias))*(?:\W*$|{_WHEN}(?=\s*[:–—(]|\s(?:jusqu|le\s|au\s)))|"
    rf"(?:à\s)?(?:ne\spas\s|pas\sde\s|aucune\s){_HELD}\savant\b|{_HELD}\sinterdite\savant\b|"
    rf"{_HELD}\s(?:autorisée|possible)\s(?=à\spartir\b))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"[\s:–—(,-]*(?:jusqu['’](?:au?|à)\s|avant\s|à\spartir\s(?:de\s|du\s)|au\s)?", re.IGNORECASE)
_CLOSING = " .!)]*»_"


def is_embargo(text: str) -> bool:
    """Tell whether a block says until when the release must not be published."""
    return len(text) <= LONGEST and _EMBARGO.match(text) is not None


def read_embargo(text: str) -> StatedDate | None:
    """Return when an embargo ends; None where its line says more than that, or says it otherwise."""
    found = _EMBARGO.match(text)
    if found is None:
        return None
    until = _UNTIL.match(text, found.end())
    return read_stated_date(text[until.end() if until else found.end() :].rstrip(_CLOSING))


def embargo_of(blocks: Iterable[Block]) -> str:
    """Return what a release says of its embargo, in its own words; empty where it has none."""
    return " · ".join(dict.fromkeys(" ".join(block.text.split()) for block in blocks if block.kind == "embargo"))
