"""The role of each block: a release as its format gave it in, the same with every block's `kind` out.

A press release is read from the top: label, embargo and date in any order, the headline, a standfirst, the lead;
then body text; then sections of boilerplate, notes and contacts, each lasting until the next heading. Layout comes
first where the format has any; plain text is judged by what its lines say (`pipeline.structure.signals`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.records import Block, BlockKind, Document, Layout
from pipeline.structure.datelines import dateline, is_date
from pipeline.structure.embargoes import is_embargo
from pipeline.structure.signals import (
    TITLE_LIMIT,
    introduces_quote,
    is_all_capitals,
    is_contact,
    is_label,
    is_note,
    looks_like_heading,
    looks_like_title,
    opens_boilerplate,
    opens_contacts,
    opens_notes,
    opens_with_quote,
    quoted_share,
)

_LAYOUT_KINDS: dict[Layout, BlockKind] = {
    "title": "other",
    "cell": "other",
    "header": "other",
    "footer": "other",
    "textbox": "other",
    "attribute": "other",
    "footnote": "note",
}
_LINES: tuple[tuple[Callable[[str], bool], BlockKind], ...] = (
    (is_embargo, "embargo"),
    (is_date, "date"),
    (is_label, "other"),
)
"""Lines of the running text that say what they are; an embargo says so in a page's header or a text box, too."""

_SECTIONS: tuple[tuple[Callable[[str], bool], BlockKind], ...] = (
    (opens_boilerplate, "boilerplate"),
    (opens_notes, "note"),
    (opens_contacts, "contact"),
)
"""What opens a section, which lasts until the next heading."""

_QUOTE_SHARE = 0.5
"""A paragraph is a quotation if at least this share of it stands between quotation marks."""

_BODY_LENGTH = 80
"""Code points; a paragraph this long, or one with a full stop, is body text rather than a line."""

_STANDFIRST_HEADING = 60
"""Code points; a second heading right under the headline is a standfirst if it is longer."""


@dataclass(slots=True)
class _Reading:
    """How far down the release the reading is."""

    headline: int
    has_lead: bool = False
    section: BlockKind | None = None
    quote_open: bool = False


def structure_document(document: Document) -> Document:
    """Find what each block is in a press release; text, markup and layout stay as they are."""
    reading = _Reading(headline=_headline(document))
    blocks = document.blocks
    kinds = [_kind(blocks, position, reading) for position in range(len(blocks))]
    return replace(document, blocks=tuple(replace(block, kind=kind) for block, kind in zip(blocks, kinds, strict=True)))


def _headline(document: Document) -> int:
    """Return the position of the headline, -1 if the release has none.

    The headline is the first heading, unless body text stands above it; an HTML page may have its navigation
    there, so its first <h1> counts wherever it stands. A title that the format keeps beside the text (<title>,
    a document's properties) repeats the headline, or names another file: it is one only for want of a better.
    """
    blocks = document.blocks
    is_page = document.format == "html"
    title = next((position for position, block in enumerate(blocks) if block.layout == "title"), -1)
    heading = next((position for position, block in enumerate(blocks) if _can_be_headline(block, is_page)), -1)
    if heading >= 0 and (is_page or not any(_is_body(above) for above in blocks[:heading])):
        return heading
    if title >= 0 and is_page:
        return title
    unmarked = _unmarked_headline(blocks)
    return unmarked if unmarked >= 0 else title


def _can_be_headline(block: Block, is_page: bool) -> bool:
    is_heading = block.layout == "heading" and (block.level == 1 or not is_page)
    return is_heading and _first_match(_LINES, block.text) is None


def _unmarked_headline(blocks: tuple[Block, ...]) -> int:
    for position, block in enumerate(blocks):
        text = block.text.strip()
        if block.layout in _LAYOUT_KINDS or _first_match(_LINES, text) or is_contact(text):
            continue
        return position if block.layout == "paragraph" and _is_title_like(text) else -1
    return -1


def _is_title_like(text: str) -> bool:
    return is_all_capitals(text) or (looks_like_title(text) and not dateline(text))


