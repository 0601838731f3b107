"""Measures and percentages: the same value of the same unit, or converted into another one of its kind."""

from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair
from pipeline.check.value_defects import count_values, find_value_defects, values_are_known


def _find(pair: SegmentPair) -> Iterator[Defect]:
    return find_value_defects(pair, "measures")


def _count(pair: SegmentPair) -> int:
    return count_values(pair, "measures")


MEASURES = Check("measures and percentages", _find, _count, "items", values_are_known)
