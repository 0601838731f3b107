"""Where a Word document keeps its texts: a package in, sites out, in reading order.

A site is a text that is translated as one block: a paragraph, or an attribute such as a picture's alternative text.
Word stores text boxes twice, for new and old programs (`mc:AlternateContent`), and alternative texts too: such twins
are one site and get the same translation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.read.base import has_content
from pipeline.read.docx_inline import parse_paragraph
from pipeline.read.docx_items import Paragraph
from pipeline.read.docx_package import Package
from pipeline.read.docx_styles import Styles, read_styles
from pipeline.read.wordml import MC, local_name, w
from pipeline.read.xml import Element
from pipeline.records import Layout, Markup

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_ALTERNATE = f"{{{MC}}}AlternateContent"

_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    f"{_DRAWING}docPr": ("title", "descr"),
    f"{_PICTURE}cNvPr": ("title", "descr"),
    f"{_VML}shape": ("alt",),
    f"{_VML}rect": ("alt",),
    f"{_VML}group": ("alt",),
    w("hyperlink"): (w("tooltip"),),
    w("tblCaption"): (w("val"),),
    w("tblDescription"): (w("val"),),
}
"""Attributes that readers are shown or read aloud, by element."""

_PROPERTIES: tuple[tuple[str, Layout], ...] = (
    ("title", "title"),
    ("subject", "attribute"),
    ("description", "attribute"),
)


@dataclass(slots=True)
class Site:
    """A text and where it stands.

    Attributes:
        text: The text.
        markup: Over the text; none for attributes.
        layout: As in `Block`.
        level: As in `Block`.
        paragraphs: The paragraph and its twins.
        attributes: (element, attribute) pairs that hold the text; an empty attribute means the element's content.
    """

    text: str
    markup: tuple[Markup, ...]
    layout: Layout
    level: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    attributes: list[tuple[Element, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: `layout` is `paragraph` where styles decide."""

    styles: Styles
    layout: Layout


def find_sites(package: Package) -> list[Site]:
    """Return the texts that have a letter or a digit, in reading order: the title first, then part by part."""
    styles = read_styles(None if package.styles is None else package.styles.root)
    sites = [] if package.core is None else list(_property_sites(package.core.root))
    for part, layout in package.texts:
        sites += _walk(part.root, _Place(styles, layout))
    return [site for site in sites if has_content(site.text)]


def _property_sites(root: Element) -> Iterator[Site]:
    for name, layout in _PROPERTIES:
        for element in root.findall(f"{_DUBLIN_CORE}{name}"):
            if element.text:
                yield Site(element.text, (), layout, 0, attributes=[(element, "")])


def _walk(element: Element, place: _Place) -> list[Site]:
    """Return the sites in an element, its own before those inside it; its depth is bounded by the XML parser."""
    sites = list(_attribute_sites(element))
    name = local_name(element)
    if name == "p":
        sites.append(_paragraph_site(element, place))
    if place.layout in ("paragraph", "cell"):
        if name == "tbl" and not _is_frame(element):
            place = replace(place, layout="cell")
        elif name == "txbxContent":
            place = replace(place, layout="textbox")
    groups = [_walk(child, place) for child in element if isinstance(child.tag, str)]
    if element.tag == _ALTERNATE:
        return sites + _merge_twins(groups)
    inside = [site for group in groups for site in group]
    return sites + (_merge_attributes(inside) if name == "drawing" else inside)


def _attribute_sites(element: Element) -> Iterator[Site]:
    for attribute in _ATTRIBUTES.get(str(element.tag), ()):
        text = element.get(attribute, "")
        if text:
            yield Site(text, (), "attribute", 0, attributes=[(element, attribute)])


def _paragraph_site(element: Element, place: _Place) -> Site:
    paragraph = parse_paragraph(element)
    layout, level = place.layout, 0
    if layout == "paragraph":
        layout, level = place.styles.layout(element)
    return Site(paragraph.text, paragraph.markup, layout, level, paragraphs=[paragraph])


def _is_frame(table: Element) -> bool:
    """Tell whether a table is but a frame around running text: one cell in each row."""
    return all(len(row.findall(w("tc"))) + len(row.findall(w("sdt"))) <= 1 for row in table.findall(w("tr")))


def _merge_twins(groups: list[list[Site]]) -> list[Site]:
    """Make one site of each text that several versions have; what only one of them has stays its own."""
    merged: list[Site] = []
    for group in groups:
        known: dict[tuple[str, bool], list[Site]] = {}
        for site in reversed(merged):
            known.setdefault((site.text, bool(site.paragraphs)), []).append(site)
        for site in group:
            originals = known.get((site.text, bool(site.paragraphs)))
            if originals:
                original = originals[-1] if site.attributes else originals.pop()
                original.paragraphs += site.paragraphs
                original.attributes += site.attributes
            else:
                merged.append(site)
    return merged


def _merge_attributes(sites: list[Site]) -> list[Site]:
    """Make one site of the attributes of a drawing that hold the same text."""
    merged: list[Site] = []
    known: dict[str, Site] = {}
    for site in sites:
        original = known.get(site.text) if site.attributes else None
        if original is not None:
            original.attributes += site.attributes
        else:
            merged.append(site)
            if site.attributes:
                known[site.text] = site
    return merged
