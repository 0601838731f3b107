"""Comments on words of a Word document: where they stand, what they leave alone, and that other programs open them."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx_samples import field, make_docx, paragraph, picture, run, table, text_box
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.read.base import Limits
from pipeline.read.docx import DOCX
from pipeline.read.docx_comments import NOWHERE, Comment
from pipeline.read.wordml import w
from pipeline.records import TargetBlock

EXAMPLE = Path(__file__).parents[2] / "configs" / "example" / "saisie-cocaine-2024-03-14.docx"


def own_text(data: bytes) -> dict[str, TargetBlock]:
    """Return a document's own text as its translation."""
    return {
        block.block_id: TargetBlock(block.block_id, block.text, block.markup) for block in DOCX.read(data, Limits())
    }


def with_comments(data: bytes, comments: Mapping[str, Sequence[Comment]]) -> bytes:
    return DOCX.write_reviewed(data, own_text(data), "en", comments)


def remark(start: int, end: int, text: str = "Look.") -> Comment:
    return Comment(start, end, text, "communique (major)")


def commented_words(data: bytes) -> dict[str, str]:
    """Return by comment what it says and the words that it stands around."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    words: dict[str, str] = {}
    for comment in docx.Document(io.BytesIO(data)).comments:
        number = str(comment.comment_id)
        inside = False
        text = ""
        for element in root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t")):
            if element.tag == w("t"):
                text += (element.text or "") if inside else ""
            elif element.get(w("id")) == number:
                inside = element.tag == w("commentRangeStart")
        assert root.xpath(f"count(//*[local-name()='commentReference'][@*='{number}'])") == 1
        words[comment.text] = text
    return words


def test_a_comment_stands_around_its_words_and_nothing_else_changes() -> None:
    body = paragraph(run("Une rançon de ") + run("15 000 USD", "<w:b/>") + run(" a été versée."))
    data = make_docx(body)
    written = with_comments(data, {"b0": [remark(11, 18, "A"), remark(14, 24, "B"), remark(0, 3, "C")]})
    assert commented_words(written) == {"A": "de 15 0", "B": "15 000 USD", "C": "Une"}
    assert [(block.text, block.markup) for block in DOCX.read(written, Limits())] == [
        (block.text, block.markup) for block in DOCX.read(data, Limits())
    ]
    (comment, *_) = docx.Document(io.BytesIO(written)).comments
    assert (comment.author, comment.initials) == ("communique (major)", "c")


def test_the_words_of_the_translation_are_commented() -> None:
    data = make_docx(paragraph(run("Une rançon de 15 000 USD a été versée.")))
    blocks = {"b0": TargetBlock("b0", "A ransom of 1,500 USD was paid.")}
    written = DOCX.write_reviewed(data, blocks, "en", {"b0": [remark(12, 21)]})
    assert commented_words(written) == {"Look.": "1,500 USD"}


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(4, 4, "Une"), (0, 0, "Une"), (38, 38, "versée."), (900, 999, "versée."), (-3, 3, "Une")],
)
def test_a_comment_on_no_words_stands_on_the_word_beside(start: int, end: int, words: str) -> None:
    data = make_docx(paragraph(run("Une rançon de 15 000 USD a été versée.")))
    assert commented_words(with_comments(data, {"b0": [remark(start, end)]})) == {"Look.": words}


def test_comments_stand_in_links_fields_tables_and_beside_breaks() -> None:
    body = (
        paragraph(run("Lire ") + '<w:hyperlink w:anchor="a">' + run("le rapport") + "</w:hyperlink>" + run(" ici"))
        + paragraph(run("Voir ") + field('HYPERLINK "https://example.org"', run("notre site")) + run(" demain"))
        + table((run("Montant"), run("15 000 USD")))
        + paragraph("<w:r><w:t>Un</w:t><w:br/><w:t>Deux trois</w:t><w:tab/><w:t>quatre</w:t></w:r>")
    )
    comments = {
        "b0": [remark(8, 15, "A")],
        "b1": [remark(5, 15, "B")],
        "b3": [remark(0, 6, "C")],
        "b4": [remark(3, 7, "D"), remark(14, 20, "E")],
    }
    assert commented_words(with_comments(make_docx(body), comments)) == {
        "A": "rapport",
        "B": "notre site",
        "C": "15 000",
        "D": "Deux",
        "E": "quatre",
    }


def test_what_word_lets_nobody_comment_on_is_told_in_the_first_paragraph() -> None:
    body = paragraph(run("Première ligne")) + paragraph(text_box(paragraph(run("Encadré de 3 pages"))) + run("Suite"))
    data = make_docx(body, parts={"header": paragraph(run("Police nationale"))})
    texts = {block.layout: block for block in DOCX.read(data, Limits())}
    comments = {
        texts["header"].block_id: [remark(0, 6, "H")],
        texts["textbox"].block_id: [remark(11, 12, "T")],
        NOWHERE: [remark(0, 0, "N")],
    }
    assert commented_words(with_comments(data, comments)) == {
        "Header, “Police”: H": "Première ligne",
        "Textbox, “3”: T": "Première ligne",
        "N": "Première ligne",
    }


def test_comments_that_were_there_stay() -> None:
    data = make_docx(paragraph(run("Une rançon de 15 000 USD.")))
    once = with_comments(data, {"b0": [remark(0, 3, "A")]})
    twice = with_comments(once, {"b0": [remark(4, 10, "B")]})
    assert commented_words(twice) == {"A": "Une", "B": "rançon"}
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        assert [name for name in archive.namelist() if "comments" in name] == ["word/comments.xml"]


def test_a_document_without_comments_is_written_as_ever() -> None:
    data = EXAMPLE.read_bytes()
    assert with_comments(data, {}) == DOCX.write(data, own_text(data), "en")


def test_hostile_remarks_are_text() -> None:
    data = make_docx(paragraph(run("Une rançon.")))
    written = with_comments(data, {"b0": [remark(0, 3, "<w:p>&amp;\x00\x1b")]})
    assert commented_words(written) == {"<w:p>&amp;": "Une"}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
    st.lists(st.sampled_from(["Un ", "deux", " trois.", "é à ", "« 4 »"]), min_size=1, max_size=6),
)
def test_any_comments_leave_the_text_as_it_is(spans: list[tuple[int, int]], pieces: list[str]) -> None:
    body = paragraph("".join(run(piece, "<w:b/>" if number % 2 else "") for number, piece in enumerate(pieces)))
    data = make_docx(body + paragraph(picture("Logo") + run("Fin")))
    text = next(block.text for block in DOCX.read(data, Limits()))
    comments = [remark(min(span), max(span), str(number)) for number, span in enumerate(spans)]
    written = with_comments(data, {"b0": comments})
    assert [block.text for block in DOCX.read(written, Limits())] == [block.text for block in DOCX.read(data, Limits())]
    words = commented_words(written)
    assert len(words) == len(spans)
    for comment in comments:
        wanted = text[comment.start : comment.end]
        assert words[comment.text] == wanted if wanted.strip() else words[comment.text].strip()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_a_commented_document_and_shows_every_comment(tmp_path: Path) -> None:
    data = EXAMPLE.read_bytes()
    blocks = DOCX.read(data, Limits())
    comments = {block.block_id: [remark(0, 4, f"Remark {number}.")] for number, block in enumerate(blocks)}
    (tmp_path / "a.docx").write_bytes(with_comments(data, comments))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "fodt", "a.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    opened = (tmp_path / "a.fodt").read_text(encoding="utf-8")
    assert opened.count("<office:annotation ") == len(blocks)
    assert opened.count("<office:annotation-end ") == len(blocks)
