"""What a text denies and what it affirms, word by word: a text in, stems out."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.languages import base
from pipeline.summarize.stems import all_stems
from pipeline.summarize.stop_words import stop_words

NEGATORS = {
    "fr": r"ne|n(?=['’])",
    "en": r"not|never|no|nor|cannot|\w+n(?=['’]t)",
    "es": r"no|nunca|jamás|tampoco",
    "ca": r"no|mai|tampoc",
    "pt": r"não|nunca|jamais",
    "it": r"non|mai",
    "de": r"nicht|nie|niemals|kein\w{0,2}",
    "nl": r"niet|nooit|geen",
}

_LITTLE_WORD = 40
"""Code points behind a negator in which what it denies begins."""


@lru_cache(maxsize=8192)
def denials(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the first word of weight behind each negator: its stem, and what was read."""
    found = []
    for negator in _negator(base(lang)).finditer(text):
        if word := _denied_word(text, negator.end(), lang):
            found.append((all_stems(word.group(), lang)[0], text[negator.start() : word.end()]))
    return tuple(found)


@lru_cache(maxsize=8192)
def affirmations(text: str, lang: str) -> tuple[str, ...]:
    """Return the stems of a text's words that are not denied."""
    pattern = _negator(base(lang))
    denied = [word.span() for negator in pattern.finditer(text) if (word := _denied_word(text, negator.end(), lang))]
    kept = list(text)
    for start, end in denied:
        kept[start:end] = " " * (end - start)
    return tuple(all_stems("".join(kept), lang))


def _denied_word(text: str, place: int, lang: str) -> re.Match[str] | None:
    words: Iterable[re.Match[str]] = re.finditer(r"[^\W\d_]+", text[: place + _LITTLE_WORD])
    for word in words:
        weighs = len(word.group()) > 1 and word.group().lower() not in stop_words(lang)
        if word.start() >= place and weighs and word.group().lower() not in {"t", "pas", "plus", "jamais"}:
            return word
    return None


@lru_cache(maxsize=32)
def _negator(lang: str) -> re.Pattern[str]:
    words = NEGATORS.get(lang)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)
