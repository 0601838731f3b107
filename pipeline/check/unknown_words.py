"""Words that the engine said it did not know: they stand in the translation as they were in French.

Names, acronyms and what must not be translated are unknown to every engine, and are no defect.
"""

from collections.abc import Iterator

from pipeline.check.base import (
    Check,
    Defect,
    SegmentPair,
    content_placeables,
    in_every_language,
    one_sentence,
    quoted,
)
from pipeline.facts.words import find_words, is_in_capitals


def _find(pair: SegmentPair) -> Iterator[Defect]:
    fixed = _fixed_words(pair)
    in_capitals = is_in_capitals(pair.source)
    for span in pair.hypothesis.unknown:
        words = find_words(pair.target[span.start : span.end])
        vocabulary = [
            word
            for word in words
            if word.lower not in fixed and word.lower not in pair.names and (in_capitals or not word.is_acronym)
        ]
        if vocabulary:
            surface = pair.target[span.start : span.end]
            message = f"The engine did not know {quoted(surface)} and left it as it is."
            yield Defect("minor", message, target_span=span)


def _fixed_words(pair: SegmentPair) -> frozenset[str]:
    """Words of what is not translated, and of what has one approved translation."""
    fixed = list(pair.settings.do_not_translate)
    for term in pair.terms:
        fixed += [target for _, target in term.targets]
    fixed += [placeable.replacement or placeable.surface for placeable in content_placeables(pair.masked)]
    return frozenset(word.lower for text in fixed for word in find_words(text))


UNKNOWN_WORDS = Check("words the engine does not know", _find, one_sentence, "sentences", in_every_language)
