"""Two names that stand each in the other's place: *Perry accuses Graham* for « Graham accuse Perry ».

Lists may be put in another order and a passive turns a sentence round, so that the order alone says little. What tells
is the company that names keep, as for values (`pipeline.check.value_swaps`), the small words just before them (*par*
and *by*), and how far each would have moved.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from pipeline.check.base import SegmentPair
from pipeline.check.name_search import places_of, read
from pipeline.check.name_signs import neighbourhood
from pipeline.facts.base import Fact
from pipeline.facts.lexicon import places_of_stems, strength
from pipeline.facts.number_words import words
from pipeline.records import Span

Placed = tuple[Fact, Span]
MOST = 10
"""Names of one sentence that are looked at."""
WINDOW = 6
"""Words on either side of a name that count as its company."""


def find_exchange(pair: SegmentPair, names: tuple[Fact, ...]) -> tuple[Placed, Placed] | None:
    """Return the two names of a sentence that most likely have changed places, if any have."""
    scored = [
        (sum(sign * weight for sign, weight in zip(signs, WEIGHTS, strict=True)), first, second)
        for first, second, signs in signs_of_exchanges(pair, names)
    ]
    best = max(scored, key=lambda item: item[0], default=None)
    return (best[1], best[2]) if best and best[0] > EXCHANGED else None


def signs_of_exchanges(
    pair: SegmentPair, names: tuple[Fact, ...]
) -> Iterator[tuple[Placed, Placed, tuple[float, ...]]]:
    """Yield every two names of one kind that stand once in each text, with what speaks for an exchange."""
    often = Counter(name.value for name in names)
    placed: list[Placed] = []
    text = read(pair.target)
    for name in names[:MOST]:
        places = places_of(name, text, pair.target_lang) if often[name.value] == 1 else []
        if len(places) == 1:
            placed.append((name, places[0]))
    for first, second in combinations(placed, 2):
        if first[0].kind == second[0].kind and not _overlap(first[1], second[1]):
            yield first, second, _signs(pair, first, second)


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _signs(pair: SegmentPair, first: Placed, second: Placed) -> tuple[float, ...]:
    (one, here), (two, there) = first, second
    left, right = Span(one.start, one.end), Span(two.start, two.end)
    source, target = len(pair.source), len(pair.target)
    kept = abs(left.start / source - here.start / target) + abs(right.start / source - there.start / target)
    moved = abs(left.start / source - there.start / target) + abs(right.start / source - here.start / target)
    straight = _company(pair, left, here) + _company(pair, right, there)
    across = _company(pair, left, there) + _company(pair, right, here)
    near = neighbourhood(pair, left, there) + neighbourhood(pair, right, here)
    near -= neighbourhood(pair, left, here) + neighbourhood(pair, right, there)
    crossed = here.start > there.start
    listed = _is_list(pair.source[left.end : right.start])
    return (
        1.0,
        float(crossed),
        kept - moved,
        (across - straight) / (across + straight + UNSURE),
        across - straight,
        near,
        float(listed),
        float(crossed and listed),
        _roles(pair, left, there) + _roles(pair, right, here) - _roles(pair, left, here) - _roles(pair, right, there),
        float(one.kind == "place"),
        float(crossed and one.kind == "place"),
    )


UNSURE = 0.3
_LIST = re.compile(
    r"[\s,]*(?:et|ou|puis|et de|et à|et en|and)?\s*(?:le|la|les|l['’]|à|de|d['’]|en|du)?\s*", re.IGNORECASE
)


def _is_list(between: str) -> bool:
    """Tell whether two names only stand side by side."""
    return len(between) < LONGEST_LINK and _LIST.fullmatch(between) is not None


LONGEST_LINK = 12
_ROLES = tuple(
    words(row)
    for row in (
        "par by por von vom durch da dal dalla door",
        "à au aux en dans in at to a nach zu zum im ins nel nella bei",
        "de du des d of from del von aus di della dei da do dos van s",
        "contre against contra gegen contro tegen",
        "avec with con mit com amb met",
        "selon according secondo según laut nach zufolge segundo segons volgens",
        "pour for para für per voor",
        "et and y e und i en",
        "entre between zwischen tra fra tussen",
    )
)
"""Small words that say the same, in French and in other languages."""
_SMALL = frozenset().union(*_ROLES)


def _roles(pair: SegmentPair, source: Span, target: Span) -> float:
    """Return 1 where the small words just before two names say the same, −1 where they differ, 0 if either has none."""
    french, other = _word_before(pair.source, source.start), _word_before(pair.target, target.start)
    if french not in _SMALL and other not in _SMALL:
        return 0.0
    return 1.0 if any(french in row and other in row for row in _ROLES) else -1.0


def _word_before(text: str, start: int) -> str:
    before = re.findall(r"[^\W\d_]+", text[max(0, start - 16) : start])
    return before[-1].lower() if before else ""


def _company(pair: SegmentPair, source: Span, target: Span) -> float:
    """Return how well the words around a name of the French stand for those around one of the translation."""
    there = _around(pair.target, target)
    return sum(
        near * max((strength(stem, other, pair.target_lang) * nearness for other, nearness in there), default=0.0)
        for stem, near in _around(pair.source, source)
    )


@lru_cache(maxsize=1024)
def _around(text: str, span: Span) -> tuple[tuple[str, float], ...]:
    places = places_of_stems(text)
    before = [stem for stem, _, end in places if end <= span.start][-WINDOW:]
    after = [stem for stem, start, _ in places if start >= span.end][:WINDOW]
    near = [(stem, 1 / (1 + distance)) for distance, stem in enumerate(after)]
    return tuple(near + [(stem, 1 / (1 + distance)) for distance, stem in enumerate(reversed(before))])


WEIGHTS = (-0.45, 2.85, 1.41, 0.6, 0.71, 0.25, 0.43, 0.78, 0.98, -0.43, 0.9)
"""In the order of the signs."""
EXCHANGED = 2.8
"""0.25 % of human translations pass."""
