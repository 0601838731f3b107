"""Stretches of a source text and what they mean in, translatable fields out.

A field is the inline content of a paragraph, cell, attribute …: the plain text that readers give out as a `Block`,
and the pieces of the source that it was read from, by which a writer finds the original tags and spellings again.
White space is read as a browser shows it: a run is one space, none at either end.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.errors import InputError
from pipeline.read.base import Limits, has_content
from pipeline.records import Block, BlockKind, Layout, Markup

WHITE_SPACE = " \t\n\r\f\v"

_PLAIN = re.compile(r"(?P<space>[ \t\n\r\f\v]+)|[^ \t\n\r\f\v]+(?: [^ \t\n\r\f\v]+)*+")


@dataclass(slots=True)
class Piece:
    """A stretch of the source. A field's pieces lie side by side without a gap.

    Attributes:
        start: Where it starts in the source.
        end: Where it ends there.
        role: Its part: plain `text`, a white `space`, the `open` or `close` of a pair, or a `point`.
        text: What a reader sees of it; one character where the source spells it in a way of its own.
        kind: `Markup.kind` of an `open` or a `point`.
        name: What an `open` and its `close` have in common, for `pair`.
        ref: `Markup.ref`; the same for an `open` and its `close`.
    """

    start: int
    end: int
    role: Literal["text", "space", "open", "close", "point"]
    text: str = ""
    kind: str = ""
    name: str = ""
    ref: int = -1


@dataclass(frozen=True, slots=True)
class Field:
    """A stretch of the source whose text can be replaced.

    Attributes:
        pieces: The source, without white space and points at either end: those stay where they are.
        text: As in `Block`.
        markup: As in `Block`.
        layout: As in `Block`.
        level: As in `Block`.
        kind: As in `Block`.
        context: What its format must know to write it: an attribute's quotation mark, a table's cell ….
    """

    pieces: tuple[Piece, ...]
    text: str
    markup: tuple[Markup, ...]
    layout: Layout = "paragraph"
    level: int = 0
    kind: BlockKind = "paragraph"
    context: str = ""

    @property
    def start(self) -> int:
        """Where the field starts in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the field ends in the source."""
        return self.pieces[-1].end


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse a file that is too large.

    Raises:
        InputError: It has more bytes than the limit.
    """
    if len(data) > limits.max_bytes:
        message = f"the file has {len(data):,} bytes, the limit is {limits.max_bytes:,}"
        raise InputError(message, "split it, or raise limits.max_bytes")


def number_blocks(fields: Sequence[Field], limits: Limits) -> tuple[Block, ...]:
    """Return fields as blocks `b0`, `b1` … in their order.

    Raises:
        InputError: There is none, there are too many, or one is too long.
    """
    if not any(character.isalpha() for item in fields for character in item.text):
        raise InputError("nothing to translate: no letter in the whole text", "give a file that holds a release")
    if len(fields) > limits.max_blocks:
        message = f"{len(fields):,} paragraphs, headings and cells, the limit is {limits.max_blocks:,}"
        raise InputError(message, "split the file, or raise limits.max_blocks")
    for field in fields:
        if len(field.text) > limits.max_block_chars:
            message = f"a paragraph of {len(field.text):,} characters, the limit is {limits.max_block_chars:,}"
            raise InputError(f"{message}: “{field.text[:40]}…”", "split it, or raise limits.max_block_chars")
    return tuple(
        Block(f"b{index}", field.kind, field.text, field.markup, field.layout, field.level)
        for index, field in enumerate(fields)
    )


def plain_pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    """Cut a stretch that stands for itself into words and the white space that is more than one plain space."""
    for match in _PLAIN.finditer(source, start, end):
        if match["space"]:
            yield Piece(match.start(), match.end(), "space")
        else:
            yield Piece(match.start(), match.end(), "text", match[0])


