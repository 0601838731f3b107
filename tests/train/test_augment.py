"""Every augmentation changes what it says and nothing else, the same way each time."""

import re
from random import Random

import pytest

from pipeline.facts.lexicon import lexicon
from pipeline.train.alignment import align_terms, align_words
from pipeline.train.augment import AUGMENTATIONS, Surroundings, augment, base_forms
from pipeline.train.cleaning import fold
from pipeline.train.noise import SLIPS, add_noise
from pipeline.train.pairs import Pair

PAIR = Pair(
    "La commission adopte les règlements financiers à Tombouctou.",
    "The committee adopts the financial regulations in Timbuktu.",
)
AROUND = Surroundings("en", None, {"regulations": "regulation", "adopts": "adopt"})


def changed(name: str, pair: Pair, around: Surroundings = AROUND, seed: int = 0) -> Pair | None:
    return AUGMENTATIONS[name](pair, around, Random(seed))  # noqa: S311 - no secrets here


def some(name: str, pair: Pair, around: Surroundings = AROUND) -> list[Pair]:
    """Return what many throws of the dice make of a pair."""
    return [made for seed in range(40) if (made := changed(name, pair, around, seed))]


def test_capitals_come_with_and_without_accents() -> None:
    made = {pair.source for pair in some("upper", Pair("Le préfet à l'école.", "The prefect at school."))}
    assert made == {"LE PRÉFET À L'ÉCOLE.", "LE PREFET A L'ECOLE."}
    assert changed("upper", PAIR).target == PAIR.target.upper()  # type: ignore[union-attr]


def test_titles_are_written_as_headlines() -> None:
    made = changed("title", Pair("La police arrête douze hommes à Lyon", "The police arrest twelve men in Lyon"))
    assert changed("title", PAIR, Surroundings("de")) is None
    assert made == Pair("La Police Arrête Douze Hommes À Lyon", "The Police Arrest Twelve Men in Lyon")


@pytest.mark.parametrize(
    ("source", "target", "masked"),
    [
        ("Écrivez à presse@ville.fr.", "Write to presse@ville.fr.", "presse@ville.fr"),
        ("Voir https://ville.fr/a pour la suite.", "See https://ville.fr/a for more.", "https://ville.fr/a"),
        ("Le dossier plan.pdf est prêt.", "The file plan.pdf is ready.", "plan.pdf"),
        ("Appelez le +33 4 72 44 55 66 demain.", "Call +33 4 72 44 55 66 tomorrow.", "+33 4 72 44 55 66"),
        ("Hier, Jomar Palacio a parlé.", "Yesterday Jomar Palacio spoke.", "Jomar Palacio"),
    ],
)
def test_what_both_sides_share_becomes_a_mask(source: str, target: str, masked: str) -> None:
    for made in some("masks", Pair(source, target)):
        marks = re.findall(r"⟦\d+⟧", made.source)
        assert marks == re.findall(r"⟦\d+⟧", made.target)
        assert any(made == Pair(source.replace(masked, mark), target.replace(masked, mark)) for mark in marks)


def test_masks_are_numbered_in_the_order_of_the_source() -> None:
    pair = Pair("Jomar Palacio rencontre Odile Quentin.", "Odile Quentin was met by Jomar Palacio.")
    both = [made for made in some("masks", pair) if made.source.count("⟦") == 2]
    assert Pair("⟦1⟧ rencontre ⟦2⟧.", "⟦2⟧ was met by ⟦1⟧.") in both
    assert any("⟦1⟧" not in made.source for made in both)


def test_a_name_inside_a_word_is_no_mask() -> None:
    for made in some("masks", Pair("Le Parisien de Paris", "A Parisian from Paris")):
        assert "⟦1⟧ien" not in made.source + made.target


def test_without_anything_shared_a_mask_stands_before_or_behind() -> None:
    made = {tuple(pair) for pair in some("masks", Pair("le chat dort.", "the cat sleeps.")) if "⟦1⟧" in pair.source}
    assert made == {("⟦1⟧ le chat dort.", "⟦1⟧ the cat sleeps."), ("le chat dort ⟦1⟧.", "the cat sleeps ⟦1⟧.")}


def test_a_lone_mask_stands_before_where_the_ends_differ() -> None:
    assert {pair.source[0] for pair in some("masks", Pair("le chat;", "the cat; and"))} == {"⟦"}


