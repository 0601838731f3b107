"""Which values of a text stand in its translation, and what stands in the place of those that do not.

Every value of the French must be in the translation, and no other. How often does not matter, unless another value
has taken its place. A number in digits is compared strictly, one in words loosely (a translator may well write
*both* for « les deux »), and a word that need not be a number is never missed.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from pipeline.facts.quantity import Form, Quantity
from pipeline.facts.quantity import Value as Worth
from pipeline.facts.units import sizes
from pipeline.facts.values import Value

_SCALES = (10**3, 10**6, 10**9)
_MOST_CANDIDATES = 50
"""Equal values that are looked through for one of the same unit."""
_CONVERTED = 0.07
"""How far two measures may lie apart and still be one, converted and rounded: 30 m and 100 ft."""


LOOSE: frozenset[Form] = frozenset({"vague", "scale"})
"""Forms that may translate into no number at all."""
_ROUGH = range(10, 101)
"""What *une dizaine*, *une vingtaine* and their like are worth."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two texts.

    Attributes:
        matched: Values of the French with the equal ones of the translation, in the order of the French.
        altered: A value of the French and the other one that stands in its place.
        missing: Values of the French alone.
        added: Values of the translation alone.
        misread: Equal digits whose marks say something else in the target language: `15.000` in English.
    """

    matched: tuple[tuple[Value, Value], ...]
    altered: tuple[tuple[Value, Value], ...]
    missing: tuple[Value, ...]
    added: tuple[Value, ...]
    misread: tuple[tuple[Value, Value], ...]


def compare_values(source: Sequence[Value], target: Sequence[Value]) -> Comparison:
    """Match values by what they are worth and tell apart what is left."""
    pairs = _match(source, target)
    rest_source = _without(source, {left for left, _ in pairs})
    rest_target = _without(target, {right for _, right in pairs})
    missing = _unknown_to(target, rest_target, rest_source)
    added = _unknown_to(source, rest_source, rest_target)
    doubtful = {*missing, *added}
    missing, added = _unconverted(missing, added, source, target)
    missing, added = _unscaled(missing, added, [(source[left], target[right]) for left, right in pairs])
    explained = doubtful - {*missing, *added}
    rest_source = [value for value in rest_source if value not in explained]
    rest_target = [value for value in rest_target if value not in explained]
    altered = _pair_off(missing, added)
    if missing:
        paired = {left for left, _ in altered}
        lost = [left for left in missing if left not in paired]
        altered += _pair_off(lost, _replaceable(source, target, pairs, rest_target, altered))
    else:
        altered += _pair_off([left for left in rest_source if not is_loose(left)] or _approximate(rest_source), added)
        if not added:
            altered += _both_left(rest_source, rest_target)
    changed = {value for pair in altered for value in pair}
    return Comparison(
        tuple((source[left], target[right]) for left, right in sorted(pairs)),
        tuple(altered),
        tuple(value for value in missing if value not in changed),
        tuple(value for value in added if value not in changed),
        tuple(
            (source[left], target[right]) for left, right in sorted(pairs) if _is_misread(source[left], target[right])
        ),
    )


def is_loose(value: Value) -> bool:
    """Tell whether a value need not stand in the other text as a number."""
    return value.quantity.form in LOOSE


def readings(value: Value) -> tuple[Worth, ...]:
    """Return what a value may be worth; 50 % may be a half."""
    worth = value.quantity.values
    if value.kind == "percentage":
        worth += tuple(number / 100 for number in worth if isinstance(number, Fraction) and 0 < number < 100)
    return worth


def _without(values: Sequence[Value], indices: set[int]) -> list[Value]:
    return [value for index, value in enumerate(values) if index not in indices]


def _replaceable(
    source: Sequence[Value],
    target: Sequence[Value],
    pairs: list[tuple[int, int]],
    rest: list[Value],
    altered: list[tuple[Value, Value]],
) -> list[Value]:
    """Return what may stand in the place of a lost value though the French has it somewhere.

    It stands there more often than in the French, or the French has it only as a word that may be no number.
    """
    loose = [target[right] for left, right in pairs if is_loose(source[left])]
    taken = {right for _, right in altered}
    return [value for value in (*rest, *loose) if not is_loose(value) and value not in taken]


def _match(source: Sequence[Value], target: Sequence[Value]) -> list[tuple[int, int]]:
    """Pair the indices of values that are worth the same: of one unit and by their own readings first."""
    pairs: list[tuple[int, int]] = []
    open_source, open_target = dict.fromkeys(range(len(source))), set(range(len(target)))
    for own_only, same_unit in ((True, True), (True, False), (False, False)):
        by_worth = _by_worth(target, open_target, own_only)
        for left in list(open_source):
            worth = source[left].quantity.values[:1] if own_only else readings(source[left])
            right = _first_open(source[left], worth, target, by_worth, open_target, same_unit)
            if right is not None:
                pairs.append((left, right))
                open_target.discard(right)
                del open_source[left]
    return pairs


def _first_open(
    value: Value,
    worth: tuple[Worth, ...],
    target: Sequence[Value],
    by_worth: dict[Worth, deque[int]],
    open_target: set[int],
    same_unit: bool,
) -> int | None:
    """Return the first value of the translation that is worth the same and not yet taken."""
    for one in worth:
        waiting = by_worth.get(one)
        while waiting and waiting[0] not in open_target:
            waiting.popleft()
        for candidate in islice(waiting or (), _MOST_CANDIDATES):
            if candidate in open_target and (not same_unit or _same_unit(value, target[candidate])):
                return candidate
    return None


def _by_worth(target: Sequence[Value], open_target: set[int], own_only: bool) -> dict[Worth, deque[int]]:
    by_worth: dict[Worth, deque[int]] = defaultdict(deque)
    for index in sorted(open_target, key=lambda index: (is_loose(target[index]), index)):
        if own_only and target[index].quantity.form == "vague":
            continue
        for worth in target[index].quantity.values[:1] if own_only else readings(target[index]):
            by_worth[worth].append(index)
    return by_worth


def _same_unit(left: Value, right: Value) -> bool:
    return not left.units.isdisjoint(right.units) if left.units else not right.units


def _unknown_to(others: Sequence[Value], rest: list[Value], values: list[Value]) -> list[Value]:
    """Keep the values that the other text has in no form, whole or (where left over there) in parts."""
    whole = {worth for other in others for worth in readings(other)}
    in_parts = {worth for other in rest for part in other.quantity.parts for worth in part.values}
    return [value for value in values if _is_unknown(value.quantity, whole, in_parts)]


def _is_unknown(quantity: Quantity, whole: set[Worth], in_parts: set[Worth]) -> bool:
    return (
        quantity.form not in LOOSE
        and whole.isdisjoint(quantity.values)
        and not (quantity.parts and all(not whole.isdisjoint(part.values) for part in quantity.parts))
        and in_parts.isdisjoint(quantity.values)
    )


def _approximate(rest: list[Value]) -> list[Value]:
    """Return what is left of *une vingtaine* and its like, which a number in words may have replaced."""
    return [value for value in rest if value.quantity.form == "vague" and value.quantity.values[0] in _ROUGH]


def _both_left(rest_source: list[Value], rest_target: list[Value]) -> list[tuple[Value, Value]]:
    """Pair what one text has more often than the other with what the other has: `5 … 5 … 8` and `5 … 8 … 8`.

    A scale without a number (*des millions*) counts here as well.
    """
    left = [value for value in rest_source if value.quantity.form != "vague"]
    right = [value for value in rest_target if value.quantity.form != "vague"]
    if len(left) != 1 or len(right) != 1 or left[0].quantity.form != right[0].quantity.form:
        return []
    in_parts = {worth for value in (left[0], right[0]) for part in value.quantity.parts for worth in part.values}
    alike = left[0].kind == right[0].kind or left[0].quantity.form == "scale"
    return [(left[0], right[0])] if alike and in_parts.isdisjoint(left[0].quantity.values) else []


def _unconverted(
    missing: list[Value], added: list[Value], source: Sequence[Value], target: Sequence[Value]
) -> tuple[list[Value], list[Value]]:
    """Drop what only stands in another unit: `30 m` for `100 ft`, or `783 km² (300 sq mi)` beside it.

    What is missing in one unit and added in the same has been altered, whatever stands beside it.
    """
    here, there = _sizes_by_kind(source), _sizes_by_kind(target)
    altered = _measured_in(missing) & _measured_in(added)
    return (
        [value for value in missing if value.units & altered or not _is_converted(value, there)],
        [value for value in added if value.units & altered or not _is_converted(value, here)],
    )


def _measured_in(values: Iterable[Value]) -> frozenset[str]:
    return frozenset(unit for value in values if value.kind == "measure" for unit in value.units & sizes().keys())


def _sizes_by_kind(values: Sequence[Value]) -> dict[str, list[tuple[float, str]]]:
    """Return the sizes of all measures in the base unit of their kind with their own units, each kind's in order."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for value in values:
        for kind, unit, size in _in_base_units(value):
            found[kind].append((float(size), unit))
    return {kind: sorted(each) for kind, each in found.items()}


