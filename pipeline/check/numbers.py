"""Numbers by value: every quantity of the French must stand in the translation, and no other.

A number in digits is compared strictly, one in words loosely (a translator may well write *both* for « les deux »),
and a word that need not be a number is never missed. What differs is told apart: altered, missing, added. How often
a number stands in each text does not matter, unless another has taken its place.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, in_every_language
from pipeline.check.quantities import find_quantities, number_words
from pipeline.check.quantity import Form, Quantity, Value
from pipeline.records import Severity, Span

SMALL = 12
"""Up to here numbers are usually written in words, which are not known in every language."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two texts.

    Attributes:
        altered: A quantity of the French and the other one that stands in its place.
        missing: Quantities of the French alone.
        added: Quantities of the translation alone.
        misread: Equal digits whose marks say something else in the target language: `15.000` in English.
    """

    altered: tuple[tuple[Quantity, Quantity], ...]
    missing: tuple[Quantity, ...]
    added: tuple[Quantity, ...]
    misread: tuple[tuple[Quantity, Quantity], ...]


def compare(source: tuple[Quantity, ...], target: tuple[Quantity, ...]) -> Comparison:
    """Match quantities by value and tell apart what is left."""
    pairs = _match(source, target)
    rest_source = _without(source, {left for left, _ in pairs})
    rest_target = _without(target, {right for _, right in pairs})
    missing = _unknown_to(target, rest_target, rest_source)
    added = _unknown_to(source, rest_source, rest_target)
    altered = _pair_off(missing, added)
    if missing:
        explained = {left for left, _ in altered}
        lost = [left for left in missing if left not in explained]
        altered += _pair_off(lost, _replaceable(source, target, pairs, rest_target, altered))
    else:
        altered += _pair_off([left for left in rest_source if left.form != "vague"], added)
    changed = {quantity for pair in altered for quantity in pair}
    return Comparison(
        tuple(altered),
        tuple(quantity for quantity in missing if quantity not in changed),
        tuple(quantity for quantity in added if quantity not in changed),
        tuple((source[left], target[right]) for left, right in pairs if _is_misread(source[left], target[right])),
    )


def _without(quantities: tuple[Quantity, ...], indices: set[int]) -> list[Quantity]:
    return [quantity for index, quantity in enumerate(quantities) if index not in indices]


def _replaceable(
    source: tuple[Quantity, ...],
    target: tuple[Quantity, ...],
    pairs: list[tuple[int, int]],
    rest: list[Quantity],
    altered: list[tuple[Quantity, Quantity]],
) -> list[Quantity]:
    """Return what may stand in the place of a lost quantity though the French has its value somewhere.

    It stands there more often than in the French, or the French has it only as a word that may be no number.
    """
    loose = [target[right] for left, right in pairs if source[left].form == "vague"]
    taken = {right for _, right in altered}
    return [quantity for quantity in (*rest, *loose) if quantity.form != "vague" and quantity not in taken]


def _match(source: tuple[Quantity, ...], target: tuple[Quantity, ...]) -> list[tuple[int, int]]:
    """Pair the indices of quantities that share a value: own readings first, vague words last."""
    pairs: list[tuple[int, int]] = []
    open_source, open_target = dict.fromkeys(range(len(source))), set(range(len(target)))
    for own_only in (True, False):
        by_value: dict[Value, list[int]] = defaultdict(list)
        for index in sorted(open_target, key=lambda index: (target[index].form == "vague", index), reverse=True):
            if not (own_only and target[index].form == "vague"):
                for value in target[index].values[: 1 if own_only else None]:
                    by_value[value].append(index)
        for left in list(open_source):
            for value in source[left].values[: 1 if own_only else None]:
                candidates = by_value[value]
                while candidates and candidates[-1] not in open_target:
                    candidates.pop()
                if candidates:
                    right = candidates.pop()
                    pairs.append((left, right))
                    open_target.discard(right)
                    del open_source[left]
                    break
    return pairs


def _unknown_to(others: tuple[Quantity, ...], rest: list[Quantity], quantities: list[Quantity]) -> list[Quantity]:
    """Keep the quantities that the other text has in no form, whole or (where left over there) in parts."""
    whole = {value for other in others for value in other.values}
    in_parts = {value for other in rest for part in other.parts for value in part.values}
    return [
        quantity
        for quantity in quantities
        if quantity.form != "vague"
        and whole.isdisjoint(quantity.values)
        and not (quantity.parts and all(not whole.isdisjoint(part.values) for part in quantity.parts))
        and in_parts.isdisjoint(quantity.values)
    ]


def _pair_off(missing: list[Quantity], added: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Take what is missing and what is added for one another, in order: of one form first, ordinals with ordinals."""
    by_form: dict[Form, deque[Quantity]] = defaultdict(deque)
    for right in added:
        by_form[right.form].append(right)
    pairs = []
    for left in missing:
        forms: tuple[Form, ...] = ("ordinal",) if left.form == "ordinal" else (left.form, "digits", "words", "code")
        if form := next((form for form in forms if by_form[form]), None):
            pairs.append((left, by_form[form].popleft()))
    return pairs


def _is_misread(left: Quantity, right: Quantity) -> bool:
    """Tell whether two numbers in digits agree only if the target's mark is read as the French would."""
    own, meant = right.values[0], left.values[0]
    if left.form != "digits" or right.form != "digits" or not isinstance(own, Fraction) or own in left.values:
        return False
    return isinstance(meant, Fraction) and meant in {own * 1000, own / 1000}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    in_words = number_words(pair.target_lang) is not None
    source = _source_quantities(pair)
    found = compare(source, find_quantities(hide_placeables(pair.target, pair.masked), pair.target_lang))
    for left, right in found.altered:
        yield _differs(pair, left, right, "blocker" if left.form == "digits" and in_words else "major")
    for left, right in found.misread:
        yield _differs(pair, left, right, "major")
    for left in found.missing:
        surface = pair.source[left.start : left.end]
        message = f"French says {surface}; {pair.language} does not."
        yield Defect(_severity_of_missing(left, in_words), message, source_span=Span(left.start, left.end))
    for right in found.added:
        surface = pair.target[right.start : right.end]
        message = f"{pair.language} says {surface}; French does not."
        yield Defect("major" if right.form == "digits" else "minor", message, target_span=Span(right.start, right.end))


def _differs(pair: SegmentPair, left: Quantity, right: Quantity, severity: Severity) -> Defect:
    french, translated = pair.source[left.start : left.end], pair.target[right.start : right.end]
    message = f"French says {french}; {pair.language} says {translated}."
    return Defect(severity, message, Span(left.start, left.end), Span(right.start, right.end))


def _severity_of_missing(quantity: Quantity, in_words: bool) -> Severity:
    """A number in digits may be gone for certain only where it would be known in words as well."""
    if quantity.form != "digits":
        return "minor"
    if in_words:
        return "blocker"
    small = all(isinstance(value, Fraction) and value <= SMALL for value in quantity.values)
    return "minor" if small else "major"


def _source_quantities(pair: SegmentPair) -> tuple[Quantity, ...]:
    """Return what is looked for: digits alone where the target's number words are not known."""
    quantities = find_quantities(hide_placeables(pair.source, pair.masked), pair.settings.source_lang)
    if number_words(pair.target_lang) is None:
        quantities = tuple(quantity for quantity in quantities if quantity.form in {"digits", "code"})
    return quantities


def _count(pair: SegmentPair) -> int:
    return sum(quantity.form != "vague" for quantity in _source_quantities(pair))


NUMBERS = Check("numbers", _find, _count, "items", in_every_language)
