"""Units of measure in every language, from CLDR: what stands beside a number → what the number counts.

A unit is CLDR's (`kilometer`, `year`), `percent`, or the ISO 4217 code of a currency. What may be several (*livres*,
`$`) is a set, and two sets agree if they meet.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from babel import Locale
from babel.units import format_unit

from pipeline.facts.currencies import SIGNS, currency_names, current_codes
from pipeline.facts.unit_tables import ALSO, BETWEEN, CLDR_UNITS, METRE, PERCENT, POINTS, REGIONS, SYMBOLS
from pipeline.languages import base

Units = frozenset[str]
LANGUAGES = ("fr", "en", "es", "de", "it", "pt", "ca", "nl", "ar", "ru", "zh")
"""Languages whose units, currencies and months are known here."""

_COUNTS = (1, 2, 5, 21, 1.5)
_SPACE = " \u00a0\u2007\u2009\u202f"
_LINK = re.compile(rf"[{_SPACE}.-]{{0,2}}(?:(?:de|di|of)[{_SPACE}]|d['’])?")
_WORDS = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[{_SPACE}-][^\W\d_]+(?:['’][^\W\d_]+)?){{0,3}}")
_SPACES = re.compile(rf"[{_SPACE}-]")
_CODE_BEFORE = re.compile(rf"(?<!\w)([A-Z]{{3}})[{_SPACE}]?$")
_SIGN_BEFORE = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})[{_SPACE}]?$|([$€£¥])[{_SPACE}]?$"
)
_PERCENT_BEFORE = re.compile(r"百分之$|%$")
_LONGEST_NAME = 8
_LOOK = 48


@dataclass(frozen=True)
class UnitLexicon:
    """What numbers count, in one language.

    Attributes:
        names: Words in lower case, one space between two of them.
        signs: Signs and symbols, as they are written.
        has_spaces: Whether the language sets words apart.
    """

    names: dict[str, Units]
    signs: dict[str, Units]
    has_spaces: bool
    sign_after: re.Pattern[str]

    def after(self, text: str, end: int) -> tuple[Units, int] | None:
        """Read the unit behind a number that ends at a place; return it and where it ends."""
        sign = self.sign_after.match(text, end, end + _LOOK)
        if sign:
            return self.signs[sign[1]], sign.end(1)
        link = _LINK.match(text, end)
        start = link.end() if link else end
        if not self.has_spaces:
            return self._prefix(text, start)
        words = _WORDS.match(text, start, start + _LOOK)
        if not words:
            return None
        found = self._longest(words[0], start)
        first = _SPACES.split(words[0], maxsplit=1)
        if not found and len(first) > 1 and (first[0].lower() in BETWEEN or first[0].istitle()):
            found = self._longest(first[1], start + len(first[0]) + 1)
        return found

    def _longest(self, surface: str, start: int) -> tuple[Units, int] | None:
        """Return the unit that the longest beginning of some words is."""
        while surface:
            units = self.names.get(_SPACES.sub(" ", surface).lower().replace("’", "'"))
            if units:
                return units, start + len(surface)
            if surface.isupper() and surface in current_codes():
                return frozenset({surface}), start + len(surface)
            cut = max(surface.rfind(space) for space in f"{_SPACE}-")
            surface = surface[: max(cut, 0)]
        return None

    def before(self, text: str, start: int) -> tuple[Units, int] | None:
        """Read the unit before a number that starts at a place; return it and where it starts."""
        window = text[max(0, start - 8) : start]
        offset = start - len(window)
        if sign := _SIGN_BEFORE.search(window):
            return frozenset(SIGNS[sign[1] or sign[2]].split()), offset + sign.start()
        if (code := _CODE_BEFORE.search(window)) and code[1] in current_codes():
            return frozenset({code[1]}), offset + code.start()
        if percent := _PERCENT_BEFORE.search(window):
            return frozenset({"percent"}), offset + percent.start()
        return None

    def _prefix(self, text: str, start: int) -> tuple[Units, int] | None:
        for length in range(_LONGEST_NAME, 0, -1):
            units = self.names.get(text[start : start + length])
            if units:
                return units, start + length
        return None


def is_currency(units: Units) -> bool:
    """Tell whether a unit is, or may be, money."""
    return any(unit.isupper() for unit in units)


def sizes() -> dict[str, tuple[str, Fraction]]:
    """Return each unit's kind (`length`) and its size, for conversions."""
    return _sizes()


@cache
def _sizes() -> dict[str, tuple[str, Fraction]]:
    return {unit.split("-", 1)[1]: (unit.split("-", 1)[0], Fraction(size)) for unit, size in CLDR_UNITS.items()}


@cache
def unit_lexicon(lang: str) -> UnitLexicon | None:
    """Return a language's units, or None where they are not known here."""
    lang = base(lang)
    if lang not in LANGUAGES:
        return None
    names: dict[str, set[str]] = defaultdict(set)
    for name, codes in currency_names(lang).items():
        names[name] |= codes
    for region in REGIONS.get(lang, (lang,)):
        for unit in CLDR_UNITS:
            for form in _forms(unit, Locale.parse(region)):
                names[form].add(unit.split("-", 1)[1])
    for unit, forms in ALSO.get(lang, {}).items():
        for form in forms.split("/"):
            names[form].add(unit)
    for unit, table in (("percent", PERCENT), ("percentage-point", POINTS)):
        for form in filter(None, table.get(lang, "").split("/")):
            names[form].add(unit)
    names.pop("", None)
    signs = {sign: frozenset(codes.split()) for sign, codes in SIGNS.items()}
    signs |= {sign: frozenset({unit}) for sign, unit in SYMBOLS.items()}
    signs |= {sign: frozenset({"meter"}) for sign in METRE.get(lang, "")}
    longest_first = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
    sign_after = re.compile(rf"[{_SPACE}]?-?({longest_first})(?![^\W\d_]|/h|['’])")
    has_spaces = lang != "zh"
    return UnitLexicon({name: frozenset(units) for name, units in names.items()}, signs, has_spaces, sign_after)


def _forms(unit: str, locale: Locale) -> set[str]:
    """Return a unit's long forms, in lower case, without the number."""
    forms = set()
    for count in _COUNTS:
        text = format_unit(count, unit, "long", locale=locale)
        if unit.replace("-", " ") in text:  # Babel has not followed CLDR's alias
            text = format_unit(count, f"{unit}-person", "long", locale=locale)
        words = " ".join(re.sub(r"[\d.,٠-٩٫٬]+", " ", text).split())
        if locale.language == "en" or not words.startswith(unit.split("-", maxsplit=1)[0]):
            forms.add(words.lower().replace("-", " ").replace("’", "'"))
    return forms
