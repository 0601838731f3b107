"""The language and direction of a Word document: a package in, changed in place.

The target language goes wherever the document names one, and into its defaults, so that Word spells and hyphenates
the translation as what it is. For right-to-left targets paragraphs, tables, sections and runs are turned, each the way
Word itself does it. Figures alone stay left to right: turned, « 12 500 » would be read as « 500 12 ».
"""

import unicodedata
from collections.abc import Iterator

from lxml import etree

from pipeline.languages import base, direction, normalise
from pipeline.read.docx_events import flatten
from pipeline.read.docx_inline import text_of
from pipeline.read.docx_package import Package
from pipeline.read.wordml import ensure_child, w
from pipeline.read.xml import Element

_EAST_ASIAN = frozenset({"zh", "ja", "ko"})
_WORD_TAGS = {"zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Where Word wants a territory for what BCP-47 says by a script."""
_COMPLEX_TWINS = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))
"""Bold, italic and size that Word keeps apart for right-to-left text, which does not take the usual ones."""
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"


def mark_language(package: Package, target_lang: str) -> None:
    """Make a document one in the target language.

    Args:
        package: Its parts; changed in place.
        target_lang: BCP-47 tag of a real language.
    """
    tag = normalise(target_lang)
    roots = [part.root for part, _ in package.texts]
    if package.styles is not None:
        defaults = ensure_child(package.styles.root, "docDefaults")
        ensure_child(ensure_child(ensure_child(defaults, "rPrDefault"), "rPr"), "lang")
        roots.append(package.styles.root)
    marks = [mark for root in roots for mark in root.iter(w("lang"))]
    if package.settings is not None:
        marks += package.settings.root.iter(w("themeFontLang"))
    for mark in marks:
        _set_language(mark, tag)
    if package.core is not None:
        for element in package.core.root.iter(_LANGUAGE):
            element.text = tag
    if direction(tag) == "rtl":
        for part, _ in package.texts:
            _turn(part.root)
        if package.styles is not None:
            for properties in list(package.styles.root.iter(w("rPr"))):
                _add_complex_twins(properties)


def _set_language(mark: Element, tag: str) -> None:
    word_tag = _WORD_TAGS.get(tag, tag)
    mark.set(w("val"), word_tag)
    if base(tag) in _EAST_ASIAN:
        mark.set(w("eastAsia"), word_tag)
    elif direction(tag) == "rtl":
        mark.set(w("bidi"), word_tag)


def _turn(root: Element) -> None:
    """Turn a part's tables, sections, paragraphs and runs from right to left."""
    for table in root.iter(w("tbl")):
        properties = table.find(w("tblPr"))
        if properties is None:
            properties = etree.Element(w("tblPr"))
            table.insert(0, properties)
        _switch_on(properties, "bidiVisual")
    for section in root.iter(w("sectPr")):
        _switch_on(section, "bidi")
    for paragraph in list(root.iter(w("p"))):
        texts = [(event.run, text_of(event.element)) for event in flatten(paragraph) if event.role == "text"]
        directions = set(_directions("".join(text for _, text in texts)))
        if "figure" in directions and not directions & {"left", "right"}:
            # Said aloud, since LibreOffice would turn it with its table or section.
            ensure_child(ensure_child(paragraph, "pPr"), "bidi").set(w("val"), "0")
            continue
        _switch_on(ensure_child(paragraph, "pPr"), "bidi")
        for run, text in texts:
            own = set(_directions(text))
            if run is not None and ("right" in own or ("right" in directions and text and not own)):
                properties = ensure_child(run, "rPr")
                _switch_on(properties, "rtl")
                _add_complex_twins(properties)


def _directions(text: str) -> Iterator[str]:
    """Yield which way a text's characters run: `right` and `left` for letters, `figure`; nothing for neutral ones."""
    for character in text:
        category = unicodedata.bidirectional(character)
        if category in ("R", "AL"):
            yield "right"
        elif category == "L":
            yield "left"
        elif category in ("EN", "AN"):
            yield "figure"


def _switch_on(properties: Element, name: str) -> None:
    switch = ensure_child(properties, name)
    if w("val") in switch.attrib:
        del switch.attrib[w("val")]


def _add_complex_twins(properties: Element) -> None:
    for name, twin in _COMPLEX_TWINS:
        original = properties.find(w(name))
        if original is not None and properties.find(w(twin)) is None:
            for key, text in original.attrib.items():
                ensure_child(properties, twin).set(key, text)
            ensure_child(properties, twin)
