"""Names that each language spells its own way: Londres, London, Londra.

Countries, continents and regions come from CLDR, and so do the cities that give time zones their names; what CLDR does
not hold (further cities, rivers, provinces, irregular adjectives, a few historical people) stands in `exonyms.tsv`, one
row a name, one column a language, with `/` between forms.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import UnknownLocaleError

from pipeline.facts.names_fold import fold
from pipeline.facts.number_words import words as _set
from pipeline.languages import base

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = _set("the la le les el los las il i gli lo die der das de het o a os as l")
_TERRITORY = re.compile(r"[A-Z]{2}|\d{3}")
LONGEST = 4
"""Words that the longest form looked for may have."""
ADJECTIVE = 4
"""Letters that the name of a country has in common with its adjective: *Poland*, *Polish* – mostly."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The known names of a language.

    Attributes:
        keys: For each name, in folded words, what it may be.
        forms: For each key the names, gravest form first.
    """

    keys: dict[Words, frozenset[str]]
    forms: dict[str, tuple[Words, ...]] = field(repr=False)


def words_of(text: str) -> Words:
    """Return the folded words of a name, a leading article left out."""
    words = tuple(fold(match[0]) for match in _WORD.finditer(text))
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@cache
def gazetteer(lang: str) -> Gazetteer:
    """Return the names that are known in a language; the first call for one reads CLDR and takes some 50 ms."""
    keys: dict[Words, set[str]] = defaultdict(set)
    forms: dict[str, list[Words]] = defaultdict(list)
    for key, name in (*_own(lang), *_cldr(lang)):
        words = words_of(name)
        if words and len(words) <= LONGEST and words not in forms[key]:
            keys[words].add(key)
            forms[key].append(words)
    return Gazetteer(
        {words: frozenset(found) for words, found in keys.items()}, {key: tuple(found) for key, found in forms.items()}
    )


def renderings(words: Words, source_lang: str, target_lang: str) -> frozenset[Words]:
    """Return the forms that a known name may have in another language; none for a name that is not known."""
    target = gazetteer(base(target_lang)).forms
    return frozenset(form for key in gazetteer(base(source_lang)).keys.get(words, ()) for form in target.get(key, ()))


def longest_known(words: Sequence[str], known: Mapping[Words, frozenset[str]]) -> int:
    """Return how many of some folded words, from the first on, make a known name, at most; 0 where none do."""
    return next((size for size in range(len(words), 0, -1) if tuple(words[:size]) in known), 0)


def is_adjective_of(word: str, name: str) -> bool:
    """Tell whether a folded word may be derived from the name of a country or city in the same language."""
    length = min(ADJECTIVE, len(name))
    return length >= 3 and word[:length] == name[:length]


@cache
def exonyms() -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the table of exonyms: its header of languages, and its rows."""
    text = files("pipeline.facts").joinpath("exonyms.tsv").read_text(encoding="utf-8")
    header, *rows = (tuple(line.split("\t")) for line in text.splitlines())
    return header, tuple(rows)


def _own(lang: str) -> Iterator[tuple[str, str]]:
    header, rows = exonyms()
    if lang in header:
        column = header.index(lang)
        for row in rows:
            for name in row[column].split("/"):
                yield row[0], name


def _cldr(lang: str) -> Iterator[tuple[str, str]]:
    try:
        locale = Locale.parse(lang)
    except (ValueError, UnknownLocaleError):
        return
    for code, name in locale.territories.items():
        if _TERRITORY.fullmatch(code):
            yield code, re.sub(r"\s*\(.*?\)", "", name)
    for zone in map(str, Locale.parse("ru").time_zones):
        city = locale.time_zones.get(zone, {}).get("city") or zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")
        yield zone, city
