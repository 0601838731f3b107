"""What the small language model says, and that it says it of a text whatever stands beside it."""

import numpy as np
import pytest

from pipeline.estimate.language_model import (
    BACK_OFF,
    STEP,
    UNKNOWN,
    has_model,
    mean_log_probabilities,
    score_words,
    word_numbers,
)
from pipeline.measure.language_model_training import learn_language_model

TEXTS = [
    "Police arrested 58 people in connection with the case.",
    "The European Commission has adopted a proposal.",
    "",
    "⁇",
    "Zxqv wrtl pfgh.",
]


def test_only_english_has_a_model():
    assert has_model("en")
    assert has_model("en-GB")
    assert not has_model("es")


@pytest.mark.parametrize(
    ("fluent", "broken"),
    [
        (
            "The members of the Commission have adopted the report.",
            "The of members Commission the have report adopted.",
        ),
        ("He was arrested by the police.", "He has been arrested by the polizia nazionale."),
        ("It is not possible to say more.", "It possible is to say not more."),
    ],
)
def test_fluent_english_is_likelier(fluent, broken):
    good, bad = mean_log_probabilities([fluent, broken], "en")
    assert good > bad


def test_a_text_s_score_does_not_depend_on_its_neighbours():
    together = mean_log_probabilities(TEXTS, "en")
    assert together == [mean_log_probabilities([text], "en")[0] for text in TEXTS]
    assert together[::-1] == mean_log_probabilities(TEXTS[::-1], "en")


def test_spelling_of_quotes_and_numbers_makes_no_difference():
    one, other = mean_log_probabilities(["It’s “58” now", 'It\'s "97" now'], "en")
    assert one == other


def test_words_never_seen_are_unknown():
    table = learn_language_model(["a b c"] * 10, bits=10, least_seen=(1, 1, 1))
    scores = score_words(np.array(word_numbers("zz"), dtype=np.uint32), table)
    assert scores[2] == pytest.approx(UNKNOWN + 2 * BACK_OFF)


def test_a_model_gives_back_the_frequencies_it_was_taught():
    table = learn_language_model(["a b", "a b", "a b", "a c"], bits=12, least_seen=(1, 1, 1))
    known = score_words(np.array(word_numbers("a b"), dtype=np.uint32), table)
    assert known[2] == 0.0
    assert known[3] == pytest.approx(-round(-np.log(3 / 4) / STEP) * STEP)
    rare = score_words(np.array(word_numbers("a c"), dtype=np.uint32), table)
    assert rare[3] == pytest.approx(-round(-np.log(1 / 4) / STEP) * STEP)


def test_what_is_too_rare_is_forgotten():
    table = learn_language_model(["a b", "a b", "c d"], bits=12, least_seen=(2, 2, 3))
    numbers = np.array(word_numbers("a b"), dtype=np.uint32)
    assert score_words(numbers, table)[3] == pytest.approx(BACK_OFF)
    rare = np.array(word_numbers("c"), dtype=np.uint32)
    assert score_words(rare, table)[2] == pytest.approx(UNKNOWN + 2 * BACK_OFF)


def test_the_more_frequent_of_two_has_the_slot():
    words = [f"w{chr(97 + n)}{chr(97 + m)}" for n in range(26) for m in range(26)]
    table = learn_language_model(
        [word for word in words for _ in range(2)] + ["often"] * 5000, bits=6, least_seen=(2, 9, 9)
    )
    scores = score_words(np.array(word_numbers("often"), dtype=np.uint32), table)
    assert scores[2] > UNKNOWN + 2 * BACK_OFF
