"""What differs between the values of a segment and of its translation, as defects, each for one check alone.

Numbers, amounts, dates and measures are compared together, because one may stand in the place of another, and a
value that one check reports is not reported by the next.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from pipeline.check.base import Defect, SegmentPair, hide_placeables
from pipeline.check.date_comparison import compare_dates, compare_weekdays
from pipeline.check.value_comparison import Comparison, compare_values, is_loose
from pipeline.check.value_swaps import find_swaps
from pipeline.facts.base import FactKind
from pipeline.facts.calendar import CalendarDate
from pipeline.facts.quantities import number_words
from pipeline.facts.units import unit_lexicon
from pipeline.facts.values import TextValues, Value, read_values
from pipeline.records import Severity, Span

CHECK_OF: dict[FactKind, str] = {
    "number": "numbers",
    "amount": "amounts",
    "measure": "measures",
    "percentage": "measures",
    "date": "dates",
    "time": "dates",
}
"""The check that reports a value of each kind."""
_IN_BRACKETS = re.compile(r"\d[^()\d]{1,40}\([^()\d,]{0,16}$")
_RELATIVE_YEAR = re.compile(
    r"\b(?:cette année|année (?:dernière|prochaine|précédente|suivante)|an (?:dernier|prochain)|l['’]année|actuel\w*|"
    r"(?:this|last|next|previous|following) year|year earlier|year-end|end-year|este año|año (?:pasado|próximo)|"
    r"próximo año|anterior|quest['’]anno|(?:scorso|prossimo) anno|l['’]anno (?:scorso|prossimo)|attuale|"
    r"(?:diese[sn]?|letzte[sn]?|vergangene[sn]|vorige[sn]|nächste[sn]?|kommende[sn]?) Jahr\w*|Vorjahr\w*|heuer)\b",
    re.IGNORECASE,
)
"""What may stand for a year: *last year*."""
_LIST_NUMBER = re.compile(r"\d{1,2}[.)]\s")
SMALL = 12
"""Up to here numbers are usually written in words, which are not known in every language."""


@dataclass(frozen=True, slots=True)
class ValueDefect:
    """A difference.

    Attributes:
        check: Key of `pipeline.check.CHECKS`.
        source: Place in the French, or None.
        target: Place in the translation, or None.
        swapped_with: For two values in each other's place, where the second stands in both texts.
    """

    check: str
    severity: Severity
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    swapped_with: tuple[tuple[int, int], tuple[int, int]] | None = None


def find_value_defects(pair: SegmentPair, check: str) -> Iterator[Defect]:
    """Yield what one check has to say of a pair."""
    for defect in _compare(_source_text(pair), _target_text(pair), pair.settings.source_lang, pair.target_lang):
        if defect.check == check:
            yield Defect(
                defect.severity,
                _message(pair, defect),
                Span(*defect.source) if defect.source else None,
                Span(*defect.target) if defect.target else None,
            )


def count_values(pair: SegmentPair, check: str) -> int:
    """Count the values of the French that a check looks for."""
    read = read_values(_source_text(pair), pair.settings.source_lang)
    values = [value for value in _looked_for(read, pair.target_lang) if _check(value, pair.target_lang) == check]
    if check != "dates":
        return len(values)
    bare = [value for value in values if not _is_part(value, read.dates)]
    return len(bare) + len(read.dates) + len(read.weekdays)


def values_are_known(lang: str) -> bool:
    """Tell whether units, currencies and months are known in a language."""
    return unit_lexicon(lang) is not None


def _source_text(pair: SegmentPair) -> str:
    return hide_placeables(pair.source, pair.masked)


def _target_text(pair: SegmentPair) -> str:
    return hide_placeables(pair.target, pair.masked)


@lru_cache(maxsize=256)
def _compare(source: str, target: str, source_lang: str, target_lang: str) -> tuple[ValueDefect, ...]:
    """Compare the values of two texts; every check of values asks for the same pair in turn."""
    here, there = read_values(source, source_lang), read_values(target, target_lang)
    defects: list[ValueDefect] = []
    told: set[Value] = set()
    if values_are_known(target_lang):
        defects += _of_dates(here, there, told)
    comparison = compare_values(
        [value for value in _readable(here, target_lang) if value not in told],
        [value for value in there.values if value not in told],
    )
    texts = _Texts(source, target, target_lang)
    defects += _of_altered(comparison, texts)
    defects += _of_matched(comparison, texts, (here.values, there.values))
    defects += _of_alone(comparison, texts)
    if not any(defect.check == "amounts" and defect.severity != "minor" for defect in defects):
        defects += _of_currencies(here.values, there.values, texts)
    return tuple(defects)


def _of_currencies(here: Iterable[Value], there: Iterable[Value], texts: "_Texts") -> Iterator[ValueDefect]:
    """Find a currency that the French alone has beside one that the translation alone has: *millions of pounds*."""
    ours = [value for value in here if value.kind == "amount"]
    theirs = [value for value in there if value.kind == "amount"]
    lost = [value for value in ours if all(value.units.isdisjoint(other.units) for other in theirs)]
    strange = [value for value in theirs if all(value.units.isdisjoint(other.units) for other in ours)]
    if lost and strange and not _is_equivalent(texts.target, strange[0]):
        yield _differs("amounts", "major", lost[0], strange[0])


@dataclass(frozen=True, slots=True)
class _Texts:
    source: str
    target: str
    target_lang: str

    @property
    def in_words(self) -> bool:
        """Whether the target's number words are known, so that a number that is not found is gone for certain."""
        return number_words(self.target_lang) is not None


