"""A translated Word document with its findings as comments."""

import io
from dataclasses import replace
from pathlib import Path

import docx
from docx_samples import make_docx, paragraph, run

from pipeline.read.base import Limits
from pipeline.read.formats import read_document
from pipeline.records import (
    Finding,
    Hypothesis,
    MaskedSegment,
    PreparedDocument,
    Span,
    TranslatedDocument,
)
from pipeline.report.publish import publish_review_copy
from pipeline.segment import segment_document
from pipeline.store import Store
from pipeline.structure import structure_document

FRENCH = "Il a versé 15 000 USD. Il a versé 15 000 USD."
ENGLISH = ("He paid 1,500 USD.", "He paid 15,000 USD.")
DATA = make_docx(paragraph(run(FRENCH)))
MESSAGE = "French says 15 000 USD; English says 1,500 USD."


def records(path: str) -> tuple[PreparedDocument, TranslatedDocument]:
    document = read_document("a.docx", DATA, "fr", Limits())
    prepared = PreparedDocument(document, segment_document(document))
    ids = [segment.seg_id for segment in prepared.segments]
    hypotheses = tuple(Hypothesis(seg_id, "en", "mt", text) for seg_id, text in zip(ids, ENGLISH, strict=True))
    masked = tuple(MaskedSegment(segment.seg_id, segment.source) for segment in prepared.segments)
    return prepared, TranslatedDocument(document.doc_id, path, "en", "mt", masked, hypotheses)


def finding(seg_id: str, span: Span | None, dismissed: str = "") -> Finding:
    return Finding("amounts", "blocker", seg_id, "d", "en", "mt", MESSAGE, None, span, dismissed)


def publish(folder: Path, *findings: Finding, path: str = "a.fr.docx", blocked: bool = True) -> list[str]:
    put = publish_review_copy(Store(folder), DATA, *records(path), findings, blocked)
    return [item.path for item in put]


def comments(folder: Path, name: str) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO((folder / name).read_bytes()))
    return [(comment.text, comment.author) for comment in document.comments]


def test_each_finding_is_a_comment_in_one_form(tmp_path: Path) -> None:
    first, second = (hypothesis.seg_id for hypothesis in records("a")[1].hypotheses)
    (name,) = publish(tmp_path, finding(first, Span(8, 17)), finding(second, None), finding("", None))
    assert name == "translations/blocked/a.fr.docx/en/mt/a.en.review.docx"
    said = (f"{MESSAGE} Correct it or dismiss with a reason.", "communique (blocker)")
    assert comments(tmp_path, name) == [said] * 3
    text = docx.Document(io.BytesIO((tmp_path / name).read_bytes())).paragraphs[0].text
    assert text == " ".join(ENGLISH)


def test_a_copy_is_never_in_two_places_and_goes_when_there_is_nothing_to_say(tmp_path: Path) -> None:
    seg_id = records("a")[1].hypotheses[0].seg_id
    (blocked,) = publish(tmp_path, finding(seg_id, None))
    (open_,) = publish(tmp_path, finding(seg_id, None), finding(seg_id, None, "fine"), blocked=False)
    assert not (tmp_path / blocked).exists()
    assert len(comments(tmp_path, open_)) == 1
    assert publish(tmp_path, finding(seg_id, None, "fine"), blocked=False) == []
    assert not (tmp_path / open_).exists()


def test_other_formats_have_no_review_copy(tmp_path: Path) -> None:
    assert publish(tmp_path, finding("", None), path="a.txt") == []


def test_a_name_that_is_gone_is_said_to_be_gone_as_an_amount_is(tmp_path: Path) -> None:
    seg_id = records("a")[1].hypotheses[0].seg_id
    gone = replace(finding(seg_id, None), check="names", message="“Il” was not found.", source_span=Span(0, 2))
    (name,) = publish(tmp_path, gone)
    assert comments(tmp_path, name)[0][0] == (
        "French says “Il”; English does not. Correct it or dismiss with a reason."
    )


def test_an_embargo_stands_above_all_findings(tmp_path: Path) -> None:
    data = make_docx(paragraph(run("SOUS EMBARGO JUSQU’AU 3 MAI 2014, 10 H")) + paragraph(run("Un titre")))
    document = structure_document(read_document("a.docx", data, "fr", Limits()))
    prepared = PreparedDocument(document, segment_document(document))
    texts = zip(prepared.segments, ("EMBARGOED UNTIL MAY 3, 2014, 10:00 AM", "A title"), strict=True)
    hypotheses = tuple(Hypothesis(segment.seg_id, "en", "mt", text) for segment, text in texts)
    translated = TranslatedDocument(document.doc_id, "a.docx", "en", "mt", (), hypotheses)
    found = finding(hypotheses[1].seg_id, None)
    (put,) = publish_review_copy(Store(tmp_path), data, prepared, translated, [found], False)
    first, second = comments(tmp_path, put.path)
    assert first == (
        "Under embargo: French says “SOUS EMBARGO JUSQU’AU 3 MAI 2014, 10 H”. Do not publish before.",
        "communique (embargo)",
    )
    assert second[1] == "communique (blocker)"
