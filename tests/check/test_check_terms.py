import pytest

from pipeline.check.terms import TERMS
from pipeline.records import Term

CYBERCRIME = Term(
    "lutte contre la cybercriminalité", (("en", "fight against cybercrime"), ("es", "lucha contra el cibercrimen"))
)
POLICE = Term("gardien de la paix", (("en", "police officer"), ("pt", "agente de polícia")), (("en", "peacekeeper"),))
SOURCE = "Un gardien de la paix engagé dans la lutte contre la cybercriminalité"

PASSES = [
    ("A police officer in the fight against cybercrime", "en", [POLICE, CYBERCRIME]),
    ("Police officers and the fights against the cybercrimes", "en", [POLICE, CYBERCRIME]),
    ("Agentes de polícia", "pt-BR", [POLICE]),
    ("Un agent", "ca", [POLICE, CYBERCRIME]),
    ("Een agent", "nl", [POLICE]),
]
FAILS = [
    (
        "A guard in the fight against cybercrime",
        "en",
        [POLICE, CYBERCRIME],
        ["“gardien de la paix” must be “police officer” in English; it is not there."],
    ),
    (
        "A peacekeeper and a police officer",
        "en",
        [POLICE],
        ["“peacekeeper” must not be used for “gardien de la paix”."],
    ),
    (
        "A fight in the bar of which we know nothing against cybercrime",
        "en",
        [CYBERCRIME],
        ["“lutte contre la cybercriminalité” must be “fight against cybercrime” in English; it is not there."],
    ),
    (
        "Un guardia",
        "pt",
        [POLICE],
        ["“gardien de la paix” must be “agente de polícia” in Portuguese; it is not there."],
    ),
]


@pytest.mark.parametrize(("target", "lang", "terms"), PASSES)
def test_approved_terms_pass_in_any_inflection(make_pair, target, lang, terms):
    assert list(TERMS.find(make_pair(SOURCE, target, lang, terms=terms))) == []


@pytest.mark.parametrize(("target", "lang", "terms", "expected"), FAILS)
def test_other_words_are_found(make_pair, target, lang, terms, expected):
    defects = list(TERMS.find(make_pair(SOURCE, target, lang, terms=terms)))
    assert [defect.message for defect in defects] == expected
    assert {defect.severity for defect in defects} == {"major"}
    assert all(SOURCE[defect.source_span.start : defect.source_span.end] in expected[0] for defect in defects)


def test_a_language_without_a_stemmer_needs_the_exact_form(make_pair):
    term = Term("mot", (("eu", "hitz"),))
    assert list(TERMS.find(make_pair("Un mot", "hitz bat", "eu", terms=[term]))) == []
    assert len(list(TERMS.find(make_pair("Un mot", "hitzak", "eu", terms=[term])))) == 1


def test_a_term_that_travelled_as_a_placeable_is_counted_there(make_pair):
    placeables = [("gardien de la paix", "term", "police officer")]
    assert list(TERMS.find(make_pair(SOURCE, "A guard", terms=[POLICE], placeables=placeables))) == []


def test_what_is_not_translated_is_not_counted_as_a_term(make_pair):
    term = Term("PNP", (("en", "PNP"),))
    pair = make_pair("La PNP", "PNP", terms=[term], placeables=[("PNP", "term")])
    assert TERMS.count(pair) == 0
    assert TERMS.count(make_pair(SOURCE, "x", terms=[POLICE, CYBERCRIME])) == 2
