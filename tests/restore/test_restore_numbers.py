"""French figures in a target text, rewritten by value or left alone."""

import time
from collections.abc import Callable

import pytest

from pipeline.records import Hypothesis, Span

Finish = Callable[..., Hypothesis]
NB = "\u00a0"

# The French, what an engine made of it, the language, what must come out.
REWRITTEN = [
    ("Il a pris 2,5 kg.", "It has taken 2,5 kg.", "en", "It has taken 2.5 kg."),
    ("Il a pris 2,5 kg.", "Er nahm 2,5 kg.", "de", "Er nahm 2,5 kg."),
    ("Saisie de 1 500,50 €.", "Embargo de 1 500,50 €.", "es", f"Embargo de 1.500,50{NB}€."),
    (f"Saisie de 1{NB}500,50{NB}€.", "Embargo de 1 500,50 €.", "es", f"Embargo de 1.500,50{NB}€."),
    ("Saisie de 1\u202f500,50\u202f€.", "Embargo de 1 500,50 €.", "es", f"Embargo de 1.500,50{NB}€."),
    ("Saisie de 1\u2009500,50\u2009€.", "Embargament de 1 500,50 €.", "ca", f"Embargament de 1.500,50{NB}€."),
    ("Saisie de 1 500,50 €.", "Embargo di 1 500,50 €.", "it", f"Embargo di 1.500,50{NB}€."),
    ("Saisie de 1 500,50 €.", "Seizure of 1 500,50 €.", "en", "Seizure of €1,500.50."),
    ("Saisie de 1 500,50 €.", "Apreensão de 1 500,50 €.", "pt-PT", f"Apreensão de 1{NB}500,50{NB}€."),
    ("Saisie de 1 500,50 €.", "Apreensão de 1 500,50 €.", "pt", f"Apreensão de €{NB}1.500,50."),
    ("Saisie de 1 500,50 €.", "Embargo de 1 500,50 €.", "es-MX", "Embargo de €1,500.50."),
    ("Saisie de 1 500,50 €.", "Embargo de 1500,50 €.", "es", f"Embargo de 1.500,50{NB}€."),
    ("entre 500 et 15 000 USD", "among 500 and 15 000 USD", "en", "among 500 and 15,000 USD"),
    ("entre 500 et 15 000 USD", "entre 500 y 15 000 USD", "es", "entre 500 y 15.000 USD"),
    ("15 000 hommes", "15 000 ludzi", "pl", f"15{NB}000 ludzi"),
    ("15 000 hommes", "15 000 Mann", "de-CH", "15’000 Mann"),
    ("12 345 678 habitants", "12 345 678 people", "en-IN", "1,23,45,678 people"),
    ("1.500 agents, 2.000.000,5 km", "1.500 agents, 2.000.000,5 km", "en", "1,500 agents, 2,000,000.5 km"),
    ("5,829 % de 6,925 millions", "5,829 % of 6,925 million", "en", "5.829% of 6.925 million"),
    ("2,500 km en 0,125 s", "2,500 km in 0,125 s", "en", "2.500 km in 0.125 s"),
    ("une baisse de 12,5 %", "a loss of 12,5 %", "en", "a loss of 12.5%"),
    ("une baisse de 12,5 %", "una baja de 12,5 %", "es", f"una baja de 12,5{NB}%"),
    ("une baisse de 12 %", "una baixa de 12%", "ca", f"una baixa de 12{NB}%"),
    ("une baisse de 12 %", "un calo di 12 %", "it", "un calo di 12%"),
    ("2,5 M€ et 3 Md€", "2,5 M€ and 3 Md€", "en", "€2.5 million and €3 billion"),
    ("2,5 M€", "2,5 M€", "es", f"2,5{NB}M€"),
    ("2,5 M€", "2,5 M€", "nl", f"2,5{NB}M€"),
    ("à 14 h 30, à 9 h 05", "a las 14 h 30, a las 9 h 05", "es", "a las 14:30, a las 9:05"),
    ("à 14h30 et à 9 h", "at 14h30 and at 9 h", "en", "at 14:30 and at 9:00"),
    ("de 9 h à 18 h", "dalle 9 h alle 18 h", "it", "dalle 09:00 alle 18:00"),
    ("à 14 h 30", "klo 14 h 30", "fi", "klo 14.30"),
    ("LE 3 MAI 2014, 10 H", "EL 3 MAYO 2014, 10 H", "es", "EL 3 MAYO 2014, 10:00"),
    ("le 1er mai", "the 1er May", "en", "the 1st May"),
    ("les 2e, 3e, 4e, 11e, 22e", "the 2e, 3e, 4e, 11e, 22e", "en", "the 2nd, 3rd, 4th, 11th, 22nd"),
    ("le 1er et la 1re", "lo 1er y la 1re", "es", "lo 1.º y la 1.ª"),
    ("le 1er et la 1re", "il 1.º e la 1.ª", "it", "il 1º e la 1ª"),
    ("le 1er, le 2e, le 5e, la 2e", "el 1er, el 2e, el 5e", "ca", "el 1r, el 2n, el 5è"),
    ("le 1er mai", "am 1er Mai", "de", "am 1. Mai"),
    ("le 1er", "الـ1er", "ar", "الـ1er"),
    ("au 1er", "في 1er", "ar", "في 1"),
    ("au XXe siècle", "el siglo XXe", "es", "el siglo XX"),
    ("au XIXe siècle", "the XIXe century", "en", "the 19th century"),
    ("n° 12-345", "n° 12-345", "en", "No. 12-345"),
    ("n° 12-345", "n° 12-345", "es", "n.º 12-345"),
    ("n°12", "n°12", "it", "n. 12"),
    ("N° 12", "N° 12", "pt", "N.º 12"),
    ("n°s 3 et 4", "n°s 3 and 4", "en", "Nos. 3 and 4"),
    ("nᵒ 12", "n° 12", "ca", "núm. 12"),
]

