"""Bytes to text and back: what is understood, what is refused, and how it is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read.encoding import Encoding, can_encode, decode, encode

FRENCH = "« L’été à Nîmes », 5 € – œuvre\r\n"


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        (FRENCH.encode(), "", Encoding("utf-8")),
        (FRENCH.encode("utf-8-sig"), "", Encoding("utf-8", b"\xef\xbb\xbf")),
        (b"\xff\xfe" + FRENCH.encode("utf-16-le"), "", Encoding("utf-16-le", b"\xff\xfe")),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "", Encoding("utf-16-be", b"\xfe\xff")),
        (FRENCH.encode("cp1252"), "", Encoding("cp1252")),
        (FRENCH.encode("cp1252"), "UTF-8", Encoding("cp1252")),
        (FRENCH.encode("cp1252"), "ISO-8859-1", Encoding("cp1252")),
        (FRENCH.encode("cp1252"), "x-unknown", Encoding("cp1252")),
        (FRENCH.encode(), "iso-8859-1", Encoding("utf-8")),
        ("L'été à 5 €".encode("iso8859-15"), "latin-9", Encoding("iso8859-15")),
        ("L’été".encode("mac-roman"), "macintosh", Encoding("mac-roman")),
        (b"ascii", "", Encoding("utf-8")),
        (b"ascii", "iso-8859-1", Encoding("cp1252")),
    ],
)
def test_the_encoding_is_found_and_gives_the_same_bytes_back(data: bytes, declared: str, encoding: Encoding) -> None:
    text, found = decode(data, declared)
    assert found == encoding
    assert "\ufeff" not in text
    assert encode(text, found) == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\0\0", "binary"),
        (b"\xff\xfea\0\0\0", "binary"),
        (b"\xff\xfea", "UTF-16-LE"),
        (b"\xef\xbb\xbf\xe9", "UTF-8"),
        ("L'été à Nîmes".encode("mac-roman"), "plausible"),
        ("L'été à Nîmes".encode("cp850"), "plausible"),
        ("Привет, мир".encode("koi8-r"), "plausible"),
        (b"a\x01\x02\xe9b", "plausible"),
        (b"\x81\xe9", "Windows-1252"),
    ],
)
def test_what_is_no_text_in_a_known_encoding_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        decode(data)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["L’été, n° 5 : ± 3 µm × 2", "Élise Œuvrard, d’Ÿ", "« ¡Olé! »", "Ça"])
def test_a_few_accents_are_plausible(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, Encoding("cp1252"))


def test_a_text_that_does_not_fit_is_written_in_utf_8() -> None:
    assert not can_encode("łódź", Encoding("cp1252"))
    assert encode("łódź", Encoding("cp1252")) == "łódź".encode()
    assert encode("ñandú", Encoding("cp1252")) == "ñandú".encode("cp1252")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40), st.sampled_from(["", "utf-8", "latin1", "iso-8859-15", "macintosh"]))
def test_any_bytes_come_back_or_are_refused(data: bytes, declared: str) -> None:
    try:
        text, encoding = decode(data, declared)
    except InputError:
        return
    assert encode(text, encoding) == data