def pair(pieces: Iterable[Piece]) -> None:
    """Give each `open` and its `close` one number; those that have no partner, or cross another pair, become points."""
    waiting: list[Piece] = []
    names: Counter[str] = Counter()
    pairs = 0
    for piece in pieces:
        if piece.role == "open":
            waiting.append(piece)
            names[piece.name] += 1
        elif piece.role == "close":
            if not names[piece.name]:
                _stray(piece)
                continue
            while (opened := waiting.pop()).name != piece.name:
                names[opened.name] -= 1
                _stray(opened)
            names[piece.name] -= 1
            opened.ref = piece.ref = pairs
            pairs += 1
    for opened in waiting:
        _stray(opened)


def make_field(
    pieces: Iterable[Piece],
    layout: Layout = "paragraph",
    level: int = 0,
    kind: BlockKind = "paragraph",
    context: str = "",
) -> Field | None:
    """Return the field of paired pieces, or None where they hold no letter and no digit."""
    settled = _trim(_merge_empty(_collapse(pieces)))
    if not any(piece.role == "text" and has_content(piece.text) for piece in settled):
        return None
    markup = _number(settled)
    text = "".join(piece.text for piece in settled)
    return Field(tuple(settled), text, markup, layout, level, kind, context)


def _stray(piece: Piece) -> None:
    piece.role, piece.kind, piece.ref = "point", "tag", -1


def _collapse(pieces: Iterable[Piece]) -> list[Piece]:
    """Make each run of white space one space, and give what a browser would not show to the piece beside it.

    A line break has a line feed behind it in the text, so that the words around it do not run together.
    """
    settled: list[Piece] = []
    after_space = True
    for piece in pieces:
        if piece.role == "space" and after_space:
            if settled:
                settled[-1].end = piece.end
            continue
        if piece.role == "space":
            piece.text = " "
        if piece.kind == "break" and settled and settled[-1].role == "space":
            piece.start = settled.pop().start
            after_space = False
        settled.append(piece)
        if piece.kind == "break" and not after_space:
            settled.append(Piece(piece.end, piece.end, "space", "\n"))
        if piece.role in {"text", "space"} or piece.kind == "break":
            after_space = piece.role != "text"
    last = next((index for index in range(len(settled) - 1, -1, -1) if settled[index].text), -1)
    if last >= 0 and settled[last].role == "space":
        if last + 1 < len(settled):
            settled[last + 1].start = settled[last].start
        del settled[last]
    return settled


def _merge_empty(pieces: list[Piece]) -> list[Piece]:
    """Make one point of each pair that encloses no text."""
    closes = {piece.ref: index for index, piece in enumerate(pieces) if piece.role == "close"}
    full = [0]
    for piece in pieces:
        full.append(full[-1] + (piece.role in {"text", "space"}))
    merged: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if piece.role == "open" and full[closes[piece.ref]] == full[index]:
            last = closes[piece.ref]
            kinds = {inner.kind for inner in pieces[index + 1 : last] if inner.role == "point"}
            kind = kinds.pop() if len(kinds) == 1 else "element"
            merged.append(Piece(piece.start, pieces[last].end, "point", kind=kind))
            index = last
        else:
            merged.append(piece)
        index += 1
    return merged


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Leave points at either end out: they stay in place without travelling through translation."""
    first, last = 0, len(pieces)
    while first < last and pieces[first].role == "point":
        first += 1
    while last > first and pieces[last - 1].role == "point":
        last -= 1
    return pieces[first:last]


def _number(pieces: Iterable[Piece]) -> tuple[Markup, ...]:
    """Number pairs and points in order of appearance, and say where they are in the text."""
    markup: list[Markup] = []
    numbers: dict[int, int] = {}
    position = 0
    for piece in pieces:
        if piece.role in {"open", "point"}:
            if piece.role == "open":
                numbers[piece.ref] = len(markup)
            piece.ref = len(markup)
            markup.append(Markup(piece.ref, piece.kind, position, position))
        elif piece.role == "close":
            piece.ref = numbers[piece.ref]
            markup[piece.ref] = replace(markup[piece.ref], end=position)
        position += len(piece.text)
    return tuple(markup)
