"""Translation memories as files: TMX 1.4b, which every translation tool writes, and lines of JSON, which we do.

Takes a file and a pair of languages and gives its entries, one at a time, however long the file is; takes entries and
writes TMX. A TMX file may name its document type but not define one: with entities, a small file fills the memory.
Segments are read as text: native codes (`bpt`, `ept`, `it`, `ph`, `ut`) are left out, what `hi` highlights is kept.
The direction in which an entry was translated makes no difference here.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import __version__
from pipeline.errors import LanguageError, TranslatorError
from pipeline.languages import base, normalise
from pipeline.lasting_files import write_atomically
from pipeline.read.xml import Element, legal_text

MAX_ENTRY_BYTES = 4_000_000
"""Longest stretch of a file without a finished entry: a memory has many short ones."""
MAX_ENTRIES = 2_000_000
MAX_CHARS = 20_000
"""Longest text; a longer one is no sentence and is left out."""

_READ_BYTES = 1 << 16
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_APPROVED = frozenset({"reviewed", "final"})
_BEFORE, _AFTER = "x-context-pre", "x-context-post"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence with its approved translation.

    Attributes:
        source: The French.
        target: Its translation.
        before: The sentence in front of it, empty if unknown.
        after: The sentence behind it, empty if unknown.
    """

    source: str
    target: str
    before: str = ""
    after: str = ""


def read_entries(path: Path, source_lang: str, target_lang: str) -> Iterator[Entry]:
    """Yield the entries of a memory for a pair of languages, in the file's order.

    Args:
        path: TMX, or with the suffix `.jsonl` lines of JSON with the keys `source`, `target`, `source_lang`,
            `target_lang` and, where known, `before`, `after` and `state`: what has a state is an entry only if it is
            `reviewed` or `final`. Other keys say nothing here.
        source_lang: BCP-47 tag.
        target_lang: BCP-47 tag. `pt` takes entries in `pt-BR` too, and the other way round; `pt-PT` does not.

    Raises:
        TranslatorError: The file cannot be read, is neither, or is hostile.
    """
    read = _read_jsonl if path.suffix.lower() == ".jsonl" else _read_tmx
    count = 0
    try:
        for entry in read(path, source_lang, target_lang):
            texts = (entry.source, entry.target)
            if not all(text.strip() for text in texts) or any(len(text) > MAX_CHARS for text in texts):
                continue
            count += 1
            if count > MAX_ENTRIES:
                raise TranslatorError(f"{path}: more than {MAX_ENTRIES:,} entries", "cut the memory into smaller ones")
            yield entry
    except OSError as error:
        raise TranslatorError(f"{path}: cannot be read: {error.strerror}", "correct the path in `memories`") from error


def write_tmx(path: Path, entries: Iterable[Entry], source_lang: str, target_lang: str) -> None:
    """Write entries as TMX 1.4b, all or nothing; equal entries make equal files."""
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "communique",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "communique",
            "adminlang": "en",
            "srclang": source_lang,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for entry in entries:
        unit = etree.SubElement(body, "tu")
        for kind, text in ((_BEFORE, entry.before), (_AFTER, entry.after)):
            if text:
                etree.SubElement(unit, "prop", type=kind).text = legal_text(text)
        for lang, text in ((source_lang, entry.source), (target_lang, entry.target)):
            variant = etree.SubElement(unit, "tuv", {_LANG: lang})
            etree.SubElement(variant, "seg").text = legal_text(text)
    data = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    )
    write_atomically(path, data)


def _read_tmx(path: Path, source_lang: str, target_lang: str) -> Iterator[Entry]:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=("{*}tmx", "{*}tu"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    unfinished = 0
    with path.open("rb") as handle:
        try:
            for chunk in iter(lambda: handle.read(_READ_BYTES), b""):
                parser.feed(chunk)
                unfinished += len(chunk)
                events: Iterator[Any] = parser.read_events()
                for event, element in events:
                    if event == "start":
                        _refuse_entities(element, path)
                    elif etree.QName(element).localname == "tu":
                        unfinished = 0
                        yield from _read_unit(element, source_lang, target_lang)
                        _forget(element)
                if unfinished > MAX_ENTRY_BYTES:
                    raise TranslatorError(f"{path}: {unfinished:,} bytes without an entry", "give a TMX file")
            root = parser.close()
        except etree.XMLSyntaxError as error:
            raise TranslatorError(
                f"{path}: not well-formed XML at line {error.lineno}", "export the memory again, as TMX 1.4b"
            ) from error
    if etree.QName(root).localname != "tmx":
        raise TranslatorError(f"{path}: not a TMX file", "export the memory again, as TMX 1.4b")


def _refuse_entities(element: Element, path: Path) -> None:
    doctype: Any = element.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        raise TranslatorError(f"{path}: the file is hostile: it defines entities", "do not use it; ask its sender")


def _read_unit(unit: Element, source_lang: str, target_lang: str) -> Iterator[Entry]:
    sources: list[str] = []
    targets: list[str] = []
    for variant in unit.iterfind("{*}tuv"):
        lang = variant.get(_LANG) or variant.get("lang") or ""
        segment = variant.find("{*}seg")
        if segment is None:
            continue
        if _same_language(lang, source_lang):
            sources.append(_text(segment))
        elif _same_language(lang, target_lang):
            targets.append(_text(segment))
    props = {prop.get("type"): prop.text or "" for prop in unit.iterfind("{*}prop")}
    for source in sources[:1]:
        for target in targets:
            yield Entry(source, target, props.get(_BEFORE, ""), props.get(_AFTER, ""))


def _text(segment: Element) -> str:
    """Return a segment's text; libxml2 allows 256 levels of depth, so that this one may call itself."""
    pieces = [segment.text or ""]
    for child in segment:
        # Comments and processing instructions have no name.
        if isinstance(child.tag, str) and etree.QName(child).localname not in _CODES:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _forget(unit: Element) -> None:
    """Free an entry and whatever stands in front of it."""
    unit.clear()
    parent = unit.getparent()
    while parent is not None and unit.getprevious() is not None:
        del parent[0]


def _read_jsonl(path: Path, source_lang: str, target_lang: str) -> Iterator[Entry]:
    with path.open("rb") as handle:
        number = 0
        while line := handle.readline(MAX_ENTRY_BYTES):
            number += 1
            if not line.strip():
                continue
            try:
                values = json.loads(line)
                fields = [_string(values, key) for key in ("source", "target", "source_lang", "target_lang")]
                before, after = (_string(values, key, "") for key in ("before", "after"))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise TranslatorError(
                    f"{path}, line {number}: no entry of a memory",
                    'a line is {"source": "…", "target": "…", "source_lang": "fr", "target_lang": "es"}',
                ) from error
            source, target, of_source, of_target = fields
            approved = values.get("state") is None or values["state"] in _APPROVED
            if approved and _same_language(of_source, source_lang) and _same_language(of_target, target_lang):
                yield Entry(source, target, before, after)


def _string(values: Any, key: str, default: str | None = None) -> str:
    value = values[key] if default is None else values.get(key, default)
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _same_language(tag: str, wanted: str) -> bool:
    """Tell whether a text in one language serves another: they are equal, or one of them names no region or script."""
    try:
        tag = normalise(tag)
    except LanguageError:
        return False
    return tag == wanted or (base(tag) == base(wanted) and base(wanted) in {tag, wanted})
