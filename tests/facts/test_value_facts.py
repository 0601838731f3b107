"""The ledger of values: what is read, in which form, and what it is said of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.facts import Fact, find_value_facts
from pipeline.facts.calendar import find_dates
from pipeline.facts.currencies import currency_names, likely_code
from pipeline.facts.units import LANGUAGES, unit_lexicon

FRENCH = [
    ("les 30 avril et 1er mai", ["date --04-30", "date --05-01"]),
    ("le 2 mai 2014", ["date 2014-05-02"]),
    ("en mai 2014", ["date 2014-05"]),
    ("vendredi", ["date weekday 5"]),
    ("en 2008", ["date 2008"]),
    ("la planète Mars", []),
    ("1 500,50 €", ["amount EUR 1500.5"]),
    ("1\u00a0500,50 €", ["amount EUR 1500.5"]),
    ("1\u202f500,50 €", ["amount EUR 1500.5"]),
    ("1\u2009500,50 €", ["amount EUR 1500.5"]),
    ("3 M€", ["amount EUR 3000000"]),
    ("de 500 à 15 000 USD", ["amount USD 500", "amount USD 15000"]),
    ("mille milliards de dollars", ["amount USD 1000000000000"]),
    ("une quarantaine de suspects, dont une dizaine de mineurs", ["number 40", "number 10"]),
    ("entre 190 et 195 personnes", ["number 190", "number 195"]),
    ("septante-cinq agents, nonante et un véhicules", ["number 75", "number 91"]),
    ("quatre-vingt-dix-sept cas", ["number 97"]),
    ("quatre, vingt et dix-sept ans", ["measure 4 year", "measure 20 year", "measure 17 year"]),
    ("à 14 h 30", ["time 14:30"]),
    ("20 % et 5 points de pourcentage", ["percentage 20 %", "percentage 5 percentage-point"]),
    ("12,5 km²", ["measure 12.5 square-kilometer"]),
    ("au XXe siècle, la 2e DPJ", ["number 20", "number 2"]),
    ("deux tiers des voix", ["number 2/3"]),
    ("1900 personnes", ["number 1900"]),
]
OTHERS = [
    ("en", "from $500 to $15,000", ["amount USD 500", "amount USD 15000"]),
    ("en", "April 30 and May 1, 2014", ["date --04-30", "date 2014-05-01"]),
    ("en", "May I ask", []),
    ("en", "at 2:30 p.m.", ["time 14:30"]),
    ("es", "26 miles de millones de dólares", ["amount USD 26000000000"]),
    ("de", "eine 17-jährige, 2 Mio. Euro", ["measure 17 year", "amount EUR 2000000"]),
    ("nl", "2 mei 2014, 3 miljoen euro", ["date 2014-05-02", "amount EUR 3000000"]),
    ("it", "l’8 marzo 2010", ["date 2010-03-08"]),
    ("pt", "2 de maio de 2014, 3 mil euros", ["date 2014-05-02", "amount EUR 3000"]),
    ("ca", "30 d’abril, 5 milions d’euros", ["date --04-30", "amount EUR 5000000"]),
    ("ru", "2 мая 2014, 3 млн долларов", ["date 2014-05-02", "amount USD 3000000"]),
    ("ar", "٢ مايو ٢٠١٤، ٣ مليون دولار", ["date 2014-05-02", "amount USD 3000000"]),
    ("zh", "2014年5月2日，15000美元", ["date 2014-05-02", "amount USD 15000"]),
]
QUALIFIED = [
    ("58 personnes", "personnes"),
    ("Daniel Perry, 17 ans", "Perry"),
    ("un jeune Écossais de 17 ans", "Écossais"),
    ("une quarantaine de suspects", "suspects"),
    ("250 téléphones et 3 autres choses", "téléphones"),
    ("20 %", ""),
]


def values(text: str, lang: str) -> list[str]:
    return [f"{fact.kind} {fact.value}" for fact in find_value_facts(text, lang)]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_values_are_normalised(text, expected):
    assert values(text, "fr") == expected


@pytest.mark.parametrize(("lang", "text", "expected"), OTHERS)
def test_every_language_is_normalised_in_the_same_way(lang, text, expected):
    assert values(text, lang) == expected


@pytest.mark.parametrize(("text", "expected"), QUALIFIED)
def test_a_value_knows_what_it_is_said_of(text, expected):
    assert find_value_facts(text, "fr")[0].qualifies == expected


def test_a_fact_is_the_text_that_it_stands_on():
    text = "Le 2 mai 2014, 58 personnes ont versé 15 000 USD."
    facts = find_value_facts(text, "fr")
    assert [fact.surface for fact in facts] == ["2 mai 2014", "58", "15 000 USD"]
    assert all(text[fact.start : fact.end] == fact.surface for fact in facts)
    assert facts[1] == Fact("number", "58", "58", 15, 17, "personnes")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_knows_money_time_and_distance(lang):
    lexicon = unit_lexicon(lang)
    known = frozenset().union(*lexicon.names.values())
    assert {"EUR", "USD", "GBP", "year", "day", "month", "kilometer"} <= known


def test_a_language_that_is_not_known_has_no_units():
    assert unit_lexicon("pl") is None
    assert list(find_dates("2 maja", "pl")) == []


def test_what_may_be_several_currencies_is_the_likeliest():
    assert likely_code(currency_names("fr")["dollars"]) == "USD"
    assert likely_code(currency_names("en")["pounds"]) == "GBP"
    assert "won" not in currency_names("en")


@settings(max_examples=150, deadline=None)
@given(st.text("0123456789 ,.%€$kmhansmaivrldeu-/'’()ème年月日", max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_facts_are_in_order(text, lang):
    facts = find_value_facts(text, lang)
    assert all(text[fact.start : fact.end] == fact.surface and fact.value for fact in facts)
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
