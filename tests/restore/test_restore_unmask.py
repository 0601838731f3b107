"""Tokens back into content and markup, whatever an engine did to them."""

import pytest

from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import Hypothesis, Markup, Segment, Span
from pipeline.restore import restore_segment
from pipeline.translate.base import Candidate

A, B, C, D, E, F = (chr(0xE000 + i) for i in range(6))
SOURCE = "un lien fort vers www.interpol.int et fin"
# un A lien B fort C D vers E(point) F(url) et fin: a link around "lien fort" with "fort" in bold
MARKUP = (Markup(0, "link", 3, 12), Markup(1, "bold", 8, 12), Markup(2, "footnote", 17, 17))
MASKED = f"un {A}lien {B}fort{C}{D} vers{E} {F} et fin"


def restored(raw: str, *unknown: Span, lang: str = "en") -> Hypothesis:
    segment = Segment("s", "d", "b0", 0, 0, len(SOURCE), SOURCE)
    masked = protect_segment(segment, MARKUP, TermMatcher([], [], lang))
    assert masked.text == MASKED
    return restore_segment(segment, masked, Candidate(raw, 1.0, unknown), lang, "engine", "repair")


def covered(hypothesis: Hypothesis) -> dict[int, str]:
    return {element.ref: hypothesis.text[element.start : element.end] for element in hypothesis.markup}


def test_everything_comes_back() -> None:
    hypothesis = restored(f"a {A}link {B}strong{C}{D} to{E} {F} and end")
    assert hypothesis.text == "a link strong to www.interpol.int and end"
    assert hypothesis.markup == (
        Markup(0, "link", 2, 13),
        Markup(1, "bold", 7, 13),
        Markup(2, "footnote", 16, 16),
    )
    assert (hypothesis.lost, hypothesis.origin, hypothesis.system) == ((), "repair", "engine")


def test_content_and_styles_may_move() -> None:
    hypothesis = restored(f"{F} to{E} a {A}{B}strong{C} link{D} and end")
    assert hypothesis.text == "www.interpol.int to a strong link and end"
    assert covered(hypothesis) == {0: "strong link", 1: "strong", 2: ""}
    assert [element.ref for element in hypothesis.markup] == [2, 0, 1]


@pytest.mark.parametrize(
    ("raw", "kept", "lost"),
    [
        (f"a {A}link {B}strong{C} to{E} {F}", {1: "strong", 2: ""}, [A, D]),
        (f"a link {B}strong{C}{D} to{E} {F}", {1: "strong", 2: ""}, [A, D]),
        (f"a {D}link {B}strong{C}{A} to{E} {F}", {1: "strong", 2: ""}, [A, D]),
        (f"a {A}link{D} {B}{C}strong to{E} {F}", {0: "link", 2: ""}, [B, C]),
        (f"a {A}link {B}strong{D} to{C}{E} {F}", {0: "link strong", 2: ""}, [B, C]),
        (f"a {A}{A}link {B}strong{C}{D} to{E} {F}", {1: "strong", 2: ""}, [A, D]),
        (f"a {A}link {B}strong{C}{D}", {0: "link strong", 1: "strong", 2: ""}, [E, F]),
        ("a link strong", {2: ""}, [A, B, C, D, E, F]),
    ],
    ids=["closing missing", "opening missing", "backwards", "empty", "crossed", "twice", "content missing", "all"],
)
def test_what_is_lost_is_said(raw: str, kept: dict[int, str], lost: list[str]) -> None:
    hypothesis = restored(raw)
    assert covered(hypothesis) == kept
    assert [placeable.token for placeable in hypothesis.lost] == lost
    assert not any("\ue000" <= character <= "\uf8ff" for character in hypothesis.text)


def test_a_lost_point_is_put_at_the_end() -> None:
    hypothesis = restored(f"a {A}link {B}strong{C}{D} to {F}")
    assert hypothesis.markup[-1] == Markup(2, "footnote", len(hypothesis.text), len(hypothesis.text))


def test_tokens_that_are_not_ours_or_stand_twice_are_removed() -> None:
    hypothesis = restored(f"a \uf000{A}link {B}strong{C}{D} to{E}{E} {F}, {F} {F}\ue777")
    assert hypothesis.text == "a link strong to www.interpol.int,"
    assert hypothesis.lost == ()


def test_unknown_words_keep_their_offsets_and_content_is_never_unknown() -> None:
    raw = f"zut {A}link {B}zut{C}{D} to{E} {F} zut"
    places = [Span(i, i + 3) for i in range(len(raw)) if raw[i : i + 3] == "zut"]
    content = Span(raw.index(F), raw.index(F) + 1)
    outside = Span(len(raw) + 1, len(raw) + 4)
    hypothesis = restored(raw, *places, content, outside)
    assert [hypothesis.text[span.start : span.end] for span in hypothesis.unknown] == ["zut", "zut", "zut"]


def test_outer_markup_covers_the_finished_text() -> None:
    source = "« Oui »"
    segment = Segment("s", "d", "b0", 0, 0, len(source), source)
    markup = (Markup(0, "image", 0, 0), Markup(1, "bold", 0, 7), Markup(2, "break", 7, 7))
    masked = protect_segment(segment, markup, TermMatcher([], [], "en"))
    hypothesis = restore_segment(segment, masked, Candidate("« Yes »"), "en", "engine")
    assert hypothesis.text == "“Yes”"
    assert hypothesis.markup == (Markup(1, "bold", 0, 5), Markup(0, "image", 0, 0), Markup(2, "break", 5, 5))


def test_a_superscript_stays_on_the_ending_of_an_ordinal() -> None:
    source = "le 1er mai"
    segment = Segment("s", "d", "b0", 0, 0, len(source), source)
    masked = protect_segment(segment, (Markup(0, "superscript", 4, 6),), TermMatcher([], [], "en"))
    hypothesis = restore_segment(segment, masked, Candidate(f"the 1{A}er{B} May"), "en", "engine")
    assert (hypothesis.text, covered(hypothesis)) == ("the 1st May", {0: "st"})