def _is_converted(value: Value, others: dict[str, list[tuple[float, str]]]) -> bool:
    for kind, unit, size in _in_base_units(value):
        known, near = others.get(kind, []), abs(float(size)) * _CONVERTED
        first = bisect_left(known, (float(size) - near, ""))
        for other_size, other_unit in islice(known, first, first + _MOST_CANDIDATES):
            if other_size <= float(size) + near and other_unit != unit:
                return True
    return False


def _in_base_units(value: Value) -> Iterator[tuple[str, str, Fraction]]:
    worth = value.quantity.values[0]
    if value.kind != "measure" or is_loose(value):
        return
    for unit in value.units & sizes().keys():
        kind, size = sizes()[unit]
        if isinstance(worth, Fraction):
            yield kind, unit, (worth - 32) * 5 / 9 if unit == "fahrenheit" else worth * size


def _unscaled(
    missing: list[Value], added: list[Value], matched: Sequence[tuple[Value, Value]]
) -> tuple[list[Value], list[Value]]:
    """Drop what leaves its scale to a neighbour: `40 billion … 24 more` for « 40 milliards … 24 milliards »."""
    scales = {scale for scale in _SCALES if any(_has_scale(left, scale) for left, _ in matched)}
    gone: set[Value] = set()
    for shorter, longer in ((missing, added), (added, missing)):
        by_worth = {value.quantity.values[0]: value for value in longer}
        for value in shorter:
            worth = value.quantity.values[0]
            if isinstance(worth, Fraction) and worth < 1000:
                full = next((by_worth[worth * scale] for scale in scales if worth * scale in by_worth), None)
                gone |= {value, full} if full else set()
    return [value for value in missing if value not in gone], [value for value in added if value not in gone]


