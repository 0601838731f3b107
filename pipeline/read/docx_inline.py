"""A Word paragraph's inside: `w:p` in, plain text with markup out, and the way from each back to the elements.

Runs that look alike are one stretch of text, however often Word cut them (spelling marks, editing sessions). What
differs from the paragraph's usual look becomes paired markup, so does a link; what holds no text (a picture, a
footnote's number, a field) becomes a point. A line break or a tab is a point with a white space behind it, so that
the words around it do not run together. Bookmarks and comment ranges are anchors: invisible to translation, kept.
"""

import re
from collections import Counter, defaultdict

from pipeline.read.docx_events import CONTAINER_KINDS, PAIRED_FIELDS, flatten, instruction
from pipeline.read.docx_items import Anchor, Container, Paragraph, Piece, Point, Stretch, Style
from pipeline.read.docx_looks import Look, is_raised, name_difference, run_look
from pipeline.read.wordml import local_name, w
from pipeline.read.xml import Element
from pipeline.records import Markup

MAX_DEPTH = 12
"""Links, content controls and fields inside one another; what is deeper is kept as it is."""

_SPECIAL_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SEPARATORS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t"}
_POINT_KINDS = {
    "br": "break",
    "cr": "break",
    "tab": "tab",
    "ptab": "tab",
    "footnoteReference": "footnote",
    "endnoteReference": "footnote",
    "footnoteRef": "footnote",
    "endnoteRef": "footnote",
    "fldSimple": "field",
    "fldChar": "field",
    "sym": "symbol",
    "t": "hidden",
}
_NOTE_MARK = re.compile(r"[\d*†]{1,3}")
"""What a raised run holds when its author made a footnote, or a power, by hand; as text, « 58¹ » would be 581."""
_DISPOSABLE = frozenset({"proofErr", "lastRenderedPageBreak", ""})
"""Spelling marks, old page ends and XML comments: they say nothing about a translated text."""


def parse_paragraph(element: Element) -> Paragraph:
    """Take a `w:p` to pieces. The same content always gives the same refs, however its runs are cut."""
    scan = _Scan(element)
    scan.take(0, len(scan.events), scan.paragraph.root)
    return scan.finish()


def text_of(element: Element) -> str:
    """Return the text of a `w:t`, comments in it left out."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


class _Scan:
    """One way through a paragraph's events, with both offsets counted along."""

    def __init__(self, element: Element) -> None:
        self.paragraph = Paragraph(element)
        self.events = flatten(element)
        self.shown_parts: list[str] = []
        self.at = 0
        self.shown = 0
        self.spans: list[tuple[int, Point | Stretch, int, int]] = []
        """(order, item, start and end in the shown text) of whatever gets a ref."""

    def take(self, start: int, stop: int, container: Container) -> None:
        """Take up the events from `start` to `stop`, which stand in one container."""
        index = start
        while index < stop:
            partner = self.events[index].partner
            if partner < 0:
                self._take_leaf(index, container)
                index += 1
            else:
                self._take_pair(index, container)
                index = partner + 1

    def finish(self) -> Paragraph:
        """Find the styles, number everything in reading order, and lay the markup over the text."""
        paragraph = self.paragraph
        paragraph.bare = "".join(piece.text for piece in paragraph.pieces)
        paragraph.text = "".join(self.shown_parts)
        paragraph.root.end = self.at
        self.spans += _find_styles(paragraph)
        self.spans.sort(key=lambda span: span[0])
        for ref, (_, item, _, _) in enumerate(self.spans):
            item.ref = ref
        paragraph.markup = tuple(Markup(item.ref, item.kind, start, end) for _, item, start, end in self.spans)
        return paragraph

    def _take_leaf(self, index: int, container: Container) -> None:
        event = self.events[index]
        name = local_name(event.element)
        if event.role == "anchor":
            self.paragraph.anchors.append(
                Anchor(self.at, index, event.node, event.element, container, name in _DISPOSABLE)
            )
        elif event.role == "text" and event.run is not None:
            look = run_look(event.run.find(w("rPr")))
            text = _SPECIAL_CHARACTERS.get(name) or text_of(event.element)
            if _NOTE_MARK.fullmatch(text) and is_raised(look):
                self._add_point(index, "footnote", [event.node], container, "")
            elif text:
                self._add_piece(index, event.element, event.run, text, look, container)
        else:
            self._add_point(index, _POINT_KINDS.get(name, "image"), [event.node], container, _SEPARATORS.get(name, ""))

    def _add_piece(
        self, order: int, element: Element, run: Element, text: str, look: Look, container: Container
    ) -> None:
        self.paragraph.pieces.append(Piece(self.at, self.shown, order, text, element, run, container, look))
        self.shown_parts.append(text)
        self.at += len(text)
        self.shown += len(text)

    def _take_pair(self, index: int, container: Container) -> None:
        """Take up what stands between two ends: as a container where it holds text, otherwise as one point."""
        event = self.events[index]
        name = local_name(event.element)
        nodes = self._nodes(index, event.partner)
        if event.role == "open":
            kind, inside = CONTAINER_KINDS[name], index + 1
            child = Container(0, kind, container.depth + 1, container, element=event.element)
        else:
            kind, inside = PAIRED_FIELDS.get(instruction(self.events, index), ""), event.separator + 1
            child = Container(0, kind, container.depth + 1, container)
            child.opening = self._nodes(index, max(event.separator, index))
            child.closing = self._nodes(event.partner, event.partner)
        if not (kind and inside and child.depth <= MAX_DEPTH and self._fill(child, index, inside, event.partner)):
            self._add_point(index, _POINT_KINDS.get(name, "image"), nodes, container, "")

    def _fill(self, child: Container, index: int, start: int, stop: int) -> bool:
        """Take up a container's inside; where no text is in it, undo that and return False."""
        paragraph = self.paragraph
        points, anchors, containers = len(paragraph.points), len(paragraph.anchors), len(paragraph.containers)
        shown, parts, spans = self.shown, len(self.shown_parts), len(self.spans)
        child.start = self.at
        paragraph.containers.append(child)
        self.take(start, stop, child)
        child.end = self.at
        if child.end > child.start:
            self.spans.append((index, child, shown, self.shown))
            return True
        del paragraph.points[points:], paragraph.anchors[anchors:], paragraph.containers[containers:]
        del self.shown_parts[parts:], self.spans[spans:]
        self.shown = shown
        return False

    def _nodes(self, first: int, last: int) -> list[Element]:
        """Return the neighbouring nodes that the events from `first` to `last` stand in."""
        nodes: list[Element] = []
        index = first
        while index <= last:
            event = self.events[index]
            if not nodes or nodes[-1] is not event.node:
                nodes.append(event.node)
            index = event.partner + 1 if event.role == "open" else index + 1
        return nodes

    def _add_point(self, order: int, kind: str, nodes: list[Element], container: Container, separator: str) -> None:
        point = Point(0, kind, self.at, order, nodes, container, separator)
        self.paragraph.points.append(point)
        self.spans.append((order, point, self.shown, self.shown))
        if separator:
            self.shown_parts.append(separator)
            self.shown += 1


