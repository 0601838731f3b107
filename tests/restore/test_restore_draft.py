"""Markup and marked words follow every edit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Markup, Span
from pipeline.restore.draft import Draft, Edit

CASES = [
    ("before", (4, 7), [Edit(0, 2, "abcd")], (6, 9)),
    ("behind", (0, 3), [Edit(4, 6, "")], (0, 3)),
    ("inside", (0, 9), [Edit(4, 6, "xyz")], (0, 10)),
    ("the whole", (4, 6), [Edit(4, 6, "xyz")], (4, 7)),
    ("over its start", (4, 8), [Edit(2, 6, "x")], (2, 5)),
    ("over its end", (2, 6), [Edit(4, 8, "xyz")], (2, 7)),
    ("an insertion at its start", (4, 6), [Edit(4, 4, "x")], (5, 7)),
    ("an insertion at its end", (4, 6), [Edit(6, 6, "x")], (4, 6)),
    ("an insertion within", (4, 6), [Edit(5, 5, "x")], (4, 7)),
    ("a deletion at both ends", (2, 6), [Edit(1, 2, ""), Edit(6, 7, "")], (1, 5)),
]


@pytest.mark.parametrize(("span", "edits", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_spans_move_with_edits(span: tuple[int, int], edits: list[Edit], expected: tuple[int, int]) -> None:
    draft = Draft("0123456789", (Markup(0, "bold", *span),), (Span(*span),)).edited(edits)
    assert (draft.markup[0].start, draft.markup[0].end) == expected
    assert (draft.unknown[0].start, draft.unknown[0].end) == expected


def test_a_span_whose_text_is_gone_goes_but_a_point_stays() -> None:
    draft = Draft("abc", (Markup(0, "bold", 1, 2), Markup(1, "break", 2, 2)), (Span(1, 2),)).edited([Edit(1, 2, "")])
    assert draft == Draft("ac", (Markup(1, "break", 1, 1),))


def test_a_resolved_word_is_no_longer_unknown() -> None:
    draft = Draft("abc def", (), (Span(0, 3), Span(4, 7))).edited([Edit(0, 2, "ab", resolves=True)])
    assert draft == Draft("abc def", (), (Span(4, 7),))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_text_outside_edits_is_still_covered_by_the_same_span(data: st.DataObject) -> None:
    text = data.draw(st.text("abcdef ", min_size=1, max_size=30))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [Edit(a, b, data.draw(st.text("XYZ", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    edits = [edit for i, edit in enumerate(edits) if i == 0 or edit.start > edits[i - 1].end]
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    draft = Draft(text, (Markup(0, "bold", start, end),) if start < end else ()).edited(edits)
    assert len(draft.text) == len(text) + sum(len(edit.text) - (edit.end - edit.start) for edit in edits)
    for element in draft.markup:
        kept = [text[i] for i in range(start, end) if not any(edit.start <= i < edit.end for edit in edits)]
        assert [c for c in draft.text[element.start : element.end] if c not in "XYZ"] == kept
