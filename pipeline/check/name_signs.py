"""What speaks for one name having been put in the place of another, and for two names having changed places.

Translators drop names, add them and put them in other places, and every German noun looks like a name. So no single
sign is proof: each is a number, and their weights were fitted by logistic regression to human translations and damaged
ones (newstest 2008–2012, first half, four languages; see `docs/quality.md`).
"""

from bisect import bisect_left
from functools import lru_cache

from pipeline.check.base import SegmentPair
from pipeline.check.name_search import read
from pipeline.check.name_strangers import Stranger
from pipeline.facts.base import Fact
from pipeline.facts.lexicon import places_of_stems, strength
from pipeline.facts.names_fold import distance, fold, skeleton
from pipeline.facts.vocabulary import may_be_vocabulary
from pipeline.facts.word_patterns import any_of
from pipeline.facts.words import find_words
from pipeline.languages import base
from pipeline.records import Span

NEAR = 3
"""Words on either side of a name that are compared."""
CAPITAL_NOUNS = frozenset({"de"})
MOST_STEMS = 150
"""Stems of a text that are looked at: no sentence has more."""


def signs_of_replacement(pair: SegmentPair, name: Fact, stranger: Stranger, is_missing: bool) -> tuple[float, ...]:
    """Return what speaks for a stranger standing in a name's place, as numbers about between 0 and 1."""
    target = pair.target[stranger.start : stranger.end]
    here, there = Span(name.start, name.end), Span(stranger.start, stranger.end)
    moved = abs(name.start / len(pair.source) - stranger.start / len(pair.target))
    is_place = name.kind == "place"
    is_unsure_start = stranger.is_first and not (stranger.is_sure or stranger.is_place)
    capital_nouns = base(pair.target_lang) in CAPITAL_NOUNS
    return (
        1.0,
        float(stranger.is_sure),
        float(stranger.is_place),
        _translated(pair, target, across=False),
        _translated(pair, name.surface, across=True),
        moved,
        neighbourhood(pair, here, there),
        likeness(name, target),
        float(is_missing),
        float(is_place != stranger.is_place),
        float(is_unsure_start),
        float(is_unsure_start and name.start > OPENING),
        float(capital_nouns and not stranger.is_sure and not stranger.is_place),
        float(capital_nouns and stranger.is_sure and not stranger.is_place),
        float(capital_nouns and all(may_be_vocabulary(word, base(pair.target_lang)) for word in read(target).every)),
        float(_has_article(pair.target, stranger)),
        float(capital_nouns and _has_article(pair.target, stranger)),
        float(" " in target and " " in name.surface),
        float(" " in name.value),
    )


_ARTICLE = any_of(
    "the a an this that these those his her its their our my your some any no every each "
    "der die das den dem des ein eine einen einem einer eines kein* sein* ihr* unser* dies* jed* jen* all* viele* "
    "im am zum zur beim vom ins ans el la los las un una unos unas del al su sus este esta estos estas "
    "il lo i gli le uno della dello dei degli delle dal dalla nel nella alla allo ai alle sul sulla suo sua suoi "
    "o os as um uma uns umas do da dos das no na nos nas ao seu sua het de een zijn haar hun els les l'"
)
"""Articles and what stands in their place, in any language: names mostly have none before them."""


def _has_article(target: str, stranger: Stranger) -> bool:
    before = target[max(0, stranger.start - LOOK_BACK) : stranger.start].split()
    return bool(before) and _ARTICLE.fullmatch(before[-1]) is not None


LOOK_BACK = 16
WEIGHTS = (
    -1.20,
    2.44,
    1.03,
    -2.87,
    -3.26,
    -2.71,
    0.48,
    -3.28,
    0.6,
    -3.13,
    -0.36,
    -1.02,
    -1.13,
    -0.12,
    -1.37,
    -0.92,
    -0.19,
    0.95,
    0.62,
)
"""In the order of the signs; 0.8 % of human translations come out above 0."""


def odds_of_replacement(signs: tuple[float, ...]) -> float:
    """Return the evidence that a stranger stands in a name's place; above 0 it is taken to."""
    return sum(sign * weight for sign, weight in zip(signs, WEIGHTS, strict=True))


OPENING = 20
"""Characters of the French among which a name is at its beginning."""


def likeness(name: Fact, surface: str) -> float:
    """Return how alike a name and another are to the ear, from 0 to 1: the best of their words."""
    others = [skeleton(fold(word.text)) for word in find_words(surface)[:MOST_NAME_WORDS]]
    return max(
        (
            1 - distance(word, other, len(word)) / max(len(word), len(other), 1)
            for word in map(skeleton, name.value.split()[:MOST_NAME_WORDS])
            for other in others
            if word[:1] == other[:1]
        ),
        default=0.0,
    )


MOST_NAME_WORDS = 5


def neighbourhood(pair: SegmentPair, source: Span, target: Span) -> float:
    """Return how well the words beside a name of the French are found beside one of the translation."""
    french, translated = _beside(pair.source, source), _beside(pair.target, target)
    return sum(max((strength(stem, other, pair.target_lang) for other in translated), default=0.0) for stem in french)


def _translated(pair: SegmentPair, surface: str, *, across: bool) -> float:
    """Return how well the lexicon explains words by those of the other text, on the average."""
    own = [stem for stem, _, _ in places_of_stems(surface)[:MOST_NAME_WORDS]]
    other = _stems(pair.target if across else pair.source)
    if across:
        best = [max((strength(stem, one, pair.target_lang) for one in other), default=0.0) for stem in own]
    else:
        best = [max((strength(one, stem, pair.target_lang) for one in other), default=0.0) for stem in own]
    return sum(best) / len(best) if best else 0.0


@lru_cache(maxsize=256)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem for stem, _, _ in places_of_stems(text)[:MOST_STEMS]))


def _beside(text: str, span: Span) -> list[str]:
    places = places_of_stems(text)
    before = bisect_left(places, span.start + 1, key=lambda place: place[2])
    after = bisect_left(places, span.end, key=lambda place: place[1])
    return [stem for stem, _, _ in (*places[max(0, before - NEAR) : before], *places[after : after + NEAR])]
