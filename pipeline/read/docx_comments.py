"""Word comments on words of a document: a package whose paragraphs hold their text in, the parts to write anew out.

A comment stands around the words that it is about. Runs are cut where it begins and ends, which readers of the
document do not see. Word allows no comments in headers, footers and text boxes: what is said of these goes to the
first paragraph that can have one, with the words in question in front.
"""

import posixpath
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from pipeline.read.archive import Archive
from pipeline.read.docx_blocks import Site
from pipeline.read.docx_inline import parse_paragraph
from pipeline.read.docx_items import Paragraph
from pipeline.read.docx_package import Package
from pipeline.read.docx_rebuild import isolate_content
from pipeline.read.wordml import XML_SPACE, W, local_name, w
from pipeline.read.xml import Element, legal_text, parse_xml, serialise_xml
from pipeline.records import Layout

NOWHERE = ""
"""In the place of a block's id: about the document as a whole."""

MOST = sys.maxsize
"""The end of a comment on all of a text."""

_WITHOUT_COMMENTS: frozenset[Layout] = frozenset({"header", "footer", "footnote", "textbox", "attribute"})
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_LIST = "[Content_Types].xml"
_NEW_RELATIONSHIPS = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
_NEW_COMMENTS = f'<w:comments xmlns:w="{W}"/>'.encode()
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on some words.

    Attributes:
        start: Where the words start in the block's text.
        end: Where they end; a comment on no words is put on the word beside it.
        text: What is said.
        author: Who says it.
    """

    start: int
    end: int
    text: str
    author: str


def add_comments(
    archive: Archive, package: Package, sites: Sequence[Site], comments: Mapping[str, Sequence[Comment]]
) -> dict[str, bytes]:
    """Put comments into a document's paragraphs.

    Args:
        archive: The document's file.
        package: Its parts; changed in place.
        sites: Its texts as `find_sites` gave them, as they now are.
        comments: By block, `b0` being the first site.

    Returns:
        The parts beside the package's that change or are new.
    """
    places = _places(sites, comments)
    if not places:
        return {}
    names = {name.lower(): name for name in archive.names()}
    main = next(part.name for part, layout in package.texts if layout == "paragraph")
    changed: dict[str, bytes] = {}
    part_name = _comments_part(archive, names, main, changed)
    original = archive.read(part_name) if part_name in archive.names() else _DECLARATION + _NEW_COMMENTS
    tree = parse_xml(original, part_name)
    root = tree.getroot()
    number = max((int(item.get(w("id"), "0")) for item in root if item.get(w("id"), "").isdigit()), default=-1) + 1
    for paragraph, own in places:
        for comment in _mark(paragraph, own, number):
            root.append(_comment_element(number, comment))
            number += 1
    changed[part_name] = serialise_xml(tree, original)
    return changed


def _places(sites: Sequence[Site], comments: Mapping[str, Sequence[Comment]]) -> list[tuple[Element, list[Comment]]]:
    """Return the paragraphs that get comments, with these."""
    takes = [bool(site.paragraphs) and site.layout not in _WITHOUT_COMMENTS for site in sites]
    if not any(takes):
        return []
    first = takes.index(True)
    own: dict[int, list[Comment]] = {first: []}
    for number, site in enumerate(sites):
        for comment in comments.get(f"b{number}", ()):
            if takes[number]:
                own.setdefault(number, []).append(comment)
            else:
                now = _text_now(site)
                words = now[comment.start : comment.end].strip() or now
                text = f"{site.layout.capitalize()}, “{' '.join(words.split())[:80]}”: {comment.text}"
                own[first].append(replace(comment, start=0, end=MOST, text=text))
    own[first] += [replace(comment, start=0, end=MOST) for comment in comments.get(NOWHERE, ())]
    return [(sites[number].paragraphs[0].element, found) for number, found in sorted(own.items()) if found]


def _text_now(site: Site) -> str:
    """Return a site's text as it now is: in the target language."""
    if site.paragraphs:
        return parse_paragraph(site.paragraphs[0].element).text
    element, attribute = site.attributes[0]
    return (element.get(attribute) if attribute else element.text) or ""


def _mark(element: Element, comments: Sequence[Comment], number: int) -> list[Comment]:
    """Put the marks of comments into a paragraph, and return the comments in the order of their numbers."""
    text = parse_paragraph(element).text
    placed = sorted((_on_words(comment, text) for comment in comments), key=lambda item: (item.start, -item.end))
    paragraph = _cut(element, {place for comment in placed for place in (comment.start, comment.end)})
    marked: list[Comment] = []
    for comment in placed:
        covered = [
            piece
            for piece in paragraph.pieces
            if piece.shown < comment.end and piece.shown + len(piece.text) > comment.start
        ]
        if covered:
            _insert(covered[0].run, covered[-1].run, number + len(marked))
            marked.append(comment)
    return marked


