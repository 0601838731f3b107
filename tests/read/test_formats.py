from collections.abc import Callable
from dataclasses import replace

import pytest
from docx_samples import canonical, make_docx, paragraph, rich_docx, run
from hypothesis import given, settings
from hypothesis import strategies as st
from text_samples import HTML, MARKDOWN, TEXT, rot13, targets

from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.formats import FORMATS, document_id, read_document, write_document
from pipeline.read.rows import Row, row_document
from pipeline.records import Document, Markup

SAMPLES = {
    "release.txt": TEXT.encode(),
    "release.md": MARKDOWN.encode(),
    "release.html": HTML.encode(),
    "release.htm": HTML.encode("cp1252").replace(b"utf-8", b"windows-1252"),
    "bom.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf16.txt": TEXT.replace("\n", "\r\n").encode("utf-16"),
    "folder.v2/Release.DOCX": rich_docx(),
}


def read(path: str, data: bytes, limits: Limits | None = None) -> Document:
    return read_document(path, data, "fr", limits or Limits())


def same(path: str, one: bytes, other: bytes) -> bool:
    return canonical(one) == canonical(other) if path.lower().endswith("docx") else one == other


def test_the_samples_are_of_every_format() -> None:
    suffixes = {"." + path.lower().rpartition(".")[2] for path in SAMPLES}
    assert {FORMATS[suffix].name for suffix in suffixes} == {kind.name for kind in FORMATS.values()}


@pytest.mark.parametrize("path", SAMPLES)
def test_a_document_says_where_it_comes_from_and_numbers_its_blocks(path: str) -> None:
    document = read(path, SAMPLES[path])
    assert (document.path, document.lang) == (path, "fr")
    assert FORMATS["." + path.lower().rpartition(".")[2]].name == document.format
    assert [block.block_id for block in document.blocks] == [f"b{number}" for number in range(len(document.blocks))]
    assert len(document.blocks) > 10
    assert read(path, SAMPLES[path]) == document


@pytest.mark.parametrize("path", SAMPLES)
@pytest.mark.parametrize("only", ["all blocks", "every third block", "no block"])
def test_its_own_blocks_give_the_file_back(path: str, only: str) -> None:
    data = SAMPLES[path]
    step = {"all blocks": 1, "every third block": 3, "no block": 10**6}[only]
    blocks = targets(read(path, data).blocks[1::step] if only != "all blocks" else read(path, data).blocks)
    assert same(path, write_document(path, data, blocks, "x-same"), data)


@pytest.mark.parametrize("path", SAMPLES)
def test_translated_twice_there_and_back_the_file_is_as_it_was(path: str) -> None:
    data = SAMPLES[path]
    document = read(path, data)
    there = write_document(path, data, targets(document.blocks, rot13), "x-rot13")
    assert not same(path, there, data)
    between = read(path, there)
    assert [block.text for block in between.blocks] == [rot13(block.text) for block in document.blocks]
    assert [block.markup for block in between.blocks] == [block.markup for block in document.blocks]
    assert between.doc_id != document.doc_id
    back = write_document(path, there, targets(between.blocks, rot13), "x-rot13")
    assert same(path, back, data)
    assert read(path, back).doc_id == document.doc_id


@pytest.mark.parametrize("path", SAMPLES)
def test_another_text_in_one_block_changes_that_block_alone(path: str) -> None:
    data = SAMPLES[path]
    before = read(path, data).blocks
    chosen = next(block for block in before if block.layout != "attribute" and not block.markup)
    target = replace(targets((chosen,))[chosen.block_id], text="Un autre texte, et un autre point.")
    written = write_document(path, data, {chosen.block_id: target}, "x-same")
    after = read(path, written).blocks
    changed = [old.block_id for old, new in zip(before, after, strict=True) if old.text != new.text]
    assert changed == [chosen.block_id]


def docx(*texts: str) -> bytes:
    return make_docx("".join(paragraph(run(text)) for text in texts))


