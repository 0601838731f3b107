"""Markdown releases: CommonMark with tables, strikethrough and footnotes, written by replacing text in the source.

Headings, paragraphs, list items, quotations and table cells are translated, and so are images' texts and the title
and description of a front matter. Code, raw HTML, addresses and link definitions stay as they are, and so does the
text of an image that is found by that text alone (`![text]`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from pipeline.read.base import Limits
from pipeline.read.encoding import decode, encode
from pipeline.read.fields import Field, Piece, check_size, make_field, number_blocks, pair
from pipeline.read.front_matter import edit_front_field, find_front_fields
from pipeline.read.markdown_blocks import Content, find_contents, holds
from pipeline.read.markdown_inline import parse_inline
from pipeline.read.markdown_parser import Environment
from pipeline.read.markdown_spelling import Passage, spell_passage
from pipeline.read.weave import Edit, Patched, is_unchanged
from pipeline.records import Block, BlockKind, TargetBlock


@dataclass(frozen=True, slots=True)
class _Item:
    """A content with what can be translated in it.

    Attributes:
        content: The content.
        pieces: All of it, paired.
        field: Its running text, if it holds a letter or a digit.
        alts: Its images' texts.
    """

    content: Content
    pieces: list[Piece]
    field: Field | None
    alts: list[Field]

    @property
    def fields(self) -> list[Field]:
        """All fields in reading order."""
        return [field for field in (self.field, *self.alts) if field]


class MarkdownFormat:
    """Markdown; see `pipeline.read.base.Format`."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, limits: Limits) -> tuple[Block, ...]:
        """Return headings, paragraphs, list items, cells and images' texts."""
        check_size(data, limits)
        source, _ = decode(data)
        items, _ = _find_items(source)
        fields = [field for item in items for field in item.fields]
        return number_blocks([*find_front_fields(source), *fields], limits)

    def write(self, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
        """Return the text with other words in its blocks; `target_lang` leaves no trace in Markdown."""
        source, encoding = decode(data)
        items, environment = _find_items(source)
        targets = (blocks.get(f"b{number}") for number in count())
        front = [(field, next(targets)) for field in find_front_fields(source)]
        edits = [edit_front_field(source, field, target) for field, target in front if target]
        patched = Patched(source, edits)
        parts = []
        at = 0
        for item in items:
            own = [next(targets) for _ in item.fields]
            if not all(map(is_unchanged, item.fields, own)):
                start, end = item.content.lines[0][0], item.content.lines[-1][1]
                text = _replace(item, own, environment)
                parts += [patched.slice(at, start), item.content.embed(source, text)]
                at = end
        return encode("".join([*parts, patched.slice(at, len(source))]), encoding)


MARKDOWN = MarkdownFormat()


def _find_items(source: str) -> tuple[list[_Item], Environment]:
    contents, environment = find_contents(source)
    items = []
    for content in contents:
        inline = parse_inline(content.text, environment)
        pair(inline.pieces)
        whole = [replace(piece) for piece in inline.pieces]
        kind: BlockKind = "other" if content.layout == "cell" else "paragraph"
        field = make_field(inline.pieces, content.layout, content.level, kind)
        alts = []
        for alt in inline.alts:
            pair(alt)
            alts.append(make_field(alt, "attribute", 0, "other"))
        items.append(_Item(content, whole, field, [alt for alt in alts if alt]))
    return items, environment


def _replace(item: _Item, targets: Sequence[TargetBlock | None], environment: Environment) -> str:
    """Return an item's content with the text of its fields replaced."""
    text = item.content.text
    edits = []
    running: TargetBlock | None = None
    for field, target in zip(item.fields, targets, strict=True):
        if field is item.field:
            running = target
        elif target and not is_unchanged(field, target):
            edits.append(_replace_alt(text, field, target, environment))
    if item.field is None or running is None or is_unchanged(item.field, running):
        return Patched(text, edits).slice(0, len(text))

    def read(source: str) -> list[Piece] | None:
        return _paired(source, environment) if holds(source, item.content.shape) else None

    before = [piece for piece in item.pieces if piece.end <= item.field.start]
    after = [piece for piece in item.pieces if piece.start >= item.field.end]
    starts_line = item.content.shape in {"paragraph", "underlined", "first cell"}
    passage = Passage(text, before, after, starts_line, "references" in environment, read)
    return spell_passage(passage, item.field, running, edits)


def _replace_alt(text: str, field: Field, target: TargetBlock, environment: Environment) -> Edit:
    behind = len(text) - field.end

    def read(source: str) -> list[Piece] | None:
        inline = parse_inline(f"![{source[field.start : len(source) - behind]}](x)", environment)
        if len(inline.pieces) != 1 or len(inline.alts) != 1:
            return None
        pair(inline.alts[0])
        return inline.alts[0]

    source = spell_passage(Passage(text, (), (), False, True, read), field, target, ())
    return Edit(field.start, field.end, source[field.start : len(source) - behind])


def _paired(source: str, environment: Environment) -> list[Piece]:
    pieces = parse_inline(source, environment).pieces
    pair(pieces)
    return pieces
