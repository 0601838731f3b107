import pytest

from pipeline.check.repetition import REPETITION

PASSES = [
    ("Il parle.", "He speaks very, very well."),
    ("Très, très, très bien.", "Very, very, very good."),
    ("Le 15, le 19 et le 29 octobre", "15 October, 19 October, 29 October"),
    ("De a à z", "from a to z and from a to z"),
    ("Hahahahahaha", "Hahahahahaha"),
]
FAILS = [
    ("Il parle.", "He speaks speaks speaks.", "“speaks” 3 times", "speaks speaks speaks"),
    ("Il parle.", "and so and so and so on", "“and so” 3 times", "and so and so and so"),
    (
        "Il parle.",
        "They were arrested yesterday. They were arrested yesterday.",
        "“They were arrested yesterday” 2 times",
        "They were arrested yesterday. They were arrested yesterday",
    ),
    ("Il parle.", "Ho lalalalalala", "“la” 6 times", "lalalalalala"),
]


@pytest.mark.parametrize(("source", "target"), PASSES)
def test_ordinary_repetition_passes(make_pair, source, target):
    assert list(REPETITION.find(make_pair(source, target))) == []


@pytest.mark.parametrize(("source", "target", "said", "span"), FAILS)
def test_a_loop_blocks(make_pair, source, target, said, span):
    (defect,) = REPETITION.find(make_pair(source, target))
    assert (defect.severity, defect.message) == ("blocker", f"The English text says {said} in a row.")
    assert target[defect.target_span.start : defect.target_span.end] == span
