"""Text in capitals comes back as the release writes its words elsewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.protect.recase import Casing, is_set_in_capitals

BODY = [
    "Trois policiers ont été tués lundi à l'aéroport de Nice, selon la DNPJ.",
    "Deux autres policiers ont été blessés dans le Rhône.",
    "L'aéroport reste fermé, a indiqué INTERPOL. La préfecture a arrêté un suspect.",
]


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("TROIS POLICIERS TUES A L'AEROPORT", "Trois policiers tués à l'aéroport"),
        ("TROIS POLICIERS TUÉS À L'AÉROPORT", "Trois policiers tués à l'aéroport"),
        ("LA PREFECTURE A ARRETE UN SUSPECT", "La préfecture a arrêté un suspect"),
        ("POLICIERS BLESSES DANS LE RHONE", "Policiers blessés dans le Rhône"),
        ("INTERPOL ET LA DNPJ A NICE", "INTERPOL et la DNPJ à Nice"),
        ("GRAND FROID", "Grand froid"),
        ("2 POLICIERS TUES", "2 policiers tués"),
    ],
)
def test_capitals_are_written_as_the_body_writes_them(capitals, expected):
    assert Casing(BODY).recase(capitals) == expected


@pytest.mark.parametrize("text", ["Trois POLICIERS tués", "DNPJ", "CONTACT", "PNP 12", "2014", "", "Nice"])
def test_other_text_is_left_as_it_is(text):
    assert not is_set_in_capitals(text)
    assert Casing(BODY).recase(text) == text


def test_headlines_in_capitals_teach_nothing():
    assert Casing(["POLICIERS TUES"]).recase("POLICIERS TUES") == "Policiers tues"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
@settings(deadline=None, max_examples=150)
def test_the_length_never_changes(text, body):
    assert len(Casing(body).recase(text.upper())) == len(text.upper())
