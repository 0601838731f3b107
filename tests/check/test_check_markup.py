import pytest

from pipeline.check.markup import MARKUP
from pipeline.records import Block, Markup, Placeable

SOURCE = "Un mot en gras ici"


def lose(make_pair, kind, placeable_kind="markup_open", known=True):
    is_point = placeable_kind == "point"
    markup = (Markup(3, kind, 10, 10 if is_point else 14),) if known else ()
    opening = Placeable("\ue000", placeable_kind, "3", 10, 10, kind)
    closing = Placeable("\ue001", "markup_close", "3", 14, 14, kind)
    lost = [opening] if is_point else [opening, closing]
    return make_pair(SOURCE, "A bold word here", lost=lost, block=Block("b0", "paragraph", SOURCE, markup))


@pytest.mark.parametrize(
    ("kind", "placeable_kind", "severity", "noun"),
    [
        ("bold", "markup_open", "minor", "bold"),
        ("style", "markup_open", "minor", "style"),
        ("link", "markup_open", "major", "link"),
        ("footnote", "point", "major", "footnote"),
        ("image", "point", "major", "image"),
        ("placeholder", "point", "major", "placeholder"),
        ("break", "point", "minor", "line break"),
    ],
)
def test_lost_markup_is_found_once(make_pair, kind, placeable_kind, severity, noun):
    (defect,) = MARKUP.find(lose(make_pair, kind, placeable_kind))
    assert (defect.severity, defect.message) == (severity, f"The {noun} was lost in the English text.")


def test_the_words_that_had_the_style_are_marked(make_pair):
    (defect,) = MARKUP.find(lose(make_pair, "bold"))
    assert SOURCE[defect.source_span.start : defect.source_span.end] == "gras"


def test_markup_that_the_block_does_not_have_keeps_its_kind(make_pair):
    (defect,) = MARKUP.find(lose(make_pair, "link", known=False))
    assert defect.severity == "major"


def test_nothing_lost_passes(make_pair):
    lost_url = Placeable("\ue000", "url", "www.a.fr", 0, 8)
    assert list(MARKUP.find(make_pair(SOURCE, "A bold word here"))) == []
    assert list(MARKUP.find(make_pair(SOURCE, "A bold word here", lost=[lost_url]))) == []


def test_open_and_close_count_once(make_pair):
    pair = make_pair(SOURCE, "x", placeables=[("gras", "markup_open"), ("gras", "markup_close")])
    assert MARKUP.count(pair) == 1
