"""Every rule removes what it is there for, and leaves alone what only looks like it."""

import pytest

from pipeline.train.cleaning import RULES, find_fault, fold, identity, measured_lines
from pipeline.train.pairs import Pair

FAILS = [
    ("empty", "", "The museum opens."),
    ("empty", "12 – 14", "12 – 14"),
    ("length", "mot " * 101, "word " * 101),
    ("length", "m" * 701, "w" * 500),
    (
        "ratio",
        "La séance est ouverte.",
        "The sitting was opened at nine o'clock in the morning by the President herself.",
    ),
    ("identical", "Microsoft Windows", "microsoft windows"),
    ("broken", "La ministre d\ufffdclare.", "The minister declares."),
    ("broken", "La procédure est trÃ©s longue.", "The procedure is very long."),
    ("broken", "Voir \ue000 la page.", "See the page."),
    ("broken", "Il dit ⟦1⟧ ceci.", "He says ⟦1⟧ this."),
    ("letters", "12 345 / 67 890 : A", "12 345 / 67 890 : B"),
    ("letters", "Москва est loin", "Москва и Питер"),
    ("numbers", "Le total est de 1 250 euros.", "The total is 1,520 euros."),
    ("language", "The report of the committee that was not adopted.", "Le rapport qui a été rejeté."),
    ("language", "Le rapport de la commission.", "Le rapport de la commission qui est ici."),
]
PASSES = [
    ("La séance est ouverte.", "The sitting is open."),
    ("Oui.", "Yes, of course."),
    ("Le total est de 1 250 euros.", "The total is 1,250 euros."),
    ("Après le 26 février 2018, rien.", "Nothing after February 26, 2018."),
    ("Il y en a 12.", "There are twelve of them."),
    ("Les années 80 et 90", "The 1980s and 1990s"),
    ("Œuvre complète", "Complete work"),
    ("Paris, Londres, Rome", "Paris, London, Rome"),
    ("Jean-Claude Juncker", "Mr Jean-Claude Juncker"),
    ("Le film “The King of the Hill” sort en salle.", "The film “The King of the Hill” is released."),
    ("Straße et façade", "Straße and façade"),
]


@pytest.mark.parametrize(("rule", "source", "target"), FAILS)
def test_unfit_pairs_are_removed_by_their_rule(rule: str, source: str, target: str) -> None:
    assert find_fault(Pair(source, target), "fr", "en") == rule


@pytest.mark.parametrize(("source", "target"), PASSES)
def test_fit_pairs_are_kept(source: str, target: str) -> None:
    assert find_fault(Pair(source, target), "fr", "en") == ""


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in FAILS} == set(RULES)


def test_texts_are_compared_by_letters_and_digits() -> None:
    assert fold("L’État, c’est : moi !") == fold("l'etat c'est moi")
    assert fold("12 mai") != fold("13 mai")
    assert identity("a") != identity("b")


def test_short_measured_lines_give_nothing_away() -> None:
    lines = measured_lines(["Merci.", "La séance est levée."])
    assert lines == {identity(fold("la seance est levee"))}
