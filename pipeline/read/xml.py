"""XML that nobody vouches for: bytes in, an lxml tree out, and back with the declaration it had.

Document types and entities are refused before parsing, nothing is fetched, and size, number of nodes and depth (256,
by libxml2) are bounded, so that a small file cannot fill the memory.
"""

import re
from io import BytesIO

from lxml import etree

from pipeline.errors import InputError

Element = etree._Element
ElementTree = etree._ElementTree

MAX_XML_BYTES = 40_000_000
MAX_XML_NODES = 1_000_000
"""Tags and attributes together, counted by their `<` and `=`: some 200 pages of Word, at worst 400 MB as a tree."""

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}\?>\s*")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
"""What the packaging standard (ISO/IEC 29500-2) allows."""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXPORT_AGAIN = "open it in the program it was written in, save it again and give the new file"


def parse_xml(data: bytes, name: str) -> ElementTree:
    """Parse an XML document.

    Args:
        data: The document, UTF-8 or UTF-16.
        name: What to call it in errors.

    Raises:
        InputError: It is not well-formed, is above a bound, or declares a document type.
    """
    if len(data) > MAX_XML_BYTES or data.count(b"<") + data.count(b"=") > MAX_XML_NODES:
        raise InputError(f"the part {name} is too large to be a press release", "cut the file into smaller ones")
    if any(doctype in data for doctype in _DOCTYPES):
        raise InputError(
            f"the file is hostile: its part {name} declares a document type", "do not open it; ask its sender"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f"line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) else "its start"
        raise InputError(f"the file is damaged: its part {name} is not XML at {place}", _EXPORT_AGAIN) from error
    tree = root.getroottree()
    encoding = (tree.docinfo.encoding or "UTF-8").upper()
    if encoding not in _ENCODINGS or tree.docinfo.internalDTD is not None:
        raise InputError(f"the part {name} is in the encoding {encoding}, which is not allowed here", _EXPORT_AGAIN)
    return tree


def serialise_xml(tree: ElementTree, original: bytes) -> bytes:
    """Return a tree as bytes, with the XML declaration of the bytes that it was parsed from, to the letter."""
    declaration = _DECLARATION.match(original)
    encoding = (tree.docinfo.encoding or "UTF-8").upper()
    if encoding == "UTF-8":
        prefix = declaration.group() if declaration else b""
        return prefix + etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
    buffer = BytesIO()
    tree.write(buffer, encoding="UTF-16", xml_declaration=True, standalone=bool(tree.docinfo.standalone))
    return buffer.getvalue()


def legal_text(text: str) -> str:
    """Return a text without the characters that XML cannot hold, such as control characters."""
    return _ILLEGAL.sub("", text)
