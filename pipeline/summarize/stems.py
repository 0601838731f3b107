"""What a sentence is about: its text in, the stems of its content words out, stop words left out."""

import re
from functools import cache, lru_cache
from typing import Any

from snowballstemmer import stemmer

from pipeline.languages import base, has_spaces
from pipeline.summarize.stop_words import stop_words

_ALGORITHMS = {
    "ca": "catalan",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_CHARACTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")


def content_stems(text: str, lang: str = "fr") -> list[str]:
    """Return the stems of a text's content words, in order, repetitions kept; figures stand as they are.

    Words of a language without a stemmer stand whole.
    """
    lang = base(lang)
    stop = stop_words(lang)
    words = [word for word in _WORD.findall(text.lower()) if word not in stop]
    return [_stem(word, lang) for word in words if len(word) > 1 or word.isdigit()]


def all_stems(text: str, lang: str = "fr") -> list[str]:
    """Return the stems of all of a text's words, in order."""
    lang = base(lang)
    return [_stem(word, lang) for word in _WORD.findall(text.lower())]


def stems_or_letters(text: str, lang: str) -> list[str]:
    """Return the stems of all of a text's words; in scripts without spaces, its letters and digits."""
    return all_stems(text, lang) if has_spaces(lang) else _CHARACTER.findall(text.lower())


def has_stemmer(lang: str) -> bool:
    """Tell whether a language's words are stemmed."""
    return base(lang) in _ALGORITHMS


@lru_cache(maxsize=65_536)
def _stem(word: str, lang: str) -> str:
    found = _stemmer(lang)
    return str(found.stemWord(word)) if found else word


@cache
def _stemmer(lang: str) -> Any:
    return stemmer(_ALGORITHMS[lang]) if lang in _ALGORITHMS else None
