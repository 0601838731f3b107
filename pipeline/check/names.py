"""Names: those of the French looked for in the translation, whatever it calls them.

A name counts as found when its words stand in the translation as they are, in the spelling or inflection of another
language, or as the name that the language has for a known place. A name that is not found may have become a pronoun or
an ordinary word: that alone is a suspicion. It is an alarm when a name that the French does not have stands in the
translation instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, quoted
from pipeline.facts.base import Fact
from pipeline.facts.lexicon import places_of_stems, strength
from pipeline.facts.names import find_names
from pipeline.facts.names_exonyms import LONGEST, Words, gazetteer, is_adjective_of, longest_known, renderings
from pipeline.facts.names_fold import distance, fold, is_same, skeleton
from pipeline.facts.vocabulary import calendar, is_vocabulary
from pipeline.facts.words import Word, find_words, is_in_capitals, starts_sentence
from pipeline.languages import base, is_private, script
from pipeline.records import Span

SCRIPTS = frozenset({"Latn", "Cyrl"})
"""Scripts in which names can be compared letter by letter."""
SURE_AT_START = frozenset({"en"})
"""Languages whose vocabulary is known well enough to tell a name from the first word of a sentence."""
FAR = 0.6
"""Share of a name's consonants and vowels that may differ where its first letter is the same."""
CAPITAL_NOUNS = frozenset({"de"})
OPENING = 3
"""Words of the French among which a name is at its beginning."""
COMPOUND = 5
"""Letters from which a name is also looked for inside a longer word: *Obama-Regierung*, *YouTube*."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, taken apart once for all the names that are looked for in it."""

    words: tuple[Word, ...]
    folded: tuple[str, ...]
    every: frozenset[str]
    glued: str


@lru_cache(maxsize=4096)
def read(text: str) -> Text:
    """Take a text apart."""
    words = find_words(text)
    folded = tuple(fold(word.text) for word in words)
    return Text(words, folded, frozenset(folded), "".join(folded))


def _find(pair: SegmentPair) -> Iterator[Defect]:
    source, target = hide_placeables(pair.source, pair.masked), hide_placeables(pair.target, pair.masked)
    names = find_names(source, pair.names)
    missing = [name for name in names if not is_found(name, read(target), pair.target_lang)]
    if not missing:
        yield from _swapped(pair, source, target, names)
        return
    strangers = _strangers(target, source, pair.target_lang)
    for name in missing:
        stranger = _stranger_for(name, strangers, source, target)
        if stranger is None or is_alike(name, target[stranger.start : stranger.end]):
            message = f"{quoted(name.surface)} was not found in the {pair.language} text."
            yield Defect("minor", message, Span(name.start, name.end))
        else:
            strangers.remove(stranger)
            surface = target[stranger.start : stranger.end]
            message = f"French says {quoted(name.surface)}; {pair.language} says {quoted(surface)}."
            yield Defect("major", message, Span(name.start, name.end), Span(stranger.start, stranger.end))


def _stranger_for(name: Fact, strangers: list["Stranger"], source: str, target: str) -> "Stranger | None":
    """Choose what stands in a name's place: a place for a place, otherwise a name, or else what looks like one.

    The first word of a sentence counts only where the French name is near the beginning, too.
    """
    opens = source[: name.start].count(" ") < OPENING
    usable = [each for each in strangers if opens or each.start > 0 or not each.is_first]
    if name.kind == "place":
        return next((each for each in usable if each.is_place), None)
    sure = [each for each in usable if each.is_sure]
    names = [each for each in sure if not each.is_place] or sure
    whole = " " in name.value and not any(_has_word(word, read(target)) for word in name.value.split())
    return next(iter(names or (usable if whole else [])), None)


def _swapped(pair: SegmentPair, source: str, target: str, names: tuple[Fact, ...]) -> Iterator[Defect]:
    """Find two names that stand each where the other belongs: in the wrong order, among each other's words."""
    placed = [(name, span) for name in names if (span := _only_place(name, names, target, pair.target_lang))]
    for index, (first, one) in enumerate(placed):
        for second, two in placed[index + 1 :]:
            if first.kind == second.kind and two.end <= one.start and _is_exchanged(pair, first, one, second, two):
                here, there = target[two.start : two.end], target[one.start : one.end]
                message = f"{quoted(here)} and {quoted(there)} seem to have changed places in {pair.language}."
                yield Defect("major", message, Span(first.start, second.end), Span(two.start, one.end))
                return


def _only_place(name: Fact, names: tuple[Fact, ...], target: str, lang: str) -> Span | None:
    """Return where a name stands in the translation, if it stands in both texts once."""
    if sum(other.value == name.value for other in names) > 1:
        return None
    text = read(target)
    words = tuple(name.value.split())
    for forms in ((read(name.surface).folded, *renderings(words, "fr", lang)), (words[-1:],)):
        spans = {
            Span(text.words[index].start, text.words[index + len(form) - 1].end)
            for form in forms
            for index in range(len(text.folded) - len(form) + 1)
            if text.folded[index : index + len(form)] == form and text.words[index].is_capitalised
        }
        if spans:
            return next(iter(spans)) if len(spans) == 1 else None
    return None


