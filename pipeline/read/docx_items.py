"""What a Word paragraph is taken to pieces into.

Offsets are counted in two texts: `at` and other bare names in `Paragraph.bare`, the text of the pieces alone, which
writing works with; `shown` in `Paragraph.text`, which has a white space behind each break and tab and is what
translators get.
"""

from dataclasses import dataclass, field

from pipeline.read.docx_looks import Look
from pipeline.read.xml import Element
from pipeline.records import Markup


@dataclass(slots=True)
class Container:
    """A stretch inside an element of its own (a link, a content control) or between the two ends of a field.

    Attributes:
        ref: Its number; -1 for the paragraph itself.
        kind: As in `Markup.kind`.
        depth: 0 for the paragraph.
        outer: What it stands in.
        element: Its element; None between a field's ends, where `opening` and `closing` hold their nodes.
        start: Where it starts in the bare text.
        end: Where it ends.
        usual: Properties of a run that looks as most of its text does.
    """

    ref: int
    kind: str
    depth: int
    outer: "Container | None" = None
    element: Element | None = None
    opening: list[Element] = field(default_factory=list)
    closing: list[Element] = field(default_factory=list)
    start: int = 0
    end: int = 0
    usual: Element | None = None


@dataclass(slots=True)
class Piece:
    """An element that holds text, or stands for one character."""

    at: int
    shown: int
    order: int
    text: str
    element: Element
    run: Element
    container: Container
    look: Look

    @property
    def end(self) -> int:
        """Where it ends in the bare text."""
        return self.at + len(self.text)


@dataclass(slots=True)
class Point:
    """What holds no text; `separator` is the white space that stands behind it in `Paragraph.text`."""

    ref: int
    kind: str
    at: int
    order: int
    nodes: list[Element]
    container: Container
    separator: str


@dataclass(slots=True)
class Anchor:
    """An invisible mark; a disposable one goes when the text around it changes."""

    at: int
    order: int
    node: Element
    element: Element
    container: Container
    disposable: bool


@dataclass(slots=True)
class Style:
    """A stretch that looks different from the usual text around it, with the run properties that make it so."""

    ref: int
    kind: str
    start: int
    end: int
    properties: Element | None


Stretch = Container | Style


@dataclass(slots=True)
class Paragraph:
    """A paragraph taken to pieces.

    Attributes:
        element: The `w:p`.
        text: What readers see, with a white space for each break and tab.
        markup: Over `text`.
        bare: The text of the pieces alone.
        pieces: In reading order, like the other lists.
        root: Stands for the paragraph itself among the containers.
    """

    element: Element
    text: str = ""
    markup: tuple[Markup, ...] = ()
    bare: str = ""
    pieces: list[Piece] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    root: Container = field(default_factory=lambda: Container(-1, "", 0))

    @property
    def stretches(self) -> list[Stretch]:
        """What has a start and an end; where two begin together, the outer one first."""
        return [*self.containers, *self.styles]
