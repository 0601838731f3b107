"""Values in each other's place: `17 people, aged 58` for « 58 personnes, âgées de 17 ans ».

Two values that stand in both texts may still have changed places. What tells is the company they keep: the words
around each, compared through a small learnt lexicon (`pipeline.facts.lexicon`), the units, and the order, which
translation mostly keeps. None of them is certain; their weights were fitted on news (see `docs/quality.md`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.facts.lexicon import places_of_stems, strength
from pipeline.facts.number_words import words
from pipeline.facts.values import Value

Pair = tuple[Value, Value]
WINDOW = 6
"""Words on either side of a value that count as its company."""
BEFORE = 0.6
"""Weight of the words before a value: what it counts mostly stands behind it."""
GRAMMAR = words(
    "les des une que qui dans pour par sur avec est son ses aux cette plus pas ont ete etait mais leur leurs sont "
    "ces and the for with that von der die und das los las del con que per che cet dont tout tous elle ils nous "
    "vous fait apres alors ainsi comme meme autre entre sans sous donc selon cela"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign says for a swap.

    Attributes:
        company: The words around fit better the other way round.
        units: The units do.
        crossed: The order is not that of the French.
        kept: It is.
    """

    company: float
    units: float
    crossed: float
    kept: float


WEIGHTS = Weights(company=3.0, units=1.0, crossed=0.2, kept=-1.0)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a swap of two values, each from minus to plus."""

    company: float
    units: float
    crossed: bool

    def score(self, weights: Weights = WEIGHTS) -> float:
        """Return the evidence; above 0 the values are taken to be swapped."""
        order = weights.crossed if self.crossed else weights.kept
        return weights.company * self.company + weights.units * self.units + order


def find_swaps(
    source: str, target: str, target_lang: str, matched: Sequence[Pair], everything: Sequence[Sequence[Value]]
) -> Iterator[tuple[Pair, Pair]]:
    """Yield pairs of matched values that stand in each other's place, each value once.

    Args:
        source: The French.
        target: Its translation.
        target_lang: The translation's language.
        matched: Values of the French with the equal ones of the translation.
        everything: All values of the French, and all of the translation.
    """
    taken: set[Value] = set()
    scored = [
        (signs.score(), first, second)
        for first, second, signs in signs_of_swaps(source, target, target_lang, matched, everything)
    ]
    for score, first, second in sorted(scored, key=lambda item: -item[0]):
        if score > 0 and taken.isdisjoint((first[0], second[0])):
            taken |= {first[0], second[0]}
            yield first, second


def signs_of_swaps(
    source: str, target: str, target_lang: str, matched: Sequence[Pair], everything: Sequence[Sequence[Value]]
) -> Iterator[tuple[Pair, Pair, Signs]]:
    """Yield the signs for each two values in digits that stand once in each text."""
    once = [
        pair for pair in matched if all(_stands_once(value, all_) for value, all_ in zip(pair, everything, strict=True))
    ]
    for index, first in enumerate(once[:MOST]):
        for second in once[index + 1 : MOST]:
            straight = _likeness(source, first[0], target, first[1], target_lang) + _likeness(
                source, second[0], target, second[1], target_lang
            )
            across = _likeness(source, first[0], target, second[1], target_lang) + _likeness(
                source, second[0], target, first[1], target_lang
            )
            units = (
                _unit_likeness(first[0], second[1])
                + _unit_likeness(second[0], first[1])
                - _unit_likeness(first[0], first[1])
                - _unit_likeness(second[0], second[1])
            )
            crossed = (first[0].start < second[0].start) != (first[1].start < second[1].start)
            company = (across - straight) / (across + straight + UNSURE)
            yield first, second, Signs(company, units, crossed)


UNSURE = 0.3
"""Likeness that tells nothing yet; keeps the company of two unknown words from counting."""
MOST = 12
"""Values of one sentence that are looked at: a table of figures is no sentence."""


def _stands_once(value: Value, everything: Sequence[Value]) -> bool:
    if value.quantity.form not in {"digits", "words"}:
        return False
    return sum(value.quantity.values[0] == other.quantity.values[0] for other in everything) == 1


def _unit_likeness(left: Value, right: Value) -> float:
    if left.units and right.units:
        return 0.5 if left.units & right.units else -1.0
    if left.units or right.units:
        return -0.5
    return 0.25 if left.kind == right.kind else 0.0


def _likeness(source: str, left: Value, target: str, right: Value, lang: str) -> float:
    """Return how well the words around a value of the French stand for those around one of the translation."""
    here, there = _company(source, left.start, left.end), _company(target, right.start, right.end)
    total = 0.0
    for stem, nearness in here:
        if stem not in GRAMMAR:
            total += nearness * max((strength(stem, other, lang) * near for other, near in there), default=0.0)
    return total


@lru_cache(maxsize=1024)
def _company(text: str, start: int, end: int) -> tuple[tuple[str, float], ...]:
    """Return the stems around a place with how near each is, from 1 down."""
    places = places_of_stems(text)
    before = [stem for stem, _, last in places if last <= start and stem not in GRAMMAR][-WINDOW:]
    after = [stem for stem, first, _ in places if first >= end and stem not in GRAMMAR][:WINDOW]
    near = [(stem, 1 / (1 + distance)) for distance, stem in enumerate(after)]
    return tuple(near + [(stem, BEFORE / (1 + distance)) for distance, stem in enumerate(reversed(before))])
