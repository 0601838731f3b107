"""HTML source in, its translatable fields out: blocks of running text, and attributes that people read.

Tags that start or end a block cut the source into runs; one with a letter or a digit is a field. Only the open block
elements are kept in mind, no tree: files that press offices send are seldom valid, and nothing here depends on it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.read.fields import WHITE_SPACE, Field, Piece, make_field, pair, plain_pieces
from pipeline.read.html_tokens import RAW_TEXT, Attribute, Token, find_reference, tokenize
from pipeline.records import BlockKind, Layout

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "a": "link",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
}
"""`Markup.kind` of an inline element; any other is `style`."""

_POINTS = {"br": "break", "img": "image", "embed": "image"}
_POINTS |= dict.fromkeys(("wbr", "input", "link", "meta", "source", "track", "param"), "element")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside audio base blockquote body button canvas caption center col colgroup dd details dialog
        dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
        html label legend li main map menu nav noscript object ol optgroup option p pre search section select summary
        table tbody td template tfoot th thead title tr ul video area
        """,
    )
)
_VOID_BLOCKS = frozenset({"area", "base", "col", "frame", "hr"})
_OPAQUE_BLOCKS = frozenset({"pre", "template"})
_OPAQUE_INLINES = RAW_TEXT | {"code", "kbd", "samp", "svg", "math"}
_ATTRIBUTES = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})
_META = re.compile(r"description|(?:og|twitter):(?:title|description|image:alt)", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDED_BY = {
    "li": {"p", "li"},
    "dt": {"p", "dt", "dd"},
    "dd": {"p", "dt", "dd"},
    "td": {"p", "td", "th"},
    "th": {"p", "td", "th"},
    "tr": {"p", "td", "th", "tr"},
    "tbody": {"p", "td", "th", "tr", "thead", "tbody"},
    "option": {"option"},
} | {name: {"p"} | _HEADINGS for name in _HEADINGS}
"""The elements that a start tag ends where they stand open; any other block ends a paragraph."""

_MAX_CELL = 200
"""Characters above which a table's cell is running text: many newsletters are laid out with tables."""

_FOOTNOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?")
_TEXT = re.compile(r"[^&<>]+|[&<>]")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the open block elements say about the text in them."""

    layout: Layout = "paragraph"
    level: int = 0
    kind: BlockKind = "paragraph"
    lists: int = 0
    in_article: bool = False


def find_fields(source: str) -> list[Field]:
    """Return the fields in reading order; an attribute comes behind the text that stands around it."""
    return sorted(_Walk(source).run(), key=lambda field: field.start)


class _Walk:
    """One way through the tokens."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(tokenize(source))
        self.partners = _match_ends(self.tokens)
        self.open: list[tuple[str, _Context]] = [("", _Context())]
        self.names: Counter[str] = Counter()
        self.run_pieces: list[Piece] = []

    def run(self) -> Iterator[Field]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            last = self.partners[index] if self._is_opaque(token) and index in self.partners else index
            if token.name in _BLOCKS:
                yield from self._end_run()
            if last > index:
                if token.name not in _BLOCKS:
                    kind = "code" if token.name in {"code", "kbd"} else "element"
                    self._add(token.start, self.tokens[last].end, kind)
            elif token.role == "text":
                self.run_pieces += _text_pieces(self.source, token.start, token.end)
            else:
                yield from self._attributes(token)
                self._take_tag(token)
            index = last + 1
        yield from self._end_run()

    def _is_opaque(self, token: Token) -> bool:
        """Tell whether a tag starts an element that is left alone if it ends."""
        if token.role != "start" or token.name in {"html", "body"}:
            return False
        kept = any(item.name == "translate" and self._value(item).lower() == "no" for item in token.attributes)
        return kept or token.name in _OPAQUE_BLOCKS or token.name in _OPAQUE_INLINES

    def _value(self, attribute: Attribute) -> str:
        return self.source[attribute.start : attribute.end].strip(WHITE_SPACE)

    def _attributes(self, token: Token) -> Iterator[Field]:
        names = _ATTRIBUTES
        if token.name == "meta":
            about = [self._value(item) for item in token.attributes if item.name in {"name", "property"}]
            names = frozenset({"content"}) if any(_META.fullmatch(value) for value in about) else frozenset()
        for item in token.attributes:
            if item.name in names:
                pieces = _text_pieces(self.source, item.start, item.end, in_attribute=True)
                field = make_field(pieces, "attribute", 0, "other", item.quote or "bare")
                if field and (item.quote or (field.start, field.end) == (item.start, item.end)):
                    yield field

    def _enter(self, token: Token) -> None:
        ended = _ENDED_BY.get(token.name, {"p"})
        while self.open[-1][0] in ended:
            self.names[self.open.pop()[0]] -= 1
        if token.name not in _VOID_BLOCKS:
            self.open.append((token.name, _inside(token.name, self.open[-1][1])))
            self.names[token.name] += 1

    def _leave(self, name: str) -> None:
        if self.names[name]:
            while (closed := self.open.pop()[0]) != name:
                self.names[closed] -= 1
            self.names[name] -= 1

    def _take_tag(self, token: Token) -> None:
        if token.role == "other":
            self._add(token.start, token.end, "comment")
        elif token.name in _BLOCKS and token.role == "start":
            self._enter(token)
        elif token.name in _BLOCKS:
            self._leave(token.name)
        elif token.role == "start" and token.name in _POINTS:
            self._add(token.start, token.end, _POINTS[token.name])
        else:
            name = token.name
            anchors = name == "a" and any(
                item.name == "href" and self._value(item).startswith("#") for item in token.attributes
            )
            role: Literal["open", "close"] = "open" if token.role == "start" else "close"
            kind = KINDS.get(name, "style")
            self.run_pieces.append(Piece(token.start, token.end, role, kind="anchor" if anchors else kind, name=name))

    def _add(self, start: int, end: int, kind: str) -> None:
        self.run_pieces.append(Piece(start, end, "point", kind=kind))

    def _end_run(self) -> Iterator[Field]:
        context = self.open[-1][1]
        place = "title" if context.layout == "title" else ""
        for pieces in _split_at_empty_lines(self.run_pieces):
            pair(pieces)
            field = make_field(_merge_footnotes(pieces), context.layout, context.level, context.kind, place)
            if field and field.layout == "cell" and len(field.text) > _MAX_CELL:
                field = replace(field, layout="paragraph", kind="paragraph")
            if field:
                yield field
        self.run_pieces = []


def _match_ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Return, for each start tag that has one, the index of its end tag."""
    waiting: dict[str, list[int]] = {}
    partners: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.role == "start":
            waiting.setdefault(token.name, []).append(index)
        elif token.role == "end" and waiting.get(token.name):
            partners[waiting[token.name].pop()] = index
    return partners


def _inside(name: str, outer: _Context) -> _Context:
    """Return what an element makes of the context that it stands in."""
    inner = outer
    if name in _HEADINGS:
        beside = outer.layout in {"header", "footer"} and name != "h1"
        inner = replace(outer, layout="heading", level=int(name[1]), kind="other" if beside else "paragraph")
    elif name in {"ul", "ol", "menu"}:
        inner = replace(outer, lists=outer.lists + 1)
    elif name == "li":
        inner = replace(outer, layout="list_item", level=max(outer.lists, 1))
    elif name in {"td", "th", "caption"}:
        inner = replace(outer, layout="cell", level=0, kind="other")
    elif name == "title":
        inner = replace(outer, layout="title", level=0, kind="other")
    elif name in {"article", "main", "section"}:
        inner = replace(outer, in_article=True)
    elif name == "nav" or (name in {"header", "footer"} and not outer.in_article):
        inner = replace(outer, layout="footer" if name == "footer" else "header", level=0, kind="other")
    return inner


def _text_pieces(source: str, start: int, end: int, in_attribute: bool = False) -> Iterator[Piece]:
    """Cut text into plain stretches and characters that are spelled in a way of their own."""
    at = start
    while at < end:
        match = _TEXT.match(source, at, end)
        reference = find_reference(source, at, in_attribute) if source[at] == "&" else None
        if reference and reference[0] <= end:
            at, character = reference[0], reference[1]
            role: Literal["text", "space"] = "space" if character in WHITE_SPACE else "text"
            yield Piece(match.start() if match else at, at, role, "" if role == "space" else character)
        elif match:
            yield from plain_pieces(source, at, match.end())
            at = match.end()


def _split_at_empty_lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cut a run where two line breaks follow each other: people make paragraphs of it."""
    part: list[Piece] = []
    breaks = 0
    for piece in pieces:
        if piece.role == "text":
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        breaks += piece.kind == "break"
        part.append(piece)
    yield part


def _merge_footnotes(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Make points of paired tags around a mere footnote mark, so that its digit is never read as a number."""
    closes = {piece.ref: index for index, piece in enumerate(pieces) if piece.role == "close"}
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        last = closes[piece.ref] if piece.role == "open" else index
        mark = "".join(inner.text for inner in pieces[index : last + 1]) if 0 < last - index <= 8 else ""
        if (piece.name == "sup" or piece.kind == "anchor") and _FOOTNOTE.fullmatch(mark):
            yield Piece(piece.start, pieces[last].end, "point", kind="footnote")
            index = last
        else:
            piece.kind = "link" if piece.kind == "anchor" else piece.kind
            yield piece
        index += 1
