"""Damaged Word files: nothing but `InputError` escapes, in reading as in writing what was read."""

import re

from docx_samples import make_docx, member, names, read, rich_docx
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read.archive import open_archive, rewrite_archive
from pipeline.read.base import Limits
from pipeline.read.docx import DOCX
from pipeline.records import TargetBlock

VALID = rich_docx()
DOCUMENT = member(VALID, "word/document.xml")
PLACES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4)
SNIPPETS = st.sampled_from((b"<", b">", b"&", b'"', b"<!--", b"<!DOCTYPE", b"\xff", b"\x01", b"<!-- -->", b"&#0;")) | (
    st.sampled_from(("p", "r", "t", "tbl", "sdt", "pPr", "rPr", "fldChar", "hyperlink", "txbxContent")).flatmap(
        lambda name: st.sampled_from((b"<w:%b>", b"</w:%b>", b"<w:%b/>")).map(lambda tag: tag % name.encode())
    )
)
TAGS = sorted({tag.decode() for tag in re.findall(rb"<(w:\w+)", DOCUMENT)})


def _use(data: bytes) -> None:
    """Read a file and write it in two languages, as far as it lets itself be read."""
    try:
        blocks = read(data)
    except InputError as error:
        assert error.message
        assert error.remedy
        return
    targets = {block.block_id: TargetBlock(block.block_id, block.text[::-1], block.markup[:-1]) for block in blocks}
    for target_lang in ("ar", "x-test"):
        read(DOCX.write(data, targets, target_lang))


def _flip(data: bytes, places: list[tuple[int, int]]) -> bytes:
    flipped = bytearray(data)
    for place, value in places:
        flipped[place % len(data)] ^= value
    return bytes(flipped)


@given(PLACES)
@settings(max_examples=100, deadline=None)
def test_flipped_bytes_of_the_file(places: list[tuple[int, int]]) -> None:
    _use(_flip(VALID, places))


@given(PLACES)
@settings(max_examples=80, deadline=None)
def test_flipped_bytes_of_the_zip_directory(places: list[tuple[int, int]]) -> None:
    start = VALID.index(b"PK\x01\x02")
    _use(VALID[:start] + _flip(VALID[start:], places))


@given(st.integers(0, len(VALID)), st.integers(0, len(VALID)))
@settings(max_examples=60, deadline=None)
def test_missing_stretches_of_the_file(start: int, end: int) -> None:
    _use(VALID[:start] + VALID[end:])


def _with_part(name: str, content: bytes) -> bytes:
    return rewrite_archive(open_archive(VALID, Limits()), {name: content})


@given(st.sampled_from([name for name in names(VALID) if not name.endswith(".png")]), PLACES)
@settings(max_examples=150, deadline=None)
def test_flipped_bytes_of_a_part(name: str, places: list[tuple[int, int]]) -> None:
    _use(_with_part(name, _flip(member(VALID, name), places)))


@given(st.integers(0, len(DOCUMENT)), st.integers(0, 40), SNIPPETS)
@settings(max_examples=120, deadline=None)
def test_other_xml_in_the_document(place: int, removed: int, snippet: bytes) -> None:
    _use(_with_part("word/document.xml", DOCUMENT[:place] + snippet + DOCUMENT[place + removed :]))


@given(st.lists(st.sampled_from(TAGS), max_size=12))
@settings(max_examples=80, deadline=None)
def test_wordml_elements_in_any_nesting(tags: list[str]) -> None:
    content = "x"
    for number, tag in enumerate(tags):
        content = f"<{tag}>{content}</{tag}>"
        if number % 3 == 0:
            content = f"<w:p><w:r><w:t>é</w:t></w:r>{content}</w:p>"
    _use(make_docx(content))
