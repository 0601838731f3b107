from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check.numbers import NUMBERS
from pipeline.facts.quantities import find_quantities, number_words

# French, translation, language: the same values.
PASSES = [
    ("58 personnes dont trois hommes", "58 people, including 3 men", "en"),
    ("58 personnes dont trois hommes", "58 people, including three men", "en"),
    ("entre 500 et 15 000 USD", "between 500 and 15,000 USD", "en"),
    ("entre 500 et 15\u202f000 USD", "entre 500 y 15.000 USD", "es"),
    ("1\u00a0500,50 €", "1.500,50 €", "es"),
    ("1\u2009500,50 €", "€1,500.50", "en"),
    ("1 500,50 €", "1.500,50 €", "de"),
    ("2,5 millions d’euros", "2.5 million euros", "en"),
    ("2,5 millions d’euros", "2.500.000 euros", "es"),
    ("deux millions cinq cent mille euros", "2,5 milions d’euros", "ca"),
    ("2,5 M€", "€2.5m", "en"),
    ("3 Md€ et 10 k€", "3.000 millones de euros y 10.000 euros", "es"),
    ("mille milliards de dollars, dont 1,5 milliard saisi", "un billón de dólares, 1500 millones decomisados", "es"),
    ("26 milliards de dollars", "26 miles de millones de dólares", "es"),
    ("septante-cinq agents, nonante et un véhicules", "75 officers, 91 vehicles", "en"),
    ("quatre-vingt-dix-sept cas", "ninety-seven cases", "en"),
    ("quatre-vingts personnes", "vuitanta persones", "ca"),
    ("soixante-dix-sept cas", "settantasette casi", "it"),
    ("quatre, vingt et dix-sept ans", "4, 20 and 17 years old", "en"),
    ("le 1er mai à 14 h 30", "1 May, 2:30 p.m.", "en"),
    ("à 14 h 30", "a las 14:30", "es"),
    ("à 14h30", "alle 14.30", "it"),
    ("à 14 heures", "at 2 p.m.", "en"),
    ("à 10 h", "at 10 o’clock", "en"),
    ("au XXe siècle", "in the 20th century", "en"),
    ("au XXIe siècle", "en el siglo XXI", "es"),
    ("les années 80", "the 1980s", "en"),
    ("les années quatre-vingt", "the eighties", "en"),
    ("la saison 2008-2009", "the 2008–09 season", "en"),
    ("de 30 à 40 milliards", "between 30 billion and 40 billion", "en"),
    ("300 à 450 000 couronnes", "300.000 bis 450.000 Kronen", "de"),
    ("une quarantaine de suspects, dont une dizaine de mineurs", "about 40 suspects, some ten of them minors", "en"),
    ("une quinzaine de suspects", "a dozen suspects", "en"),
    ("un homme et une femme", "a man and a woman", "en"),
    ("Un suspect est en fuite", "1 suspect is on the run", "en"),
    ("dans 1 cas", "in one case", "en"),
    ("les deux hommes", "both men", "en"),
    ("dix ans", "a decade", "en"),
    ("deux fois", "twice", "en"),
    ("20 %", "20 per cent", "en"),
    ("20 %", "veinte por ciento", "es"),
    ("deux tiers des suspects", "two thirds of the suspects", "en"),
    ("les deux chambres", "los dos cuartos", "es"),
    ("un demi-million d’euros", "half a million euros", "en"),
    ("deux ans et demi", "two and a half years", "en"),
    ("deux millions et demi", "2.5 million", "en"),
    ("2 ½ heures", "2.5 hours", "en"),
    ("le 02/05/2014", "2 May 2014", "en"),
    ("Louis XIV et la 2e DPJ", "Louis XIV and the 2nd DPJ", "en"),
    ("250 m2 et 3 km²", "250 square metres and 3 km²", "en"),
    ("l’A380", "the A380", "en"),
    ("vingt et unième édition", "21st edition", "en"),
    ("la troisième fois", "the third time", "en"),
    ("mil neuf cents euros", "1,900 euros", "en"),
    ("douze mille", "dodicimila", "it"),
    ("2 300 euros", "duemilatrecento euro", "it"),
    ("2012", "zweitausendzwölf", "de"),
    ("vingt-trois", "vinte e três", "pt"),
    ("1 234 cas", "mil duzentos e trinta e quatro casos", "pt"),
    ("vingt-cinq", "vint-i-cinc", "ca"),
    ("trente et un", "treinta y uno", "es"),
    ("trois hommes", "три человека", "ru"),
    ("trois quarts des suspects", "three quarters of the suspects", "en"),
    ("un quart d’heure", "fifteen minutes", "de"),
    ("ce vendredi", "nesta sexta-feira", "pt"),
    ("le score de 3 à 1", "3-1", "en"),
]

