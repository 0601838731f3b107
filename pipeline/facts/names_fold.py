"""One spelling for names, whatever language they are written in.

A name keeps its consonants from language to language and little else: Poutine, Putin and Путин; Al-Qaïda and
al-Qaeda; Plachý and Plachy. `fold` takes off accents and writes other alphabets in Latin letters; `skeleton` goes
further and writes alike what French, English, German and the Slavic romanisations write differently.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "є": "e", "і": "i", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d", "џ": "dz",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and Cyrillic."""
_ALIKE = (
    (re.compile(r"tsch|tch|tsj|tsh|cz|ch|sch|sh|sj"), "c"),
    (re.compile(r"dsch|dj|dzh|zh|j"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh|qu|q|ck"), "k"),
    (re.compile(r"ou|oo|w(?=[aeiou])|w"), "u"),
    (re.compile(r"ai|ae|ei|ey|ay"), "e"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"y|ii|j"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"ts|z|c(?=[ei])"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in small Latin letters without accents."""
    lowered = unicodedata.normalize("NFC", word).lower().replace("й", "i").replace("ё", "e")
    plain = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def skeleton(folded: str) -> str:
    """Return what a folded word shares with its spellings in other languages."""
    for pattern, letters in _ALIKE:
        folded = pattern.sub(letters, folded)
    return folded


@lru_cache(maxsize=262144)
def is_same(left: str, right: str) -> bool:
    """Tell whether two folded words may be one name: spelled for another language, inflected, or slightly misspelt."""
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < 3:
        return False
    if len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3:
        return True
    one, other = skeleton(left), skeleton(right)
    allowed = _allowed(min(len(one), len(other)))
    return one == other or (abs(len(one) - len(other)) <= allowed and distance(one, other, allowed) <= allowed)


def _allowed(length: int) -> int:
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 10 else 3


def distance(left: str, right: str, most: int) -> int:
    """Return how many letters must be changed, added or left out (Levenshtein); `most` + 1 where it is more.

    Args:
        left: One word.
        right: Another.
        most: From where the exact number does not matter; the cost grows with it, not with the product of lengths.
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left, 1):
        first, row[0] = row[0], index
        for place, other in enumerate(right, 1):
            first, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, first + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
