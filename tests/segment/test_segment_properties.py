"""What holds for every text: spans rebuild it, lose nothing, and cost linear time."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Block, BlockKind, Document, Markup
from pipeline.segment import segment_document, sentences, split_sentences

PIECES = re.split(
    " ",
    "M. Mme D. Le Goff Dupont St. n° 12 art. 3-1 p. ex. etc. cf. S.A. J.-P. c.-à-d. janv. 14 h 30 2.5 1er www.a.fr/b. "
    "a@b.fr. « » “ ” ( ) [ ] … ... ? ! ?! . , ; : – — - ' ’ \" Il est parti arrêté ﬁn. E\u0301lise \u00ad \u200b "
    "\u00a0 \u202f \n \n\n \u2028 [1] ¹ 🎉 # É",
)
FRENCH_LIKE = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda pieces: st.sampled_from([" ", "", "\u00a0", "  "]).map(lambda space: space.join(pieces))
)
TEXTS = st.one_of(FRENCH_LIKE, st.text(max_size=80))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_are_ordered_trimmed_and_leave_only_white_space(text: str) -> None:
    spans = split_sentences(text)
    borders = [0, *(offset for span in spans for offset in span), len(text)]
    assert borders == sorted(borders)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    gaps = [text[end:start] for end, start in zip(borders[::2], borders[1::2], strict=True)]
    assert not "".join(gaps).strip()


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 200), max_size=4), st.sampled_from(["lead", "paragraph"]))
def test_segments_rebuild_every_block(text: str, points: list[int], kind: BlockKind) -> None:
    markup = tuple(Markup(ref, "break", min(at, len(text)), min(at, len(text))) for ref, at in enumerate(points))
    blocks = (Block("b0", kind, text, markup), Block("b1", "paragraph", "Fin. Voilà."))
    document = Document("d", "d.txt", "fr", "txt", blocks)
    segments = segment_document(document)
    assert [segment.seg_id for segment in segments] == [f"d-{index:04d}" for index in range(len(segments))]
    for block in blocks:
        rest = list(block.text)
        for segment in segments:
            if segment.block_id == block.block_id:
                assert segment.source == block.text[segment.start : segment.end]
                rest[segment.start : segment.end] = " " * len(segment.source)
        assert not "".join(rest).strip()


@settings(max_examples=150, deadline=None)
@given(FRENCH_LIKE)
def test_decomposed_accents_are_cut_like_composed_ones(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    expected = [composed[start:end] for start, end in split_sentences(composed)]
    assert [unicodedata.normalize("NFC", decomposed[a:b]) for a, b in split_sentences(decomposed)] == expected


UNITS = (
    "« ",
    "M. ",
    "...",
    "... ",
    "(",
    "( a. ",
    '" . ',
    ". \u202f»",
    "1. ",
    "\n",
    "\n \n",
    "[1]",
    "[…] ",
    "J.-",
    "a",
    " ",
)
UNITS += ("aa.B" + "b" * 50, "Il dort. ", "L’", "ééééé. ", "\u00ad", "12. 12. ", "« a. », ")


class _Counting:
    """A compiled pattern that counts the characters it was run over."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.work = 0

    def match(self, text: str, at: int) -> re.Match[str] | None:
        found = self.pattern.match(text, at)
        self.work += 1 + (found.end() - at if found else 0)
        return found


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_no_faster_than_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = {
        name: _Counting(getattr(sentences, name)) for name in ("_CLOSING", "_SPACES", "_BARE_NOTE", "_NEXT_WORD")
    }
    for name, pattern in counting.items():
        monkeypatch.setattr(sentences, name, pattern)
    text = unit * (100_000 // len(unit))
    found = "".join(text[start:end] for start, end in split_sentences(text))
    assert "".join(found.split()) == "".join(text.split())
    assert sum(pattern.work for pattern in counting.values()) <= 8 * len(text) + 100


def test_every_sentence_of_a_long_text_is_found() -> None:
    assert len(split_sentences("M. Roy est parti. " * 5_000)) == 5_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MANILLE (Philippines) ‒ Un homme. Il dort.", ["MANILLE (Philippines) ‒", "Un homme.", "Il dort."]),
        ("PARIS, le 3 mai — Le ministre parle.", ["PARIS, le 3 mai —", "Le ministre parle."]),
        ("Une opération – la première – a eu lieu.", ["Une opération – la première – a eu lieu."]),
    ],
)
def test_dateline_of_the_lead_is_a_segment_of_its_own(text: str, expected: list[str]) -> None:
    document = Document("d", "d.txt", "fr", "txt", (Block("b0", "lead", text),))
    assert [segment.source for segment in segment_document(document)] == expected


def test_dateline_is_left_alone_outside_the_lead() -> None:
    document = Document("d", "d.txt", "fr", "txt", (Block("b0", "paragraph", "PARIS – Le ministre parle."),))
    assert len(segment_document(document)) == 1


def test_line_break_ends_a_segment_and_other_points_do_not() -> None:
    text = "Service de presse\n01 99 00 12 34 voir note"
    markup = (Markup(0, "break", 17, 17), Markup(1, "footnote", 32, 32), Markup(2, "bold", 0, 7))
    document = Document("d", "d.html", "fr", "html", (Block("b0", "contact", text, markup),))
    assert [s.source for s in segment_document(document)] == ["Service de presse", "01 99 00 12 34 voir note"]


def test_index_counts_through_the_document() -> None:
    blocks = (
        Block("b0", "headline", "Un titre. Deux phrases."),
        Block("b1", "other", " "),
        Block("b2", "other", "Fin"),
    )
    segments = segment_document(Document("abc", "d.txt", "fr", "txt", blocks))
    assert [(s.seg_id, s.block_id, s.index) for s in segments] == [
        ("abc-0000", "b0", 0),
        ("abc-0001", "b0", 1),
        ("abc-0002", "b2", 2),
    ]
