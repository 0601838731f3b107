"""Which dates of a text stand in its translation: day with month and year, month by month, weekday by weekday."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.facts.calendar import CalendarDate, Weekday


@dataclass(frozen=True, slots=True)
class DateComparison:
    """What differs between the dates of two texts.

    Attributes:
        matched: Dates that agree as far as both are said.
        altered: A date of the French and the other one that stands in its place.
        missing: Dates of the French whose month the translation does not name.
        added: Dates of the translation whose month the French does not name.
    """

    matched: tuple[tuple[CalendarDate, CalendarDate], ...]
    altered: tuple[tuple[CalendarDate, CalendarDate], ...]
    missing: tuple[CalendarDate, ...]
    added: tuple[CalendarDate, ...]


def compare_dates(source: Sequence[CalendarDate], target: Sequence[CalendarDate]) -> DateComparison:
    """Match dates, the fullest agreement first, and pair off those that share something but not all."""
    matched, left, right = _best(source, target, _agreement)
    altered, left, right = _best(left, right, _likeness)
    source_months = {date.month for date in source}
    target_months = {month for date in target for _, month in date.readings}
    return DateComparison(
        tuple(matched),
        tuple(altered),
        tuple(date for date in left if date.month not in target_months),
        tuple(date for date in right if date.month not in source_months),
    )


def compare_weekdays(source: Sequence[Weekday], target: Sequence[Weekday]) -> list[tuple[Weekday, Weekday]]:
    """Pair the weekdays that stand in one text alone with those that stand in the other alone, in order."""
    here, there = {day.number for day in source}, {day.number for day in target}
    lost = [day for day in source if day.number not in there]
    new = [day for day in target if day.number not in here]
    return list(zip(lost, new, strict=False))


def _best(
    source: Sequence[CalendarDate], target: Sequence[CalendarDate], rate: Callable[[CalendarDate, CalendarDate], int]
) -> tuple[list[tuple[CalendarDate, CalendarDate]], list[CalendarDate], list[CalendarDate]]:
    """Pair dates, the best rated first; return the pairs and what is left on both sides."""
    rated = sorted(
        (
            (-rate(left, right), abs(row - column), row, column)
            for row, left in enumerate(source)
            for column, right in enumerate(target)
            if rate(left, right)
        ),
    )
    rows: dict[int, int] = {}
    for _, _, row, column in rated:
        if row not in rows and column not in rows.values():
            rows[row] = column
    return (
        [(source[row], target[column]) for row, column in sorted(rows.items())],
        [date for row, date in enumerate(source) if row not in rows],
        [date for column, date in enumerate(target) if column not in rows.values()],
    )


def _agreement(left: CalendarDate, right: CalendarDate) -> int:
    """Return how much two dates have in common, or 0 if they differ in something."""
    if left.year and right.year and left.year != right.year:
        return 0
    best = 0
    for day, month in right.readings:
        for own_day, own_month in left.readings:
            if month == own_month and not (day and own_day and day != own_day):
                best = max(best, 1 + 2 * (day is not None and day == own_day) + bool(left.year and right.year))
    return best


def _likeness(left: CalendarDate, right: CalendarDate) -> int:
    """Return how likely one date stands in the place of another: equally full, or with a part in common."""
    same_day = left.day is not None and left.day == right.day
    same_month = left.month == right.month
    same_year = left.year is not None and left.year == right.year
    as_full = (left.day is None) == (right.day is None)
    return 2 * same_day + 2 * same_month + same_year + as_full
