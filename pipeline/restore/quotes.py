"""Quotation marks: which open and which close, how deep they stand, and how a language writes them.

In comes text with any language's marks, as the engine left them; out come edits that write the target's own,
nesting included, or (from the French) how deep in quotations each segment of a block begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.records import Segment
from pipeline.restore.conventions import Conventions
from pipeline.restore.draft import Edit

_MARK = re.compile(r'[«»“”„‟"‹›‚‛「」『』]|‘(?!\d)')
_SINGLES = re.compile(r"(?<![\w'’])['‘‚](?!n['’])((?:[^'’‘‚]|(?<=\w)['’](?=\w)){1,300})['’](?!\w)")
"""Single marks in pairs; any other ' or ’ is an apostrophe."""
_OPENING = "«“„‟‹‘‚‛「『"
_BEFORE_OPENING = "([{¿¡-–—'’/"
_AFTER_CLOSING = ')]},.;:!?…-–—/。，、？！»›”“’‘"」』'
_NEVER_CLOSED = "([{¿¡'’"
_NEVER_OPENED = ")]},.;:!?。，、？！"
_SPACES = " \u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class _Mark:
    position: int
    opens: bool


def quote_depths(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return for each segment of one block how many quotations are open where it begins."""
    depths = []
    depth = 0
    for segment in segments:
        depths.append(depth)
        for mark in _read(segment.source, depth):
            depth = max(depth + (1 if mark.opens else -1), 0)
    return tuple(depths)


def release_depths(segments: Sequence[Segment]) -> list[int]:
    """Return for each segment of a release how many quotations are open where it begins, block by block."""
    blocks = groupby(segments, key=lambda segment: segment.block_id)
    return [depth for _, block in blocks for depth in quote_depths(tuple(block))]


def quote_edits(text: str, convention: Conventions, depth: int) -> list[Edit]:
    """Return the edits that write all quotation marks of a text as its language does.

    Args:
        text: Target text.
        convention: The language's conventions.
        depth: How many quotations are open where the text begins.
    """
    edits: list[Edit] = []
    outer_open, outer_close, inner_open, inner_close = tuple(convention.quotes)
    inner = convention.inner_space
    for mark in _read(text, depth):
        start, end = mark.position, mark.position + 1
        if mark.opens:
            while end < len(text) and text[end] in _SPACES:
                end += 1
            written = (inner_open if depth % 2 else outer_open) + (inner if end < len(text) else "")
            depth += 1
        else:
            depth = max(depth - 1, 0)
            while start and text[start - 1] in _SPACES and not (edits and edits[-1].end >= start):
                start -= 1
            written = (inner if start else "") + (inner_close if depth % 2 else outer_close)
        edits.append(Edit(start, end, written))
    return edits


def _read(text: str, depth: int) -> Iterator[_Mark]:
    """Yield the quotation marks of a text with their direction."""
    singles = {}
    for match in _SINGLES.finditer(text):
        singles[match.start()], singles[match.end() - 1] = True, False
    positions = sorted({match.start() for match in _MARK.finditer(text)}.union(singles))
    opened_at = -1
    for position in positions:
        opens = singles.get(position)
        if opens is None:
            opens = _opens(text, position, depth, follows_opening=opened_at == position - 1 >= 0)
        depth = max(depth + (1 if opens else -1), 0)
        opened_at = position if opens else opened_at
        yield _Mark(position, opens)


def _opens(text: str, position: int, depth: int, *, follows_opening: bool) -> bool:
    """Tell the direction of a mark: by its neighbours, else by its shape, else by what is open.

    Shape alone misleads: “ closes in German, ” opens in Finnish, » opens in Danish.
    """
    mark = text[position]
    left = text[position - 1 : position] if position else " "
    right = text[position + 1 : position + 2] or " "
    can_open = (left in _SPACES or left in _BEFORE_OPENING or follows_opening) and right not in _SPACES + _NEVER_OPENED
    can_close = (left not in _SPACES + _NEVER_CLOSED and right in _SPACES + _AFTER_CLOSING) or right in _NEVER_OPENED
    if can_open != can_close:
        return can_open
    if 0 < position == len(text) - 1:
        return False  # nothing is left to be quoted
    if mark == '"' or (position == 0 and mark not in _OPENING):
        return depth == 0
    return mark in _OPENING