def _find_styles(paragraph: Paragraph) -> list[tuple[int, Point | Stretch, int, int]]:
    """Find the stretches that do not look like their container's usual text, and note what the usual text is."""
    pieces = paragraph.pieces
    looks = _visible_looks(pieces)
    own: defaultdict[int, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        own[id(piece.container)].append(index)
    usual: dict[int, Look] = {}
    for key, indexes in own.items():
        weights: Counter[Look] = Counter()
        for index in indexes:
            weights[looks[index]] += len(pieces[index].text)
        usual[key] = _plainest(weights)
        alike = [pieces[index] for index in indexes if pieces[index].look == usual[key]]
        pieces[indexes[0]].container.usual = max(alike, key=lambda piece: len(piece.text)).run.find(w("rPr"))
    found: list[tuple[int, Point | Stretch, int, int]] = []
    last: tuple[Piece, Style, int] | None = None
    for piece, look in zip(pieces, looks, strict=True):
        base = usual[id(piece.container)]
        shown_end = piece.shown + len(piece.text)
        if look == base:
            last = None
        elif last is not None and last[0].container is piece.container and last[0].look == look:
            _, style, order = last
            style.end = piece.end
            found[-1] = (order, style, found[-1][2], shown_end)
        else:
            style = Style(0, name_difference(look, base), piece.at, piece.end, piece.run.find(w("rPr")))
            found.append((piece.order, style, piece.shown, shown_end))
            paragraph.styles.append(style)
            last = (piece, style, piece.order)
    return found


def _plainest(weights: Counter[Look]) -> Look:
    """Return the most frequent look, or a plainer one that it only adds to, so that bold is what is marked."""
    frequent = weights.most_common(1)[0][0]
    return min((look for look in weights if look <= frequent), key=len)


def _visible_looks(pieces: list[Piece]) -> list[Look]:
    """Return each piece's look; a space between two that look alike counts as one of them."""
    looks = [piece.look for piece in pieces]
    for index in range(1, len(pieces) - 1):
        before, piece, after = pieces[index - 1 : index + 2]
        if (
            piece.text.isspace()
            and looks[index - 1] == after.look
            and before.container is piece.container is after.container
        ):
            looks[index] = after.look
    return looks
