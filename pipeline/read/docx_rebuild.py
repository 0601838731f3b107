"""Build a Word paragraph anew around a translation whose markup has another shape than the source's.

Each stretch of text gets the look of its source stretch, points and links come back as the elements they were, and
whatever must not vanish (footnote numbers, pictures, fields, bookmarks, comments) is kept even where the translation
lost it: at the start if it stood before all text, otherwise at the end.
"""

from collections import defaultdict
from copy import deepcopy

from lxml import etree

from pipeline.read.docx_events import flatten
from pipeline.read.docx_fill import corresponding
from pipeline.read.docx_inline import parse_paragraph
from pipeline.read.docx_items import Anchor, Container, Paragraph, Point, Stretch, Style
from pipeline.read.docx_target import Target
from pipeline.read.wordml import XML_SPACE, W, local_name, w
from pipeline.read.xml import Element

_PROPERTIES = (w("pPr"), w("sdtPr"), w("sdtEndPr"))


def rebuild_paragraph(element: Element, target: Target) -> None:
    """Replace a paragraph's content by a translation of it."""
    isolate_content(element)
    source = parse_paragraph(element)
    insertions = _insertions(source, target)
    changes = _changes(source, target)
    places = sorted({0, len(target.text), *insertions, *changes})
    _empty(source)
    builder = _Builder(source.element)
    active: dict[int, tuple[int, Stretch]] = {}
    for place, following in zip(places, [*places[1:], len(target.text)], strict=True):
        left = _chain(active)
        ended, begun = changes.get(place, ([], []))
        for item in ended:
            active.pop(item.ref, None)
        for item in begun:
            active[item.ref] = (place, item)
        right = _chain(active)
        builder.insert(insertions.get(place, []), left, right)
        if place < following:
            builder.open(right)
            builder.add_text(target.text[place:following], _look(active, right, source.root))
    builder.open([])


def isolate_content(element: Element) -> None:
    """Give each thing in the paragraph's runs a run of its own."""
    runs = {id(event.run): event.run for event in flatten(element) if event.run is not None}
    for run in runs.values():
        parent = run.getparent()
        properties = run.find(w("rPr"))
        content = [child for child in run if child.tag != w("rPr")]
        if parent is None or len(content) < 2:
            continue
        for place, child in enumerate(content[1:], start=parent.index(run) + 1):
            part = etree.Element(w("r"), nsmap={"w": W})
            if properties is not None:
                part.append(deepcopy(properties))
            part.append(child)
            parent.insert(place, part)


def _insertions(source: Paragraph, target: Target) -> dict[int, list[Point | Anchor]]:
    """Return what holds no text by where it goes, in source order."""
    length = len(source.bare)
    placed: defaultdict[int, list[Point | Anchor]] = defaultdict(list)
    for point in source.points:
        at = target.points.get(point.ref)
        if at is None:
            if _may_vanish(point):
                continue
            at = 0 if point.at == 0 and length else len(target.text)
        placed[at].append(point)
    for anchor in source.anchors:
        if not anchor.disposable:
            if local_name(anchor.element) in ("fldChar", "instrText"):
                # Part of a field that goes on in another paragraph: inside a field of this one it would end that.
                at = len(target.text) if anchor.at else 0
            else:
                at = corresponding(anchor.at, length, target.text)
            placed[at].append(anchor)
    for items in placed.values():
        items.sort(key=lambda item: item.order)
    return placed


def _may_vanish(point: Point) -> bool:
    """Tell whether a lost point is a mere line break or tab."""
    if not point.separator:
        return False
    return all(child.get(w("type"), "textWrapping") == "textWrapping" for node in point.nodes for child in node)


def _changes(source: Paragraph, target: Target) -> dict[int, tuple[list[Stretch], list[Stretch]]]:
    """Return by place which stretches end there and which begin."""
    changes: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for item in source.stretches:
        for start, end in target.spans.get(item.ref, ()):
            changes.setdefault(start, ([], []))[1].append(item)
            changes.setdefault(end, ([], []))[0].append(item)
    return changes


