"""What a Word document's styles make of a paragraph: `word/styles.xml` in, heading or list level out.

Word writes its own styles' names in English whatever language it speaks, other programs and templates write them in
theirs; ids are translated by all. So both are looked at, along the whole chain of styles that a style is based on.
"""

import re
from dataclasses import dataclass

from pipeline.read.wordml import number, value, w
from pipeline.read.xml import Element
from pipeline.records import Layout

_HEADING = re.compile(r"(?:heading|titre|título|überschrift|titolo)[ _-]?([1-9])")
_TITLE = frozenset({"title", "titre"})
_LIST = re.compile(r"(?:list[ _-]?(?:bullet|number)|liste?[ _-]?(?:à[ _-]?)?(?:puces|numéros))[ _-]?([1-9])?")
_BODY_LEVEL = 9
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    based_on: str
    outline_level: int
    list_id: int
    list_level: int


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document, by id; `default` is that of paragraphs that name none."""

    by_id: dict[str, _Style]
    default: str

    def layout(self, paragraph: Element) -> tuple[Layout, int]:
        """Return what a paragraph of the running text is (heading, list item or paragraph) and its level."""
        properties = paragraph.find(w("pPr"))
        own = _read_style(properties, "", "", "")
        style_id = value(None if properties is None else properties.find(w("pStyle"))) or self.default
        chain = [own, *self._chain(style_id)]
        for style in chain:
            if style.name in _TITLE or style.id.lower() in _TITLE:
                return "heading", 1
            found = _HEADING.fullmatch(style.name) or _HEADING.fullmatch(style.id.lower())
            if found:
                return "heading", int(found.group(1))
        outline_level = next((style.outline_level for style in chain if style.outline_level >= 0), _BODY_LEVEL)
        if outline_level < _BODY_LEVEL:
            return "heading", outline_level + 1
        list_id = next((style.list_id for style in chain if style.list_id >= 0), -1)
        if list_id > 0:
            return "list_item", max(next((style.list_level for style in chain if style.list_level >= 0), 0), 0) + 1
        if list_id < 0:
            for style in chain:
                named = _LIST.fullmatch(style.name) or _LIST.fullmatch(style.id.lower())
                if named:
                    return "list_item", int(named.group(1) or 1)
        return "paragraph", 0

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self.by_id and len(chain) < _MAX_CHAIN:
            chain.append(self.by_id[style_id])
            style_id = chain[-1].based_on
        return chain


def read_styles(root: Element | None) -> Styles:
    """Read the paragraph styles from the root of `word/styles.xml`; None where a document has no such part."""
    by_id = {}
    default = ""
    for element in () if root is None else root.findall(w("style")):
        if element.get(w("type"), "paragraph") == "paragraph":
            style_id = element.get(w("styleId"), "")
            name = value(element.find(w("name"))).lower()
            by_id[style_id] = _read_style(element.find(w("pPr")), style_id, name, value(element.find(w("basedOn"))))
            if element.get(w("default"), "0") in ("1", "true", "on"):
                default = style_id
    return Styles(by_id, default)


def _read_style(properties: Element | None, style_id: str, name: str, based_on: str) -> _Style:
    if properties is None:
        return _Style(style_id, name, based_on, -1, -1, -1)
    return _Style(
        style_id,
        name,
        based_on,
        number(properties.find(w("outlineLvl")), -1),
        number(properties.find(f"{w('numPr')}/{w('numId')}"), -1),
        number(properties.find(f"{w('numPr')}/{w('ilvl')}"), -1),
    )