def _of_altered(comparison: Comparison, texts: _Texts) -> Iterator[ValueDefect]:
    for left, right in comparison.altered:
        severity: Severity = "blocker" if left.quantity.form == "digits" and texts.in_words else "major"
        if _is_equivalent(texts.source, left) and _is_equivalent(texts.target, right) and _differ_in_unit(left, right):
            severity = "minor"
        yield _differs(_check(left, texts.target_lang), severity, left, right)
    for left, right in comparison.misread:
        yield _differs(_check(left, texts.target_lang), "major", left, right)


def _of_matched(
    comparison: Comparison, texts: _Texts, everything: tuple[tuple[Value, ...], tuple[Value, ...]]
) -> Iterator[ValueDefect]:
    """Look at equal numbers: another unit, no percent sign, or each in the other's place."""
    units_differ = {left for left, right in comparison.matched if _differ_in_unit(left, right)}
    for left, right in comparison.matched:
        if left in units_differ:
            yield _differs(_check(left, texts.target_lang), "blocker", left, right)
        elif left.kind == "percentage" and left.beside and not right.units and right.quantity.form == "digits":
            yield _differs("measures", "major", left, right)
    for first, second in find_swaps(texts.source, texts.target, texts.target_lang, comparison.matched, everything):
        if units_differ.isdisjoint((first[0], second[0])):
            places = ((second[0].start, second[0].end), (second[1].start, second[1].end))
            yield replace(_differs(_check(first[0], texts.target_lang), "major", *first), swapped_with=places)


def _of_alone(comparison: Comparison, texts: _Texts) -> Iterator[ValueDefect]:
    for left in comparison.missing:
        severity = _severity_of_missing(left, texts.in_words)
        if _is_equivalent(texts.source, left) or (_is_year(left) and _RELATIVE_YEAR.search(texts.target)):
            severity = "minor"
        yield ValueDefect(_check(left, texts.target_lang), severity, (left.start, left.end), None)
    for right in comparison.added:
        is_list_number = right.quantity.start < 3 and _LIST_NUMBER.match(texts.target, 0, right.end + 2)
        is_relative = _is_year(right) and _RELATIVE_YEAR.search(texts.source)
        severity = "major" if right.quantity.form == "digits" else "minor"
        if is_list_number or is_relative or _is_equivalent(texts.target, right):
            severity = "minor"
        yield ValueDefect(_check(right, texts.target_lang), severity, None, (right.start, right.end))


