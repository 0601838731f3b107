"""Acronyms: each of the French kept, or put as the language puts it (*ONU*, *UN*; *OTAN*, *NATO*).

An acronym may also be spelled out, so that one not found is a suspicion only; it is an alarm when another acronym
that the French does not have stands in the translation instead.
"""

from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, quoted
from pipeline.facts.acronyms import family, find_acronyms
from pipeline.facts.names_exonyms import gazetteer
from pipeline.facts.names_fold import fold
from pipeline.facts.words import is_in_capitals
from pipeline.languages import base, is_private, script
from pipeline.records import Span


def _first_places(text: str) -> dict[str, Span]:
    places: dict[str, Span] = {}
    for acronym, span in find_acronyms(text):
        places.setdefault(acronym, span)
    return places


def _french_places(text: str) -> dict[str, Span]:
    """Return the acronyms of the French; the city of a dateline is none, for all its capitals."""
    places = _first_places(text)
    return {acronym: span for acronym, span in places.items() if (fold(acronym),) not in gazetteer("fr").keys}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    source, target = hide_placeables(pair.source, pair.masked), hide_placeables(pair.target, pair.masked)
    french, translated = _french_places(source), _first_places(target)
    if not french:
        return
    plain = fold(target)
    known = frozenset().union(*map(family, french))
    strangers = [acronym for acronym in translated if acronym not in known and fold(acronym) not in fold(source)]
    for acronym, place in french.items():
        if family(acronym) & translated.keys() or fold(acronym) in plain or is_in_capitals(target):
            continue
        if strangers and not _is_related(acronym, strangers[0]):
            other = strangers.pop(0)
            message = f"French says {quoted(acronym)}; {pair.language} says {quoted(other)}."
            certain = len(acronym) > 2 and len(other) > 2
            yield Defect("major" if certain else "minor", message, place, translated[other])
        else:
            yield Defect("minor", f"{quoted(acronym)} was not found in the {pair.language} text.", place)


def _is_related(one: str, other: str) -> bool:
    """Tell whether two acronyms may be of the same words in another order or language: half of the letters alike."""
    return 2 * len(set(one) & set(other)) >= min(len(one), len(other))


def _applies(lang: str) -> bool:
    return not is_private(lang) and script(lang) == "Latn" and bool(base(lang))


def _count(pair: SegmentPair) -> int:
    return len(_french_places(hide_placeables(pair.source, pair.masked)))


ACRONYMS = Check("acronyms", _find, _count, "items", _applies)
