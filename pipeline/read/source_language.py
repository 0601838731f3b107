"""Refuse a release that is not in the language it should be in.

A release in English sent through a French translator comes out as confident nonsense, so this is asked before any work.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.languages import base, is_private, name
from pipeline.records import Document

if TYPE_CHECKING:
    from lingua import LanguageDetector

SAMPLE_CHARS = 1_500
"""Running text looked at, in code points: enough for certainty, little enough to be quick."""

LEAST_LETTERS = 60
"""Below so many letters no language is named, and the release passes. Of 8,168 French sentences of WMT's news tests of
2009 to 2012 that have so many, one is refused; of 1,765 English, Spanish, Italian and German ones, four pass."""

SURE = 0.7
"""How probable the other language must be, from 0 to 1."""

IMPROBABLE = 0.05
"""How probable the right language may be at most."""

_WORD = re.compile(r"[^\W\d_]+")


def require_language(document: Document) -> None:
    """Check that a document is in its `lang`, unless that is a pseudo-language or one that nothing here can tell.

    Raises:
        InputError: It is surely in another language.
    """
    lang = base(document.lang)
    sample = _sample(document)
    if is_private(lang) or sum(map(len, sample.split())) < LEAST_LETTERS:
        return
    probable = {
        found.language.iso_code_639_1.name.lower(): found.value
        for found in _detector().compute_language_confidence_values(sample)
    }
    tag = max(probable, key=lambda code: probable[code])
    if probable[tag] >= SURE and probable.get(lang, 1) <= IMPROBABLE:
        raise InputError(
            f"the text is in {name(tag)}, not in {name(document.lang)}",
            "give the original release, or set source_lang in the configuration",
        )


def _sample(document: Document) -> str:
    """Return some words of the running text without those that begin with a capital: a name is in no language."""
    running = [block.text for block in document.blocks if block.layout in {"paragraph", "list_item", "heading"}]
    text = " ".join(running or [block.text for block in document.blocks])[: 2 * SAMPLE_CHARS]
    if text.upper() == text:
        text = text.lower()
    return " ".join(word for word in _WORD.findall(text) if not word[0].isupper())[:SAMPLE_CHARS]


@cache
def _detector() -> "LanguageDetector":
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
