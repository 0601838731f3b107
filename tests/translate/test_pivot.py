"""Two translators composed behave as one, and what the first did not know stays known as unknown."""

import pytest
from pydantic import ValidationError

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError, LanguageError
from pipeline.records import Span
from pipeline.translate import build_translator
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.base import Candidate
from pipeline.translate.fake import FakeTranslator, accentuate, rotate
from pipeline.translate.pivot import PivotTranslator, keep_unknown


@pytest.fixture
def pivot() -> PivotTranslator:
    return PivotTranslator(FakeTranslator(), FakeTranslator(), "x-rot13")


def test_the_second_translates_what_the_first_made(pivot: PivotTranslator) -> None:
    made = pivot.translate(["un", "deux \ue000"], "fr", "x-accent")
    assert [candidates[0].text for candidates in made] == [accentuate(rotate("un")), accentuate(rotate("deux \ue000"))]
    pivot.close()


PIVOT = {"name": "both", "backend": "pivot", "via": ["x-rot13"], "first": "fake", "then": "fake"}


def test_a_configuration_names_both_halves_and_the_language_between_them() -> None:
    built = build_translator(SystemConfig.model_validate(PIVOT))
    ((made,),) = built.translate(["un"], "fr", "x-accent")
    assert made.text == accentuate(rotate("un"))
    assert built.route("fr", "x-accent") == ("fr", "x-rot13", "x-accent")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"via": []}, "via: pivot goes through one language, got 0"),
        ({"via": ["en", "es"]}, "via: pivot goes through one language, got 2"),
        ({"backend": "apertium"}, "first: only for pivot, not for apertium"),
    ],
)
def test_a_pivot_that_cannot_be_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        SystemConfig.model_validate(PIVOT | change)


@pytest.mark.parametrize("half", ["first", "then"])
def test_a_half_that_is_missing_is_named(half: str) -> None:
    rest = {key: value for key, value in PIVOT.items() if key != half}
    with pytest.raises(ConfigError, match=f"{half}: missing; pivot needs it"):
        build_translator(SystemConfig.model_validate(rest))


def test_signature_tells_the_halves_apart(pivot: PivotTranslator) -> None:
    signature = pivot.signature("fr", "x-accent")
    assert signature["via"] == "x-rot13"
    assert signature["first.backend"] == "fake"
    other = PivotTranslator(FakeTranslator(), pivot, "x-rot13")
    assert other.signature("fr", "x-accent") != signature
    assert PivotTranslator(ApertiumTranslator(), FakeTranslator(), "es").draft


@pytest.mark.parametrize(("via", "target_lang"), [("x-rot13", "es"), ("es", "x-accent")])
def test_a_closed_half_leaves_no_signature(via: str, target_lang: str) -> None:
    with pytest.raises(LanguageError, match="does not translate into es"):
        PivotTranslator(FakeTranslator(), FakeTranslator(), via).signature("fr", target_lang)


def test_both_halves_must_be_open(pivot: PivotTranslator) -> None:
    assert pivot.supports("fr", "x-accent")
    assert pivot.remedy("fr", "x-accent") == ""
    assert not pivot.supports("fr", "es")
    assert pivot.remedy("fr", "es") == "ask for x-accent or x-rot13"


def test_no_remedy_when_one_half_has_none() -> None:
    hopeless = PivotTranslator(ApertiumTranslator(via=("x-none",)), FakeTranslator(), "zh")
    assert hopeless.remedy("fr", "es") == ""


@pytest.mark.parametrize(
    ("between", "unknown", "final", "known_to_be_unknown", "expected"),
    [
        ("la Strikeback va", [(3, 13)], "the Strikeback goes", [], ["Strikeback"]),
        ("la Strikeback va", [(3, 13)], "the Strikeback goes", [(4, 14)], ["Strikeback"]),
        ("la sextorsion va", [(3, 13)], "the blackmail goes", [], []),
        ("un bon mot", [(3, 6)], "a bonbon and bon", [], ["bon"]),
        ("le a.c et abc", [(3, 6)], "the abc a.c", [], ["a.c"]),
        ("la Zed et Alpha", [(3, 6), (10, 15)], "Alpha and Zed", [], ["Alpha", "Zed"]),
        ("tout connu", [], "all known", [(0, 3)], ["all"]),
    ],
)
def test_unknown_words_stay_reported_where_they_still_stand(
    between: str,
    unknown: list[tuple[int, int]],
    final: str,
    known_to_be_unknown: list[tuple[int, int]],
    expected: list[str],
) -> None:
    first = Candidate(between, unknown=tuple(Span(*span) for span in unknown))
    second = Candidate(final, 0.5, tuple(Span(*span) for span in known_to_be_unknown))
    kept = keep_unknown(first, second)
    assert (kept.text, kept.score) == (final, 0.5)
    assert [final[span.start : span.end] for span in kept.unknown] == expected