def _has_scale(value: Value, scale: int) -> bool:
    worth = value.quantity.values[0]
    return isinstance(worth, Fraction) and scale <= worth < scale * 1000


def _pair_off(missing: Iterable[Value], added: Iterable[Value]) -> list[tuple[Value, Value]]:
    """Take what is missing and what is added for one another, in order: of one kind and form first."""
    alike: dict[tuple[str, ...], deque[Value]] = defaultdict(deque)
    for right in added:
        alike[_likeness(right)].append(right)
    pairs, unpaired = [], []
    for left in missing:
        if alike[_likeness(left)]:
            pairs.append((left, alike[_likeness(left)].popleft()))
        else:
            unpaired.append(left)
    waiting: dict[Form, deque[Value]] = defaultdict(deque)
    for right in sorted((right for rest in alike.values() for right in rest), key=lambda right: right.start):
        waiting[right.quantity.form].append(right)
    for left in unpaired:
        form = left.quantity.form
        forms: tuple[Form, ...] = ("ordinal", "words") if form == "ordinal" else (form, "digits", "words", "code")
        if found := next((form for form in forms if waiting[form]), None):
            pairs.append((left, waiting[found].popleft()))
    return pairs


def _likeness(value: Value) -> tuple[str, ...]:
    """Return what two values have in common that most likely stand for one another."""
    return (value.kind, value.quantity.form, min(value.units, default=""))


def _is_misread(left: Value, right: Value) -> bool:
    """Tell whether two numbers in digits agree only if the target's mark is read as the French would."""
    own, meant = right.quantity.values[0], left.quantity.values[0]
    if left.quantity.form != "digits" or right.quantity.form != "digits":
        return False
    if not isinstance(own, Fraction) or own in left.quantity.values:
        return False
    return isinstance(meant, Fraction) and meant in {own * 1000, own / 1000}
