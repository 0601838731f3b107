"""Blocks from their segments' translations."""

import pytest

from pipeline.records import Block, Hypothesis, Markup, Segment, TargetBlock
from pipeline.restore import compose_block


def compose(
    text: str, markup: tuple[Markup, ...], cuts: list[tuple[int, int]], made: list[Hypothesis], lang: str = "en"
) -> TargetBlock:
    segments = [Segment(f"s{i}", "d", "b0", i, a, b, text[a:b]) for i, (a, b) in enumerate(cuts)]
    return compose_block(Block("b0", "paragraph", text, markup), segments, made, lang)


def made(text: str, *markup: Markup) -> Hypothesis:
    return Hypothesis("s", "en", "engine", text, markup=markup)


TEXT = " Un.\u00a0Deux.\nTrois. "
CUTS = [(1, 4), (5, 10), (11, 17)]


def test_white_space_between_segments_is_that_of_the_french() -> None:
    block = compose(TEXT, (), CUTS, [made("One here."), made("Two."), made("Three.")])
    assert block == TargetBlock("b0", " One here.\u00a0Two.\nThree. ")


@pytest.mark.parametrize("lang", ["zh", "ja", "th"])
def test_languages_without_spaces_have_none_between_sentences(lang: str) -> None:
    assert compose(TEXT, (), CUTS, [made("一。"), made("二。"), made("三。")], lang).text == " 一。二。\n三。 "


@pytest.mark.parametrize(
    ("lang", "left", "right", "expected"),
    [
        ("en", "Gone.", "She stays.", "Gone. She stays."),
        ("en", "Gone!", "2 stay.", "Gone! 2 stay."),
        ("en", "Parti.", "Elle reste.", "Parti.Elle reste."),
        ("en", "Parti.", "She stays.", "Parti. She stays."),
        ("en", "Gone –", "she stays.", "Gone –she stays."),
        ("en", "Gone (", "she stays.", "Gone (she stays."),
        ("en", "Gone.", "…", "Gone.…"),
        ("en", "", "She stays.", "She stays."),
        ("zh", "他走了。", "她留下。", "他走了。她留下。"),
        ("x-rot13", "Cnegv.", "Ryyr erfgr.", "Cnegv.Ryyr erfgr."),
    ],
)
def test_a_space_forgotten_between_two_sentences_is_put_in(lang: str, left: str, right: str, expected: str) -> None:
    markup = (Markup(0, "bold", 0, 17),)
    parts = [
        Hypothesis("s", lang, "engine", text, markup=(Markup(0, "bold", 0, len(text)),) if text else ())
        for text in (left, right)
    ]
    block = compose("Parti.Elle reste.", markup, [(0, 6), (6, 17)], parts, lang)
    assert block == TargetBlock("b0", expected, (Markup(0, "bold", 0, len(expected)),))


def test_an_element_over_several_segments_is_whole_again() -> None:
    markup = (Markup(7, "bold", 1, 10),)
    block = compose(
        TEXT, markup, CUTS, [made("One.", Markup(7, "bold", 0, 4)), made("Two.", Markup(7, "bold", 0, 4)), made("3.")]
    )
    assert block.markup == (Markup(7, "bold", 1, 10),)


def test_an_element_that_one_segment_lost_stays_on_the_others() -> None:
    markup = (Markup(7, "bold", 1, 17),)
    parts = [made("One.", Markup(7, "bold", 0, 4)), made("Two."), made("3.", Markup(7, "bold", 0, 2))]
    block = compose(TEXT, markup, CUTS, parts)
    assert [block.text[m.start : m.end] for m in block.markup] == ["One.\u00a0", "\n3."]
    assert {m.ref for m in block.markup} == {7}


def test_an_element_that_reaches_into_a_gap_still_does() -> None:
    markup = (Markup(0, "link", 0, 5), Markup(1, "bold", 10, 18), Markup(2, "style", 4, 5))
    parts = [made("One here.", Markup(0, "link", 0, 9)), made("Two."), made("3.", Markup(1, "bold", 0, 2))]
    block = compose(TEXT, markup, CUTS, parts)
    covered = {m.ref: block.text[m.start : m.end] for m in block.markup}
    assert covered == {0: " One here.\u00a0", 1: "\n3. ", 2: "\u00a0"}


def test_points_between_segments_stay_where_they_were() -> None:
    markup = (
        Markup(0, "image", 0, 0),
        Markup(1, "break", 10, 10),
        Markup(2, "break", 11, 11),
        Markup(3, "break", 18, 18),
    )
    block = compose(TEXT, markup, CUTS, [made("One."), made("Two more.", Markup(1, "break", 9, 9)), made("3.")])
    assert [(m.ref, m.start) for m in block.markup] == [(0, 0), (1, 15), (2, 16), (3, len(block.text))]
    assert block.text[15] == "\n"


def test_a_point_that_was_lost_inside_a_segment_is_not_invented() -> None:
    parts = [made("One."), made("Two."), made("3.")]
    assert compose(TEXT, (Markup(0, "footnote", 2, 2),), CUTS, parts).markup == ()


def test_an_element_in_two_parts_is_placed_once() -> None:
    markup = (Markup(0, "bold", 1, 4), Markup(0, "bold", 11, 17))
    parts = [made("One.", Markup(0, "bold", 0, 4)), made("Two."), made("3.", Markup(0, "bold", 0, 2))]
    assert compose(TEXT, markup, CUTS, parts).markup == (Markup(0, "bold", 1, 5), Markup(0, "bold", 11, 13))


def test_a_point_that_two_neighbours_claim_stands_once() -> None:
    block = compose(
        "Un.Deux.",
        (Markup(0, "break", 3, 3),),
        [(0, 3), (3, 8)],
        [made("1.", Markup(0, "break", 2, 2)), made("2.", Markup(0, "break", 0, 0))],
    )
    assert block.markup == (Markup(0, "break", 2, 2),)


def test_elements_that_start_together_stand_outermost_first() -> None:
    markup = (Markup(0, "bold", 0, 2), Markup(1, "link", 3, 7), Markup(2, "break", 3, 3))
    parts = [made("two one", Markup(0, "bold", 0, 3), Markup(1, "link", 0, 7), Markup(2, "break", 0, 0))]
    assert [m.ref for m in compose("un deux", markup, [(0, 7)], parts).markup] == [1, 0, 2]


def test_a_block_without_segments_stays() -> None:
    markup = (Markup(0, "bold", 0, 2),)
    assert compose("12", markup, [], []) == TargetBlock("b0", "12", markup)


def test_segments_and_translations_must_pair() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compose(TEXT, (), CUTS, [made("One.")])
