"""A field and the translation of its text in, new source for that field out.

The text's characters are spelled as the source spelled them, tags are found again by their refs, and what a
translation moved or crossed comes out well nested. What to escape is each format's own business.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.read.fields import Field, Piece
from pipeline.records import Markup, TargetBlock

_UNTIDY = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]|\A[ ]|[ ]\Z")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")

Step = tuple[Literal["text", "open", "close", "point"], int, int]
"""What comes next: text from one offset to another, or a tag by its ref (and 0)."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New source for a stretch of the old."""

    start: int
    end: int
    source: str


class Patched:
    """A source with some edits in it, sliced by its original offsets.

    Args:
        source: The original.
        edits: None overlapping another.
    """

    def __init__(self, source: str, edits: Sequence[Edit] = ()) -> None:
        self.source = source
        self._edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
        self._starts = [edit.start for edit in self._edits]

    def slice(self, start: int, end: int) -> str:
        """Return a stretch with the edits that lie in it."""
        parts = []
        at = start
        for index in range(bisect_left(self._starts, start), len(self._edits)):
            edit = self._edits[index]
            if edit.start >= end:
                break
            parts += [self.source[at : edit.start], edit.source]
            at = edit.end
        return "".join([*parts, self.source[at:end]])


def is_unchanged(field: Field, target: TargetBlock | None) -> bool:
    """Tell whether a field keeps its text and markup."""
    return target is None or (target.text == field.text and set(target.markup) == set(field.markup))


def tidy(field: Field, target: TargetBlock) -> TargetBlock:
    """Return a translation with single spaces, only the refs of its field, and offsets within its text."""
    text = _UNWRITABLE.sub("\ufffd", target.text)
    known = {mark.ref: mark.start == mark.end for mark in field.markup}
    moved: Callable[[int], int] = int
    if _UNTIDY.search(text):
        text, moved = _collapse(text)
    markup = []
    for mark in target.markup:
        if mark.ref in known:
            start = moved(min(max(mark.start, 0), len(target.text)))
            end = start if known[mark.ref] else moved(min(max(mark.end, 0), len(target.text)))
            if end > start or known[mark.ref]:
                markup.append(Markup(mark.ref, mark.kind, start, end))
    kept = {mark.ref for mark in markup}
    strays = [mark for mark in field.markup if mark.kind == "tag" and mark.ref not in kept]
    markup += [Markup(mark.ref, mark.kind, len(text), len(text)) for mark in strays]
    return TargetBlock(target.block_id, text, tuple(markup))


def find_spellings(source: str, field: Field, sensitive: str) -> dict[str, list[str]]:
    """Return how the source spells each occurrence of the characters that it spells in more than one way.

    Args:
        source: What the field's pieces point into.
        field: The field.
        sensitive: Characters that the format cannot always write as they are.
    """
    odd = {" "} | {piece.text for piece in field.pieces if piece.text and source[piece.start : piece.end] != piece.text}
    wanted = re.compile("[" + re.escape("".join({*odd, *sensitive} - {"\n"})) + "]")
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for piece in field.pieces:
        spelling = source[piece.start : piece.end]
        if piece.role == "space" or (piece.text and spelling != piece.text):
            spellings[" " if piece.role == "space" else piece.text].append(spelling)
        else:
            for match in wanted.finditer(piece.text):
                spellings[match[0]].append(match[0])
    return dict(spellings)


def spell(target: TargetBlock, spellings: Mapping[str, list[str]]) -> dict[int, str]:
    """Return the source's spelling for the characters of a tidy text that it spells in its own way, by offset.

    Where text and source hold a character equally often, each occurrence is spelled as the source's is. Otherwise
    it is spelled in the source's first special way; white space, whose lines fit only the old words, plainly.
    """
    counts = Counter(target.text)
    seen: Counter[str] = Counter()
    breaks = {mark.start for mark in target.markup if mark.kind == "break"}
    spelled: dict[int, str] = {}
    for offset, character in enumerate(target.text):
        if character not in spellings:
            continue
        ways = spellings[character]
        if len(ways) == counts[character]:
            spelled[offset] = ways[seen[character]]
        elif character == " ":
            spelled[offset] = "" if offset in breaks else " "
        elif special := next((way for way in ways if way != character), ""):
            spelled[offset] = special
        seen[character] += 1
    return spelled


