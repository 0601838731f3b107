import pytest

from pipeline.check.unknown_words import UNKNOWN_WORDS
from pipeline.records import Term

PASSES = [
    ("Le chef Virmani agit", "El jefe Virmani actúa", ["Virmani"]),
    ("La PNP agit", "La PNP actúa", ["PNP"]),
    ("Selon l’Immigration and Customs Enforcement", "Según Immigration and Customs Enforcement", ["and"]),
    ("Selon John G. Connolly", "Según John G. Connolly", ["Connolly"]),
    ("La campagne « Turn Back Crime »", "La campaña «Turn Back Crime»", ["Turn"]),
    ("Il agit", "Él actúa", []),
]


@pytest.mark.parametrize(("source", "target", "unknown"), PASSES)
def test_names_and_acronyms_are_no_defect(make_pair, source, target, unknown):
    assert list(UNKNOWN_WORDS.find(make_pair(source, target, "es", unknown=unknown))) == []


def test_a_word_of_the_language_is_found(make_pair):
    pair = make_pair("Il faut engranger des gains", "Hay que engranger ganancias", "es", unknown=["engranger"])
    (defect,) = UNKNOWN_WORDS.find(pair)
    assert (defect.severity, defect.message) == (
        "minor",
        "The engine did not know “engranger” and left it as it is.",
    )
    assert pair.target[defect.target_span.start : defect.target_span.end] == "engranger"


def test_capitals_in_a_headline_in_capitals_say_nothing(make_pair):
    pair = make_pair("DES MALFAITEURS TUÉS HIER", "MALFAITEURS MUERTOS AYER", "es", unknown=["MALFAITEURS"])
    assert len(list(UNKNOWN_WORDS.find(pair))) == 1


def test_a_capital_at_the_start_of_a_sentence_makes_no_name(make_pair):
    pair = make_pair("Hier. Malfaiteurs arrêtés", "Ayer. Malfaiteurs detenidos", "es", unknown=["Malfaiteurs"])
    assert len(list(UNKNOWN_WORDS.find(pair))) == 1


def test_terms_and_what_must_not_be_translated_are_no_defect(make_pair):
    source, target = "La sextorsion et le phishing", "La sextorsion y el phishing"
    terms = [Term("sextorsion", (("es", "sextorsion"),))]
    unknown = ["sextorsion", "phishing"]
    pair = make_pair(source, target, "es", unknown=unknown, terms=terms, do_not_translate=["phishing"])
    assert list(UNKNOWN_WORDS.find(pair)) == []
    placed = make_pair(source, target, "es", unknown=unknown, placeables=[("sextorsion", "term"), ("phishing", "term")])
    assert list(UNKNOWN_WORDS.find(placed)) == []