def _of_dates(here: TextValues, there: TextValues, told: set[Value]) -> Iterator[ValueDefect]:
    """Compare dates; the numbers of those that are settled go into `told`."""
    dates = compare_dates(here.dates, there.dates)
    for left, right in dates.matched:
        told |= _settled(here.values, left, there.values, right)
    for left, right in dates.altered:
        told.update(_parts(here.values, left), _parts(there.values, right))
        yield ValueDefect("dates", "blocker", (left.start, left.end), (right.start, right.end))
    for left in dates.missing:
        yield ValueDefect("dates", "minor", (left.start, left.end), None)
    for right in dates.added:
        yield ValueDefect("dates", "minor", None, (right.start, right.end))
    for day, other in compare_weekdays(here.weekdays, there.weekdays):
        yield ValueDefect("dates", "major", (day.start, day.end), (other.start, other.end))


def _differ_in_unit(left: Value, right: Value) -> bool:
    if not left.units or not right.units or is_loose(left) != is_loose(right):
        return False
    return left.units.isdisjoint(right.units)


def _is_equivalent(text: str, value: Value) -> bool:
    """Tell whether an amount is only another one's equivalent in brackets, which translators add, drop and localise."""
    return value.kind == "amount" and _IN_BRACKETS.search(text, max(0, value.start - 64), value.start) is not None


def _is_year(value: Value) -> bool:
    worth = value.quantity.values[0]
    return value.kind == "date" and isinstance(worth, Fraction) and worth > 1900


def _parts(values: Iterable[Value], date: CalendarDate) -> list[Value]:
    """Return the numbers that a date is made of."""
    return [value for value in values if _is_part(value, (date,))]


def _is_part(value: Value, dates: Iterable[CalendarDate]) -> bool:
    start, end = value.quantity.start, value.quantity.end
    return any(first <= start and end <= last for date in dates for first, last in date.parts)


def _settled(here: Iterable[Value], left: CalendarDate, there: Iterable[Value], right: CalendarDate) -> set[Value]:
    """Return the numbers that two agreeing dates have in common: the rest may stand elsewhere."""
    ours, theirs = _parts(here, left), _parts(there, right)
    common = {worth for value in ours for worth in value.quantity.values} & {
        worth for value in theirs for worth in value.quantity.values
    }
    if left.month == right.month:
        common |= {Fraction(left.month)}  # a word in French, a figure in Chinese
    return {value for value in (*ours, *theirs) if not common.isdisjoint(value.quantity.values)}


def _check(value: Value, target_lang: str) -> str:
    return CHECK_OF[value.kind] if values_are_known(target_lang) else "numbers"


def _differs(check: str, severity: Severity, left: Value, right: Value) -> ValueDefect:
    return ValueDefect(check, severity, (left.start, left.end), (right.start, right.end))


def _severity_of_missing(value: Value, in_words: bool) -> Severity:
    """A number in digits may be gone for certain only where it would be known in words as well."""
    if value.quantity.form != "digits":
        return "minor"
    if in_words:
        return "blocker"
    small = all(isinstance(worth, Fraction) and worth <= SMALL for worth in value.quantity.values)
    return "minor" if small else "major"


def _readable(read: TextValues, target_lang: str) -> list[Value]:
    """Return what can be looked for: digits alone where the target's number words are not known."""
    if number_words(target_lang) is not None:
        return list(read.values)
    return [value for value in read.values if value.quantity.form in {"digits", "code"}]


def _looked_for(read: TextValues, target_lang: str) -> list[Value]:
    return [value for value in _readable(read, target_lang) if not is_loose(value)]


def _message(pair: SegmentPair, defect: ValueDefect) -> str:
    french = pair.source[slice(*defect.source)] if defect.source else ""
    other = pair.target[slice(*defect.target)] if defect.target else ""
    if defect.swapped_with:
        second = pair.source[slice(*defect.swapped_with[0])]
        return f"{french} and {second} have changed places: {pair.language} says {other} where French says {second}."
    if french and other:
        return f"French says {french}; {pair.language} says {other}."
    if french:
        return f"French says {french}; {pair.language} does not."
    return f"{pair.language} says {other}; French does not."