FIRST, SECOND = "La police a arrêté 58 personnes à Manille.", "Elles seront jugées en juillet, à Taguig."
TWO_PARAGRAPHS: dict[str, Callable[[str, str], bytes]] = {
    "a.txt": lambda one, two: f"{one}\n\n{two}\n".encode(),
    "b.md": lambda one, two: f"{one}\n\n{two}\n".encode(),
    "c.html": lambda one, two: f"<p>{one}</p><p>{two}</p>".encode(),
    "d.docx": docx,
}


def test_the_same_blocks_have_the_same_id_in_every_format_name_and_encoding() -> None:
    documents = [read(path, make(FIRST, SECOND)) for path, make in TWO_PARAGRAPHS.items()]
    documents.append(read("other/name.txt", f"{FIRST}\r\n\r\n{SECOND}".encode("cp1252")))
    documents.append(row_document(Row(7, "x", "", f"{FIRST}\n{SECOND}"), "data.jsonl", "fr"))
    for document in documents:
        assert [(block.layout, block.text) for block in document.blocks] == [
            ("paragraph", FIRST),
            ("paragraph", SECOND),
        ]
    assert len({document.doc_id for document in documents}) == 1


@pytest.mark.parametrize(
    "data",
    [
        TWO_PARAGRAPHS["c.html"](FIRST, SECOND + "!"),
        TWO_PARAGRAPHS["c.html"](SECOND, FIRST),
        f"<p>{FIRST} {SECOND}</p>".encode(),
        f"<h1>{FIRST}</h1><p>{SECOND}</p>".encode(),
        f"<p>{FIRST}</p><p>{SECOND}</p><p>Fin.</p>".encode(),
    ],
)
def test_other_blocks_have_another_id(data: bytes) -> None:
    assert read("c.html", data).doc_id != read("c.html", TWO_PARAGRAPHS["c.html"](FIRST, SECOND)).doc_id


def test_markup_and_kind_are_no_part_of_the_id() -> None:
    plain = read("c.html", TWO_PARAGRAPHS["c.html"](FIRST, SECOND))
    bold = read("c.html", TWO_PARAGRAPHS["c.html"](f"<b>{FIRST}</b>", SECOND))
    assert bold.blocks[0].markup == (Markup(0, "bold", 0, len(FIRST)),)
    assert bold.doc_id == plain.doc_id
    assert document_id(tuple(replace(block, kind="lead") for block in plain.blocks)) == plain.doc_id
    assert len(plain.doc_id) == 16


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"2014 - 58 %\n\n12:30\n", b"\x00\x01\x02\x03" * 50])
def test_a_file_without_a_text_is_refused(suffix: str, data: bytes) -> None:
    with pytest.raises(InputError, match="the file is empty" if not data else None) as caught:
        read(f"a{suffix}", data)
    assert caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("path", SAMPLES)
def test_limits_hold_in_every_format(path: str) -> None:
    data = SAMPLES[path]
    document = read(path, data, Limits(max_bytes=len(data)))
    longest = max(len(block.text) for block in document.blocks)
    for limits, allowed in (
        (Limits(max_bytes=len(data) - 1), len(data) - 1),
        (Limits(max_blocks=len(document.blocks) - 1), len(document.blocks) - 1),
        (Limits(max_block_chars=longest - 1), longest - 1),
    ):
        with pytest.raises(InputError, match=rf"\b{allowed:,}\b") as caught:
            read(path, data, limits)
        assert caught.value.remedy
    assert read(path, data, Limits(max_blocks=len(document.blocks), max_block_chars=longest)) == document


def test_every_suffix_is_known_to_the_writer_too() -> None:
    for suffix, kind in FORMATS.items():
        assert suffix in kind.suffixes
        assert suffix == suffix.lower()
    assert Config().limits.max_bytes == Limits().max_bytes


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0), st.binary(min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_nothing_but_input_errors_escapes_from_a_damaged_file(path: str, place: int, junk: bytes) -> None:
    data = SAMPLES[path]
    start = place % len(data)
    damaged = data[:start] + junk + data[start + len(junk) :]
    try:
        document = read(path, damaged)
    except InputError as error:
        assert error.message
        assert error.remedy
    else:
        written = write_document(path, damaged, targets(document.blocks), "x-same")
        assert [block.text for block in read(path, written).blocks] == [block.text for block in document.blocks]
