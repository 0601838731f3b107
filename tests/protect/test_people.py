"""People's names are kept from rule-based engines; what has a name of its own in other languages is not."""

import pytest

from pipeline.protect import TermMatcher, protect_segment
from pipeline.protect.people import find_own_acronyms, find_people
from pipeline.records import Segment


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jomar Palacio (alias Park Ji Man) a été arrêté.", ["Jomar Palacio", "Park Ji Man"]),
        ("Le chef de la police, Alan La Madrid Purisima, a déclaré", ["Alan La Madrid Purisima"]),
        ("L'adolescent écossais Daniel Perry et Mme Élise Marchand", ["Daniel Perry", "Élise Marchand"]),
        ("M. Vincent Regori Bravo", ["Vincent Regori Bravo"]),
        ("à Hong Kong, aux États-Unis et en Nouvelle-Zélande", []),
        ("La Police nationale et le Premier Ministre", []),
        ("Le PDG de la SNCF", []),
        ("M. Purisima est arrivé à Manille.", []),
        ("OPÉRATION CONTRE DANIEL PERRY", []),
        ("", []),
    ],
)
def test_names_are_found_and_nothing_else(text, names):
    assert [text[found.start : found.end] for found in find_people(text)] == names


def test_a_name_travels_as_one_token_only_where_it_is_asked_for():
    segment = Segment("s", "d", "b0", 0, 0, 30, "Jomar Palacio nie tout, dit-il")
    kept = protect_segment(segment, (), TermMatcher((), (), "en"), names=True)
    assert [(item.kind, item.surface) for item in kept.placeables] == [("name", "Jomar Palacio")]
    assert kept.text.endswith(" nie tout, dit-il")
    assert not protect_segment(segment, (), TermMatcher((), (), "en")).placeables


def test_an_address_or_a_term_with_a_name_in_it_stays_whole():
    segment = Segment("s", "d", "b0", 0, 0, 40, "Écrire à Jomar@Palacio.org, Jomar Palacio")
    matcher = TermMatcher((), ("Jomar Palacio",), "en")
    assert [item.kind for item in protect_segment(segment, (), matcher, names=True).placeables] == ["email", "term"]


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("Le CHU de Lyon et la DNPJ", ["CHU", "DNPJ"]),
        ("L'ONU et l'OTAN", []),
        ("À LYON, il est URGENT d'agir", []),
        ("LE CHU FERME SES PORTES", []),
    ],
)
def test_acronyms_stay_unless_other_languages_have_their_own(text, acronyms):
    assert [text[found.start : found.end] for found in find_own_acronyms(text)] == acronyms
