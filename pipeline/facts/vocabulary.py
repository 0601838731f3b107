"""Which words are ordinary vocabulary and no names: lists learned from text, one for each language that has one.

The French write *le Conseil*, the English *the Prime Minister*, and the Germans every noun with a capital: capitals
alone make no name. The lists hold folded words that stand in lower case (in German, in either) in the texts that
`scripts/build_vocabulary` reads, often enough to be no slip.
"""

import gzip
from functools import cache
from importlib.resources import files

from babel import Locale

from pipeline.facts.names_fold import fold
from pipeline.languages import base

COMPOUNDING = frozenset({"de", "nl"})
_DEMONYMS = ("an", "ans", "ish", "ese", "ic", "is")


@cache
def vocabulary(lang: str) -> frozenset[str]:
    """Return the folded words of a language; empty where there is no list."""
    path = files("pipeline.facts").joinpath("vocabulary", f"{base(lang)}.txt.gz")
    if not path.is_file():
        return frozenset()
    return frozenset(gzip.decompress(path.read_bytes()).decode("ascii").split())


def is_vocabulary(word: str, lang: str) -> bool:
    """Tell whether a folded word is vocabulary in any inflection, or in German put together from it."""
    words = vocabulary(lang)
    if word in words or word in calendar(lang) or any(word[:-cut] in words for cut in (1, 2) if len(word) > cut + 3):
        return True
    if lang in {"en"} and len(word) > 5 and word.endswith(_DEMONYMS):
        return any(name[:4] == word[:4] for name in _countries(lang))
    return lang in COMPOUNDING and any(word[start:] in words for start in range(3, len(word) - 3))


@cache
def calendar(lang: str) -> frozenset[str]:
    """Return the months and days, which English writes with a capital."""
    locale = Locale.parse(lang)
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return frozenset(fold(name) for name in names)


@cache
def _countries(lang: str) -> frozenset[str]:
    return frozenset(fold(name) for code, name in Locale.parse(lang).territories.items())
