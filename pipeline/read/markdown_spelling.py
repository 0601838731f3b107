r"""A translation in, Markdown source out that is read as just this text and markup.

A character gets a backslash only where it could be taken for markup. Rules decide that at first; the parser has the
last word: what it reads otherwise is escaped further, and emphasis that it cannot express (`**` between a full stop
and a letter) is dropped rather than shown as asterisks.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import MD_TRIM_CHARS

from pipeline.read.fields import Field, Piece
from pipeline.read.weave import Edit, Patched, compose, find_spellings, spell, tidy, weave
from pipeline.records import Markup, TargetBlock

_EMPHASIS = frozenset({"strong", "em", "s"})
_MAX_TRIALS = 20
"""Emphasised stretches of one block that are tried one by one when not all of them can be written."""

_PUNCTUATION = frozenset(string.punctuation)
_SENSITIVE = r"\`*_[]<>&!~#+-=.)|"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_START = re.compile(r"(?:#{1,6}|[-+*]|(?P<number>\d{1,9}[.)]))(?= |\Z)|>|[-=*_]+\Z|-[-|: ]*\Z")
_LABEL_AFTER = re.compile(r"\][(\[:]|\[\^")
_LABEL = re.compile(r"\]\[((?:[^\]\\]|\\.)*)\]|\]")

Reading = tuple[str, list[tuple[str, int, int]]]
"""What a reader gets out of some source: its text and markup, both without regard to white space."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The source that a field stands in.

    Attributes:
        text: A paragraph's whole content.
        before: Its pieces in front of the field.
        after: Its pieces behind the field.
        starts_line: Whether the field is the first thing of its line.
        has_labels: Whether brackets alone can make a link in it.
        read: Gives the pieces of another content in its place; None where that would not be the same block.
    """

    text: str
    before: Sequence[Piece]
    after: Sequence[Piece]
    starts_line: bool
    has_labels: bool
    read: Callable[[str], Sequence[Piece] | None]


def spell_passage(passage: Passage, field: Field, target: TargetBlock, edits: Sequence[Edit]) -> str:
    """Return a passage with the text and markup of its field replaced.

    Args:
        passage: The passage.
        field: Its field.
        target: The translation.
        edits: To the rest of the passage: its images' texts.
    """
    target = tidy(field, target)
    patched = Patched(passage.text, [*edits, *_label_edits(passage.text, field, target)])
    spelled = spell(target, find_spellings(passage.text, field, _SENSITIVE))
    before, after = patched.slice(0, field.start), patched.slice(field.end, len(passage.text))

    def write(markup: Sequence[Markup], strictness: int) -> str:
        trial = TargetBlock(target.block_id, target.text, tuple(markup))
        characters = list(_escape(passage, field, trial, spelled, strictness))
        return before + compose(field, trial, characters, patched) + after

    def attempt(markup: Sequence[Markup]) -> str | None:
        trial = TargetBlock(target.block_id, target.text, tuple(markup))
        wanted = _read([*passage.before, *_as_pieces(field, trial), *passage.after])
        for strictness in range(3):
            source = write(markup, strictness)
            pieces = passage.read(source)
            if pieces is not None and _read(pieces) == wanted:
                return source
        return None

    source = attempt(target.markup)
    if source is not None:
        return source
    target = _tighten(field, target)
    source = attempt(target.markup)
    if source is not None:
        return source
    names = {piece.ref: piece.name for piece in field.pieces if piece.role == "open"}
    kept = [mark for mark in target.markup if names.get(mark.ref) not in _EMPHASIS]
    source = attempt(kept)
    if source is None:
        kept = [mark for mark in kept if mark.ref not in names]
        source = attempt(kept)
    emphasis = [mark for mark in target.markup if names.get(mark.ref) in _EMPHASIS]
    for mark in emphasis[:_MAX_TRIALS]:
        better = attempt([*kept, mark])
        if better is not None:
            source = better
            kept.append(mark)
    return source if source is not None else write((), 2)


def _tighten(field: Field, target: TargetBlock) -> TargetBlock:
    """Take the white space at either end out of emphasis, which would not be one with it."""
    names = {piece.ref: piece.name for piece in field.pieces if piece.role == "open"}
    markup = []
    for mark in target.markup:
        start, end = mark.start, mark.end
        if names.get(mark.ref) in _EMPHASIS:
            inside = target.text[start:end]
            start += len(inside) - len(inside.lstrip(MD_TRIM_CHARS))
            end -= len(inside) - len(inside.rstrip(MD_TRIM_CHARS))
        if start < end or mark.ref not in names:
            markup.append(Markup(mark.ref, mark.kind, start, end))
    return TargetBlock(target.block_id, target.text, tuple(markup))


def _label_edits(text: str, field: Field, target: TargetBlock) -> Iterator[Edit]:
    """Give links that are found by their own text (`[text]`) their label, and take it away where it is the text."""
    opens = {piece.ref: piece for piece in field.pieces if piece.role == "open" and piece.name == "link"}
    texts = {mark.ref: target.text[mark.start : mark.end] for mark in target.markup if mark.ref in opens}
    for piece in field.pieces:
        source = text[piece.start : piece.end].lstrip(MD_TRIM_CHARS)
        if piece.role != "close" or piece.ref not in texts or source.startswith("]("):
            continue
        start = piece.end - len(source)
        match = _LABEL.match(text, start, piece.end)
        if match:
            label = match[1] or text[opens[piece.ref].end : piece.start]
            yield Edit(start, match.end(), "]" if label.split() == texts[piece.ref].split() else f"][{label}]")


def _as_pieces(field: Field, target: TargetBlock) -> Iterator[Piece]:
    kinds = {piece.ref: piece.kind for piece in field.pieces if piece.role in {"open", "point"}}
    for what, first, last in weave(target, field.pieces):
        if what == "text":
            yield Piece(0, 0, "text", target.text[first:last])
        else:
            yield Piece(0, 0, what, kind=kinds[first])


def _read(pieces: Iterable[Piece]) -> Reading:
    """Return what paired pieces say; a pair around nothing is a point, as it is in a field."""
    texts: list[str] = []
    marks: list[tuple[str, int, int]] = []
    waiting: list[tuple[str, int, int]] = []
    at = 0
    for piece in pieces:
        if piece.role == "open":
            waiting.append((piece.kind, at, len(marks)))
        elif piece.role == "close":
            kind, start, first = waiting.pop()
            if start == at:
                kinds = {mark[0] for mark in marks[first:]}
                del marks[first:]
                kind = kinds.pop() if len(kinds) == 1 else "element"
            marks.append((kind, start, at))
        elif piece.role == "point":
            marks.append((piece.kind, at, at))
        else:
            texts.append("".join(character for character in piece.text if character not in MD_TRIM_CHARS))
            at += len(texts[-1])
    return "".join(texts), sorted(marks)


def _escape(
    passage: Passage, field: Field, target: TargetBlock, spelled: Mapping[int, str], strictness: int
) -> Iterator[str]:
    """Give the source of each character.

    Args:
        passage: Where it will stand.
        field: What it replaces.
        target: The translation.
        spelled: The original's spellings by offset.
        strictness: 0 leaves what the original leaves bare; 1 goes by rules; 2 escapes all punctuation.
    """
    text = target.text
    stops = {offset for mark in target.markup for offset in (mark.start, mark.end)}
    starts = {mark.start + shift for mark in target.markup if mark.kind == "break" for shift in (0, 1)}
    starts |= {offset + 1 for offset, spelling in spelled.items() if "\n" in spelling}
    guarded = set(_line_start_marks(text, starts | ({0} if passage.starts_line else set())))
    linked = any(piece.name == "link" for piece in field.pieces)
    brackets = passage.has_labels or linked or _LABEL_AFTER.search(text) is not None
    for at, character in enumerate(text):
        spelling = spelled.get(at, character)
        bare = strictness == 0 and at in spelled
        if spelling != character or bare or character not in _PUNCTUATION:
            yield spelling
        elif strictness == 2 or at in guarded or _is_markup(text, at, stops, brackets):
            yield "\\" + character
        else:
            yield character


def _line_start_marks(text: str, starts: Iterable[int]) -> Iterator[int]:
    for start in starts:
        match = _LINE_START.match(text, start)
        if match:
            yield match.end() - 1 if match["number"] else start


def _is_markup(text: str, at: int, stops: set[int], brackets: bool) -> bool:
    """Tell whether a character could be read as markup where it stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    apart = before in {"", " "} and after in {"", " "}
    risks = {
        "\\": not after or after in _PUNCTUATION,
        "`": True,
        "*": not apart,
        "_": not apart and not (before.isalnum() and after.isalnum()),
        "[": brackets,
        "]": brackets,
        "<": after in {"/", "!", "?"} or (after.isascii() and after.isalpha()),
        "&": _ENTITY.match(text, at) is not None,
        "!": False,
        "#": not after and before in {"", " ", "#"},
        "~": "~" in {before, after},
    }
    touched = text[at] != "#" and (at in stops or at + 1 in stops)
    return text[at] in risks and (touched or risks[text[at]])
