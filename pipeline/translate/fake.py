"""Deterministic pseudo-translation, without any engine: for tests, and to see what a layout does with longer text.

Takes any text. `x-rot13` shifts the ASCII letters by thirteen places and is its own inverse, so that a document
translated twice must come back unchanged. `x-accent` stays readable: look-alike letters, vowels doubled (about 30 %
longer) and brackets around each text, which show at a glance what was never sent to be translated.
"""

import string
from collections.abc import Callable, Sequence

from pipeline.errors import LanguageError
from pipeline.translate.base import ENOUGH_TEXTS, Candidate, Candidates, Route, Translator, TranslatorCounts

_LOWER, _UPPER = string.ascii_lowercase, string.ascii_uppercase
_ROT13 = str.maketrans(_LOWER + _UPPER, _LOWER[13:] + _LOWER[:13] + _UPPER[13:] + _UPPER[:13])
_ACCENTED = str.maketrans(
    dict(zip(_LOWER, "ąƀçđéƒğħíĵķłɱñóþʠŕšŧúṽŵẋýž", strict=True))
    | dict(zip(_UPPER, "ĄƁÇĐÉƑĞĦÍĴĶŁṀÑÓÞɊŔŠŦÚṼŴẊÝŽ", strict=True))
    | {vowel: accented * 2 for vowel, accented in zip("aeiouAEIOU", "ąéíóúĄÉÍÓÚ", strict=True)}
)


def rotate(text: str) -> str:
    """Return the text with its ASCII letters shifted by thirteen places."""
    return text.translate(_ROT13)


def accentuate(text: str) -> str:
    """Return the text in look-alike letters between brackets, white space at its ends left outside."""
    if not (core := text.strip()):
        return text
    start = text.index(core)
    return f"{text[:start]}⟦{core.translate(_ACCENTED)}⟧{text[start + len(core) :]}"


PSEUDO_LANGUAGES: dict[str, Callable[[str], str]] = {"x-accent": accentuate, "x-rot13": rotate}
"""By private language tag."""


class FakeTranslator:
    """Translates any language into a pseudo-language."""

    draft = True
    batch_texts = ENOUGH_TEXTS

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: nothing but this version of it.

        Raises:
            LanguageError: The target is no pseudo-language.
        """
        self._require(source_lang, target_lang)
        return {"backend": "fake", "revision": "1"}

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether the target is one of the pseudo-languages."""
        return target_lang in PSEUDO_LANGUAGES

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Name the pseudo-languages."""
        return "" if self.supports(source_lang, target_lang) else f"ask for {' or '.join(PSEUDO_LANGUAGES)}"

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return both languages; nothing has to be installed."""
        return (source_lang, target_lang) if self.supports(source_lang, target_lang) else ()

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Change the letters of each text and leave everything else alone.

        Raises:
            LanguageError: The target is no pseudo-language.
        """
        self._require(source_lang, target_lang)
        change = PSEUDO_LANGUAGES[target_lang]
        return [(Candidate(change(text)),) for text in texts]

    def other_decoding(self) -> Translator | None:
        """Offer nothing: there is one answer."""
        return None

    def counts(self) -> TranslatorCounts | None:
        """Count nothing: there is no model."""
        return None

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""

    def _require(self, source_lang: str, target_lang: str) -> None:
        if remedy := self.remedy(source_lang, target_lang):
            raise LanguageError(f"the fake translator does not translate into {target_lang}", remedy)
