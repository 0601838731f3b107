"""Ways between languages: the measured one first, then the shortest; and what to install for them."""

from itertools import pairwise

import pytest

from pipeline.translate.apertium_routes import MEASURED_WAYS, PACKAGES, find_route, missing_packages

DEFAULT = {("fr", "es"), ("fr", "ca"), ("es", "en"), ("es", "en-US"), ("ca", "en"), ("es", "pt"), ("es", "it")}
ALL = {*DEFAULT, ("ca", "es"), ("ca", "it"), ("ca", "pt")}


@pytest.mark.parametrize(
    ("pairs", "target", "route"),
    [
        (DEFAULT, "es", "fr es"),
        (DEFAULT, "ca", "fr ca"),
        (DEFAULT, "en", "fr es en"),
        (DEFAULT, "it", "fr es it"),
        (DEFAULT, "pt", "fr es pt"),
        (ALL, "es", "fr ca es"),
        (ALL, "en", "fr ca es en"),
        (ALL, "it", "fr ca it"),
        (ALL, "pt", "fr ca pt"),
        (ALL, "ca", "fr ca"),
        ({("fr", "ca"), ("ca", "en")}, "en", "fr ca en"),
        (DEFAULT, "en-US", "fr es en-US"),
        (DEFAULT, "en-GB", "fr es en"),
        (DEFAULT, "pt-BR", "fr es pt"),
        (DEFAULT, "de", ""),
        (set(), "es", ""),
        ({("fr", "oc"), ("oc", "es"), ("es", "gl")}, "gl", "fr oc es gl"),
        ({("fr", "a"), ("a", "b"), ("b", "c"), ("c", "d")}, "d", ""),
        ({("fr", "a"), ("fr", "es"), ("fr", "ca"), ("a", "z"), ("ca", "z"), ("es", "z")}, "z", "fr es z"),
        ({("fr", "en-US"), ("en-US", "z")}, "z", ""),
    ],
)
def test_route(pairs: set[tuple[str, str]], target: str, route: str) -> None:
    assert find_route(pairs, "fr", target) == tuple(route.split())


def test_a_regional_source_is_served_by_its_language() -> None:
    assert find_route(DEFAULT, "fr-CA", "es") == ("fr", "es")


@pytest.mark.parametrize(
    ("via", "target", "route"),
    [
        (("ca",), "en", "fr ca en"),
        (("de", "ca"), "en", "fr ca en"),
        (("ca", "es"), "en", "fr ca en"),
        (("es",), "en-GB", "fr es en"),
        (("ca",), "es", "fr es"),
        (("de",), "en", ""),
    ],
)
def test_via_overrides_what_was_measured(via: tuple[str, ...], target: str, route: str) -> None:
    assert find_route(ALL, "fr", target, via) == tuple(route.split())


@pytest.mark.parametrize(
    ("pairs", "target", "packages"),
    [
        (set(), "ca", "apertium-fra-cat"),
        (set(), "en", "apertium-fra-cat apertium-spa-cat apertium-eng-spa"),
        ({("fr", "ca"), ("ca", "es")}, "en", "apertium-eng-spa"),
        (DEFAULT, "it", "apertium-cat-ita"),
        (DEFAULT, "gl", "apertium-es-gl"),
        (DEFAULT, "oc", "apertium-oci-fra"),
        (DEFAULT, "pt-BR", "apertium-por-cat"),
        (DEFAULT, "br", ""),
        (DEFAULT, "zh", ""),
    ],
)
def test_missing_packages(pairs: set[tuple[str, str]], target: str, packages: str) -> None:
    assert missing_packages(pairs, "fr", target) == tuple(packages.split())


def test_every_measured_way_can_be_installed() -> None:
    for (source, target), ways in MEASURED_WAYS.items():
        for way in ways:
            assert all(leg in PACKAGES for leg in pairwise((source, *way, target)))