def compose(field: Field, target: TargetBlock, characters: Sequence[str], patched: Patched) -> str:
    """Return a field's new source.

    Args:
        field: The field.
        target: Its tidy translation.
        characters: The source of each character of the translation.
        patched: What the field's pieces point into.
    """
    tags = {(piece.role, piece.ref): patched.slice(piece.start, piece.end) for piece in field.pieces if not piece.text}
    parts = []
    for what, first, last in weave(target, field.pieces):
        parts.append("".join(characters[first:last]) if what == "text" else tags[what, first])
    return "".join(parts)


def weave(target: TargetBlock, pieces: Sequence[Piece]) -> list[Step]:
    """Return a tidy translation's text and tags in the order to write them in, always well nested.

    Where several tags meet, they come in the source's order if that nests; otherwise what ends there is closed,
    then come the points, then what starts there. A tag that another one's end cuts is closed and opened again.
    """
    return _Loom(target, pieces).run()


def _collapse(text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text with single spaces and none at its ends, and where each of its offsets has gone."""
    offsets = []
    kept: list[str] = []
    for character in text:
        offsets.append(len(kept))
        if character not in " \t\n\r\f\v":
            kept.append(character)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    if kept and kept[-1] == " ":
        kept.pop()
    offsets.append(len(kept))
    return "".join(kept), lambda offset: min(offsets[offset], len(kept))


class _Loom:
    """One way through a text and what starts, ends and stands at each of its offsets."""

    def __init__(self, target: TargetBlock, pieces: Sequence[Piece]) -> None:
        self.length = len(target.text)
        self.order = {(piece.role, piece.ref): index for index, piece in enumerate(pieces) if not piece.text}
        self.spans = [mark for mark in target.markup if ("open", mark.ref) in self.order]
        self.starting: defaultdict[int, list[int]] = defaultdict(list)
        self.ending: defaultdict[int, list[int]] = defaultdict(list)
        self.standing: defaultdict[int, list[int]] = defaultdict(list)
        for index, mark in enumerate(self.spans):
            self.starting[mark.start].append(index)
            self.ending[mark.end].append(index)
        for mark in target.markup:
            if ("point", mark.ref) in self.order:
                self.standing[mark.start].append(mark.ref)
        self.stack: list[int] = []
        self.steps: list[Step] = []

    def run(self) -> list[Step]:
        at = 0
        for cut in sorted({*self.starting, *self.ending, *self.standing, self.length}):
            if cut > at:
                self.steps.append(("text", at, cut))
                at = cut
            if not self._follow_source(cut):
                self._nest(cut)
        return self.steps

    def _follow_source(self, cut: int) -> bool:
        """Take the tags at an offset in the source's order, or none of them where that would cross."""
        events: list[Step] = [("close", self.spans[index].ref, index) for index in self.ending[cut]]
        events += [("point", ref, 0) for ref in self.standing[cut]]
        events += [("open", self.spans[index].ref, index) for index in self.starting[cut]]
        events.sort(key=lambda event: self.order[event[0], event[1]])
        depth, opened = len(self.stack), list[int]()
        for what, _, index in events:
            if what == "close":
                if opened or self.stack[depth - 1] != index:
                    return False
                depth -= 1
            elif what == "open":
                outer = opened[-1] if opened else self.stack[depth - 1] if depth else index
                if self.spans[index].end > self.spans[outer].end:
                    return False
                opened.append(index)
        self.stack[depth:] = opened
        self.steps += [(what, ref, 0) for what, ref, _ in events]
        return True

    def _nest(self, cut: int) -> None:
        ending = set(self.ending[cut])
        opening = list(self.starting[cut])
        while ending:
            index = self.stack.pop()
            self.steps.append(("close", self.spans[index].ref, 0))
            if index in ending:
                ending.remove(index)
            else:
                opening.append(index)
        self.steps += [("point", ref, 0) for ref in sorted(self.standing[cut])]
        for index in sorted(opening, key=lambda index: (-self.spans[index].end, self.spans[index].ref)):
            self.steps.append(("open", self.spans[index].ref, 0))
            self.stack.append(index)
