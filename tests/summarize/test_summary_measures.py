import pytest

from pipeline.summarize.measures import Meter, values_of

SENTENCES = ["La police a arrêté 58 personnes le 2 mai 2014 à Manille.", "Elle a saisi 250 téléphones."]
FACTS = values_of(SENTENCES, "fr")


def test_a_copied_sentence_is_short_and_not_new():
    copied = Meter(SENTENCES, "fr", FACTS).measure(SENTENCES[1])
    assert (copied.novelty, copied.redundancy) == (0, 0)
    assert copied.coverage == pytest.approx(1 / 3, abs=0.001)
    assert copied.compression == pytest.approx(5 / 17, abs=0.001)


def test_what_is_new_and_said_again_is_counted():
    new = Meter(SENTENCES, "fr", FACTS).measure("Le maire dort, le maire dort.")
    assert (new.novelty, new.redundancy, new.coverage) == (1, pytest.approx(2 / 5), 0)


def test_facts_are_compared_by_value_with_the_french_whatever_the_language():
    english = Meter(["Police arrested 58 people on 2 May 2014 in Manila.", "They seized 250 phones."], "en", FACTS)
    told = english.measure("On 2 May 2014, 58 people were arrested.", values_of(["58 et 250"], "fr"))
    assert told.coverage == pytest.approx(2 / 3, abs=0.001)
    assert told.agreement == pytest.approx(1 / 2)


def test_where_there_is_nothing_to_tell_nothing_is_missing():
    nothing = Meter([], "fr", frozenset()).measure("")
    assert (nothing.coverage, nothing.agreement, nothing.compression, nothing.novelty) == (1, 1, 0, 0)


def test_letters_are_the_words_of_scripts_without_spaces():
    chinese = Meter(["警方逮捕58人"], "zh", frozenset())
    assert chinese.measure("逮捕58人").novelty == 0
