import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.quotations import is_balanced, open_quotations, quotations, quoted_share


@pytest.mark.parametrize(
    "text",
    [
        "Sans rien.",
        "Les réseaux de « sextorsion » sont étendus.",
        "« Ces réseaux de « sextorsion » sont étendus », a-t-il dit.",
        'Il a dit "oui" puis "non".',
        "Er sagte „ja“ und ging.",
        "He said “yes” (twice).",
        "「はい」と言った。",
        "L’adolescent n’a pas d’‘alibi’.",
    ],
)
def test_paired_marks_are_balanced(text):
    assert is_balanced(text)


@pytest.mark.parametrize(
    "text",
    [
        "« Un adolescent est mort.",
        "On ne peut pas l’imaginer ».",
        'Il a dit "oui.',
        "(sic",
        "fin )",
        "« a ( b » c )",
        "” a “",
    ],
)
def test_marks_without_their_partner_are_not(text):
    assert not is_balanced(text)


def test_quotations_are_the_outermost_ones_with_their_marks():
    text = "« Ces « cyber-maîtres » chanteurs », a-t-il (dit) de « Strikeback »."
    assert quotations(text) == ["« Ces « cyber-maîtres » chanteurs »", "« Strikeback »"]


def test_the_share_of_quoted_text_is_between_nothing_and_all():
    assert quoted_share("") == quoted_share("Rien (vraiment).") == 0.0
    assert quoted_share("« Oui. »") == 1.0
    assert 0.4 < quoted_share("« Aucun refuge », a-t-il dit.") < 0.7


def quoted(blocks):
    return [
        [block[start:end] for start, end in spans] for block, spans in zip(blocks, open_quotations(blocks), strict=True)
    ]


def test_a_quotation_inside_a_block_is_one_stretch():
    assert quoted(["Il a dit : « Un. Deux. » Puis rien."]) == [["« Un. Deux. »"]]


def test_a_quotation_reopened_at_each_paragraph_is_quoted_in_all_of_them():
    assert quoted(["Il a dit : « Un.", "« Deux. Trois », a-t-il conclu. Fin."]) == [["« Un."], ["« Deux. Trois »"]]


def test_a_quotation_without_marks_in_its_middle_paragraph_is_quoted_there_too():
    assert quoted(["« Un.", "Deux.", "Trois. » Fin."]) == [["« Un."], ["Deux."], ["Trois. »"]]


def test_a_mark_that_is_never_closed_ends_with_its_block():
    assert quoted(["Il a dit : « Un.", "Deux.", "Trois."]) == [["« Un."], [], []]


def test_an_older_open_mark_does_not_reach_over_a_new_quotation():
    assert quoted(["« Un.", "Deux.", "« Trois. »", "Quatre ».", "Cinq."]) == [
        ["« Un."],
        [],
        ["« Trois. »"],
        ["Quatre »"],
        [],
    ]


def test_brackets_do_not_count_as_quotations():
    assert quoted(["Un (deux.", "Trois). Quatre [5]."]) == [[], []]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text('ab. «»"“”()', max_size=20), max_size=5))
def test_every_stretch_lies_in_its_block(blocks):
    for block, spans in zip(blocks, open_quotations(blocks), strict=True):
        assert all(0 <= start <= end <= len(block) for start, end in spans)
