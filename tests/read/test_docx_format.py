"""Writing translations back: what changes, what must not, and what comes back of a translation and its inverse."""

import codecs
import io

import docx as python_docx
from docx_samples import canonical, make_docx, member, names, paragraph, read, rich_docx, run, text_box, write

from pipeline.read.docx import DOCX
from pipeline.records import Block, Markup, TargetBlock

BOLD = "<w:b/>"


def _own(blocks: tuple[Block, ...]) -> dict[str, TargetBlock]:
    return {block.block_id: TargetBlock(block.block_id, block.text, block.markup) for block in blocks}


def _document(data: bytes) -> str:
    return member(data, "word/document.xml").decode()


def _rot13(data: bytes) -> bytes:
    blocks = {
        block.block_id: TargetBlock(block.block_id, codecs.encode(block.text, "rot13"), block.markup)
        for block in read(data)
    }
    return DOCX.write(data, blocks, "x-rot13")


def test_its_own_text_changes_no_byte() -> None:
    data = rich_docx()
    assert DOCX.write(data, _own(read(data)), "x-same") == data
    assert DOCX.write(data, {}, "x-same") == data


def test_a_translation_and_its_inverse_give_the_original_back() -> None:
    data = rich_docx()
    there = _rot13(data)
    assert [block.text for block in read(there)] == [codecs.encode(block.text, "rot13") for block in read(data)]
    assert [block.markup for block in read(there)] == [block.markup for block in read(data)]
    assert canonical(_rot13(there)) == canonical(data)


def test_a_file_of_another_program_comes_back_too() -> None:
    document = python_docx.Document()
    document.add_heading("Saisie record", 0)
    words = document.add_paragraph("Le ")
    words.add_run("procureur").bold = True
    words.add_run(" a déclaré :").add_break()
    document.add_paragraph("Un", style="List Bullet")
    cells = document.add_table(2, 2).rows[0].cells
    cells[0].text, cells[1].text = "Année", "Quantité"
    document.sections[0].header.paragraphs[0].text = "Ministère"
    document.core_properties.title = "Saisie"
    buffer = io.BytesIO()
    document.save(buffer)
    data = buffer.getvalue()
    there = _rot13(data)
    again = python_docx.Document(io.BytesIO(there))
    assert [item.text for item in again.paragraphs] == ["Fnvfvr erpbeq", "Yr cebpherhe n qépyneé :\n", "Ha"]
    assert [item.text for item in again.paragraphs[1].runs if item.bold] == ["cebpherhe"]
    assert again.tables[0].cell(0, 1).text == "Dhnagvgé"
    assert again.sections[0].header.paragraphs[0].text == "Zvavfgèer"
    assert again.core_properties.title == "Fnvfvr"
    assert canonical(_rot13(there)) == canonical(data)


def test_untouched_parts_keep_their_bytes() -> None:
    data = rich_docx()
    result = write(data, {"Les faits": TargetBlock("", "The facts")})
    assert names(result) == names(data)
    others = [name for name in names(data) if name != "word/document.xml"]
    assert [member(result, name) for name in others] == [member(data, name) for name in others]
    assert member(result, "word/document.xml") == member(data, "word/document.xml").replace(b"Les faits", b"The facts")


def test_both_versions_of_a_text_box_get_the_translation() -> None:
    data = make_docx(paragraph(text_box(paragraph(run("Trois ") + run("chiffres", BOLD)))))
    target = TargetBlock("", "Three figures", (Markup(0, "bold", 6, 13),))
    alt = TargetBlock("", "Box")
    body = _document(write(data, {"Trois chiffres": target, "Encadré avec les chiffres": alt}))
    assert body.count(">Three </w:t>") == body.count(">figures</w:t>") == 2
    assert body.count('descr="Box"') == body.count('alt="Box"') == 1


def test_a_version_with_other_formatting_gets_the_text() -> None:
    data = make_docx(paragraph(text_box(paragraph(run("Un ") + run("mot", BOLD)), paragraph(run("Un mot")))))
    body = _document(write(data, {"Un mot": TargetBlock("", "A word", (Markup(0, "bold", 2, 6),))}))
    assert body.count(">A word</w:t>") == 1
    assert body.count(">A </w:t>") == 1


def test_alternative_texts_titles_and_tooltips_are_written() -> None:
    data = rich_docx()
    wanted = {
        "Le logo de l’agence": 'descr="&lt;Logo&gt; &amp; &quot;co&quot;"',
        "Site officiel": 'w:tooltip="&lt;Logo&gt; &amp; &quot;co&quot;"',
    }
    for text, expected in wanted.items():
        result = write(data, {text: TargetBlock("", '<Logo> & "co"\0')})
        assert expected in member(result, "word/document.xml").decode()
    result = write(data, {"Une opération réussie": TargetBlock("", "A <success>")})
    assert "<dc:title>A &lt;success&gt;</dc:title>" in member(result, "docProps/core.xml").decode()


def _bound(store: str, content: str) -> str:
    """Return a content control that Word fills from a data store."""
    binding = f'<w:dataBinding w:storeItemID="{{{store}}}"/>'
    return f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_a_control_bound_to_outside_data_is_cut_loose_where_its_text_changes() -> None:
    store = "55AF091B-3C7A-41E3-B477-F2FDAA23CFDA"
    data = make_docx(
        _bound(store, paragraph(run("Autour"))) + paragraph(_bound(store, run("Dedans"))) + paragraph(run("Hors"))
    )
    assert _document(write(data, {"Hors": TargetBlock("", "Out")})).count("dataBinding") == 2
    assert _document(write(data, {"Autour": TargetBlock("", "Around")})).count("dataBinding") == 1
    inside = TargetBlock("", "Inside", (Markup(0, "control", 0, 6),))
    assert _document(write(data, {"Dedans": inside})).count("dataBinding") == 1


def test_a_control_bound_to_the_documents_title_stays_bound() -> None:
    data = make_docx(_bound("6C3C8BC8-F283-45AE-878A-BAB7291924A1", paragraph(run("Titre"))))
    assert _document(write(data, {"Titre": TargetBlock("", "Title")})).count("dataBinding") == 1
