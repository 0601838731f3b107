"""The language of each translation, told by lingua among the languages of the run and the source's.

Names, addresses and acronyms belong to no language, and words that the engine did not know are reported as such: all
are left out first, and what then remains must be long enough for a judgement. The detector holds about 170 MB for six
languages; a process builds it once, when first needed.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables
from pipeline.facts.words import find_words, is_in_capitals
from pipeline.languages import base, is_private, name
from pipeline.records import Severity

if TYPE_CHECKING:
    from lingua import Language, LanguageDetector

FEWEST_LETTERS = 30
FEWEST_WORDS = 5
LIKELY = 0.8
CERTAIN = 0.95
"""Lingua's confidence in another language from which a person must look, and from which the sentence is blocked.
Of human translations (newstest 2009–2012, English, Spanish, Italian, German) 0.04 % pass the first."""


def _find(pair: SegmentPair) -> Iterator[Defect]:
    text = vocabulary(pair)
    if len(text) < FEWEST_LETTERS or text.count(" ") < FEWEST_WORDS - 1:
        return
    source, target = base(pair.settings.source_lang), base(pair.target_lang)
    candidates = {source, target, *map(base, pair.settings.languages)}
    found, confidence = _detect(text, frozenset(lang for lang in candidates if _lingua_language(lang)))
    if found == target or confidence < LIKELY:
        return
    wrong = f"was left in {name(found)}" if found == source else f"seems to be in {name(found)}"
    severity: Severity = "blocker" if confidence >= CERTAIN else "major"
    yield Defect(severity, f"The sentence {wrong}; it should be in {pair.language}.")


def vocabulary(pair: SegmentPair) -> str:
    """Return the words of a translation that belong to a language: no names, no acronyms, nothing unknown."""
    capitals = is_in_capitals(pair.target)
    names = {word.text for word in find_words(pair.source) if word.is_capitalised} if not capitals else set()
    unknown = {span.start for span in pair.hypothesis.unknown}
    words = [word for word in find_words(hide_placeables(pair.target, pair.masked)) if word.start not in unknown]
    return " ".join(word.text for word in words if capitals or not (word.is_acronym or word.text in names))


def _detect(text: str, langs: frozenset[str]) -> tuple[str, float]:
    """Return the likeliest language and lingua's confidence in it."""
    best = _detector(langs).compute_language_confidence_values(text)[0]
    return best.language.iso_code_639_1.name.lower(), best.value


@lru_cache(maxsize=4)
def _detector(langs: frozenset[str]) -> "LanguageDetector":
    from lingua import LanguageDetectorBuilder

    languages = [language for lang in sorted(langs) if (language := _lingua_language(lang))]
    return LanguageDetectorBuilder.from_languages(*languages).build()


@lru_cache(maxsize=256)
def _lingua_language(lang: str) -> "Language | None":
    from lingua import IsoCode639_1, Language

    code = getattr(IsoCode639_1, base(lang).upper(), None)
    return Language.from_iso_code_639_1(code) if code else None


def _applies(lang: str) -> bool:
    return not is_private(lang) and _lingua_language(lang) is not None


def _count(pair: SegmentPair) -> int:
    """Judge from the French whether a sentence is long enough: what is copied is looked at elsewhere."""
    words = find_words(hide_placeables(pair.source, pair.masked))
    return int(len(words) >= FEWEST_WORDS and sum(len(word.text) for word in words) >= FEWEST_LETTERS)


LANGUAGE = Check("the language of each sentence", _find, _count, "sentences", _applies)
