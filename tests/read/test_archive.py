"""Zip archives: what is refused before opening, what is bounded while reading, what a rewrite leaves alone."""

import io
import struct
import warnings
import zipfile

import pytest
from docx_samples import make_zip, rich_docx

from pipeline.errors import InputError
from pipeline.read.archive import MAX_MEMBERS, open_archive, rewrite_archive
from pipeline.read.base import Limits

LIMITS = Limits()


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _patch_directory(data: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite part of the first entry of the central directory."""
    at = data.index(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


def test_reads_members_in_the_directorys_order() -> None:
    archive = open_archive(make_zip({"b.xml": b"deux", "a.xml": b"un"}), LIMITS)
    assert archive.names() == ("b.xml", "a.xml")
    assert archive.read("a.xml") == b"un"


HOSTILE = {
    "empty": (b"", "no zip archive"),
    "text": (b"Bonjour", "no zip archive"),
    "only the magic": (b"PK\x03\x04", "directory"),
    "old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old .doc"),
    "encrypted .docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted with a password",
    ),
    "zip bomb by ratio": (_zip(("a.xml", bytes(1_000_000))), "zip bomb"),
    "many small bombs": (_zip(*[(f"{i}.bin", bytes(99_000)) for i in range(1100)]), "unpacked"),
    "too many members": (_zip(*[(f"{i}", b"") for i in range(MAX_MEMBERS + 1)]), "parts"),
    "path traversal": (_zip(("../../etc/passwd", b"x")), "hostile"),
    "absolute path": (_zip(("/etc/passwd", b"x")), "hostile"),
    "backslashes": (_patch_directory(_zip(("a/b.xml", b"x")), 46, rb"a\b.xml"), "hostile"),
    "drive letter": (_zip(("C:evil.xml", b"x")), "hostile"),
    "NUL in a name": (_patch_directory(_zip(("abc", b"x")), 46, b"a\0c"), "hostile"),
    "duplicate": (_zip(("a.xml", b"1"), ("a.xml", b"2")), "twice"),
    "duplicate in another case": (_zip(("a.xml", b"1"), ("A.xml", b"2")), "twice"),
    "encrypted flag": (_patch_directory(_zip(("a.xml", b"1")), 8, b"\x01\x00"), "encrypted"),
    "unknown method": (_zip(("a.xml", b"1"), method=zipfile.ZIP_BZIP2), "unknown way"),
    "offset beyond the file": (_patch_directory(_zip(("a.xml", b"1")), 42, struct.pack("<I", 20)), "damaged"),
    "packed size beyond the record": (_patch_directory(_zip(("a.xml", b"1")), 20, struct.pack("<I", 90)), "overlap"),
    "truncated": (rich_docx()[:-100], "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refuses_before_opening(name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(InputError, match=words) as caught:
        open_archive(data, LIMITS)
    assert caught.value.remedy


def test_names_the_limit_that_a_large_file_passes() -> None:
    with pytest.raises(InputError, match="more than the 10 allowed"):
        open_archive(rich_docx(), Limits(max_bytes=10))


def test_small_members_may_pack_as_well_as_they_like() -> None:
    assert open_archive(_zip(("blank.bmp", bytes(90_000))), LIMITS).read("blank.bmp") == bytes(90_000)


@pytest.mark.parametrize("declared", [3, 2_000_000], ids=["too small", "too large"])
def test_a_declared_size_that_lies_is_found_while_reading(declared: int) -> None:
    data = _patch_directory(_zip(("a.xml", bytes(range(256)) * 100)), 24, struct.pack("<I", declared))
    archive = open_archive(data, Limits(max_ratio=10**9))
    with pytest.raises(InputError, match="damaged"):
        archive.read("a.xml")


def test_a_damaged_member_is_an_input_error() -> None:
    data = bytearray(_zip(("a.xml", bytes(range(256)) * 20)))
    data[60] ^= 0xFF
    with pytest.raises(InputError, match="damaged"):
        open_archive(bytes(data), LIMITS).read("a.xml")


def test_a_missing_member_is_named() -> None:
    with pytest.raises(InputError, match=r"word/styles\.xml is missing"):
        open_archive(make_zip({"a": b"1"}), LIMITS).read("word/styles.xml")


def test_rewriting_nothing_returns_the_same_bytes() -> None:
    data = rich_docx()
    assert rewrite_archive(open_archive(data, LIMITS), {}) == data


def _raw_records(data: bytes) -> dict[str, bytes]:
    archive = open_archive(data, LIMITS)
    return {
        item.filename: data[item.header_offset : end] for item, end in zip(archive.members, archive.ends, strict=True)
    }


def _streamed() -> bytes:
    """Return an archive whose sizes stand behind the content, as programs that cannot seek write it."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.buffer = io.BytesIO()

        def writable(self) -> bool:
            return True

        def write(self, content: bytes) -> int:
            return self.buffer.write(content)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.xml", "word/document.xml", "c.xml"):
            archive.writestr(name, name.encode() * 50)
    return pipe.buffer.getvalue()


@pytest.mark.parametrize("data", [rich_docx(), _streamed()], ids=["word", "streamed"])
def test_rewriting_one_member_copies_the_others_raw(data: bytes) -> None:
    archive = open_archive(data, LIMITS)
    result = rewrite_archive(archive, {"word/document.xml": b"<new/>"})
    again = open_archive(result, LIMITS)
    assert again.names() == archive.names()
    assert again.read("word/document.xml") == b"<new/>"
    before, after = _raw_records(data), _raw_records(result)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    for old, new in zip(archive.members, again.members, strict=True):
        assert (old.date_time, old.compress_type, old.external_attr, old.create_system, old.extra, old.comment) == (
            (new.date_time, new.compress_type, new.external_attr, new.create_system, new.extra, new.comment)
        )
    with zipfile.ZipFile(io.BytesIO(result)) as opened:
        assert opened.testzip() is None