def _is_exchanged(pair: SegmentPair, first: Fact, one: Span, second: Fact, two: Span) -> bool:
    """Tell whether the words about two names, and their places, speak for an exchange."""
    source, target = len(pair.source), len(pair.target)
    kept = abs(first.start / source - one.start / target) + abs(second.start / source - two.start / target)
    crossed = abs(first.start / source - two.start / target) + abs(second.start / source - one.start / target)
    left, right = Span(first.start, first.end), Span(second.start, second.end)
    for_it = _neighbourhood(pair, left, two) + _neighbourhood(pair, right, one)
    against = _neighbourhood(pair, left, one) + _neighbourhood(pair, right, two)
    odds = EXCHANGE + PER_WAY * kept - PER_MISFIT * crossed + PER_NEIGHBOUR * (for_it - against)
    return odds > EXCHANGED


EXCHANGE, PER_WAY, PER_MISFIT, PER_NEIGHBOUR = 1.25, 1.68, 3.4, 0.24
"""Logistic regression on names in the other order, as in human translations and when two were exchanged (newstest
2008–2012, first half, four languages); distances are shares of the text."""
EXCHANGED = 1.45
"""0.2 % of human translations pass, and six exchanges in ten."""
NEAR = 3
"""Words on either side of a name that are compared."""


def _neighbourhood(pair: SegmentPair, source: Span, target: Span) -> float:
    """Return how well the words beside a name of the French are found beside one of the translation."""
    french, translated = _beside(pair.source, source), _beside(pair.target, target)
    return sum(max((strength(stem, other, pair.target_lang) for other in translated), default=0.0) for stem in french)


def _beside(text: str, span: Span) -> list[str]:
    stems_of = places_of_stems(text)
    before = [stem for stem, _, end in stems_of if end <= span.start][-NEAR:]
    after = [stem for stem, start, _ in stems_of if start >= span.end][:NEAR]
    return [*before, *after]


def is_found(name: Fact, target: Text, target_lang: str) -> bool:
    """Tell whether a name of the French stands in a text in any form."""
    words = tuple(name.value.split())
    if name.kind == "place" and any(_has_form(form, target) for form in renderings(words, "fr", target_lang)):
        return True
    found = [_has_word(word, target) for word in words]
    return found[-1] or (len(words) > 2 and 2 * sum(found) >= len(words))


def _has_form(form: Words, target: Text) -> bool:
    return all(
        word in target.every
        or (len(word) >= COMPOUND and word in target.glued)
        or any(is_adjective_of(other, word) for other in target.folded)
        for word in form
    )


def _has_word(word: str, target: Text) -> bool:
    if word in target.every or (len(word) >= COMPOUND and word in target.glued):
        return True
    return any(is_same(word, other) for other in target.folded)


def is_alike(name: Fact, surface: str) -> bool:
    """Tell whether a name of the translation may be the French one after all, in a spelling that is far from it."""
    others = [skeleton(fold(word.text)) for word in find_words(surface)]
    return any(
        word[:1] == other[:1] and distance(word, other, len(word)) <= FAR * max(len(word), len(other))
        for word in map(skeleton, name.value.split())
        for other in others
    )


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name of the translation that nothing in the French explains."""

    start: int
    end: int
    is_place: bool
    is_sure: bool = True
    is_first: bool = False


def _strangers(target: str, source: str, lang: str) -> list[Stranger]:
    """Return the names of the translation that the French does not explain, words of one name joined."""
    if is_in_capitals(target):
        return []
    french, translated = read(source), read(target)
    known = gazetteer(base(lang)).keys
    strangers: list[Stranger] = []
    index = 0
    while index < len(translated.words):
        word = translated.words[index]
        size = longest_known(translated.folded[index : index + LONGEST], known) if word.is_capitalised else 0
        if size:
            words = translated.folded[index : index + size]
            if not _is_explained(known[words], french) and not all(_has_word(each, french) for each in words):
                strangers.append(Stranger(word.start, translated.words[index + size - 1].end, True))
        elif _may_be_name(word, lang) and not _has_word(fold(word.text), french):
            first = starts_sentence(target, word.start)
            sure = not is_vocabulary(fold(word.text), base(lang))
            last = strangers[-1] if strangers else None
            if last and not last.is_place and target[last.end : word.start] in (" ", "-"):
                strangers[-1] = Stranger(last.start, word.end, False, last.is_sure or sure, last.is_first)
            elif sure or not (first or base(lang) in CAPITAL_NOUNS):
                strangers.append(Stranger(word.start, word.end, False, sure, first and base(lang) not in SURE_AT_START))
        index += max(size, 1)
    return strangers


def _may_be_name(word: Word, lang: str) -> bool:
    """Tell whether a word of the translation that the gazetteer does not hold is written like a name."""
    return word.is_capitalised and len(word.text) > 2 and fold(word.text) not in calendar(base(lang))


def _is_explained(keys: frozenset[str], french: Text) -> bool:
    forms = gazetteer("fr").forms
    return any(_has_form(form, french) for key in keys for form in forms.get(key, ()))


def _applies(lang: str) -> bool:
    return not is_private(lang) and script(lang) in SCRIPTS


def _count(pair: SegmentPair) -> int:
    return len(find_names(hide_placeables(pair.source, pair.masked), pair.names))


NAMES = Check("names of people, organisations and places", _find, _count, "items", _applies)
