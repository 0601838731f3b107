"""Whole releases: which block is what, from layout where there is any and from the text where there is none."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Block, Document, Layout, Markup
from pipeline.structure import structure_document

TABLE = Path(__file__).parents[1] / "data" / "structure_fr.txt"
EXAMPLES = Path(__file__).parents[2] / "configs" / "example"
BODY = "Les enquêteurs ont saisi hier des ordinateurs et des téléphones, a indiqué le parquet de la ville."
QUOTE = "« Nous poursuivrons nos efforts avec tous nos partenaires », a déclaré le directeur."


def _plain(*texts: str) -> Document:
    blocks = tuple(Block(f"b{position}", "paragraph", text) for position, text in enumerate(texts))
    return Document("d", "d.txt", "fr", "txt", blocks)


def _kinds(document: Document) -> list[str]:
    return [block.kind for block in structure_document(document).blocks]


def _example(name: str) -> Document:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return _plain(*(paragraph for paragraph in text.split("\n\n") if paragraph.strip()))


def test_interpol_release_is_read_from_headline_to_quotes() -> None:
    kinds = _kinds(_example("interpol-2014-05-02.txt"))
    assert kinds[:3] == ["headline", "date", "lead"]
    assert set(kinds[3:]) == {"paragraph", "quote"}
    assert [position for position, kind in enumerate(kinds) if kind == "quote"] == [10, 11, 12, 14, 15, 16, 17, 18, 20]


def test_alert_in_plain_text_is_read_from_embargo_to_contacts() -> None:
    assert _kinds(_example("alerte-enlevement-2025-02-17.txt")) == [
        *["embargo", "headline", "date", "lead", "paragraph", "paragraph", "paragraph", "quote", "paragraph"],
        *["heading", "paragraph", "boilerplate", "boilerplate", "contact", "contact"],
    ]


def _read_table() -> list[tuple[str, Document, list[str]]]:
    """Read releases of lines `kind layout text`, each under a line `# what is shown [format]`."""
    releases = []
    for release in TABLE.read_text(encoding="utf-8").strip().split("\n\n"):
        title, *lines = release.splitlines()
        what, _, file_format = title.removeprefix("# ").removesuffix("]").partition(" [")
        blocks, kinds = [], []
        for line in lines:
            kind, layout, text = line.split(maxsplit=2)
            text = {"BODY": BODY, "QUOTE": QUOTE}.get(text, text)
            level = int(layout[-1]) if layout[-1].isdigit() else 0
            blocks.append(Block(f"b{len(blocks)}", "paragraph", text, (), cast(Layout, layout.rstrip("123")), level))
            kinds.append(kind)
        releases.append((what, Document("d", "d", "fr", file_format or "txt", tuple(blocks)), kinds))
    return releases


RELEASES = _read_table()


@pytest.mark.parametrize(("what", "document", "expected"), RELEASES, ids=[what for what, _, _ in RELEASES])
def test_release(what: str, document: Document, expected: list[str]) -> None:
    assert _kinds(document) == expected, what


def test_release_without_a_block_stays_without() -> None:
    assert structure_document(_plain()) == _plain()


def test_paragraph_set_off_in_bold_is_a_standfirst() -> None:
    document = _plain("Titre", "Trois hommes ont été arrêtés hier.", BODY)
    chapeau = document.blocks[1]
    bold = replace(chapeau, markup=(Markup(0, "bold", 0, len(chapeau.text)),))
    document = replace(document, blocks=(document.blocks[0], bold, document.blocks[2]))
    assert _kinds(document) == ["headline", "standfirst", "lead"]


def test_paragraph_that_begins_with_a_footnote_anchor_is_a_note() -> None:
    document = _plain("Titre", BODY, "Chiffre provisoire.")
    anchored = replace(document.blocks[2], markup=(Markup(0, "footnote", 0, 0),))
    document = replace(document, blocks=(*document.blocks[:2], anchored))
    assert _kinds(document) == ["headline", "lead", "note"]


LAYOUTS: tuple[Layout, ...] = (
    "title", "heading", "paragraph", "list_item", "cell", "header", "footer", "footnote", "textbox", "attribute"
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from([BODY, QUOTE, "TITRE", "Titre", "2 mai 2014", "À propos de nous", "Contact", "« Ouvert.", ""]),
    st.text(max_size=60),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.builds(Block, st.just("b"), st.just("paragraph"), TEXTS, layout=st.sampled_from(LAYOUTS)), max_size=9)
)
def test_only_the_kind_changes_and_at_most_one_headline_and_lead_are_found(blocks: list[Block]) -> None:
    document = Document("d", "d.docx", "fr", "docx", tuple(blocks))
    structured = structure_document(document)
    assert [replace(block, kind="paragraph") for block in structured.blocks] == blocks
    kinds = [block.kind for block in structured.blocks]
    assert kinds.count("headline") <= 1
    assert kinds.count("lead") <= 1
    assert structure_document(structured) == structured