# French, translation, language, (severity, message) of each finding.
FAILS = [
    ("58 personnes", "85 people", "en", [("blocker", "French says 58; English says 85.")]),
    ("58 personnes", "several people", "en", [("blocker", "French says 58; English does not.")]),
    ("plusieurs personnes", "58 people", "en", [("major", "English says 58; French does not.")]),
    ("trois hommes", "four men", "en", [("major", "French says trois; English says four.")]),
    ("trois hommes", "the men", "en", [("minor", "French says trois; English does not.")]),
    ("des hommes", "three men", "en", [("minor", "English says three; French does not.")]),
    ("2,5 millions", "2.5 billion", "en", [("blocker", "French says 2,5 millions; English says 2.5 billion.")]),
    ("au XXe siècle", "en el siglo XXI", "es", [("major", "French says XX; Spanish says XXI.")]),
    ("la troisième fois", "the fourth time", "en", [("major", "French says troisième; English says fourth.")]),
    ("15 000 tonneaux", "15.000 casks", "en", [("major", "French says 15 000; English says 15.000.")]),
    ("10 et 20 suspects", "20 and 20 suspects", "en", [("blocker", "French says 10; English says 20.")]),
    ("20 et 20 suspects", "20 and 30 suspects", "en", [("blocker", "French says 20; English says 30.")]),
    (
        "cinq hommes, cinq femmes et huit enfants",
        "five men, eight women and eight children",
        "en",
        [("major", "French says cinq; English says eight.")],
    ),
    (
        "plusieurs millions de dossiers",
        "several billion files",
        "en",
        [("major", "French says millions; English says billion.")],
    ),
    (
        "une vingtaine de suspects",
        "about seven suspects",
        "en",
        [("major", "French says vingtaine; English says seven.")],
    ),
    ("deux tiers", "three quarters", "en", [("major", "French says deux tiers; English says three quarters.")]),
    ("l’autoroute A2", "la A1", "es", [("major", "French says A2; Spanish says A1.")]),
    ("58 personnes", "много людей", "ru", [("major", "French says 58; Russian does not.")]),
    ("12 personnes", "много людей", "ru", [("minor", "French says 12; Russian does not.")]),
]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_equal_values_pass(make_pair, source, target, lang):
    assert list(NUMBERS.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "expected"), FAILS)
def test_other_values_are_found(make_pair, source, target, lang, expected):
    found = [(defect.severity, defect.message) for defect in NUMBERS.find(make_pair(source, target, lang))]
    assert found == expected


def test_spans_point_at_the_numbers(make_pair):
    pair = make_pair("Soit 15 000 cas.", "It is 1,500 cases.")
    (defect,) = NUMBERS.find(pair)
    assert pair.source[defect.source_span.start : defect.source_span.end] == "15 000"
    assert pair.target[defect.target_span.start : defect.target_span.end] == "1,500"


def test_digits_of_placeables_are_no_numbers(make_pair):
    pair = make_pair("Appelez le 04 72 44 70 00.", "Call now.", placeables=[("04 72 44 70 00", "phone")])
    assert list(NUMBERS.find(pair)) == []
    assert NUMBERS.count(pair) == 0


