import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Markup, Severity, Span
from pipeline.report.annotate import SEVERITIES, Mark, annotate, clip, printable


def mark(label: str, severity: Severity, start: int, end: int) -> Mark:
    return Mark(label, severity, Span(start, end))


@pytest.mark.parametrize(
    ("text", "markup", "marks", "changes", "expected"),
    [
        ("a < b & c", (), (), (), "a &lt; b &amp; c"),
        ("one two", (Markup(1, "bold", 0, 3),), (), (), "<b>one</b> two"),
        ("one two", (Markup(1, "style", 0, 3),), (), (), "one two"),
        ("one two", (Markup(1, "link", 4, 7),), (), (), "one <a>two</a>"),
        ("onetwo", (Markup(1, "bold", 0, 4), Markup(2, "italic", 2, 6)), (), (), "<b>on</b><i><b>et</b></i><i>wo</i>"),
        ("one", (Markup(1, "break", 3, 3),), (), (), "one<br>"),
        ("one", (Markup(1, "<x>", 1, 1),), (), (), "o<small>[&lt;x&gt;]</small>ne"),
        ("one two", (), (mark("a", "major", 0, 3),), (), '<mark class="major" data-f="a" data-n="a">one</mark> two'),
        ("one", (), (mark("a", "minor", 1, 1),), (), 'o<mark class="minor" data-f="a" data-n="a"></mark>ne'),
        (
            "abc",
            (),
            (mark("a", "minor", 0, 2), mark("b", "blocker", 1, 3)),
            (),
            '<mark class="minor" data-f="a">a</mark><mark class="blocker" data-f="a b" data-n="a">b</mark>'
            '<mark class="blocker" data-f="b" data-n="b">c</mark>',
        ),
        ("one", (), (mark("a", "major", 2, 99),), (), 'on<mark class="major" data-f="a" data-n="a">e</mark>'),
        ("one two", (), (), (Span(4, 7), Span(2, 2)), "one <u>two</u>"),
        ("one", (Markup(1, "bold", 5, 9),), (), (Span(7, 9),), "one"),
        ("one", (Markup(1, "bold", 1, 1), Markup(2, "style", 2, 2)), (), (), "one"),
        ("\u202eevil\u2066", (), (), (), "[U+202E]evil[U+2066]"),
        ("", (), (), (), ""),
    ],
)
def test_spans_become_elements(
    text: str, markup: tuple[Markup, ...], marks: tuple[Mark, ...], changes: tuple[Span, ...], expected: str
) -> None:
    assert annotate(text, markup, marks, changes) == expected


PLACES = st.integers(0, 14)
SPANS = st.tuples(PLACES, PLACES).map(sorted)
TEXT = st.text(alphabet="ab<>&\"'\u202e é\n\ue000\x00", max_size=12)


@settings(max_examples=200, deadline=None)
@given(
    TEXT,
    st.lists(SPANS, max_size=4),
    st.lists(st.tuples(st.sampled_from(SEVERITIES), SPANS), max_size=4),
    st.lists(SPANS, max_size=4),
)
def test_any_overlap_nests_and_keeps_the_text(
    text: str,
    styles: list[list[int]],
    findings: list[tuple[Severity, list[int]]],
    changes: list[list[int]],
) -> None:
    kinds = ["bold", "italic", "link", "code"]
    marked = annotate(
        text,
        [Markup(i, kinds[i], start, end) for i, (start, end) in enumerate(styles) if start < end],
        [Mark(chr(97 + i), severity, Span(*span)) for i, (severity, span) in enumerate(findings)],
        [Span(*span) for span in changes],
    )
    assert html.unescape(re.sub(r"<[^<>]*>", "", marked)) == printable(text)
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^<>]*>", marked):
        if closing:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert not opened
    shown = set(re.findall(r'data-n="([^"]*)"', marked))
    assert {label for labels in shown for label in labels.split()} == {chr(97 + i) for i in range(len(findings))}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Markup(1, "bold", 0, 5), []),
        (Markup(1, "bold", 0, 6), [(0, 1)]),
        (Markup(1, "bold", 7, 20), [(2, 5)]),
        (Markup(1, "bold", 10, 12), []),
        (Markup(1, "bold", 0, 30), [(0, 5)]),
        (Markup(1, "break", 7, 7), [(2, 2)]),
        (Markup(1, "break", 11, 11), []),
    ],
)
def test_markup_is_cut_to_the_segment(item: Markup, expected: list[tuple[int, int]]) -> None:
    assert [(cut.start, cut.end) for cut in clip([item], 5, 10)] == expected


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\u2067", "\ud800", "\ue000", "\uffff", "\x85"])
def test_what_cannot_be_shown_is_named(character: str) -> None:
    assert printable(f"a{character}b") == f"a[U+{ord(character):04X}]b"


@pytest.mark.parametrize("text", ["l’été\u00a0!", "« 15\u202f000 »", "قال\u200fه", "a\tb\nc", "👮", "co\u00adop"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert printable(text) == text
