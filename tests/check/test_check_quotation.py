import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check.quotation import QUOTATION, find_quotations

SPEECH = "« Nous ne pouvons pas imaginer cela », a-t-il dit."

PASSES = [
    (SPEECH, "“We cannot imagine that,” he said.", "en"),
    (SPEECH, '"We cannot imagine that," he said.', "en"),
    (SPEECH, "«No podemos imaginarlo», dijo.", "es"),
    (SPEECH, "„Das können wir uns nicht vorstellen“, sagte er.", "de"),
    (SPEECH, "‘We can’t imagine that,’ he said.", "en"),
    ("« Ces réseaux de « sextorsion » sont étendus »", "“These ‘sextortion’ networks are large”", "en"),
    ("« Une suite", "“A sequel", "en"),
    ("la fin »", "the end”", "en"),
    ("l’homme d’affaires", "the men’s business and the victims’ families", "en"),
    ('jusqu"à demain', "until tomorrow", "en"),
    ("« mot »", "「词」", "zh-Hans"),
]
FAILS = [
    (SPEECH, "He does not know.", "en", "major", "French has 1 quotation; English has none."),
    (SPEECH, "He said that they cannot imagine that.", "en", "minor", "French has 1 quotation; English has none."),
    ("Un « mot » ici", "A word here", "en", "minor", "French has 1 quotation; English has none."),
    ("Un mot ici", "A “word” here", "en", "minor", "French has no quotations; English has 1."),
    ("« a » et « b »", "“a” and b", "en", "minor", "French has 2 quotations; English has 1."),
    (
        "« Ces réseaux de « sextorsion » sont étendus »",
        "“These” “networks” are large",
        "en",
        "minor",
        "The quotation inside a quotation was not kept in English.",
    ),
    (
        SPEECH,
        "“We cannot imagine that, he said.",
        "en",
        "minor",
        "A quotation is opened or closed in English without its other mark.",
    ),
]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_kept_quotations_pass(make_pair, source, target, lang):
    assert list(QUOTATION.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "severity", "message"), FAILS)
def test_changed_quotations_are_found(make_pair, source, target, lang, severity, message):
    found = [(defect.severity, defect.message) for defect in QUOTATION.find(make_pair(source, target, lang))]
    assert found == [(severity, message)]


def test_the_whole_quotation_is_marked(make_pair):
    (defect,) = QUOTATION.find(make_pair("Un « mot » ici", "A word here"))
    assert "Un « mot » ici"[defect.source_span.start : defect.source_span.end] == "« mot »"
    assert defect.target_span is None


@pytest.mark.parametrize(
    ("text", "number", "depth"),
    [
        ("rien", 0, 0),
        ("« a »", 1, 1),
        ("« a « b » c »", 2, 2),
        ("“a ‘b’ c”", 2, 2),
        ("„a“ und ‚b‘", 2, 1),
        ('"a" and "b"', 2, 1),
        ("fin »", 1, 1),
    ],
)
def test_quotations_are_counted_with_their_depth(text, number, depth):
    found = find_quotations(text)
    assert (found.number, found.depth) == (number, depth)


@settings(max_examples=150, deadline=None)
@given(st.text("«»“”„‘’'\"` a", max_size=40))
def test_every_mark_is_read_at_most_once(text):
    found = find_quotations(text)
    places = [*found.opened, *found.closed]
    assert len(places) == len(set(places))
    assert all(0 <= place < len(text) for place in places)
    assert found.depth <= max(found.number, 0) or found.number == 0
