"""Names: those of the French looked for in the translation, whatever it calls them.

A name counts as found when its words stand in the translation as they are, in the spelling or inflection of another
language, or as the name that the language has for a known place. A name that is not found may have become a pronoun or
an ordinary word: that alone is a suspicion. It is an alarm when a name that the French does not have seems to stand in
its place, and when two names seem to have changed places.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, quoted
from pipeline.check.name_search import is_found, places_of, read
from pipeline.check.name_signs import likeness, odds_of_replacement, signs_of_replacement
from pipeline.check.name_strangers import Stranger, find_strangers
from pipeline.check.name_swaps import find_exchange
from pipeline.facts.base import Fact
from pipeline.facts.names import find_names
from pipeline.languages import is_private, script
from pipeline.records import Span

SCRIPTS = frozenset({"Latn", "Cyrl"})
"""Scripts in which names can be compared letter by letter."""
ALIKE = 0.6
"""Likeness from which a stranger is the name itself, however badly spelled: *Sedjiu*, *Sejdiw*."""
MOST = 20
"""Names that are not found for which another one is looked for in their place; no sentence has more."""


def _find(pair: SegmentPair) -> Iterator[Defect]:
    pair = _without_placeables(pair)
    names = find_names(pair.source, pair.names)
    text = read(pair.target)
    different = {name.value: name for name in names}
    found = {value: is_found(name, text, pair.target_lang) for value, name in different.items()}
    missing = [name for name in names if not found[name.value]]
    fewer = _fewer_times(pair, names) if len(names) <= MOST else []
    instead = _what_stands_instead(pair, missing[:MOST], fewer) if missing or fewer else {}
    for name in names:
        stranger = instead.get(name)
        if stranger:
            surface = pair.target[stranger.start : stranger.end]
            message = f"French says {quoted(name.surface)}; {pair.language} says {quoted(surface)}."
            yield Defect("major", message, Span(name.start, name.end), Span(stranger.start, stranger.end))
        elif not found[name.value]:
            message = f"{quoted(name.surface)} was not found in the {pair.language} text."
            yield Defect("minor", message, Span(name.start, name.end))
    exchanged = None if instead else find_exchange(pair, names)
    if exchanged:
        (first, one), (second, two) = exchanged
        start, end = min(one.start, two.start), max(one.end, two.end)
        here, there = (pair.target[span.start : span.end] for span in sorted((one, two), key=lambda span: span.start))
        message = f"{quoted(here)} and {quoted(there)} seem to have changed places in {pair.language}."
        yield Defect("major", message, Span(first.start, second.end), Span(start, end))


def _without_placeables(pair: SegmentPair) -> SegmentPair:
    """Blank out what travels as it is: an address holds no names."""
    source, target = hide_placeables(pair.source, pair.masked), hide_placeables(pair.target, pair.masked)
    if source == pair.source and target == pair.target:
        return pair
    return replace(pair, segment=replace(pair.segment, source=source), hypothesis=replace(pair.hypothesis, text=target))


def _fewer_times(pair: SegmentPair, names: Sequence[Fact]) -> list[Fact]:
    """Return the names that the French says more often than the translation: one of them may have been replaced."""
    often = Counter(name.value for name in names)
    text = read(pair.target)
    return [
        name
        for name in names
        if often[name.value] > 1 and 0 < len(places_of(name, text, pair.target_lang)) < often[name.value]
    ]


def _what_stands_instead(pair: SegmentPair, missing: Sequence[Fact], fewer: Sequence[Fact]) -> dict[Fact, Stranger]:
    """Give each name the stranger that stands in its place, if any does; the likeliest first, each only once."""
    strangers = find_strangers(pair.target, pair.source, pair.target_lang)[:MOST]
    likely = [
        (odds, name, stranger)
        for names, is_missing in ((missing, True), (fewer, False))
        for name in names
        for stranger in strangers
        if likeness(name, pair.target[stranger.start : stranger.end]) < ALIKE
        and (odds := odds_of_replacement(signs_of_replacement(pair, name, stranger, is_missing))) > 0
    ]
    instead: dict[Fact, Stranger] = {}
    for _, name, stranger in sorted(likely, key=lambda item: -item[0]):
        if name not in instead and stranger not in instead.values():
            instead[name] = stranger
    return instead


def _applies(lang: str) -> bool:
    return not is_private(lang) and script(lang) in SCRIPTS


def _count(pair: SegmentPair) -> int:
    return len(find_names(hide_placeables(pair.source, pair.masked), pair.names))


NAMES = Check("names of people, organisations and places", _find, _count, "items", _applies)
