import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.weighted import weighted_length


@pytest.mark.parametrize(
    ("text", "weight"),
    [  # what twitter-text 3.1 counts, checked against a port that passes its conformance tests
        ("", 0),
        ("abc", 3),
        ("été", 3),
        ("e\u0301te\u0301", 3),
        ("12,5\u00a0%", 6),
        ("5\u202f€", 5),
        ("fin…", 5),
        ("« oui » – “non”", 15),
        ("\u2014\u2012\u2019", 3),
        ("国际", 4),
        ("日本語 ok", 9),
        ("https://example.org/une/adresse/longue?x=1&y=2", 23),
        ("http://a.fr", 23),
        ("voir www.example.org, puis", 5 + 23 + 6),
        ("(https://a.fr/b)", 25),
        ("https://a.fr/b.", 24),
        ("https://a.fr/x_(y)", 23),
        ("«https://a.fr/b»", 25),
        ("https://a.fr…", 25),
        ("https://exämple.fr", 23),
        ("presse@interpol.int", 19),
        ("@a.fr", 5),
        ("interpol.int", 23),
        ("http://localhost", 16),
        ("2.600", 5),
        ("U.S.A.", 6),
        ("M.Dupont et M. Martin", 23 + 13),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇫🇷🇫🇷", 4),
        ("1️⃣", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("✈️", 2),
        ("#INTERPOL https://interpol.int", 33),
    ],
)
def test_a_network_weighs_a_text_so(text, weight):
    assert weighted_length(text) == weight


def test_what_may_be_an_address_counts_as_whichever_is_longer():
    assert weighted_length("quai.Selon") == 23
    assert weighted_length("mot.interminablementlongcommetout") == 33


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a_text_with_more_behind_a_space_weighs_at_least_the_same(text, more):
    assert weighted_length(f"{text} {more}") >= weighted_length(text)
    assert weighted_length(text) >= 0


@pytest.mark.parametrize("hostile", ["a.", "a-", "https://", "👨\u200d", ".", "a.fr/(", "1️⃣"])
def test_hostile_texts_take_linear_time(hostile):
    assert growth(lambda size: weighted_length(hostile * size + ".fr"), 10_000, 40_000) < 10
