from itertools import count

import pytest

from pipeline.check.acronyms import ACRONYMS
from pipeline.check.names import NAMES
from tests.growth import growth

PASSES = [
    ("selon Lukas Kaucky, à Prague", "according to Lukáš Kaucký in Prague", "en"),
    ("près d’Édimbourg", "near Edinburgh", "en"),
    ("à Londres et en Allemagne", "a Londra e in Germania", "it"),
    ("à Londres et en Allemagne", "en Londres y Alemania", "es"),
    ("aux États-Unis", "in the US", "en"),
    ("aux États-Unis", "en EE. UU.", "es"),
    ("la police de Grande-Bretagne", "the British police", "en"),
    ("un voyage en Pologne", "a Polish journey", "en"),
    ("a dit M. Poutine", "сказал Путин", "ru"),
    ("la Bohème du Nord", "in Nordböhmen", "de"),
    ("a déclaré Sanjay Virmani, Directeur du CICN", "said Sanjay Virmani, Director of the CICN", "en"),
    ("l’aéroport de Hong Kong", "der Flughafen Hongkong", "de"),
    ("Le Conseil a voté.", "The Board voted on Monday.", "en"),
    ("Anna Seghers vit à Bonn, Peter Handke à Wien.", "Anna Seghers lives in Bonn, Peter Handke in Wien.", "en"),
]
FAILS = [
    (
        "a conclu M. Nakatani",
        "Mr Purisima concluded",
        "en",
        "major",
        "French says “Nakatani”; English says “Purisima”.",
    ),
    (
        "les victimes en Indonésie",
        "the victims in Malaysia",
        "en",
        "major",
        "French says “Indonésie”; English says “Malaysia”.",
    ),
    (
        "a déclaré Daniel Perry",
        "ha declarado Malcolm Graham",
        "es",
        "major",
        "French says “Daniel Perry”; Spanish says “Malcolm Graham”.",
    ),
    ("selon M. Nakatani", "according to him", "en", "minor", "“Nakatani” was not found in the English text."),
    (
        "le chef, Fatmir Sedjiu, refuse",
        "the chief, Sejdiw, refuses",
        "en",
        "minor",
        "“Fatmir Sedjiu” was not found in the English text.",
    ),
    (
        "un voyage à Laguna, dit-il",
        "a trip to the Lagoon, he said",
        "en",
        "minor",
        "“Laguna” was not found in the English text.",
    ),
    (
        "Le maire Daniel Perry accuse publiquement Malcolm Graham de fraude.",
        "The mayor Malcolm Graham publicly accuses Daniel Perry of fraud.",
        "en",
        "major",
        "“Malcolm Graham” and “Daniel Perry” seem to have changed places in English.",
    ),
    (
        "Alan Purisima dirige la police et Noboru Nakatani travaille à Singapour.",
        "Noboru Nakatani leads the police and Alan Purisima works in Singapore.",
        "en",
        "major",
        "“Noboru Nakatani” and “Alan Purisima” seem to have changed places in English.",
    ),
]
ACRONYM_PASSES = [
    ("MANILLE (Philippines) ‒ la PNP a agi.", "MANILA (Philippines) – the PNP acted.", "en"),
    ("l’ONU et l’OTAN", "the UN and NATO", "en"),
    ("la PNP enquête", "the PNP investigates", "en"),
    ("l’U.E. a voté", "la UE ha votado", "es"),
    ("au XXI siècle, 15 000 USD", "in the 21st century, $15,000", "en"),
    ("TITRE EN CAPITALES", "Title in capitals", "en"),
]
ACRONYM_FAILS = [
    ("la PNP enquête", "the FBI investigates", "major", "French says “PNP”; English says “FBI”."),
    ("la PNP enquête", "the police investigates", "minor", "“PNP” was not found in the English text."),
    ("le CICN et le HSI", "the CICN and the FBO", "major", "French says “HSI”; English says “FBO”."),
]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_names_that_are_there_pass(make_pair, source, target, lang):
    assert list(NAMES.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "severity", "message"), FAILS)
def test_names_that_are_not_there_are_found(make_pair, source, target, lang, severity, message):
    found = [(defect.severity, defect.message) for defect in NAMES.find(make_pair(source, target, lang))]
    assert found == [(severity, message)]


def test_both_places_are_marked(make_pair):
    pair = make_pair("a conclu M. Nakatani", "Mr Purisima concluded")
    (defect,) = NAMES.find(pair)
    assert pair.source[defect.source_span.start : defect.source_span.end] == "Nakatani"
    assert pair.target[defect.target_span.start : defect.target_span.end] == "Purisima"


def test_names_cannot_be_compared_with_every_script():
    assert NAMES.applies("ru")
    assert not NAMES.applies("zh-Hans")
    assert not NAMES.applies("x-rot13")


def test_names_are_counted(make_pair):
    assert NAMES.count(make_pair("Daniel Perry, à Manille", "")) == 2


@pytest.mark.parametrize(("source", "target", "lang"), ACRONYM_PASSES)
def test_acronyms_that_are_there_pass(make_pair, source, target, lang):
    assert list(ACRONYMS.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "severity", "message"), ACRONYM_FAILS)
def test_acronyms_that_are_not_there_are_found(make_pair, source, target, severity, message):
    found = [(defect.severity, defect.message) for defect in ACRONYMS.find(make_pair(source, target))]
    assert found == [(severity, message)]


@pytest.mark.parametrize("piece", ["Abc ", "AB ", "A.", "Londres "])
def test_a_hostile_text_costs_no_more_than_its_length(make_pair, piece):
    fresh = count()

    def check(size):
        pair = make_pair(f"{next(fresh)} {piece * size}", f"{next(fresh)} {'Xyz ' * size}")
        list(NAMES.find(pair)), list(ACRONYMS.find(pair))

    assert growth(check, 1_500, 6_000) < 8


def test_names_that_all_differ_cost_no_more_than_their_length(make_pair):
    fresh = count()

    def check(size):
        names = [f"Ab{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}zo, puis" for n in range(size)]
        others = [name.replace("Ab", "Ug").replace("puis", "then") for name in names]
        list(NAMES.find(make_pair(f"{next(fresh)} {' '.join(names)}", f"{next(fresh)} {' '.join(others)}")))

    assert growth(check, 1_500, 6_000) < 8
