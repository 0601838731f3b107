"""The content of a Markdown paragraph in, its pieces with their offsets out.

What the parser has no note of is plain text, so that the pieces always cover the content.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from pipeline.read.fields import WHITE_SPACE, Piece, plain_pieces
from pipeline.read.html_fields import KINDS
from pipeline.read.markdown_parser import Environment, parser

_HTML_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset({"br", "img", "wbr", "input", "hr"})
_PAIRS = {"strong": "bold", "em": "italic", "s": "strike", "link": "link"}
_POINTS = {"code_inline": "code", "footnote": "footnote", "hardbreak": "break", "image": "image"}


@dataclass(frozen=True, slots=True)
class Inline:
    """A content taken to pieces.

    Attributes:
        pieces: The whole content, not yet paired.
        alts: The pieces of each image's alternative text.
    """

    pieces: list[Piece]
    alts: list[list[Piece]]


def parse_inline(content: str, environment: Environment) -> Inline:
    """Take the content of a block to pieces."""
    tokens: list[Token] = []
    parser().inline.parse(content, parser(), environment, tokens)
    inline = Inline([], [])
    inline.pieces.extend(_pieces(content, tokens, 0, len(content), inline.alts))
    return inline


def _pieces(
    content: str, tokens: Sequence[Token], start: int, end: int, alts: list[list[Piece]] | None
) -> Iterator[Piece]:
    """Cut a stretch of the content, of which the tokens' notes count from its start."""
    at = start
    noted = [token for token in tokens if "start" in token.meta and token.type != "text"]
    for token in sorted(noted, key=lambda token: int(token.meta["start"])):
        piece = _piece(content, token, start)
        if piece is None:
            continue
        if piece.kind == "break":
            while piece.start > at and content[piece.start - 1] in " \t":
                piece.start -= 1
        yield from plain_pieces(content, at, piece.start)
        yield piece
        at = piece.end
        if token.type == "image" and alts is not None and content.startswith(("](", "]["), _label_end(token, start)):
            label = start + int(token.meta["start"]) + 2
            alts.append(list(_pieces(content, token.children or [], label, _label_end(token, start), None)))
    yield from plain_pieces(content, at, end)


def _label_end(image: Token, start: int) -> int:
    return start + int(image.meta["start"]) + 2 + len(image.content)


def _piece(content: str, token: Token, base: int) -> Piece | None:
    """Return a token's piece, or None where it is nothing but plain text."""
    start, end = base + int(token.meta["start"]), base + int(token.meta["end"])
    name, _, edge = token.type.rpartition("_")
    if token.type == "text_special":
        piece = Piece(start, end, "text", token.content)
        if token.content in WHITE_SPACE:
            piece = Piece(start, end, "space")
        return piece if len(token.content) == 1 and token.content != content[start:end] else None
    if token.type == "html_inline":
        return _html_piece(content, start, end)
    if token.type == "softbreak":
        return Piece(start, end, "space")
    if token.markup == "autolink" or token.type in _POINTS:
        return Piece(start, end, "point", kind=_POINTS.get(token.type, "autolink"))
    if name == "strong":
        start, end = (start - 1, end) if edge == "open" else (start, end + 1)
    return Piece(start, end, "open" if edge == "open" else "close", kind=_PAIRS[name], name=name)


def _html_piece(content: str, start: int, end: int) -> Piece:
    tag = _HTML_TAG.match(content, start)
    if tag is None:
        return Piece(start, end, "point", kind="comment")
    name = tag["name"].lower()
    if name in _VOID or content[end - 2] == "/":
        return Piece(start, end, "point", kind={"br": "break", "img": "image"}.get(name, "element"))
    return Piece(start, end, "close" if tag["closing"] else "open", kind=KINDS.get(name, "style"), name=f"<{name}>")
