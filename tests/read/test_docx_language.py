"""Language and direction marks in written Word documents."""

import pytest
from docx_samples import STYLES, field, make_docx, member, paragraph, read, rich_docx, run, table, write
from lxml import etree

from pipeline.read.docx import DOCX
from pipeline.read.wordml import w
from pipeline.read.xml import Element
from pipeline.records import Markup, TargetBlock


def _root(data: bytes, name: str = "word/document.xml") -> Element:
    return etree.fromstring(member(data, name))


def _languages(data: bytes, name: str) -> list[dict[str, str]]:
    return [
        {str(key).rpartition("}")[2]: str(text) for key, text in mark.attrib.items()}
        for mark in _root(data, name).iter(w("lang"), w("themeFontLang"))
    ]


def _arabic(inside: str, text: str, *markup: Markup) -> Element:
    """Return a paragraph after its translation into Arabic."""
    return _root(DOCX.write(make_docx(paragraph(inside)), {"b0": TargetBlock("b0", text, markup)}, "ar"))[0][0]


def _looks(element: Element) -> list[tuple[str, list[str]]]:
    """Return each run's text and the names of its properties."""
    return [
        (
            "".join(item.text or "" for item in run_.iter(w("t"))),
            [str(child.tag).rpartition("}")[2] for properties in run_.findall(w("rPr")) for child in properties],
        )
        for run_ in element.iter(w("r"))
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("en", {"val": "en", "eastAsia": "en-US", "bidi": "ar-SA"}),
        ("pt-BR", {"val": "pt-BR", "eastAsia": "en-US", "bidi": "ar-SA"}),
        ("zh-Hant", {"val": "zh-TW", "eastAsia": "zh-TW", "bidi": "ar-SA"}),
        ("ja", {"val": "ja", "eastAsia": "ja", "bidi": "ar-SA"}),
        ("he", {"val": "he", "eastAsia": "en-US", "bidi": "he"}),
    ],
)
def test_the_documents_language_becomes_the_targets(target: str, expected: dict[str, str]) -> None:
    result = DOCX.write(rich_docx(), {}, target)
    assert _languages(result, "word/styles.xml") == [expected]
    assert _languages(result, "word/settings.xml")[0]["val"] == expected["val"]
    assert [mark["val"] for mark in _languages(result, "word/document.xml")] == [expected["val"]]
    assert f"<dc:language>{target}</dc:language>" in member(result, "docProps/core.xml").decode()


def test_a_private_target_leaves_all_marks_alone() -> None:
    data = rich_docx()
    assert DOCX.write(data, {}, "x-rot13") == data


def test_defaults_get_a_language_where_they_had_none() -> None:
    result = DOCX.write(make_docx(paragraph(run("Un")), styles="<w:latentStyles/>"), {}, "es")
    defaults = _root(result, "word/styles.xml")[0]
    assert etree.QName(defaults).localname == "docDefaults"
    assert _languages(result, "word/styles.xml") == [{"val": "es"}]


def test_a_document_without_style_sheet_is_written() -> None:
    data = make_docx(paragraph(run("Un")), styles=None)
    assert [block.text for block in read(DOCX.write(data, {}, "ar"))] == ["Un"]


def test_left_to_right_targets_turn_nothing() -> None:
    content = member(DOCX.write(rich_docx(), {}, "es"), "word/document.xml")
    assert b"bidi" not in content.replace(b"w:bidi=", b"") and b"w:rtl" not in content


def test_paragraphs_tables_and_sections_are_turned() -> None:
    result = DOCX.write(rich_docx(), {}, "ar")
    for name in ("word/document.xml", "word/header.xml", "word/footnotes.xml"):
        for element in _root(result, name).iter(w("p")):
            text = "".join(item.text or "" for item in element.iter(w("t")))
            switch = element.find(f"{w('pPr')}/{w('bidi')}")
            assert switch is not None
            assert (switch.get(w("val")) == "0") == (text in ("2024", "12 500"))
    document = _root(result)
    assert all(item.find(f"{w('tblPr')}/{w('bidiVisual')}") is not None for item in document.iter(w("tbl")))
    assert all(item.find(w("bidi")) is not None for item in document.iter(w("sectPr")))


def test_a_table_without_properties_gets_them_first() -> None:
    body = "<w:tbl><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    turned = _root(DOCX.write(make_docx(body), {}, "ar"))[0][0]
    assert [etree.QName(child).localname for child in turned] == ["tblPr", "tblGrid", "tr"]


def test_runs_are_turned_by_what_they_hold() -> None:
    inside = run("Un ") + run("gras", "<w:b/>") + run(" et ") + field("PAGE", run("12"))
    text = "اعتقال INTERPOL هنا"
    start = text.index("INTERPOL")
    markup = (Markup(0, "bold", start, start + 8), Markup(1, "field", len(text), len(text)))
    assert _looks(_arabic(inside, text, *markup)) == [
        ("اعتقال ", ["rtl"]),
        ("INTERPOL", ["b"]),
        (" هنا", ["rtl"]),
        ("", []),
        ("", []),
        ("", []),
        ("12", []),
        ("", []),
    ]


def test_punctuation_between_turned_words_is_turned_with_them() -> None:
    looks = _looks(_arabic(run("Un ") + run("mot", "<w:i/>"), "هنا.", Markup(0, "italic", 3, 4)))
    assert looks == [("هنا", ["rtl"]), (".", ["i", "iCs", "rtl"])]


def test_bold_and_size_hold_for_right_to_left_text_too() -> None:
    inside = run("Un mot", '<w:b/><w:i w:val="0"/><w:sz w:val="30"/><w:rtl w:val="0"/><w:lang w:val="fr-FR"/>')
    properties = _arabic(inside, "كلمة").find(f".//{w('rPr')}")
    assert properties is not None
    assert " ".join(etree.QName(child).localname for child in properties) == "b bCs i iCs sz szCs rtl lang"
    assert properties[3].get(w("val")) == "0"
    assert properties[5].get(w("val")) == "30"
    assert properties[6].get(w("val")) is None
    styles = _root(DOCX.write(make_docx(paragraph(run("Un")), styles=STYLES), {}, "ar"), "word/styles.xml")
    heading = styles.find(f"{w('style')}[@{w('styleId')}='Titre1']/{w('rPr')}")
    assert heading is not None
    assert [etree.QName(child).localname for child in heading] == ["b", "bCs", "sz", "szCs"]


def test_properties_stand_where_the_schema_wants_them() -> None:
    order = "pStyle keepNext numPr pBdr shd tabs bidi spacing ind jc outlineLvl rPr sectPr pPrChange"
    inside = "".join(f"<w:{name}/>" for name in order.split() if name != "bidi")
    properties = _root(DOCX.write(make_docx(paragraph(run("Un"), inside)), {}, "ar"))[0][0][0]
    assert " ".join(etree.QName(child).localname for child in properties) == order


def test_only_what_must_change_changes() -> None:
    data = make_docx(table((run("Un"), run("12"))))
    result = write(data, {"Un": TargetBlock("", "One")}, "en")
    before = member(data, "word/document.xml")
    assert member(result, "word/document.xml") == before.replace(b">Un<", b">One<")
