"""What goes into a masked segment, and where its placeables stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import Markup, MaskedSegment, Segment, Term

TERMS = [Term("sextorsion", (("es", "sextorsión"),)), Term("PNP", (("es", "PNP"),)), Term("mot", (), (("es", "x"),))]
A, B, C, D = (chr(0xE000 + i) for i in range(4))


def mask(source: str, *markup: Markup, lang: str = "es", start: int = 0) -> MaskedSegment:
    segment = Segment("s", "d", "b0", 0, start, start + len(source), source)
    return protect_segment(segment, markup, TermMatcher(TERMS, ["INTERPOL"], lang))


def test_content_becomes_numbered_tokens() -> None:
    masked = mask("Écrire à presse@interpol.int ou www.interpol.int ; l’INTERPOL.")
    assert masked.text == f"Écrire à {A} ou {B} ; l'{C}."
    assert [(p.token, p.kind, p.surface) for p in masked.placeables] == [
        (A, "email", "presse@interpol.int"),
        (B, "url", "www.interpol.int"),
        (C, "term", "INTERPOL"),
    ]
    assert masked.term_sources == ("INTERPOL",)


def test_numbers_dates_and_names_are_left_to_the_translator() -> None:
    source = "Le 2 mai 2014 à 14 h 30, M. Nakatani a saisi 15 000 USD (n° 12-345)."
    assert mask(source).text == source


@pytest.mark.parametrize(
    ("surface", "replacement"),
    [("sextorsion", "sextorsión"), ("Sextorsion", "Sextorsión"), ("SEXTORSION", "SEXTORSIÓN")],
)
def test_an_approved_translation_takes_the_capitals_of_the_french(surface: str, replacement: str) -> None:
    (placeable,) = mask(f"« {surface} »").placeables
    assert (placeable.kind, placeable.surface, placeable.replacement) == ("term", surface, replacement)


def test_a_term_that_stays_as_it_is_has_no_replacement() -> None:
    (placeable,) = mask("la PNP").placeables
    assert (placeable.surface, placeable.replacement) == ("PNP", "")


def test_a_term_with_only_forbidden_forms_applies_but_is_not_masked() -> None:
    masked = mask("un mot")
    assert (masked.text, masked.term_sources) == ("un mot", ("mot",))


def test_a_term_inside_an_address_does_not_divide_it() -> None:
    assert [p.surface for p in mask("voir www.INTERPOL.int").placeables] == ["www.INTERPOL.int"]


def test_inner_markup_becomes_pairs_and_outer_markup_is_taken_off() -> None:
    masked = mask("un mot fort ici", Markup(0, "link", 10, 25), Markup(3, "bold", 13, 16), start=10)
    assert masked.text == f"un {A}mot{B} fort ici"
    assert masked.outer == (Markup(0, "link", 0, 15),)
    assert [(p.kind, p.surface, p.replacement, p.start, p.end) for p in masked.placeables] == [
        ("markup_open", "3", "bold", 3, 3),
        ("markup_close", "3", "bold", 6, 6),
    ]


def test_markup_is_clipped_to_its_segment() -> None:
    markup = (
        Markup(0, "bold", 0, 14),
        Markup(1, "italic", 0, 10),
        Markup(2, "bold", 20, 30),
        Markup(3, "bold", 21, 30),
    )
    masked = mask("un mot fort", *markup, start=10)
    assert masked.text == f"{A}un m{B}ot for{C}t{D}"
    assert [p.surface for p in masked.placeables] == ["0", "0", "2", "2"]
    assert masked.outer == ()


def test_nested_markup_opens_outermost_first_and_closes_innermost_first() -> None:
    masked = mask("un mot fort", Markup(0, "link", 3, 6), Markup(1, "bold", 3, 6))
    assert masked.text == f"un {A}{B}mot{C}{D} fort"
    assert [p.surface for p in masked.placeables] == ["0", "1", "1", "0"]


def test_points_become_single_tokens_and_those_at_the_edges_are_taken_off() -> None:
    masked = mask("un mot", Markup(0, "image", 0, 0), Markup(1, "footnote", 2, 2), Markup(2, "break", 6, 6))
    assert masked.text == f"un{A} mot"
    assert [(p.kind, p.surface, p.replacement) for p in masked.placeables] == [("point", "1", "footnote")]
    assert masked.outer == (Markup(0, "image", 0, 0), Markup(2, "break", 6, 6))


@pytest.mark.parametrize(
    ("kind", "expected"), [("image", f"un {A} mot"), ("code", f"un {A} mot"), ("tag", f"un {A}mot")]
)
def test_a_point_that_is_seen_stays_between_its_spaces(kind: str, expected: str) -> None:
    masked = mask("un  mot", Markup(0, kind, 3, 3))
    assert masked.text == expected
    assert (masked.placeables[0].start, masked.placeables[0].replacement) == (3, kind)


def test_a_style_is_drawn_tight_and_dropped_where_it_holds_only_white_space() -> None:
    assert mask("un mot fort", Markup(0, "bold", 2, 7)).text == f"un {A}mot{B} fort"
    assert mask("un mot fort", Markup(0, "bold", 2, 3)).text == "un mot fort"


def test_verbatim_content_is_divided_by_a_style_inside() -> None:
    masked = mask("voir www.interpol.int ici", Markup(0, "bold", 9, 17))
    assert masked.text.replace("voir ", "").replace(" ici", "") == "".join(p.token for p in masked.placeables)
    assert "".join(p.surface for p in masked.placeables if p.kind == "url") == "www.interpol.int"


def test_a_term_with_a_style_inside_is_left_to_the_translator() -> None:
    assert mask("la sextorsion", Markup(0, "bold", 3, 6)).text == f"la {A}sex{B}torsion"


def test_a_colliding_character_is_a_literal() -> None:
    masked = mask("un \ue000 deux \ue005")
    assert masked.text == f"un {A} deux {B}"
    assert [(p.kind, p.surface) for p in masked.placeables] == [("literal", "\ue000"), ("literal", "\ue005")]


def test_a_private_target_gets_the_source_exactly() -> None:
    source = "« l’INTERPOL »\u00a0: www.interpol.int, ﬁn\u00ad \ue000"
    masked = mask(source, Markup(0, "bold", 1, 2), lang="x-rot13")
    assert masked.text == f"«{A} {B}l’INTERPOL »\u00a0: www.interpol.int, ﬁn\u00ad {C}"
    assert masked.term_sources == ()


def test_more_placeables_than_tokens_are_refused() -> None:
    with pytest.raises(InputError, match="6400 at most"):
        mask("#a " * 6401)
    assert len(mask("#a " * 6400).placeables) == 6400


TEXT = st.lists(
    st.sampled_from(
        ["mot", "INTERPOL", "l’", "sextorsion", "www.a.fr", "a@b.fr", " ", " ", "\u00a0", "ﬁ", "e\u0301", "."]
    )
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.data())
def test_surfaces_are_the_source_at_their_offsets(source: str, data: st.DataObject) -> None:
    positions = st.integers(0, len(source))
    first, second = sorted((data.draw(positions), data.draw(positions)))
    masked = mask(source, Markup(0, "bold", first, second))
    tokens = [character for character in masked.text if "\ue000" <= character <= "\uf8ff"]
    assert tokens == [p.token for p in masked.placeables] == [chr(0xE000 + i) for i in range(len(tokens))]
    for placeable in masked.placeables:
        if placeable.kind in {"markup_open", "markup_close", "point"}:
            assert 0 <= placeable.start == placeable.end <= len(source)
        else:
            assert source[placeable.start : placeable.end] == placeable.surface


@settings(max_examples=100, deadline=None)
@given(TEXT, st.integers(0, 50), st.integers(0, 9), st.data())
def test_equal_sentences_mask_equally_wherever_they_stand(
    source: str, start: int, ref: int, data: st.DataObject
) -> None:
    positions = st.integers(0, len(source))
    first, second = sorted((data.draw(positions), data.draw(positions)))
    here = mask(source, Markup(0, "bold", first, second))
    there = mask(source, Markup(ref, "link", first + start, second + start), start=start)
    assert here.text == there.text
