"""Damage to values: it is where it should be, of its kind, and the same for the same seed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measure.bench import (
    ROWS,
    examples,
    is_flagged,
    measure_alarms,
    measure_catches,
    measure_speed,
    read_pairs,
)
from pipeline.measure.damage_values import DAMAGES, damage
from pipeline.measure.damage_words import Pair

TEXT = (
    "On May 2, 2014, three men paid 15,000 dollars and 20 euros, or 20 percent, for 12 km: "
    "5 million people saw 58 of them."
)
OTHERS = {
    "es": "El 2 de mayo de 2014, tres hombres pagaron 15.000 euros, un 20 por ciento, por 12 años: 5 millones.",
    "de": "Am 2. Mai 2014 zahlten drei Männer 15.000 Euro, 20 Prozent, nach 12 Tagen und 3 Jahren: 5 Millionen.",
    "it": "Il 2 maggio 2014 tre uomini pagarono 15.000 euro, il 20 per cento, per 12 anni: 5 milioni.",
}


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_text_differs_in_one_place(kind, seed):
    damaged = damage(kind, TEXT, "en", seed)
    assert damaged.text != TEXT
    assert damaged == damage(kind, TEXT, "en", seed)
    assert TEXT.count(damaged.before) >= 1
    assert len(damaged.text) == len(TEXT) - len(damaged.before) + len(damaged.after)


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("kind", DAMAGES)
def test_every_measured_language_can_be_damaged(kind, lang):
    assert damage(kind, OTHERS[lang], lang, 1).text != OTHERS[lang]


@pytest.mark.parametrize("kind", DAMAGES)
def test_nothing_is_made_of_nothing(kind):
    assert damage(kind, "No value stands here.", "en", 1) is None


@pytest.mark.parametrize("seed", range(30))
def test_the_damage_is_of_its_kind(seed):
    power = damage("number_power", "They have 15,000 cars.", "en", seed).after
    assert power in {"1,500"}
    assert damage("currency", "It cost $500.", "en", seed).after in {"€", "£"}
    assert damage("unit", "It is 12 km away.", "en", seed).after not in {"km", "kilometres"}
    assert damage("swap_values", "5 of 12.", "en", seed).text == "12 of 5."


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(DAMAGES)), st.text("0123456789,. $%three May km", max_size=40), st.integers(0, 9))
def test_any_text_can_be_given(kind, text, seed):
    damaged = damage(kind, text, "en", seed)
    assert damaged is None or damaged.kind == kind


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "newstest"
    folder.mkdir()
    french = ["58 personnes ont payé 15 000 USD.", "", "Le 2 mai 2014.", "Rien.", "Il a 17 ans."]
    english = ["58 people paid USD 15,000.", "", "On May 2, 2014.", "Nothing 33.", "He is 17 years old."]
    (folder / "newstest2009.fr").write_text("\n".join(french), "utf-8")
    (folder / "newstest2009.en").write_text("\n".join(english), "utf-8")
    return tmp_path


def test_halves_of_the_pairs_make_the_whole(data):
    assert len(read_pairs(data, "en")) == 4
    assert read_pairs(data, "en", "first") + read_pairs(data, "en", "second") == read_pairs(data, "en")
    assert read_pairs(data, "es") == []


def test_alarms_and_catches_are_counted(data):
    pairs = read_pairs(data, "en")
    (alarms,) = measure_alarms(pairs, ["numbers, amounts"])
    assert "25.00 %" in alarms
    (caught,) = measure_catches(pairs, ["date"])
    assert "100.0 %  of 1" in caught


def test_examples_show_before_and_after(data):
    ((before, after),) = list(examples(ROWS["date"], read_pairs(data, "en")))
    assert before == "On May 2, 2014."
    assert after != before
    assert is_flagged(Pair("Le 2 mai 2014.", after, "en"), ("dates",))


def test_all_checks_together_are_measured_with_their_speed_and_memory(tmp_path):
    (tmp_path / "newstest").mkdir()
    for lang, text in (("fr", "Il a vu 3 hommes hier à la gare."), ("en", "He saw 3 men at the station yesterday.")):
        (tmp_path / "newstest" / f"newstest2009.{lang}").write_text("\n".join([text] * 8), encoding="utf-8")
    pairs = read_pairs(tmp_path, "en")
    (alarms,) = measure_alarms(pairs, ["all checks"])
    assert " 0.00 %  of 8" in alarms
    speeds = list(measure_speed(tmp_path, ["en", "en"], 2))
    assert [line.split()[0] for line in speeds] == ["speed", "speed", "memory"]
