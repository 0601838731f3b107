"""The termbase: approved translations that must be there, and words that must not.

A term counts as present in any inflection: its words are compared by their stems, in their order, with up to two
words of grammar between them.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.check.base import Check, Defect, SegmentPair, content_placeables, in_every_language, occurrences, quoted
from pipeline.facts.words import find_words
from pipeline.languages import base
from pipeline.protect.terms import approved
from pipeline.records import Term

BETWEEN = 2
"""Words that may stand between two words of a term: *fight against the cybercrime*."""
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    for term in pair.terms:
        places = occurrences(pair.source, term.source, ignore_case=term.source == term.source.lower())
        place = places[0] if places else None
        target = approved(term, pair.target_lang)
        if target and not _is_placeable(pair, term) and not _stands_in(pair.target, target, pair.target_lang):
            message = f"{quoted(term.source)} must be {quoted(target)} in {pair.language}; it is not there."
            yield Defect("major", message, source_span=place)
        for lang, form in term.forbidden:
            if lang in {pair.target_lang, base(pair.target_lang)}:
                for span in occurrences(pair.target, form, ignore_case=True):
                    message = f"{quoted(form)} must not be used for {quoted(term.source)}."
                    yield Defect("major", message, place, span)


def _is_placeable(pair: SegmentPair, term: Term) -> bool:
    """Tell whether the approved translation travelled as a placeable, which is counted with the others."""
    lowered = term.source.lower()
    return any(item.kind == "term" and item.surface.lower() == lowered for item in content_placeables(pair.masked))


def _stands_in(text: str, term: str, lang: str) -> bool:
    """Tell whether a term stands in a text in any inflection."""
    if occurrences(text, term, ignore_case=True):
        return True
    stem = _stemmer(base(lang))
    wanted = [stem(word.lower) for word in find_words(term)]
    words = [stem(word.lower) for word in find_words(text)]
    return bool(wanted) and any(_follows(wanted, words, first) for first in range(len(words)))


def _follows(wanted: list[str], words: list[str], first: int) -> bool:
    """Tell whether words follow one another from a place on, with at most `BETWEEN` others between any two."""
    if words[first] != wanted[0]:
        return False
    position = first
    for word in wanted[1:]:
        window = words[position + 1 : position + 2 + BETWEEN]
        if word not in window:
            return False
        position += 1 + window.index(word)
    return True


@lru_cache(maxsize=32)
def _stemmer(lang: str) -> Callable[[str], str]:
    if lang not in _STEMMERS:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(_STEMMERS[lang]).stemWord
    return lru_cache(maxsize=8192)(stem)


def _count(pair: SegmentPair) -> int:
    """Count the entries that apply; what is not to be translated at all is counted with the placeables."""
    fixed = {item.surface for item in content_placeables(pair.masked) if item.kind == "term" and not item.replacement}
    return sum(source not in fixed for source in pair.masked.term_sources)


TERMS = Check("terms", _find, _count, "items", in_every_language)
