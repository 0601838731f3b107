"""Refuse a release that is not in the language it should be in.

A release in English sent through a French translator comes out as confident nonsense, so this is asked before any work.
"""

from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.languages import base, is_private, name
from pipeline.records import Document

if TYPE_CHECKING:
    from lingua import LanguageDetector

SAMPLE_CHARS = 3_000
"""Running text looked at, in code points: enough for certainty, little enough to be quick."""

LEAST_LETTERS = 40
"""Below so many letters no language is named, and the release passes."""


def require_language(document: Document) -> None:
    """Check that a document is in its `lang`, unless that is a pseudo-language.

    Raises:
        InputError: It is surely in another language.
    """
    if is_private(document.lang):
        return
    running = [block.text for block in document.blocks if block.layout in {"paragraph", "list_item", "heading"}]
    sample = " ".join(running or [block.text for block in document.blocks])[:SAMPLE_CHARS]
    if sum(character.isalpha() for character in sample) < LEAST_LETTERS:
        return
    if sample.upper() == sample:
        sample = sample.lower()
    found = _detector().detect_language_of(sample)
    if found is None:
        return
    tag = found.iso_code_639_1.name.lower()
    if tag != base(document.lang):
        raise InputError(
            f"the text is in {name(tag)}, not in {name(document.lang)}",
            "give the original release, or set source_lang in the configuration",
        )


@cache
def _detector() -> "LanguageDetector":
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