def test_only_certain_numbers_are_counted(make_pair):
    assert NUMBERS.count(make_pair("Un homme, trois femmes et une dizaine de témoins, 58 en tout", "")) == 2
    assert NUMBERS.count(make_pair("Un homme, trois femmes et 58 témoins", "", "ru")) == 1


FRENCH_WORDS = [
    ("zéro", 0),
    ("dix-sept", 17),
    ("vingt et un", 21),
    ("soixante et onze", 71),
    ("quatre-vingts", 80),
    ("quatre-vingt-onze", 91),
    ("deux cent trois", 203),
    ("mille", 1000),
    ("deux mille quatorze", 2014),
    ("cent vingt mille", 120_000),
    ("trois millions deux cent mille quarante-cinq", 3_200_045),
    ("quatre milliards", 4_000_000_000),
]


@pytest.mark.parametrize(("text", "value"), FRENCH_WORDS)
def test_french_words_have_their_value(text, value):
    (quantity,) = find_quantities(text, "fr")
    assert quantity.values[0] == value
    assert (quantity.start, quantity.end) == (0, len(text))


WORDS = {
    "en": [("two hundred and five", 205), ("nineteen hundred", 1900), ("a million and a half", 1_500_000)],
    "es": [("doscientos treinta y cuatro", 234), ("dos mil millones", 2 * 10**9)],
    "ca": [("dos-cents trenta-quatre", 234), ("mil nou-cents", 1900)],
    "pt": [("duzentos e trinta e quatro", 234), ("mil e quinhentos", 1500)],
    "it": [("centoventotto", 128), ("tremilacinquecento", 3500), ("ventitré", 23)],
    "de": [("zweihundertvierunddreißig", 234), ("fünf Millionen", 5_000_000)],
}


@pytest.mark.parametrize(("lang", "text", "value"), [(lang, *case) for lang, cases in WORDS.items() for case in cases])
def test_words_of_other_languages_have_their_value(lang, text, value):
    (quantity,) = find_quantities(text, lang)
    assert quantity.values[0] == value


def test_languages_without_number_words_say_so():
    assert number_words("ru") is None
    assert number_words("pt-BR") is not None


@settings(max_examples=150, deadline=None)
@given(st.integers(13, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]))
def test_a_number_equals_itself_in_every_notation(number, space):
    french = f"{number:,}".replace(",", space)
    values = [
        find_quantities(text, lang)[0].values[0]
        for text, lang in [
            (french, "fr"),
            (f"{number:,}", "en"),
            (f"{number:,}".replace(",", "."), "es"),
            (str(number), "it"),
        ]
    ]
    assert values == [Fraction(number)] * 4


@settings(max_examples=150, deadline=None)
@given(st.integers(10_000, 999_999), st.integers(0, 5), st.integers(1, 9))
def test_a_changed_digit_never_passes(make_pair, number, place, change):
    digits = list(f"{number:,}")
    position = [index for index, character in enumerate(digits) if character.isdigit()][place % len(str(number))]
    digits[position] = str((int(digits[position]) + change) % 10)
    pair = make_pair(f"{number} personnes", f"{''.join(digits)} people")
    assert {defect.severity for defect in NUMBERS.find(pair)} == {"blocker"}


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789.,:/hHmM€$½  deuxmilltvgàet'", max_size=60))
def test_any_text_is_read_and_spans_are_in_order(text):
    for lang in ("fr", "en", "it", "nl"):
        quantities = find_quantities(text, lang)
        assert all(0 <= quantity.start < quantity.end <= len(text) and quantity.values for quantity in quantities)
        assert list(quantities) == sorted(quantities, key=lambda quantity: quantity.start)


def test_endless_digits_are_compared_as_they_stand(make_pair):
    digits = "7" * 5000
    assert list(NUMBERS.find(make_pair(digits, digits))) == []
    assert [defect.severity for defect in NUMBERS.find(make_pair(digits, digits[:-1] + "8"))] == ["blocker"]
