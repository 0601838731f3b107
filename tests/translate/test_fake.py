"""Pseudo-translation is deterministic, reversible where it says so, and leaves tokens alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LanguageError
from pipeline.translate.fake import FakeTranslator, accentuate, rotate


@given(st.text(st.characters(exclude_categories=())))
def test_rotating_twice_gives_the_text_back(text: str) -> None:
    assert rotate(rotate(text)) == text


def test_rotation_changes_letters_and_nothing_else() -> None:
    assert rotate("Opération \ue0002014\ue001, été !") == "Bcéengvba \ue0002014\ue001, égé !"


def test_accents_keep_tokens_white_space_and_digits() -> None:
    assert accentuate(" Le \ue00058\ue001 du mois\n") == " ⟦Łéé \ue00058\ue001 đúú ɱóóííš⟧\n"


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_accents_put_no_brackets_around_nothing(blank: str) -> None:
    assert accentuate(blank) == blank


def test_accented_text_is_about_a_third_longer() -> None:
    text = "Une opération coordonnée par INTERPOL a abouti à l'arrestation de 58 personnes dans le monde entier."
    assert 1.2 < len(accentuate(text)) / len(text) < 1.4


def test_only_pseudo_languages_are_supported() -> None:
    fake = FakeTranslator()
    assert fake.supports("fr", "x-rot13")
    assert fake.supports("x-rot13", "x-rot13")
    assert fake.remedy("fr", "x-rot13") == ""
    assert not fake.supports("fr", "es")
    assert "x-accent" in fake.remedy("fr", "es")
    with pytest.raises(LanguageError, match="x-rot13"):
        fake.translate(["a"], "fr", "es")
