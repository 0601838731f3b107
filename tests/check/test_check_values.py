"""Amounts, dates and measures: passes and fails, each with its one finding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check import CHECKS

CHECKED = ("numbers", "amounts", "dates", "measures")

# French, translation, language: the same values.
PASSES = [
    ("une rançon de 1 500,50 €", "una suma de 1.500,50 €", "es"),
    ("une rançon de 1\u00a0500,50 €", "a ransom of €1,500.50", "en"),
    ("une rançon de 1\u202f500,50 €", "ein Lösegeld von 1.500,50 Euro", "de"),
    ("une rançon de 1\u2009500,50 €", "un riscatto di 1.500,50 euro", "it"),
    ("de 500 à 15 000 USD", "between $500 and $15,000", "en"),
    ("de 500 à 15 000 USD", "de 500 a 15.000 dólares", "es"),
    ("mille milliards de dollars, dont 1,5 milliard saisi", "un billón de dólares, 1500 millones decomisados", "es"),
    ("3 M€", "€3 million", "en"),
    ("3,5 millions d’euros", "3,5 млн евро", "ru"),
    ("3,5 millions d’euros", "350万欧元", "zh"),
    ("3 millions d’euros", "3 ملايين يورو", "ar"),
    ("vingt-trois agents", "drieëntwintig agenten", "nl"),
    ("17 ans", "zeventienjarige", "nl"),
    ("3 M€", "3 milions d’euros", "ca"),
    ("deux milliards d’euros", "2 Mrd. Euro", "de"),
    ("deux milliards d’euros", "2 miljard euro", "nl"),
    ("12 livres sterling", "12 pounds", "en"),
    ("200 000 couronnes", "200.000 Kronen", "de"),
    ("350 000 forints", "HUF 350,000", "en"),
    ("40 milliards de dollars et 24 milliards", "40 billion dollars and 24 more", "en"),
    ("4 000 livres", "4.000 Pfund (4.500 Euro)", "de"),
    ("15 000 USD", "15 000 долларов", "ru"),
    ("15 000 USD", "15000美元", "zh"),
    ("15 000 USD", "١٥٠٠٠ دولار", "ar"),
    ("les 30 avril et 1er mai", "on April 30 and May 1", "en"),
    ("les 30 avril et 1er mai", "el 30 de abril y el 1 de mayo", "es"),
    ("les 30 avril et 1er mai", "am 30. April und 1. Mai", "de"),
    ("les 30 avril et 1er mai", "30 april en 1 mei", "nl"),
    ("le 2 mai 2014", "2 мая 2014 года", "ru"),
    ("le 2 mai 2014", "2014年5月2日", "zh"),
    ("le 2 mai 2014", "2 مايو 2014", "ar"),
    ("le 2 mai 2014", "d’ara, 2 de maig de 2014", "ca"),
    ("le 2 mai 2014", "2 de maio de 2014", "pt"),
    ("le 2 mai 2014", "05/02/2014", "en"),
    ("du 2 au 5 mai", "May 2–5", "en"),
    ("le premier mai", "1 May", "en"),
    ("vendredi 2 mai", "on Friday, May 2", "en"),
    ("à 14 h 30", "at 2:30 p.m.", "en"),
    ("à 14 h 30", "alle 14,30", "it"),
    ("à 17H00", "um 17 Uhr", "de"),
    ("à neuf heures moins vingt", "at 8:40", "en"),
    ("à dix heures et demie", "at 10:30", "en"),
    ("vers 15 heures 30", "around 1530 hours", "en"),
    ("au XXe siècle, sous Louis XIV, la 2e DPJ", "in the 20th century, under Louis XIV, the 2nd DPJ", "en"),
    ("la 1re Guerre mondiale", "World War I", "en"),
    ("ces 17 dernières années", "the last 17 years", "en"),
    ("Daniel Perry, 17 ans", "17-year-old Daniel Perry", "en"),
    ("une peine de 20 ans", "zwanzigjährige Haftstrafe", "de"),
    ("un train de 2 heures 40 minutes", "a train of 2 hours 40 minutes", "en"),
    ("20 %", "a fifth", "en"),
    ("50 %", "die Hälfte", "de"),
    ("25 pour cent", "25 Prozent", "de"),
    ("10 km", "6.2 miles", "en"),
    ("783 562 kilomètres carrés", "783,562 square kilometres (302,535 sq mi)", "en"),
    ("240 kilomètres à l’heure", "240 km/h", "en"),
    ("cette année", "in 2009", "en"),
    ("un véhicule 4x4", "an SUV", "en"),
    ("trois millions et demi d’euros", "three and a half million euros", "en"),
    ("deux ans et demi", "zweieinhalb Jahre", "de"),
    ("100 autres milliards d’euros", "another 100 billion euros", "en"),
    ("des dizaines de millions de couronnes", "mehrere 10 Millionen Kronen", "de"),
    ("à la 90e minute", "in der neunzigsten Minute", "de"),
    ("entre 190 et 195 personnes", "between 190 and 195 people", "en"),
    ("58 personnes arrêtées et 17 blessés", "17 injured and 58 people arrested", "en"),
    ("2008 : 15 ; 2009 : 17 ; 2010 : 21", "2008: 15; 2009: 17; 2010: 21", "en"),
]

# French, translation, language, check, severity, message.
FAILS = [
    ("15 000 USD", "1.500 USD", "es", "amounts", "blocker", "French says 15 000 USD; Spanish says 1.500 USD."),
    ("15 000 USD", "15.000 USD", "en", "amounts", "major", "French says 15 000 USD; English says 15.000 USD."),
    ("15 000 USD", "15,000 euros", "en", "amounts", "blocker", "French says 15 000 USD; English says 15,000 euros."),
    ("15 000 €", "£15,000", "en", "amounts", "blocker", "French says 15 000 €; English says £15,000."),
    ("15 000 €", "15.000 libras", "es", "amounts", "blocker", "French says 15 000 €; Spanish says 15.000 libras."),
    ("2,5 M€", "2,5 Md€", "es", "amounts", "blocker", "French says 2,5 M€; Spanish says 2,5 Md€."),
    ("3 millions d’euros", "3 billion euros", "en", "amounts", "blocker", None),
    ("3 millions d’euros", "three billion euros", "en", "amounts", "blocker", None),
    ("des millions d’euros", "billions of euros", "en", "amounts", "major", None),
    ("une rançon", "a ransom of $70,000", "en", "amounts", "major", "English says $70,000; French does not."),
    ("une rançon de 70 000 $", "a ransom", "en", "amounts", "blocker", "French says 70 000 $; English does not."),
    ("15 000 USD", "15 000 евро", "ru", "amounts", "blocker", None),
    ("15 000 USD", "15000欧元", "zh", "amounts", "blocker", None),
    ("15 000 USD", "١٥٠٠ دولار", "ar", "amounts", "major", None),
    ("3 millions d’euros", "3 млрд евро", "ru", "amounts", "major", None),
    ("vingt-trois agents", "vierentwintig agenten", "nl", "numbers", "major", None),
    ("le 30 avril", "on May 30", "en", "dates", "blocker", "French says 30 avril; English says May 30."),
    ("le 30 avril", "on April 3", "en", "dates", "blocker", "French says 30 avril; English says April 3."),
    ("le 2 mai 2014", "le 2 de mayo de 2015", "es", "dates", "blocker", None),
    ("le 02/05/2014", "2 May 2015", "en", "dates", "blocker", "French says 02/05/2014; English says 2 May 2015."),
    ("les 30 avril et 1er mai", "on April 30 and May 2", "en", "dates", "blocker", None),
    ("en 2008", "in 2009", "en", "dates", "blocker", "French says 2008; English says 2009."),
    ("vendredi", "on Thursday", "en", "dates", "major", "French says vendredi; English says Thursday."),
    ("à 14 h 30", "at 2:30 a.m.", "en", "dates", "blocker", None),
    ("à 14 h 30", "a las 14:31", "es", "dates", "blocker", "French says 14 h 30; Spanish says 14:31."),
    ("le 2 mai 2014", "3 мая 2014 года", "ru", "dates", "blocker", None),
    ("le 2 mai 2014", "2014年6月2日", "zh", "dates", "blocker", None),
    ("17 ans", "17 months", "en", "measures", "blocker", "French says 17 ans; English says 17 months."),
    ("ces 17 dernières années", "the last 17 hours", "en", "measures", "blocker", None),
    ("12 km", "12 miles", "en", "measures", "blocker", "French says 12 km; English says 12 miles."),
    ("10 km", "9 miles", "en", "measures", "blocker", "French says 10 km; English says 9 miles."),
    ("20 %", "30%", "en", "measures", "blocker", "French says 20 %; English says 30%."),
    ("20 % des élèves", "20 of the pupils", "en", "measures", "major", "French says 20 %; English says 20."),
    ("20 %", "20 punts percentuals", "ca", "measures", "blocker", None),
    ("10 et 20 ans", "20 and 20 years", "en", "measures", "blocker", None),
]

# French, translation with two values swapped, language.
SWAPS = [
    ("58 personnes, dont 17 mineurs", "17 people, 58 of them minors", "en"),
    ("58 personnes, dont 17 mineurs", "17 personas, 58 de ellas menores", "es"),
    ("Daniel Perry, 17 ans, et Marc Dupont, 45 ans", "Daniel Perry, 45, and Marc Dupont, 17", "en"),
    ("entre 190 et 195 suspects", "between 195 and 190 suspects", "en"),
    ("8,4 millions d’euros pour 113 projets", "113 million euros for 8.4 projects", "en"),
    ("une hausse de 3 % en 2008, de 5 % en 2009", "ein Anstieg um 5 % 2008 und 3 % 2009", "de"),
]


def found(make_pair, source, target, lang):
    pair = make_pair(source, target, lang)
    return [(name, defect) for name in CHECKED for defect in CHECKS[name].find(pair) if defect.severity != "minor"]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_equal_facts_pass(make_pair, source, target, lang):
    assert found(make_pair, source, target, lang) == []


@pytest.mark.parametrize(("source", "target", "lang", "check", "severity", "message"), FAILS)
def test_each_other_fact_is_one_finding_of_one_check(make_pair, source, target, lang, check, severity, message):
    ((name, defect),) = found(make_pair, source, target, lang)
    assert (name, defect.severity) == (check, severity)
    assert message is None or defect.message == message
    assert defect.source_span or defect.target_span


@pytest.mark.parametrize(("source", "target", "lang"), SWAPS)
def test_swapped_values_are_found(make_pair, source, target, lang):
    defects = [defect for _, defect in found(make_pair, source, target, lang)]
    assert defects
    assert all(defect.source_span and defect.target_span for defect in defects)


def test_a_swap_is_told_in_words(make_pair):
    ((_, defect),) = found(make_pair, "58 personnes, dont 17 mineurs", "17 people, 58 of them minors", "en")
    assert defect.message == "58 and 17 have changed places: English says 58 where French says 17."
    assert defect.severity == "major"


def test_spans_hold_the_value_with_its_unit(make_pair):
    pair = make_pair("Soit 15 000 USD.", "It is 1,500 USD.")
    (defect,) = CHECKS["amounts"].find(pair)
    assert pair.source[defect.source_span.start : defect.source_span.end] == "15 000 USD"
    assert pair.target[defect.target_span.start : defect.target_span.end] == "1,500 USD"


def test_each_fact_is_counted_by_one_check(make_pair):
    pair = make_pair("Le 2 mai 2014, vendredi, 58 hommes ont payé 15 000 USD, soit 20 %, à 14 h 30.", "")
    assert {name: CHECKS[name].count(pair) for name in CHECKED} == {
        "numbers": 1,
        "amounts": 1,
        "dates": 3,
        "measures": 1,
    }


def test_where_units_are_unknown_numbers_has_all(make_pair):
    pair = make_pair("15 000 USD", "1.500 USD", "pl")
    assert not CHECKS["amounts"].applies("pl")
    assert list(CHECKS["amounts"].find(pair)) == []
    assert [defect.severity for defect in CHECKS["numbers"].find(pair)] == ["major"]


@settings(max_examples=100, deadline=None)
@given(st.integers(13, 10**6), st.sampled_from(["EUR", "USD", "GBP", "JPY"]), st.sampled_from(["EUR", "USD", "GBP"]))
def test_currencies_are_equal_only_to_themselves(make_pair, number, french, other):
    names = [name for name, _ in found(make_pair, f"Soit {number} {french}.", f"It is {number:,} {other}.", "en")]
    assert names == ([] if french == other else ["amounts"])


@settings(max_examples=100, deadline=None)
@given(st.dates(), st.dates())
def test_dates_are_equal_only_to_themselves(make_pair, date, other):
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    source = f"Le {date.day} {months[date.month - 1]} {max(date.year, 1000)}."
    target = f"On {other:%B} {other.day}, {max(other.year, 1000)}."
    same = (date.day, date.month, max(date.year, 1000)) == (other.day, other.month, max(other.year, 1000))
    assert bool(found(make_pair, source, target, "en")) != same


@settings(max_examples=100, deadline=None)
@given(
    st.text("0123456789 ,.%€$kmhansmai-/avril'(", max_size=60), st.text("0123456789 ,.%€$kmhyearsMay-/(", max_size=60)
)
def test_any_two_texts_can_be_compared(make_pair, source, target):
    for _, defect in found(make_pair, source, target, "en"):
        assert defect.source_span is None or 0 <= defect.source_span.start < defect.source_span.end <= len(source)
        assert defect.target_span is None or 0 <= defect.target_span.start < defect.target_span.end <= len(target)