LEFT_ALONE = [
    ("en 2014", "in 2014", "en"),
    ("1500 personnes", "1500 people", "en"),
    ("art. 3-1", "art. 3-1", "es"),
    ("le 02.05.2014", "the 02.05.2014", "en"),
    ("le 192.168.100.200", "the 192.168.100.200", "en"),
    ("la version 2.5", "the version 2.5", "es"),
    ("dossier n° 12 345", "file No. 12 345", "en"),
    ("SIREN 552 081 317", "SIREN 552 081 317", "en"),
    ("2 500 victimes", "2,500 victims", "en"),
    ("2 500 victimes et 2,500 km", "2,500 victims and 2.500 km", "en"),
    ("une garde à vue de 3 h, pendant 20 h", "a custody of 3 h, during 20 h", "en"),
    ("un vol de 2 h 30 min", "a flight of 2 h 30 min", "en"),
    ("130 km/h", "130 km/h", "en"),
    ("12 345 personnes", "1 234 people", "en"),
    ("rien", "1 500,50 and 1er and 14 h 30", "en"),
    ("380,000 euros", "380,000 euros", "es"),
    ("3,158 agressions", "3,158 assaults", "en"),
    ("la 21ème maison", "das 21er Haus", "de"),
    ("15 000 $ US", "15,000 $ US", "en"),
]


@pytest.mark.parametrize(("source", "raw", "lang", "expected"), REWRITTEN)
def test_french_figures_are_written_as_the_language_does(
    finish: Finish, source: str, raw: str, lang: str, expected: str
) -> None:
    assert finish(f"a : {source}", f"a: {raw}", lang).text == f"a: {expected}"


@pytest.mark.parametrize(("source", "raw", "lang"), LEFT_ALONE)
def test_other_figures_are_left_alone(finish: Finish, source: str, raw: str, lang: str) -> None:
    assert finish(f"a {source}", f"a {raw}", lang).text == f"a {raw}"


def test_the_same_value_grouped_and_ungrouped_stays_as_the_engine_has_it(finish: Finish) -> None:
    text = finish("en 2014, 2 014 personnes", "in 2014, 2 014 people", "en").text
    assert text == "in 2014, 2,014 people"


def test_a_word_that_a_rule_puts_right_is_no_longer_unknown(finish: Finish) -> None:
    raw = "le 14h30 zut n° 4"
    unknown = (Span(5, 8), Span(9, 12), Span(13, 15))
    hypothesis = finish("à 14h30 zut n° 4", raw, "en", unknown)
    assert hypothesis.text == "le 14:30 zut No. 4"
    assert [hypothesis.text[span.start : span.end] for span in hypothesis.unknown] == ["zut"]


@pytest.mark.parametrize("unit", ["1 000 € ", "à 14 h 30 ", "n° 12 ", "1 ", "123 ", "1.", "III", "2e ", "12,5 % "])
def test_hostile_text_costs_no_more_than_its_length(finish: Finish, unit: str) -> None:
    text = "a " + (unit * 50_000)[:50_000]
    started = time.perf_counter()
    finish(text, text, "en")
    assert time.perf_counter() - started < 5


def test_many_different_figures_cost_no_more_than_their_number(finish: Finish) -> None:
    text = "a " + " ".join(f"{i} {i % 1000:03d},5" for i in range(1, 5_000))
    started = time.perf_counter()
    finish(text, text, "en")
    assert time.perf_counter() - started < 5