def _on_words(comment: Comment, text: str) -> Comment:
    """Return a comment that covers at least a word, within the text."""
    start, end = min(max(comment.start, 0), len(text)), min(comment.end, len(text))
    if text[start:end].strip():
        return replace(comment, start=start, end=end)
    before = text[:start].rstrip()
    if before:
        return replace(comment, start=before.rfind(" ") + 1, end=len(before))
    word = text[start:].split(maxsplit=1)
    return replace(comment, start=start, end=start + text[start:].find(word[0]) + len(word[0]) if word else len(text))


def _cut(element: Element, places: set[int]) -> Paragraph:
    """Cut a paragraph's runs at places in its text, and return it taken to pieces."""
    isolate_content(element)
    for piece in parse_paragraph(element).pieces:
        inside = sorted(place - piece.shown for place in places if piece.shown < place < piece.shown + len(piece.text))
        if inside and local_name(piece.element) == "t":
            edges = [0, *inside, len(piece.text)]
            parts = [piece.text[start:end] for start, end in pairwise(edges)]
            _set_text(piece.element, parts[0])
            run = piece.run
            for part in parts[1:]:
                following = deepcopy(piece.run)
                _set_text(following.find(w("t")), part)
                run.addnext(following)
                run = following
    return parse_paragraph(element)


def _set_text(element: Element | None, text: str) -> None:
    if element is not None:
        for child in list(element):
            element.remove(child)
        element.text = text
        element.set(XML_SPACE, "preserve")


def _insert(first: Element, last: Element, number: int) -> None:
    """Put a comment's marks around some runs."""
    start, end, run, reference = (
        etree.Element(w(name), nsmap={"w": W})
        for name in ("commentRangeStart", "commentRangeEnd", "r", "commentReference")
    )
    for element in (start, end, reference):
        element.set(w("id"), str(number))
    run.append(reference)
    first.addprevious(start)
    last.addnext(end)
    end.addnext(run)


def _comment_element(number: int, comment: Comment) -> Element:
    element = etree.Element(w("comment"), nsmap={"w": W})
    element.set(w("id"), str(number))
    element.set(w("author"), legal_text(comment.author))
    element.set(w("initials"), legal_text(comment.author[:1]))
    run = etree.SubElement(etree.SubElement(element, w("p")), w("r"))
    text = etree.SubElement(run, w("t"))
    text.text = legal_text(comment.text)
    text.set(XML_SPACE, "preserve")
    return element


def _comments_part(archive: Archive, names: dict[str, str], main: str, changed: dict[str, bytes]) -> str:
    """Return the name of the part with the comments, made known to the package if it is new."""
    folder, base = posixpath.split(main)
    wanted = posixpath.join(folder, "_rels", f"{base}.rels")
    links_name = names.get(wanted.lower(), wanted)
    original = archive.read(links_name) if links_name in archive.names() else _DECLARATION + _NEW_RELATIONSHIPS
    tree = parse_xml(original, links_name)
    root = tree.getroot()
    for link in root.iter(f"{{{_RELATIONSHIPS}}}Relationship"):
        if link.get("Type") == _KIND and link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            if target.lower() in names:
                return names[target.lower()]
    stem = next(
        stem for stem in ("comments", "review-comments", "communique-comments") if _is_free(stem, folder, names)
    )
    taken = {link.get("Id") for link in root}
    link_id = next(f"rIdComments{number}" for number in range(len(taken) + 1) if f"rIdComments{number}" not in taken)
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", {"Id": link_id, "Type": _KIND, "Target": f"{stem}.xml"})
    changed[links_name] = serialise_xml(tree, original)
    part_name = posixpath.join(folder, f"{stem}.xml")
    listing = names.get(_CONTENT_LIST.lower(), _CONTENT_LIST)
    types = archive.read(listing)
    types_tree = parse_xml(types, listing)
    etree.SubElement(
        types_tree.getroot(),
        f"{{{_CONTENT_TYPES}}}Override",
        {"PartName": f"/{part_name}", "ContentType": _TYPE},
    )
    changed[listing] = serialise_xml(types_tree, types)
    return part_name


def _is_free(stem: str, folder: str, names: dict[str, str]) -> bool:
    return posixpath.join(folder, f"{stem}.xml").lower() not in names