def test_words_are_aligned_by_the_lexicon_and_only_surely() -> None:
    assert lexicon("en")["commi"]
    links = {tuple(link.texts(PAIR)) for link in align_words(PAIR, "en")}
    assert ("règlements", "regulations") in links
    assert not any("Tombouctou" in pair for pair in links)
    assert align_words(Pair("chat " * 100, "cat " * 100), "en") == []


def test_terms_of_several_words_stay_together() -> None:
    terms = {tuple(term.texts(PAIR)) for term in align_terms(PAIR, "en")}
    assert ("règlements financiers", "financial regulations") in terms


def test_markup_surrounds_the_same_words() -> None:
    for made in some("markup", PAIR):
        inside = [re.search(r"⟦\d+⟧(.+)⟦\d+⟧", text) for text in made]
        assert all(inside)
        assert any(
            tuple(term.texts(PAIR)) == (inside[0][1], inside[1][1])  # type: ignore[index]
            for term in align_terms(PAIR, "en")
        )
        assert Pair(*(re.sub(r"⟦\d+⟧", "", text) for text in made)) == PAIR


def test_terms_are_given_in_base_form_or_as_they_stand_and_the_target_stays() -> None:
    made = some("terms", PAIR)
    assert {pair.target for pair in made} == {PAIR.target}
    given = {text for pair in made for text in re.findall(r"⟪ (.*?) ⟫", pair.source)}
    assert {"règlements financiers ⇒ financial regulation", "règlements financiers ⇒ financial regulations"} <= given
    assert all(re.sub(r"⟪ (.*?) ⇒ .*? ⟫", r"\1", pair.source) == PAIR.source for pair in made)


@pytest.mark.parametrize("name", ["markup", "terms"])
def test_nothing_is_made_where_nothing_is_aligned(name: str) -> None:
    assert changed(name, Pair("Zut !", "Blast!")) is None


def test_neighbours_are_joined_only_where_both_are_sentences() -> None:
    following = Pair("Et après.", "And then.")
    assert changed("joined", Pair("Oui.", "Yes."), Surroundings("en", following)) == Pair(
        "Oui. Et après.", "Yes. And then."
    )
    assert changed("joined", Pair("Titre", "Title"), Surroundings("en", following)) is None
    assert changed("joined", Pair("Oui.", "Yes.")) is None
    assert changed("joined", Pair("Oui.", "Yes."), Surroundings("en", Pair("a" * 400, "b"))) is None


NOISY = 'État : "oui", dit l\'œil - 12 % (…) Fin... À bientôt ; merci, Éva. Vite !'


@pytest.mark.parametrize("name", SLIPS)
def test_every_slip_changes_a_text_and_keeps_its_words(name: str) -> None:
    text = NOISY if name != "no final stop" else "Fin."
    text = text if name != "a space before marks" else "Oui; non."
    made = SLIPS[name](text)
    assert made != text
    assert fold(made.replace("œ", "oe")) == fold(text.replace("œ", "oe"))


def test_noise_is_on_the_source_alone() -> None:
    made = changed("noise", Pair(NOISY, "Yes."))
    assert made is not None
    assert made.source != NOISY
    assert made.target == "Yes."
    assert changed("noise", Pair("oui", "yes")) is None
    assert add_noise("oui", Random(1)) == "oui"  # noqa: S311 - no secrets here


def test_chance_comes_from_the_pair_alone() -> None:
    shares = dict.fromkeys(AUGMENTATIONS, 0.5)
    other = Pair("Le chat dort.", "The cat sleeps.")
    alone = list(augment(PAIR, AROUND, shares, seed=3))
    list(augment(other, AROUND, shares, seed=3))
    assert list(augment(PAIR, AROUND, shares, seed=3)) == alone
    assert any(list(augment(PAIR, AROUND, shares, seed=seed)) != alone for seed in range(4, 9))
    assert list(augment(PAIR, AROUND, dict.fromkeys(AUGMENTATIONS, 0.0), seed=3)) == []


def test_base_forms_are_the_shortest_frequent_word_of_a_stem() -> None:
    counts = {"regulation": 50, "regulations": 80, "regulated": 1, "law": 9}
    stem = {"regulation": "r", "regulations": "r", "regulated": "r", "law": "l"}
    assert base_forms(counts, stem.__getitem__) == {"regulations": "regulation", "regulated": "regulation"}
