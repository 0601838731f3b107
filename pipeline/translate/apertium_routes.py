"""Ways from one language to another over Apertium's pairs, and the packages that open them.

Takes the pairs that are here and gives the languages to go through: the way that was measured to translate best, where
one was measured, otherwise the shortest.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from pipeline.languages import base
from pipeline.translate.apertium_modes import Pair
from pipeline.translate.base import Route

MAX_LEGS = 3
"""Translations in a row; after that, little of the text's meaning is left."""

MEASURED_WAYS: dict[Pair, tuple[tuple[str, ...], ...]] = {
    ("fr", "en"): (("ca", "es"), ("es",), ("ca",)),
    ("fr", "es"): (("ca",), ()),
    ("fr", "it"): (("ca",), ("ca", "es"), ("es",)),
    ("fr", "pt"): (("ca",), ("ca", "es"), ("es",)),
}
"""The languages between, best way first. The French-Catalan pair is the newer and larger, so that a detour through it
beats the direct French-Spanish. chrF2 and BLEU of sacreBLEU 2.6.0 on newstest2009, 2011 and 2012 (8,531 segments; to
Italian 2009 alone, 2,525), nrefs:1, case:mixed, tok:13a:

    to English     through ca and es 49.1, 17.3    es 48.4, 16.8           ca 47.4, 15.4
    to Spanish     through ca        57.0, 28.7    direct 55.2, 26.6
    to Italian     through ca        54.1, 21.6    ca and es 52.4, 19.6    es 51.6, 18.8

For Portuguese there was no reference: unknown words a segment are 1.3, 1.8 and 2.1, and translated on to Spanish the
three ways score 57.6, 57.4 and 55.5 against the Spanish reference (2011, the better of two ways on)."""

PREFERRED = ("es", "ca")
"""Languages to go through first where nothing was measured."""

PACKAGES: dict[Pair, str] = {
    ("fr", "ca"): "apertium-fra-cat",
    ("fr", "eo"): "apertium-eo-fr",
    ("fr", "es"): "apertium-fr-es",
    ("fr", "frp"): "apertium-fra-frp",
    ("fr", "oc"): "apertium-oci-fra",
    ("ca", "en"): "apertium-eng-cat",
    ("ca", "es"): "apertium-spa-cat",
    ("ca", "it"): "apertium-cat-ita",
    ("ca", "pt"): "apertium-por-cat",
    ("ca", "pt-BR"): "apertium-por-cat",
    ("ca", "sc"): "apertium-cat-srd",
    ("es", "an"): "apertium-spa-arg",
    ("es", "ast"): "apertium-spa-ast",
    ("es", "en"): "apertium-eng-spa",
    ("es", "gl"): "apertium-es-gl",
    ("es", "it"): "apertium-spa-ita",
    ("es", "pt"): "apertium-es-pt",
    ("es", "pt-BR"): "apertium-es-pt",
}
"""Debian's and Ubuntu's packages that lead on from French."""


def find_route(pairs: Collection[Pair], source_lang: str, target_lang: str, via: Sequence[str] = ()) -> Route:
    """Return the languages on the way.

    A region that has no pair of its own (`en-GB`) is served by its language's.

    Args:
        pairs: What can be translated directly.
        source_lang: BCP-47 tag.
        target_lang: BCP-47 tag.
        via: The only languages to go through where there is no direct pair, the preferred first; with none, any.
    """
    start = base(source_lang)
    for goal in dict.fromkeys((target_lang, base(target_lang))):
        ways = ((), *((base(through),) for through in via)) if via else MEASURED_WAYS.get((start, base(goal)), ())
        routes = ((start, *way, goal) for way in ways)
        route = next((route for route in routes if all(leg in pairs for leg in pairwise(route))), ())
        if not route and not via:
            route = _shortest(pairs, start, goal)
        if route:
            return route
    return ()


def missing_packages(
    pairs: Collection[Pair], source_lang: str, target_lang: str, via: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the packages still to be installed for the best way; empty when none is, or no package helps."""
    route = find_route({*pairs, *PACKAGES}, source_lang, target_lang, via)
    return tuple(dict.fromkeys(PACKAGES[leg] for leg in pairwise(route) if leg not in pairs))


def _shortest(pairs: Collection[Pair], start: str, goal: str) -> tuple[str, ...]:
    """Search breadth first, so that the first way found is the shortest and its languages the preferred ones."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for _ in range(MAX_LEGS):
        longer: list[tuple[str, ...]] = []
        for way in ways:
            following = sorted((to for at, to in pairs if at == way[-1]), key=_preference)
            if goal in following:
                return (*way, goal)
            longer += [(*way, to) for to in following if to not in seen and to == base(to)]
            seen.update(following)
        ways = longer
    return ()


def _preference(lang: str) -> tuple[int, str]:
    return (PREFERRED.index(lang) if lang in PREFERRED else len(PREFERRED), lang)
