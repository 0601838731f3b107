"""Inline elements without text (code, images, automatic links) keep the spaces of a word in their place."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.protect import TermMatcher, protect_segment
from pipeline.read.base import Limits
from pipeline.read.formats import read_document, write_document
from pipeline.records import Markup, Segment
from pipeline.restore import compose_block, quote_depths, restore_segment
from pipeline.segment import segment_document
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.base import Candidate, Candidates, Translator
from pipeline.translate.fake import FakeTranslator

ADDRESS = "www.a.fr"
GAPS = st.sampled_from(["", " ", " ", "\u00a0", "\u202f"])
PIECES = st.lists(
    st.tuples(st.sampled_from(["mot", "12", "n°", "l’", *",.:;!?()«»%\"'", *["<point>"] * 8]), GAPS), max_size=10
)
SHOWN = st.sampled_from(["code", "autolink", "image", "footnote", "symbol"])


def finished(source: str, markup: Sequence[Markup], lang: str) -> tuple[str, tuple[Markup, ...]]:
    segment = Segment("s", "d", "b0", 0, 0, len(source), source)
    masked = protect_segment(segment, markup, TermMatcher([], [], lang))
    hypothesis = restore_segment(segment, masked, Candidate(masked.text), lang, "engine")
    assert hypothesis.lost == ()
    return hypothesis.text, hypothesis.markup


@settings(max_examples=300, deadline=None)
@given(PIECES, SHOWN, st.sampled_from(["en", "es", "fr", "de", "pt"]))
def test_a_point_that_is_seen_stands_as_an_address_would(pieces: list[tuple[str, str]], kind: str, lang: str) -> None:
    parts = ["Un mot ", *(part for piece in pieces for part in piece), " et fin."]
    text, markup = "", []
    for part in parts:
        if part == "<point>":
            markup.append(Markup(len(markup), kind, len(text), len(text)))
        else:
            text += part
    with_points, placed = finished(text, markup, lang)
    with_addresses, _ = finished("".join(parts).replace("<point>", f"\ue000{ADDRESS}\ue000"), (), lang)
    assert [point.ref for point in placed] == list(range(len(markup)))
    for point in reversed(placed):
        with_points = f"{with_points[: point.start]}\ue000{ADDRESS}\ue000{with_points[point.end :]}"
    assert with_points == with_addresses


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("code", "un |, fin"),
        ("footnote", "un |, fin"),
        ("element", "un |, fin"),
        ("comment", "un|, fin"),
        ("tag", "un|, fin"),
        ("hidden", "un|, fin"),
    ],
)
def test_a_point_that_shows_nothing_holds_no_space_open(kind: str, expected: str) -> None:
    text, (point,) = finished("un , fin", [Markup(0, kind, 3, 3)], "en")
    assert f"{text[: point.start]}|{text[point.end :]}" == expected


@pytest.mark.parametrize(
    ("french", "raw", "expected"),
    [
        ("Il part\ue000.", "He leaves.\ue000", "He leaves.|"),
        ("« Il part\ue000. »", "« He leaves.\ue000 »", "“He leaves.|”"),
        ("Il part\ue000.", "He leaves\ue000", "He leaves|."),
        ("Voir\ue000.", "See \ue000 .", "See |."),
    ],
)
def test_a_note_behind_the_final_mark_hides_it_not(french: str, raw: str, expected: str) -> None:
    at = french.index("\ue000")
    source = french.replace("\ue000", "")
    segment = Segment("s", "d", "b0", 0, 0, len(source), source)
    masked = protect_segment(segment, [Markup(0, "footnote", at, at)], TermMatcher([], [], "en"))
    hypothesis = restore_segment(segment, masked, Candidate(raw), "en", "engine")
    (point,) = hypothesis.markup
    assert f"{hypothesis.text[: point.start]}|{hypothesis.text[point.end :]}" == expected


def test_words_at_a_line_break_stay_apart() -> None:
    text, (point,) = finished("un\ndeux : oui", [Markup(0, "break", 2, 2)], "en")
    assert (text, point.start) == ("un deux: oui", 2)


class SameText:
    """Gives every text back, as an engine does that knows no word."""

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return [(Candidate(text),) for text in texts]


def written(path: str, source: str, lang: str, translator: Translator | SameText) -> str:
    """Take a file all the way through."""
    data = source.encode()
    document = read_document(path, data, "fr", Limits())
    segments = segment_document(document)
    blocks = {}
    for block in document.blocks:
        own = [segment for segment in segments if segment.block_id == block.block_id]
        masked = [protect_segment(segment, block.markup, TermMatcher([], [], lang)) for segment in own]
        made = translator.translate([item.text for item in masked], "fr", lang)
        hypotheses = [
            restore_segment(segment, mask, candidates[0], lang, "engine", quote_depth=depth)
            for segment, mask, candidates, depth in zip(own, masked, made, quote_depths(own), strict=True)
        ]
        blocks[block.block_id] = compose_block(block, own, hypotheses, lang)
    return write_document(path, data, blocks, lang).decode()


HTML = "<p>Voir le fichier de <code>x</code>. Un <code>a</code> ou <img src=y>, la note <sup>1</sup>.</p>"
MARKDOWN = "Voir le fichier de `x`. Le site <https://exemple.fr/a>, la note `b`.\n"


@pytest.mark.parametrize(("path", "source"), [("a.html", HTML), ("a.md", MARKDOWN)])
def test_no_word_is_glued_in_a_file_whose_words_stay(path: str, source: str) -> None:
    assert written(path, source, "en", SameText()) == source


@pytest.mark.parametrize(("path", "source"), [("a.html", HTML), ("a.md", MARKDOWN)])
def test_a_reversible_translation_comes_back(path: str, source: str) -> None:
    assert written(path, written(path, source, "x-rot13", FakeTranslator()), "x-rot13", FakeTranslator()) == source


@pytest.mark.apertium
@pytest.mark.skipif(not ApertiumTranslator().supports("fr", "es"), reason="needs apertium-fr-es")
@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [("a.html", HTML, [" <code>x</code>.", " <img src=y>,", " <sup>1</sup>."]), ("a.md", MARKDOWN, [" `x`.", " `b`."])],
)
def test_no_word_is_glued_by_a_real_engine(path: str, source: str, expected: list[str]) -> None:
    translator = ApertiumTranslator()
    target = written(path, source, "es", translator)
    translator.close()
    assert all(part in target for part in expected), target
