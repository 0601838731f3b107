"""What a value is said of: the noun that it counts (58 – *personnes*) or whose age it is (17 ans – *Perry*)."""

import re

from pipeline.facts.number_words import words
from pipeline.facts.units import Units

_S = "[ \u00a0\u2007\u2009\u202f]"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_STOP = re.compile(r"[.;:!?()«»\"“”\n]")
_ELIDED = re.compile(r"^(?:d|l|qu|s|n|jusqu)['’]", re.IGNORECASE)
_NAME_BEFORE = re.compile(rf"(?:(?:[A-ZÀ-ÖØ-Þ][\w’'-]+{_S})*)([A-ZÀ-ÖØ-Þ][\w’'-]+)(?:,{_S}?|{_S}\(|{_S}[–—-]{_S})$")
_AGED_BEFORE = re.compile(rf"([^\W\d_]{{4,}}(?:-[^\W\d_]+)*),?(?:{_S}âgée?s?)?{_S}de{_S}$")
_AGES = frozenset({"year", "month"})
_SMALL = 3
"""Words up to this length are taken for grammar."""
_GRAMMAR = words(
    "dans pour avec sans sous vers entre contre depuis pendant plus moins près environ autres autre premiers with "
    "from over about more than less other were have been that this they their which para como entre desde hasta "
    "otros otras sobre está están della delle degli dalla nella sono altri altre circa nach über etwa mehr wurden "
    "haben sind waren unter andere anderen eine einen einer"
)
_LOOK = 60


def qualifier(text: str, start: int, end: int, units: Units) -> str:
    """Return what the value between two places is said of, in the text's own words, or an empty string.

    An age in apposition (*Perry, 17 ans*) belongs to the name before it; else the first word behind that is no
    grammar is taken, as far as the clause goes.
    """
    if units & _AGES and (whose := _AGED_BEFORE.search(text, max(0, start - _LOOK), start)):
        return whose[1]
    if units & _AGES and (name := _NAME_BEFORE.search(text, max(0, start - _LOOK), start)):
        return name[1]
    for match in _WORD.finditer(text, end, end + _LOOK):
        if _STOP.search(text, end, match.start()) or "," in text[end : match.start()]:
            break
        word = _ELIDED.sub("", match[0])
        if len(word) > _SMALL and word.lower() not in _GRAMMAR:
            return word
    return ""
