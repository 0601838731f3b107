"""Which words are ordinary vocabulary and no names: lists learned from text, one for each language that has one.

The French write *le Conseil*, the English *the Prime Minister*, and the Germans every noun with a capital: capitals
alone make no name. The lists hold folded words that stand in lower case (in German, in either) in the texts that
`scripts/build_vocabulary` reads, often enough to be no slip.
"""

import gzip
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

from pipeline.facts.names_fold import fold
from pipeline.languages import base

COMPOUNDING = frozenset({"de", "nl"})
LONG = 7
"""Letters from which a known word at the end tells a German compound, whatever its beginning is."""
LONGEST = 40
"""Letters of a word that are looked at."""
_ABSTRACT = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "ismus", "itat", "itaten")
_DEMONYMS = ("an", "ans", "ish", "ese", "ic", "is")


@cache
def vocabulary(lang: str) -> frozenset[str]:
    """Return the folded words of a language; empty where there is no list."""
    path = files("pipeline.facts").joinpath("vocabulary", f"{base(lang)}.txt.gz")
    if not path.is_file():
        return frozenset()
    return frozenset(gzip.decompress(path.read_bytes()).decode("ascii").split())


@lru_cache(maxsize=65536)
def is_vocabulary(word: str, lang: str) -> bool:
    """Tell whether a folded word is vocabulary in any inflection, or in German put together from it."""
    words = vocabulary(lang)
    if word in words or word in calendar(lang) or any(word[:-cut] in words for cut in (1, 2) if len(word) > cut + 3):
        return True
    if lang in {"en"} and len(word) > 5 and word.endswith(_DEMONYMS):
        return any(name[:4] == word[:4] for name in _countries(lang))
    return lang in COMPOUNDING and (word.endswith(_ABSTRACT) or _is_compound(word, words))


def may_be_vocabulary(word: str, lang: str) -> bool:
    """Tell whether a folded word may be vocabulary that is not known: one that ends like a word, in German."""
    words = vocabulary(lang)
    return lang in COMPOUNDING and any(word[cut:] in words for cut in range(3, min(len(word), LONGEST) - 3))


def _is_compound(word: str, words: frozenset[str]) -> bool:
    """Tell whether a word is made of two others, or of one and the end of a long one."""
    return any(
        word[cut:] in words and (word[:cut] in words or _without_link(word[:cut]) in words or len(word) - cut >= LONG)
        for cut in range(3, min(len(word), LONGEST) - 3)
    )


def _without_link(part: str) -> str:
    """Return the first part of a compound without the letters that link it: *Regierung-s-*, *Kind-er-*."""
    return next((part[: -len(link)] for link in ("es", "en", "er", "s", "n", "e") if part.endswith(link)), part)


@cache
def calendar(lang: str) -> frozenset[str]:
    """Return the months and days, which English writes with a capital."""
    locale = Locale.parse(lang)
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return frozenset(fold(name) for name in names)


@cache
def _countries(lang: str) -> frozenset[str]:
    return frozenset(fold(name) for code, name in Locale.parse(lang).territories.items())
