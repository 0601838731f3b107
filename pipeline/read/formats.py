"""The file formats, by suffix, and what they share: a release in, a `Document` out, and back.

This is the one place that knows every format; adding one is a line here and a module beside it.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pipeline.errors import InputError
from pipeline.fingerprint import fingerprint
from pipeline.read.base import Format, Limits
from pipeline.read.docx import DOCX
from pipeline.read.html import HTML
from pipeline.read.markdown import MARKDOWN
from pipeline.read.text import TEXT
from pipeline.records import Block, Document, TargetBlock

FORMATS: dict[str, Format] = {suffix: kind for kind in (TEXT, MARKDOWN, HTML, DOCX) for suffix in kind.suffixes}


def read_document(path: str, data: bytes, source_lang: str, limits: Limits) -> Document:
    """Read a release.

    Args:
        path: Its name in the records; the suffix decides the format.
        data: Its content.
        source_lang: BCP-47 tag that the document is to carry.
        limits: What is too large.

    Raises:
        InputError: It cannot be read.
    """
    file_format = FORMATS[PurePosixPath(path).suffix.lower()]
    if not data:
        raise InputError("the file is empty", "export it again from the program it was written in")
    if len(data) > limits.max_bytes:
        raise InputError(
            f"{len(data):,} bytes, more than the {limits.max_bytes:,} allowed", "raise max_bytes in [limits]"
        )
    blocks = file_format.read(data, limits)
    if not any(character.isalpha() for block in blocks for character in block.text):
        raise InputError("nothing to translate: no letter in the whole text", "give a file that holds a release")
    return Document(document_id(blocks), path, source_lang, file_format.name, blocks)


def write_document(path: str, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
    """Return a release's bytes with its blocks' text replaced; see `pipeline.read.base.Format.write`."""
    return FORMATS[PurePosixPath(path).suffix.lower()].write(data, blocks, target_lang)


def document_id(blocks: tuple[Block, ...]) -> str:
    """Return the id that a release with these blocks has wherever it stands: 16 hexadecimal digits."""
    return fingerprint([[block.layout, block.text] for block in blocks])[:16]
