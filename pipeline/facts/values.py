"""The values of a text, each with what it counts: the numbers, made amounts, measures, percentages, dates and times.

`find_quantities` says where numbers stand and what they may be worth; this module puts to each the unit beside it,
and tells the parts of dates from numbers. French and target texts are read in the same way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from pipeline.facts.base import Fact, FactKind
from pipeline.facts.calendar import CalendarDate, Weekday, find_dates, find_weekdays
from pipeline.facts.currencies import likely_code
from pipeline.facts.qualifiers import qualifier
from pipeline.facts.quantities import find_quantities
from pipeline.facts.quantity import Quantity
from pipeline.facts.units import Units, is_currency, unit_lexicon

_S = "[ \u00a0\u2007\u2009\u202f]"
_SHARED = re.compile(
    rf"{_S}?(?:-|–|—|/|,|à|a|to|or|ou|o|et|and|y|e|i|bis|und|oder|at[eé]|fins a|hasta|en|of|tot|,{_S}and)"
    rf"(?:{_S}(?:à|de|le|les|las|los|los|the|di|los))?{_S}?[$€£]?"
)
_ROUGHLY = re.compile(rf"(?<=aine){_S}(?:de{_S}|d['’])")
"""What follows *une quarantaine*: an approximate number, and no mere word."""
_YEARS = (1000, 2100)
_RECENT = 1900
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:en|in|im|nel|del|dal|al|el|année|años?|year|anno|Jahre?|jaar|since|depuis|desde|dès|until|by|"
    rf"von|seit|fin|début|été|hiver|printemps|automne)){_S}$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(rf"{_S}[^\W\d_A-Z]{{4,}}")
NOTHING: Units = frozenset()


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity with what it counts.

    Attributes:
        kind: What kind of fact it is; a year, and any part of a date, is a `date`.
        units: What it may count; empty for a bare number.
        start: Where it starts, its unit included.
        end: Where it ends, its unit included.
        beside: Whether the unit stands at the number itself; otherwise it is shared: `de 500 à 15 000 USD`.
    """

    quantity: Quantity
    kind: FactKind
    units: Units
    start: int
    end: int
    beside: bool = True


@dataclass(frozen=True, slots=True)
class TextValues:
    """All values of one text, each tuple in the order of the text."""

    values: tuple[Value, ...]
    dates: tuple[CalendarDate, ...]
    weekdays: tuple[Weekday, ...]


@lru_cache(maxsize=2048)
def read_values(text: str, lang: str) -> TextValues:
    """Read every value of a text.

    The French of a segment is read once, however many languages it is compared with.
    """
    quantities = find_quantities(text, lang)
    dates = tuple(sorted(find_dates(text, lang), key=lambda date: (date.start, date.end)))
    parts = [span for date in dates for span in date.parts]
    values = [_with_unit(text, quantity, lang, parts) for quantity in quantities]
    return TextValues(_shared(text, values), dates, tuple(find_weekdays(text, lang)))


def find_value_facts(text: str, lang: str) -> tuple[Fact, ...]:
    """Return the ledger of a text's values: amounts, measures, percentages, dates, times and other numbers.

    Parts of dates are no facts of their own, and neither are words that need not be numbers (*un*, *double*).
    """
    read = read_values(text, lang)
    facts = [_date_fact(text, date) for date in read.dates]
    facts += [
        Fact("date", f"weekday {day.number + 1}", text[day.start : day.end], day.start, day.end)
        for day in read.weekdays
    ]
    covered = [(date.start, date.end) for date in read.dates]
    facts += [
        _fact(text, value)
        for value in read.values
        if (value.quantity.form not in {"vague", "scale"} or _ROUGHLY.match(text, value.quantity.end))
        and not any(start <= value.quantity.start and value.quantity.end <= end for start, end in covered)
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))


def _with_unit(text: str, quantity: Quantity, lang: str, parts: Sequence[tuple[int, int]]) -> Value:
    if any(start <= quantity.start and quantity.end <= end for start, end in parts):
        return Value(quantity, "date", NOTHING, quantity.start, quantity.end)
    lexicon = unit_lexicon(lang)
    found = lexicon.after(text, quantity.end) if lexicon else None
    ahead = lexicon.before(text, quantity.start) if lexicon else None
    units, start, end = NOTHING, quantity.start, quantity.end
    if quantity.form != "code":
        if found:
            units, end = found
        if ahead and not (found and is_currency(found[0])):
            units, start, end = ahead[0], ahead[1], quantity.end
        elif ahead and found and ahead[0] & found[0]:
            units, start = ahead[0] & found[0], ahead[1]
    return Value(quantity, _kind(text, quantity, units), units, start, end)


def _kind(text: str, quantity: Quantity, units: Units) -> FactKind:
    worth = quantity.values[0]
    if isinstance(worth, tuple):
        return "time"
    if units & {"percent", "permille", "percentage-point"}:
        return "percentage"
    if units:
        return "amount" if is_currency(units) else "measure"
    return "date" if isinstance(worth, Fraction) and _is_year(text, quantity, worth) else "number"


def _is_year(text: str, quantity: Quantity, worth: Fraction) -> bool:
    """Tell a year from a number: four plain digits that count no noun."""
    if not _YEARS[0] <= worth < _YEARS[1] or not text[quantity.start : quantity.end].isdigit():
        return False
    if _YEAR_BEFORE.search(text, max(0, quantity.start - 16), quantity.start):
        return True
    return worth >= _RECENT and not _NOUN_AFTER.match(text, quantity.end)


def _shared(text: str, values: list[Value]) -> tuple[Value, ...]:
    """Give `500` in `de 500 à 15 000 USD`, and `20` in `$10 or 20`, the unit of its neighbour."""
    for order in (range(len(values) - 2, -1, -1), range(1, len(values))):
        step = 1 if order.step < 0 else -1
        for index in order:
            value, neighbour = values[index], values[index + step]
            left, right = (value, neighbour) if step > 0 else (neighbour, value)
            may_share = value.kind == "number" and value.quantity.form != "code" and neighbour.units
            if step < 0 and neighbour.start == neighbour.quantity.start:
                continue
            if may_share and _SHARED.fullmatch(text, left.end, right.start):
                values[index] = replace(value, units=neighbour.units, kind=neighbour.kind, beside=False)
    return tuple(values)


def _date_fact(text: str, date: CalendarDate) -> Fact:
    return Fact("date", date.value, text[date.start : date.end], date.start, date.end)


def _fact(text: str, value: Value) -> Fact:
    surface = text[value.start : value.end]
    said_of = qualifier(text, value.start, value.end, value.units)
    return Fact(value.kind, _canonical(value), surface, value.start, value.end, said_of)


def _canonical(value: Value) -> str:
    worth = value.quantity.values[0]
    if isinstance(worth, tuple):
        return f"{worth[0]:02d}:{worth[1]:02d}"
    number = _decimal(worth) if isinstance(worth, Fraction) else worth
    if value.kind == "amount":
        return f"{likely_code(frozenset(filter(str.isupper, value.units)))} {number}"
    if value.kind == "percentage" and "percent" in value.units:
        return f"{number} %"
    return f"{number} {min(value.units)}" if value.units else number


def _decimal(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    short = number.limit_denominator(10**6)
    decimal = f"{float(number):.6f}".rstrip("0")
    return decimal if Fraction(decimal) == number else f"{short.numerator}/{short.denominator}"
