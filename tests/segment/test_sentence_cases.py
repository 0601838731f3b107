"""Hard French cases, one a line of `tests/data/segmentation_fr.tsv`: ‖ stands where a new segment begins."""

import re
from pathlib import Path

import pytest

from pipeline.segment import split_sentences

TABLE = Path(__file__).parent.parent / "data" / "segmentation_fr.tsv"


def _unescape(text: str) -> str:
    return re.sub(
        r"\\u([0-9a-f]{4})|\\n|\\t", lambda found: chr(int(found[1], 16)) if found[1] else _WHITE[found[0]], text
    )


_WHITE = {"\\n": "\n", "\\t": "\t"}
CASES = [tuple(line.split("\t")) for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def _segments(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(("phenomenon", "marked"), CASES)
def test_case_is_cut_where_marked(phenomenon: str, marked: str) -> None:
    text = _unescape(marked)
    expected = [segment.strip() for segment in text.split("‖")]
    assert _segments(text.replace("‖", "")) == expected, phenomenon


def test_table_has_the_promised_size_and_no_case_twice() -> None:
    texts = [text for _, text in CASES]
    assert len(set(texts)) == len(texts) >= 150
    assert len({phenomenon for phenomenon, _ in CASES}) >= 30