def _chain(active: dict[int, tuple[int, Stretch]]) -> list[Container]:
    """Return the containers that are open, outermost first; of two links only the inner one, as Word wants it."""
    containers = sorted(
        ((item.depth, start, item) for start, item in active.values() if isinstance(item, Container)),
        key=lambda entry: entry[:2],
    )
    links = [item for _, _, item in containers if item.kind == "link"]
    return [item for _, _, item in containers if item.kind != "link" or item is links[-1]]


def _look(active: dict[int, tuple[int, Stretch]], chain: list[Container], root: Container) -> Element | None:
    """Return the run properties of a stretch: those of the innermost style, or what is usual where it stands."""
    styles = [(start, item) for start, item in active.values() if isinstance(item, Style)]
    if styles:
        return max(styles, key=lambda entry: entry[0])[1].properties
    return chain[-1].usual if chain else root.usual


def _empty(source: Paragraph) -> None:
    """Take everything but properties out of the paragraph and its containers; the items keep their nodes."""
    elements = [container.element for container in source.containers if container.element is not None]
    for parent in (source.element, *(_inside(element) for element in elements)):
        for child in list(parent):
            if child.tag not in _PROPERTIES:
                parent.remove(child)


def _inside(element: Element) -> Element:
    """Return what a container's content stands in: the element, or a control's part for it."""
    inner = element.find(w("sdtContent"))
    return element if inner is None else inner


class _Builder:
    """Adds to a paragraph, with the open containers as a stack. A container that was closed stays closed."""

    def __init__(self, paragraph: Element) -> None:
        self.paragraph = paragraph
        self.stack: list[tuple[Container, Element]] = []
        self.used: set[int] = set()

    def open(self, chain: list[Container]) -> None:
        """Close and open containers until just these are open."""
        kept = 0
        while kept < min(len(chain), len(self.stack)) and self.stack[kept][0] is chain[kept]:
            kept += 1
        while len(self.stack) > kept:
            container, _ = self.stack.pop()
            self._append(container.closing)
        for container in chain[kept:]:
            if container.ref not in self.used:
                self.used.add(container.ref)
                self._append(container.opening if container.element is None else [container.element])
                place = self._place() if container.element is None else _inside(container.element)
                self.stack.append((container, place))

    def add_text(self, text: str, properties: Element | None) -> None:
        """Add a run."""
        run = etree.SubElement(self._place(), w("r"))
        if properties is not None:
            copied = deepcopy(properties)
            for history in copied.findall(w("rPrChange")):
                copied.remove(history)
            run.append(copied)
        element = etree.SubElement(run, w("t"))
        element.text = text
        if text != text.strip():
            element.set(XML_SPACE, "preserve")

    def insert(self, items: list[Point | Anchor], left: list[Container], right: list[Container]) -> None:
        """Add what stands between two stretches of text: first what belongs into the containers that end here."""
        around = [container for container in left if container in right]
        turns: tuple[list[tuple[Point | Anchor, list[Container]]], ...] = ([], [], [])
        for item in items:
            own = _ancestry(item.container)
            before = [container for container in left if container in around or container.ref in own]
            after = [container for container in right if container in around or container.ref in own]
            if len(before) > len(around):
                turns[0].append((item, before))
            elif len(after) > len(around):
                turns[2].append((item, after))
            else:
                turns[1].append((item, around))
        for turn in turns:
            for item, chain in turn:
                self.open(chain)
                self._append(item.nodes if isinstance(item, Point) else [item.node])

    def _place(self) -> Element:
        return self.stack[-1][1] if self.stack else self.paragraph

    def _append(self, nodes: list[Element]) -> None:
        for node in nodes:
            self._place().append(node)


def _ancestry(container: Container) -> set[int]:
    """Return the refs of a container and of all that it stands in."""
    refs = set()
    inner: Container | None = container
    while inner is not None:
        refs.add(inner.ref)
        inner = inner.outer
    return refs
