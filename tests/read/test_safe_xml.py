"""XML that nobody vouches for."""

import pytest
from lxml import etree

from pipeline.errors import InputError
from pipeline.read.xml import MAX_XML_BYTES, MAX_XML_NODES, legal_text, parse_xml, serialise_xml

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode(),
    "billion laughs in UTF-16": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode("utf-16"),
    "laughs in an attribute": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l9;"/>'.encode(),
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external document type": b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
    "parameter entity": b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>',
    "document type in UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AFsAXQA+-<a/>',
    "another encoding": '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"),
    "unknown encoding": b'<?xml version="1.0" encoding="nope"?><a/>',
    "undefined entity": b"<a>&nbsp;</a>",
    "depth": b"<a>" * 300 + b"</a>" * 300,
    "nodes": b"<a>" + b"<b/>" * MAX_XML_NODES + b"</a>",
    "attributes": b"<a " + b" ".join(b'a%d=""' % n for n in range(MAX_XML_NODES)) + b"/>",
    "size": b"<a>" + b" " * MAX_XML_BYTES + b"</a>",
    "empty": b"",
    "text": b"Bonjour",
    "truncated": b"<a><b>",
    "bad UTF-8": b"<a>\xff</a>",
    "undeclared prefix": b"<w:a/>",
    "control character": b"<a>\x01</a>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refuses(name: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_xml(HOSTILE[name], "word/document.xml")
    assert "word/document.xml" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a xmlns="urn:x"><b c="1"/>\xc3\xa9&amp;</a>',
        b"<?xml version='1.0' encoding='utf-8'?><a/>",
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<a/>',
        b"<a><!-- note --><?pi x?></a>",
        b"<!-- before --><a/>",
    ],
)
def test_serialising_an_unchanged_tree_gives_the_same_bytes(data: bytes) -> None:
    assert serialise_xml(parse_xml(data, "x"), data) == data


def test_utf_16_stays_utf_16() -> None:
    data = '<?xml version="1.0" encoding="UTF-16" standalone="yes"?><a>é</a>'.encode("utf-16")
    result = serialise_xml(parse_xml(data, "x"), data)
    assert result.decode("utf-16").startswith("<?xml version='1.0' encoding='UTF-16' standalone='yes'?>")
    assert etree.fromstring(result).text == "é"


def test_legal_text_drops_what_xml_cannot_hold() -> None:
    assert legal_text("a\0b\x0bc\ufffe\ud800\té\n😀") == "abc\té\n😀"
