"""Bytes of a text file in, its text and the way back to bytes out.

Press offices send UTF-8, UTF-16 and, from older Windows programs, Windows-1252. Nothing else is guessed: a wrong
guess would turn every accent of a release into another letter, so that an implausible file is refused instead.
"""

import re
from dataclasses import dataclass

from pipeline.errors import InputError

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

DECLARABLE = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "latin-9": "iso8859-15",
    "macintosh": "mac-roman",
}
"""Labels of a declared encoding and the codec to use: as in browsers, ISO 8859-1 means Windows-1252."""

_STRANGE = re.compile("[‚ƒ„†‡ˆŠ‹Ž˜š›ž¢¤¥¦¬¯¶¸ÐÝÞðýþ]")
"""Signs that Windows-1252 has and French texts have not: accents of DOS and Mac texts look like this."""

_FOREIGN_RUN = re.compile("[À-ÖØ-öø-ÿŒœŸ]{3,}")
"""Three accented letters in a row are no French, but perhaps Russian or Greek in an encoding of its own."""

_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_REMEDY = "save it as UTF-8 and try again"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text was encoded.

    Attributes:
        codec: Python's name of the codec.
        bom: The byte order mark that stood in front, or nothing.
    """

    codec: str
    bom: bytes = b""


def decode(data: bytes, declared: str = "") -> tuple[str, Encoding]:
    """Return the text of a file and how it was encoded: `encode` gives the same bytes back.

    A byte order mark decides; then, if the bytes are valid UTF-8, they are UTF-8, whatever was declared.

    Args:
        data: The whole file.
        declared: Label of the encoding that the file itself declares, if any.

    Raises:
        InputError: The bytes are no text in an encoding known here.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], codec), Encoding(codec, bom))
    if b"\0" in data:
        raise InputError("the file is binary, not text (it holds NUL bytes)", "give a text file")
    codec = DECLARABLE.get(declared.strip().lower(), "")
    if data.isascii() and codec:
        return data.decode("ascii"), Encoding(codec)
    try:
        return data.decode("utf-8"), Encoding("utf-8")
    except UnicodeDecodeError:
        if codec in {"", "utf-8"}:
            return _guess_cp1252(data)
    return _checked(_strict(data, codec), Encoding(codec))


def can_encode(text: str, encoding: Encoding) -> bool:
    """Tell whether a text can be written in an encoding."""
    try:
        text.encode(encoding.codec)
    except UnicodeEncodeError:
        return False
    return True


def encode(text: str, encoding: Encoding) -> bytes:
    """Return a text's bytes in an encoding, or in UTF-8 where that encoding lacks one of its characters."""
    if not can_encode(text, encoding):
        return text.encode("utf-8")
    return encoding.bom + text.encode(encoding.codec)


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        where = f"byte {error.start}: not valid {codec.upper()}, although the file says that it is"
        raise InputError(where, _REMEDY) from error


def _checked(text: str, encoding: Encoding) -> tuple[str, Encoding]:
    if "\0" in text:
        raise InputError("the file is binary, not text (it holds NUL characters)", "give a text file")
    return text, encoding


def _guess_cp1252(data: bytes) -> tuple[str, Encoding]:
    """Read bytes as Windows-1252, and refuse what would be another encoding's letters read as symbols."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start}: neither UTF-8 nor Windows-1252", _REMEDY) from error
    foreign = sum(1 for character in text if not character.isascii())
    doubtful = len(_STRANGE.findall(text)) + sum(map(len, _FOREIGN_RUN.findall(text)))
    if _CONTROLS.search(text) or 4 * doubtful > foreign:
        raise InputError("neither UTF-8 nor plausible Windows-1252 text", _REMEDY)
    return text, Encoding("cp1252")
