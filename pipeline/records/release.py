"""The French: a release as it was read, and as it was cut into segments."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "cell",
    "header",
    "footer",
    "footnote",
    "textbox",
    "attribute",
]
"""What the file format says a block is. `attribute` is text outside the flow, such as an image's alt text."""
BlockKind = Literal[
    "headline",
    "standfirst",
    "date",
    "lead",
    "paragraph",
    "quote",
    "heading",
    "boilerplate",
    "contact",
    "note",
    "embargo",
    "other",
]
"""What a block is in a press release. `other` is content beside the running text: cells, headers, alt texts."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """An inline element over a stretch of a block's text.

    Attributes:
        ref: Number of the element in its block, by which the format's writer finds the original tags again.
        kind: What it is: `bold`, `italic`, `link`, `code`, `style`, or for points `break`, `image`, `footnote` ….
        start: Where it starts in the text.
        end: Where it ends. Equal to `start` for a point, which holds no text.
    """

    ref: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell … of a release.

    Attributes:
        block_id: Unique in its document, in reading order: `b0`, `b1` ….
        kind: Its role in a press release, found by `pipeline.structure`.
        text: Plain text, without any tag or entity.
        markup: Inline elements, outermost first where two start together.
        layout: What the format says it is.
        level: Heading level from 1, list depth from 1, otherwise 0.
    """

    block_id: str
    kind: BlockKind
    text: str
    markup: tuple[Markup, ...] = ()
    layout: Layout = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One release.

    Attributes:
        doc_id: From its blocks' text alone, so that the same release has the same id in every run.
        path: Where it came from, relative to the input, with `/`; a row of a dataset is `file.parquet#12`.
        lang: BCP-47 tag of its text.
        format: Key of `pipeline.read.FORMATS`, or `row`.
        blocks: In reading order.
    """

    doc_id: str
    path: str
    lang: str
    format: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or what stands for one, with the offsets that rebuild its block.

    `source` is `block.text[start:end]` exactly: nothing normalised, no white space at either end.
    """

    seg_id: str
    doc_id: str
    block_id: str
    index: int
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A release with its structure found and its blocks cut into segments: all that is known of the French."""

    document: Document
    segments: tuple[Segment, ...]
