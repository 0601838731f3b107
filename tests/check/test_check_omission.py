import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check import check_document
from pipeline.check.base import CheckSettings
from pipeline.check.consistency import CONSISTENCY
from pipeline.check.omission import OMISSION, without_parts
from pipeline.facts.similarity import can_compare, encode, similarity

SOURCE = (
    "La police a arrêté 58 personnes à Manille, saisi 250 téléphones portables dans plusieurs bureaux, et cherche "
    "encore le chef du réseau."
)
WHOLE = (
    "Police arrested 58 people in Manila, seized 250 mobile phones in several offices, and are still looking for the "
    "head of the network."
)
SHORT = "Police arrested 58 people in Manila, and are still looking for the head of the network."
LONG = WHOLE + " The weather will be fine on Sunday, with light winds along the coast."
OTHER = "The weather will be fine on Sunday, with light winds from the west along the whole coast of the country."


@pytest.mark.parametrize(
    ("target", "severity", "word"),
    [(WHOLE, None, ""), (SHORT, "major", "missing"), (LONG, "major", "more"), (OTHER, "major", "seem")],
)
def test_what_is_missing_or_added_is_found(make_pair, target, severity, word):
    found = list(OMISSION.find(make_pair(SOURCE, target)))
    assert [defect.severity for defect in found] == ([severity] if severity else [])
    assert all(word in defect.message for defect in found)


def test_the_part_that_is_missing_is_marked(make_pair):
    (defect,) = OMISSION.find(make_pair(SOURCE, SHORT))
    assert "téléphones" in SOURCE[defect.source_span.start : defect.source_span.end]


def test_preparing_changes_nothing(make_pair):
    pair = make_pair(SOURCE, SHORT)
    alone = list(OMISSION.find(pair))
    OMISSION.prepare([pair, make_pair(SOURCE, LONG), make_pair("Oui", "Yes")])
    assert list(OMISSION.find(pair)) == alone


def test_a_translation_is_nearer_than_another_sentence():
    encode([SOURCE, WHOLE, OTHER])
    assert similarity(SOURCE, WHOLE) > 0.5 > similarity(SOURCE, OTHER)


def test_only_languages_of_the_encoder_are_compared():
    assert can_compare("fr", "en")
    assert not can_compare("fr", "ca")


@settings(max_examples=100, deadline=None)
@given(st.text("ab  ,é", max_size=80))
def test_each_part_left_out_is_a_part_of_the_text(text):
    for rest, part in without_parts(text):
        assert 0 <= part.start < part.end <= len(text)
        assert len(rest) < len(text) + 1


def test_one_french_sentence_in_two_translations_is_reported_of_the_later(make_release):
    release = make_release(
        [
            ("Rester en contact avec nous", "Stay in touch with us"),
            ("Oui", "Yes"),
            ("Rester en contact avec nous.", "Keep in touch with us."),
            ("Oui", "Indeed"),
            ("Rester en contact avec nous", "stay in  touch with us."),
        ]
    )
    found = check_document(*release, CheckSettings("fr", ("en",)))
    assert [(item.seg_id, item.severity) for item in found if item.check == "consistency"] == [("s2", "minor")]


def test_a_pair_alone_is_consistent(make_pair):
    pair = make_pair("Rester en contact avec nous", "Stay in touch with us")
    assert list(CONSISTENCY.find(pair)) == []
    assert CONSISTENCY.count(pair) == 1
