from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Span
from pipeline.report.diff import word_diff
from tests.growth import growth


def changed(a: str, b: str) -> list[tuple[str, str, str]]:
    return [
        (op, a[a_span.start : a_span.end], b[b_span.start : b_span.end])
        for op, a_span, b_span in word_diff(a, b)
        if op != "equal"
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", []),
        ("the same words", "the same words", []),
        ("white  space\u00a0alone", "white space alone", []),
        ("58 people", "85 people", [("replace", "58", "85")]),
        ("the big red car", "the red car", [("delete", "big", "")]),
        ("the red car", "the big red car", [("insert", "", "big")]),
        ("It ended.", "It ended!", [("replace", ".", "!")]),
        ("15 000 USD", "15,000 USD", [("insert", "", ",")]),
        ("l’accord", "l’arrêt", [("replace", "accord", "arrêt")]),
        ("INTERPOL", "Interpol", [("replace", "INTERPOL", "Interpol")]),
        ("قال المدير", "قال الوزير", [("replace", "المدير", "الوزير")]),
        ("警察逮捕五十八人", "警察逮捕八十五人", [("insert", "", "八十"), ("delete", "十八", "")]),
        ("नमस्ते दुनिया", "नमस्ते भारत", [("replace", "दुनिया", "भारत")]),
        ("", "all new", [("insert", "", "all new")]),
        ("all gone", "", [("delete", "all gone", "")]),
        ("a b c", "c a b", [("insert", "", "c"), ("delete", "c", "")]),
    ],
)
def test_differences_are_whole_words(a: str, b: str, expected: list[tuple[str, str, str]]) -> None:
    assert changed(a, b) == expected


WORDS = st.lists(st.sampled_from(["a", "b", "58", "été", ".", "«", "人", "\u00a0"]), max_size=30).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_spans_leave_out_white_space_alone_and_equal_spans_have_equal_words(a: str, b: str) -> None:
    differences = word_diff(a, b)
    for text, side in ((a, 1), (b, 2)):
        spans: list[Span] = [item[side] for item in differences]
        assert "".join("".join(text[span.start : span.end] for span in spans).split()) == "".join(text.split())
        assert all(one.end <= other.start for one, other in pairwise(spans))
    for op, a_span, b_span in differences:
        words = a[a_span.start : a_span.end].split(), b[b_span.start : b_span.end].split()
        assert (words[0] == words[1]) == (op == "equal")
        assert bool(words[0]) == (op != "insert")
        assert bool(words[1]) == (op != "delete")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a " * 50_000, "a " * 49_999 + "b"),
        ("x y " * 20_000, "x z " * 20_000),
        ("a b " * 25_000, "b a " * 25_000),
        ("a" * 200_000, "b" * 200_000),
        ("人" * 30_000, "口人" * 15_000),
    ],
)
def test_long_and_repetitive_texts_take_bounded_time(a: str, b: str) -> None:
    assert any(item.op != "equal" for item in word_diff(a, b))
    assert growth(lambda size: word_diff(a[-size:], b[-size:]), len(a) // 8, len(a) // 2) < 8


def test_beyond_the_bound_the_middle_counts_as_replaced_and_the_ends_do_not() -> None:
    a = "Start here. " + "x y " * 2_000 + "The end."
    b = "Start here. " + "y x " * 2_000 + "The end."
    operations = [item.op for item in word_diff(a, b)]
    assert operations == ["equal", "replace", "equal"]


def test_a_repetitive_sentence_within_the_bound_is_compared_word_by_word() -> None:
    operations = [item.op for item in word_diff("x y " * 65, "x z " * 65)]
    assert operations.count("replace") > 1
