"""Whether a translation is there at all, and about as long as translations of its kind are.

The difference in characters between a sentence and its translation varies with the square root of the length
(Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1), 1993).
"""

import math
from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, in_every_language, one_sentence
from pipeline.facts.similarity import can_compare
from pipeline.languages import base, has_spaces, is_private

EXPECTED = {
    "en": (0.895, 1.69),
    "es": (0.968, 1.73),
    "it": (0.953, 1.75),
    "de": (1.012, 2.13),
    "ca": (0.968, 1.73),
    "pt": (0.968, 1.73),
}
"""Characters for each French one, and the standard deviation of the difference ÷ √(French characters): measured on
newstest 2009–2012; Catalan and Portuguese are taken to be like Spanish."""
OTHERS = (1.0, 3.2)
FEWEST_COMPARED = 15
ABSURD = (-4.0, 5.0)
"""Where sentences are also compared by meaning (see `pipeline.check.omission`), length alone must be this odd."""
TOO_SHORT, SHORT, LONG, TOO_LONG = -2.7, -2.1, 2.6, 3.4
"""In standard deviations: beyond the outer ones 0.3 % of human translations, beyond the inner ones 1 % a side."""


def _find_length(pair: SegmentPair) -> Iterator[Defect]:
    ratio, deviation = EXPECTED.get(base(pair.target_lang), OTHERS)
    french, translated = len(pair.source), len(pair.target.strip())
    distance = (translated - ratio * french) / (deviation * math.sqrt(max(french, 1)))
    if SHORT < distance < LONG:
        return
    compared = min(french, translated) >= FEWEST_COMPARED and can_compare(pair.settings.source_lang, pair.target_lang)
    shortest, longest = ABSURD if compared else (TOO_SHORT, TOO_LONG)
    expected = round(ratio * french)
    direction, meaning = ("short", "part of it may be missing") if distance < 0 else ("long", "part may be invented")
    yield Defect(
        "major" if distance <= shortest or distance >= longest else "minor",
        f"The {pair.language} text is unusually {direction} ({translated} characters where about {expected} are "
        f"expected): {meaning}.",
    )


def _find_empty(pair: SegmentPair) -> Iterator[Defect]:
    if any(map(str.isalnum, pair.source)) and not any(map(str.isalnum, pair.target)):
        yield Defect("blocker", f"The {pair.language} text is empty: the sentence was not translated.")


def _has_letters(lang: str) -> bool:
    return is_private(lang) or has_spaces(lang)


LENGTH = Check("length", _find_length, one_sentence, "sentences", _has_letters)
EMPTY = Check("sentences without a translation", _find_empty, one_sentence, "sentences", in_every_language)
