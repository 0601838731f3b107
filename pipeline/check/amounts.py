"""Amounts of money: the same sum in the same currency, however both are written."""

from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair
from pipeline.check.value_defects import count_values, find_value_defects, values_are_known


def _find(pair: SegmentPair) -> Iterator[Defect]:
    return find_value_defects(pair, "amounts")


def _count(pair: SegmentPair) -> int:
    return count_values(pair, "amounts")


AMOUNTS = Check("amounts and currencies", _find, _count, "items", values_are_known)