def _kind(blocks: tuple[Block, ...], position: int, reading: _Reading) -> BlockKind:
    block = blocks[position]
    if position == reading.headline:
        return "headline"
    if is_embargo(block.text.strip()):
        return "embargo"
    evident = _LAYOUT_KINDS.get(block.layout) or _first_match(_LINES, block.text)
    if evident is not None:
        return evident
    section = _first_match(_SECTIONS, block.text) if block.layout in ("heading", "paragraph") else None
    if section is not None:
        reading.section = section
        return section
    above = None if reading.has_lead or reading.section else _kind_above_lead(blocks, position, reading)
    return above or _kind_below_lead(blocks, position, reading)


def _first_match(tests: tuple[tuple[Callable[[str], bool], BlockKind], ...], text: str) -> BlockKind | None:
    return next((kind for holds, kind in tests if holds(text.strip())), None)


def _kind_above_lead(blocks: tuple[Block, ...], position: int, reading: _Reading) -> BlockKind | None:
    """Judge a block between the top and the lead; None if it is to be judged like body text."""
    block = blocks[position]
    text = block.text.strip()
    if position < reading.headline:
        return "other" if not _is_body(block) else None
    if block.layout == "heading":
        is_under_headline = position == reading.headline + 1
        return "standfirst" if is_under_headline and len(text) > _STANDFIRST_HEADING else "heading"
    if block.layout != "paragraph" or is_contact(text):
        return None
    if _is_standfirst(blocks, position):
        return "standfirst"
    if not _is_body(block) and not dateline(text):
        return None
    reading.has_lead = True
    reading.quote_open = quoted_share(text)[1]
    return "lead"


def _is_standfirst(blocks: tuple[Block, ...], position: int) -> bool:
    """Tell whether a paragraph stands over the lead: set off as a whole, or without a full stop, body text below."""
    block = blocks[position]
    text = block.text.strip()
    if dateline(text):
        return False
    set_off = any(mark.kind in ("bold", "italic") and mark.end - mark.start >= len(text) for mark in block.markup)
    below = next((other for other in blocks[position + 1 :] if not is_date(other.text)), None)
    has_body_below = below is not None and below.layout == "paragraph" and _is_body(below)
    return has_body_below and (set_off or looks_like_title(text))


def _kind_below_lead(blocks: tuple[Block, ...], position: int, reading: _Reading) -> BlockKind:
    block = blocks[position]
    text = block.text.strip()
    if block.layout == "heading" or _is_unmarked_heading(blocks, position):
        reading.section = None
        reading.quote_open = False
        return "heading"
    if is_note(text) or any(mark.kind == "footnote" and mark.end == 0 for mark in block.markup):
        return "note"
    if is_contact(text):
        if reading.section is not None or looks_like_heading(text):
            reading.section = "contact"
        return "contact"
    if reading.section == "contact" and _is_body(block):
        reading.section = None
    if reading.section is not None:
        return reading.section
    return "quote" if block.layout == "paragraph" and _is_quote(text, reading) else "paragraph"


def _is_unmarked_heading(blocks: tuple[Block, ...], position: int) -> bool:
    """Tell whether a line that the format calls a paragraph is a heading: short, and all capitals or over body text."""
    block = blocks[position]
    text = block.text.strip()
    if block.layout != "paragraph" or not looks_like_heading(text) or opens_with_quote(text) or is_contact(text):
        return False
    below = blocks[position + 1] if position + 1 < len(blocks) else None
    if below is None or below.layout not in ("paragraph", "list_item"):
        return False
    return is_all_capitals(text) or (below.layout == "paragraph" and _is_body(below))


def _is_quote(text: str, reading: _Reading) -> bool:
    goes_on = reading.quote_open and (opens_with_quote(text) or "»" in text or "”" in text)
    share, reading.quote_open = quoted_share(text, goes_on)
    return share >= _QUOTE_SHARE and (goes_on or opens_with_quote(text) or introduces_quote(text))


def _is_body(block: Block) -> bool:
    """Tell whether a block is running text rather than a line."""
    text = block.text.strip()
    return block.layout == "paragraph" and (
        len(text) > TITLE_LIMIT
        or (len(text) >= _BODY_LENGTH and not looks_like_title(text))
        or text.endswith((".", "…"))
    )
