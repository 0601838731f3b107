"""Numbers by value: every quantity of the French must stand in the translation, and no other.

Amounts, dates and measures have checks of their own; in a language whose units are not known, this one has them all.
"""

from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, in_every_language
from pipeline.check.value_defects import count_values, find_value_defects


def _find(pair: SegmentPair) -> Iterator[Defect]:
    return find_value_defects(pair, "numbers")


def _count(pair: SegmentPair) -> int:
    return count_values(pair, "numbers")


NUMBERS = Check("numbers", _find, _count, "items", in_every_language)
