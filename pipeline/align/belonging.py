"""How ill two texts go together as a text and its translation: a cost from their lengths, anchors and meaning.

Lengths are judged after Gale and Church (1993), with the ratios that `pipeline.check.length` measured. Meaning is
compared where the encoder is installed and knows both languages; anchors alone must do elsewhere.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from pipeline.align.anchors import likeness
from pipeline.check.length import EXPECTED, OTHERS
from pipeline.facts.similarity import can_compare, encode, similarity
from pipeline.languages import base

WORST = 8.0
"""Cost of two texts that have nothing in common."""
SLOPE, TURN = 14.0, 0.42
"""Log-odds that two texts belong together rise by the one with their similarity, and are even at the other."""
ANCHOR_SLOPE, ANCHOR_TURN = 16.0, 0.12
"""Likewise for anchors, where meaning cannot be compared."""
JOINED = 2.4
"""Cost of taking two for one."""
LENGTH_WORST = 5.0
PARTS = 2
"""Sentences of a text whose meaning is looked at; the first ones of a paragraph tell it from others."""
_SPREAD = 1.6
"""Sentences vary more than `pipeline.check.length` says once they may be cut or joined."""


class Belonging:
    """Judges pairs of texts in two languages.

    Args:
        source_lang: BCP-47 tag.
        target_lang: BCP-47 tag.
    """

    def __init__(self, source_lang: str, target_lang: str) -> None:
        self.by_meaning = can_compare(source_lang, target_lang)
        self._ratio, deviation = EXPECTED.get(base(target_lang), OTHERS)
        self._deviation = deviation * _SPREAD

    def prepare(self, texts: Iterable[str]) -> None:
        """Do once for many texts what is cheaper together."""
        if self.by_meaning:
            encode(texts)

    def cost(self, source: Sequence[str], target: Sequence[str]) -> float:
        """Return 0 for a text and its perfect translation, at most `WORST`; each may be given in several parts."""
        whole_source, whole_target = " ".join(source), " ".join(target)
        anchored = ANCHOR_SLOPE * (likeness(whole_source, whole_target) - ANCHOR_TURN)
        odds = anchored
        if self.by_meaning:
            odds = SLOPE * (_similarity(source[:PARTS], target[:PARTS]) - TURN) + max(anchored, 0.0)
        unlike = math.log1p(math.exp(-max(min(odds, 30.0), -30.0)))
        return min(unlike + self._length_cost(whole_source, whole_target), WORST)

    def cost_of_joining(self, source: Sequence[str], target: Sequence[str]) -> float:
        """Return what two sentences for one cost: more if either alone would do as well as both."""
        cost = self.cost(source, target) + JOINED
        if not self.by_meaning:
            return cost
        alone = max(similarity(one, other) for one in source for other in target)
        return cost + SLOPE * max(0.0, alone - _similarity(source, target))

    def _length_cost(self, source: str, target: str) -> float:
        french = max(len(source), 1)
        distance = abs(len(target) - self._ratio * french) / (self._deviation * math.sqrt(french))
        chance = math.erfc(distance / math.sqrt(2))
        return min(-math.log(chance), LENGTH_WORST) if chance > 0 else LENGTH_WORST


def _similarity(source: Sequence[str], target: Sequence[str]) -> float:
    """Compare two texts by the sums of their sentences' vectors, so that only sentences need be encoded."""
    across = sum(similarity(one, other) for one in source for other in target)
    return across / math.sqrt(_squared_norm(source) * _squared_norm(target))


def _squared_norm(parts: Sequence[str]) -> float:
    return len(parts) + 2 * sum(similarity(one, other) for one, other in combinations(parts, 2))
