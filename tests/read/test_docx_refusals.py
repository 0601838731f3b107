"""Word files that are refused, each with its reason and what to do about it."""

import pytest
from docx_samples import DECLARATION, MAIN_TYPE, make_docx, make_zip, paragraph, read, rich_docx, run

from pipeline.errors import InputError

BODY = paragraph(run("Bonjour"))
STRICT = "http://purl.oclc.org/ooxml/"
TRACKED = 'w:id="1" w:author="x" w:date="2024-03-14T00:00:00Z"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _links(target: str, kind: str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/") -> bytes:
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{kind}officeDocument" '
        f'Target="{target}"/></Relationships>'
    ).encode()


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "inserted text": (
        make_docx(paragraph(f"<w:ins {TRACKED}>{run('Un')}</w:ins>")),
        "unaccepted tracked changes (1 in word/document.xml)",
        "Accept",
    ),
    "deleted text": (
        make_docx(paragraph(f"<w:del {TRACKED}><w:r><w:delText>Un</w:delText></w:r></w:del>")),
        "tracked changes",
        "Review",
    ),
    "moved text": (make_docx(paragraph(f"<w:moveTo {TRACKED}>{run('Un')}</w:moveTo>")), "tracked changes", "Review"),
    "a paragraph mark inserted": (
        make_docx(paragraph(run("Un"), f"<w:rPr><w:ins {TRACKED}/></w:rPr>")),
        "tracked changes",
        "Review",
    ),
    "tracked changes in a footnote": (
        make_docx(BODY, {"footnotes": f"<w:footnote><w:p><w:ins {TRACKED}/></w:p></w:footnote>"}),
        "word/footnotes.xml",
        "Review",
    ),
    "an embedded document": (make_docx(BODY + '<w:altChunk r:id="x"/>'), "embedded", "open it in Word"),
    "macros": (
        make_docx(BODY, content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
        ".docx",
    ),
    "a template": (
        make_docx(BODY, content_type=MAIN_TYPE.replace("document.main", "template.main")),
        "template",
        ".docx",
    ),
    "a spreadsheet": (make_docx(BODY, content_type="application/vnd.sheet.main+xml"), "no Word document", "Word"),
    "no content type": (make_docx(BODY, replace={"[Content_Types].xml": b"<Types/>"}), "no Word document", "Word"),
    "Strict by its relationships": (
        make_docx(BODY, replace={"_rels/.rels": _links("word/document.xml", f"{STRICT}officeDocument/relationships/")}),
        "Strict",
        "Word Document",
    ),
    "Strict by its root": (
        make_docx(BODY, replace={"word/document.xml": f'<d xmlns="{STRICT}wordprocessingml/main"/>'.encode()}),
        "Strict",
        "Word Document",
    ),
    "another root": (make_docx(BODY, replace={"word/document.xml": b"<html/>"}), "damaged", "Word"),
    "another root of the styles": (make_docx(BODY, replace={"word/styles.xml": b"<a/>"}), "word/styles.xml", "Word"),
    "another zip": (make_zip({"a.txt": b"Bonjour"}), "no Word document", "Word"),
    "a package of another kind": (
        make_docx(BODY, replace={"_rels/.rels": _links("word/document.xml", "urn:other/")}),
        "no Word document",
        "Word",
    ),
    "no main part": (make_docx(BODY, replace={"_rels/.rels": _links("word/other.xml")}), "no Word document", "Word"),
    "main part missing": (
        make_docx(BODY, replace={"word/document.xml": None}),
        "word/document.xml is missing",
        "again",
    ),
    "main part outside": (make_docx(BODY, replace={"_rels/.rels": _links("../../x.xml")}), "no Word document", "Word"),
    "no content types": (make_docx(BODY, replace={"[Content_Types].xml": None}), "missing", "again"),
    "styles missing": (make_docx(BODY, replace={"word/styles.xml": None}), "word/styles.xml is missing", "again"),
    "XML cut off": (make_docx(BODY, replace={"word/document.xml": b"<w:document"}), "not XML at line 1", "again"),
    "entities in a side part": (
        make_docx(BODY, replace={"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "document type",
        "sender",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_with_reason_and_remedy(name: str) -> None:
    data, reason, remedy = REFUSED[name]
    with pytest.raises(InputError) as caught:
        read(data)
    assert reason in caught.value.message
    assert remedy in caught.value.remedy


def test_formatting_changes_alone_are_accepted() -> None:
    change = f"<w:pPrChange {TRACKED}><w:pPr/></w:pPrChange>"
    assert [block.text for block in read(make_docx(paragraph(run("Un"), change)))] == ["Un"]


def test_parts_are_found_whatever_they_are_called() -> None:
    data = make_docx(BODY)
    assert read(data) == read(make_docx(BODY, replace={"_rels/.rels": _links("/WORD/document.xml")}))
    assert read(rich_docx())
