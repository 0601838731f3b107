"""Learns from texts which words of a language are ordinary vocabulary and no names.

In come sentences, out come folded words. A word is vocabulary when it stands in lower case often enough to be no slip,
and often enough beside its occurrences with a capital; in German, whose nouns all have capitals, also when it stands
with a capital and the French sentence beside it mostly has no such word: a name would stand in both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.facts.names_fold import fold

LEAST_SEEN = {"fr": 4, "en": 4}
FEW = 2
"""How often a word must be seen; the other languages have less text."""
LEAST_SHARE = {"fr": 0.01}
USUAL_SHARE = 0.1
"""Occurrences in lower case for each with a capital. French needs fewer, since it writes institutions with capitals."""
SHARED = 0.3
"""Share of a German noun's sentences whose French has the same word with a capital, from which it is a name."""
_WORD = re.compile(r"[^\W\d_]+")


def count_words(sentences: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count the words inside sentences in lower case, and those with a capital; the first of each is left out."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences:
        for word in _WORD.findall(sentence)[1:]:
            if word.islower():
                lower[word] += 1
            elif word[0].isupper() and word[1:].islower():
                capital[word] += 1
    return lower, capital


def count_shared(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """Count for the capitalised words of a language the sentences whose French has the same word with a capital."""
    shared: Counter[str] = Counter()
    for french, other in pairs:
        capitals = {fold(word) for word in _WORD.findall(french) if word[0].isupper()}
        words = {word for word in _WORD.findall(other)[1:] if word[0].isupper()}
        shared.update(word for word in words if fold(word) in capitals)
    return shared


def learn_vocabulary(lang: str, sentences: Iterable[str], shared: Mapping[str, int] | None = None) -> list[str]:
    """Return the folded words of a language that are no names, sorted.

    Args:
        lang: Its base language.
        sentences: Text in it.
        shared: What `count_shared` counted; needed for German only.
    """
    lower, capital = count_words(sentences)
    least, share = LEAST_SEEN.get(lang, FEW), LEAST_SHARE.get(lang, USUAL_SHARE)
    words = {fold(word) for word, seen in lower.items() if seen >= least and seen >= share * capital[word.capitalize()]}
    if lang == "de":
        nouns = {word for word, seen in capital.items() if seen >= FEW and len(word) > 2}
        words |= {fold(word) for word in nouns if (shared or {}).get(word, 0) <= SHARED * capital[word]}
    return sorted(word for word in words if len(word) > 1 and word.isascii() and word.isalpha())
