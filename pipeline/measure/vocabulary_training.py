"""Learns from texts which words of a language are ordinary vocabulary and no names.

In come sentences, out come folded words. A word is vocabulary when it stands in lower case often enough to be no slip,
and often enough beside its occurrences with a capital; in German, whose nouns all have capitals, also when it stands
with a capital and is no word that French writes with a capital, too: those are mostly names.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from pipeline.facts.names_fold import fold

LEAST_SEEN = {"fr": 4, "en": 4}
FEW = 2
"""How often a word must be seen; the other languages have less text."""
LEAST_SHARE = {"fr": 0.01}
USUAL_SHARE = 0.1
"""Occurrences in lower case for each with a capital. French needs fewer, since it writes institutions with capitals."""
COMMON = 500
"""Occurrences of a German word from which it is vocabulary even if the French write it with a capital."""
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


def learn_vocabulary(lang: str, sentences: Iterable[str], french_capitals: Collection[str] = ()) -> list[str]:
    """Return the folded words of a language that are no names, sorted.

    Args:
        lang: Its base language.
        sentences: Text in it.
        french_capitals: Words that French text writes with a capital; needed for German only.
    """
    lower, capital = count_words(sentences)
    least, share = LEAST_SEEN.get(lang, FEW), LEAST_SHARE.get(lang, USUAL_SHARE)
    words = {fold(word) for word, seen in lower.items() if seen >= least and seen >= share * capital[word.capitalize()]}
    if lang == "de":
        nouns = {word for word, seen in capital.items() if seen >= FEW and len(word) > 2}
        words |= {fold(word) for word in nouns if word not in french_capitals or capital[word] >= COMMON}
    return sorted(word for word in words if len(word) > 1 and word.isascii() and word.isalpha())
