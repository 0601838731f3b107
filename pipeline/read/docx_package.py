"""A Word file's parts: an archive in, the parts that hold a release's text out, parsed, in reading order.

Which part is what is said by the package's relationships and content types, not by file names. What cannot be
translated faithfully is refused here with its reason: templates, macros, tracked changes, embedded documents.
"""

import posixpath
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.read.archive import Archive
from pipeline.read.wordml import W, local_name, w
from pipeline.read.xml import Element, ElementTree, parse_xml
from pipeline.records import Layout

_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/"
_CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CORE_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_ROOTS = {"header": "hdr", "footer": "ftr"}
"""Root elements that are not called what their relationship is."""
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"})
_EXPORT_AGAIN = "open it in Word, save it again as “Word Document (.docx)” and give the new file"

_TEXT_PARTS: tuple[tuple[str, Layout], ...] = (
    ("header", "header"),
    ("document", "paragraph"),
    ("footnotes", "footnote"),
    ("endnotes", "footnote"),
    ("footer", "footer"),
)
"""Relationship types of the parts with text, in reading order; the document itself among them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One XML part: its name in the archive, its bytes there, and its tree, which writers change."""

    name: str
    original: bytes
    tree: ElementTree

    @property
    def root(self) -> Element:
        """Return the tree's root."""
        return self.tree.getroot()


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that matter here.

    Attributes:
        core: The document's properties, title among them.
        texts: The parts with text in reading order, with the layout that all their text has; `paragraph` where the
            paragraphs' styles say more.
        styles: The style sheet.
        settings: The document's settings.
    """

    core: Part | None
    texts: tuple[tuple[Part, Layout], ...]
    styles: Part | None
    settings: Part | None

    def parts(self) -> tuple[Part, ...]:
        """Return all parts."""
        others = (self.core, self.styles, self.settings)
        return (*(part for part, _ in self.texts), *(part for part in others if part is not None))


def open_package(archive: Archive) -> Package:
    """Find and parse the parts of a Word document.

    Raises:
        InputError: It is no Word document, is damaged, or holds what cannot be translated faithfully.
    """
    names = {name.lower(): name for name in archive.names()}
    package_links = _relationships(archive, names, "")
    main_name = next(iter(package_links.get(f"{_OFFICE}officeDocument", ())), "")
    if not main_name:
        if any(kind.startswith(_STRICT) for kind in package_links):
            raise _refuse_strict()
        raise InputError("the file is no Word document, whatever its name says", _EXPORT_AGAIN)
    _check_main_type(archive, names, main_name)
    links = _relationships(archive, names, main_name)
    main = _part(archive, main_name, w("document"))
    texts: list[tuple[Part, Layout]] = []
    for kind, layout in _TEXT_PARTS:
        if kind == "document":
            texts.append((main, layout))
        else:
            for name in sorted(set(links.get(_OFFICE + kind, ())), key=lambda name: (len(name), name)):
                texts.append((_part(archive, name, w(_ROOTS.get(kind, kind))), layout))
    for part, _ in texts:
        _refuse_untranslatable(part)
    return Package(
        _first_part(archive, package_links.get(_CORE_PROPERTIES, []), f"{_CORE_NAMESPACE}coreProperties"),
        tuple(texts),
        _first_part(archive, links.get(f"{_OFFICE}styles", []), w("styles")),
        _first_part(archive, links.get(f"{_OFFICE}settings", []), w("settings")),
    )


def _first_part(archive: Archive, names: list[str], root_tag: str) -> Part | None:
    return _part(archive, names[0], root_tag) if names else None


def _part(archive: Archive, name: str, root_tag: str) -> Part:
    """Parse a part.

    Raises:
        InputError: It is damaged, or is not what the package says.
    """
    data = archive.read(name)
    part = Part(name, data, parse_xml(data, name))
    if part.root.tag == root_tag:
        return part
    if str(part.root.tag).startswith(f"{{{_STRICT}"):
        raise _refuse_strict()
    raise InputError(f"the file is damaged: its part {name} is not what it should be", _EXPORT_AGAIN)


def _relationships(archive: Archive, names: dict[str, str], source: str) -> dict[str, list[str]]:
    """Return the names of the parts that a part links to, by relationship type; `source` is empty for the package."""
    folder, base = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name.lower() not in names:
        if source:
            return {}
        raise InputError("the file is no Word document, whatever its name says", _EXPORT_AGAIN)
    links: dict[str, list[str]] = {}
    part_name = names[name.lower()]
    for link in parse_xml(archive.read(part_name), part_name).getroot().iter(_RELATIONSHIP):
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            links.setdefault(link.get("Type", ""), []).append(names.get(target.lower(), target))
    return links


def _check_main_type(archive: Archive, names: dict[str, str], main_name: str) -> None:
    """Refuse templates, files with macros and other programs' files by what the package says of its main part."""
    listing = names.get("[content_types].xml", "[Content_Types].xml")
    root = parse_xml(archive.read(listing), listing).getroot()
    found = ""
    for entry in root.iter(f"{_CONTENT_TYPES}Default"):
        if main_name.lower().endswith("." + entry.get("Extension", "").lower()):
            found = entry.get("ContentType", "")
    for entry in root.iter(f"{_CONTENT_TYPES}Override"):
        if entry.get("PartName", "").lstrip("/").lower() == main_name.lower():
            found = entry.get("ContentType", "")
    if found == _MAIN_TYPE:
        return
    if "macroEnabled" in found:
        raise InputError("the file holds macros", "open it in Word and save it as “Word Document (.docx)”")
    if "wordprocessingml.template" in found:
        raise InputError("the file is a template", "open it in Word and save it as “Word Document (.docx)”")
    raise InputError("the file is no Word document, whatever its name says", _EXPORT_AGAIN)


def _refuse_strict() -> InputError:
    return InputError(
        "the file is a “Strict Open XML” document, which is not supported",
        "open it in Word and save it as “Word Document (.docx)”",
    )


def _refuse_untranslatable(part: Part) -> None:
    """Refuse what would be translated wrongly or not at all.

    Raises:
        InputError: The part has tracked changes, or takes its text from an embedded document.
    """
    names = [local_name(element) for element in part.root.iter(f"{{{W}}}*")]
    tracked = sum(name in _TRACKED for name in names)
    if tracked:
        raise InputError(
            f"the file has unaccepted tracked changes ({tracked} in {part.name})",
            "accept or reject them in Word (Review → Accept), save and run again",
        )
    if "altChunk" in names:
        raise InputError(f"the file takes some of its text from a document embedded in it ({part.name})", _EXPORT_AGAIN)
