"""A target text on its way to being finished, whose markup and marked words follow every edit.

In come a text and edits to it, out comes the edited text with all offsets moved along. Every convention of
restore is a function from a text to edits, so that none of them needs to know of offsets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.records import Markup, Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of a text and what takes its place.

    Attributes:
        start: Where the stretch starts.
        end: Where it ends; equal to `start` for an insertion.
        text: What takes its place.
        resolves: Whether the new text is known to be right, so that no word of it is unknown any more.
    """

    start: int
    end: int
    text: str
    resolves: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A target text with what is known about parts of it.

    Attributes:
        text: The text.
        markup: Inline elements over it.
        unknown: Words that the engine did not know.
    """

    text: str
    markup: tuple[Markup, ...] = ()
    unknown: tuple[Span, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> "Draft":
        """Return the draft after edits, which refer to its present text and do not overlap.

        What covers part of a replaced stretch covers all of its replacement. An insertion at the edge of a span
        stays outside it. A span whose text is gone goes with it.
        """
        ordered = sorted(edit for edit in edits if self.text[edit.start : edit.end] != edit.text or edit.resolves)
        if not ordered:
            return self
        pieces: list[str] = []
        done = 0
        for edit in ordered:
            pieces += (self.text[done : edit.start], edit.text)
            done = edit.end
        moves = _Moves(ordered)
        markup = []
        for element in self.markup:
            start = moves.start(element.start)
            end = start if element.start == element.end else moves.end(element.end)
            if start < end or element.start == element.end:
                markup.append(replace(element, start=start, end=end))
        resolved = [edit for edit in ordered if edit.resolves]
        unknown = (
            Span(moves.start(span.start), moves.end(span.end))
            for span in self.unknown
            if not any(edit.start < span.end and span.start < edit.end for edit in resolved)
        )
        return Draft(
            "".join(pieces) + self.text[done:],
            tuple(markup),
            tuple(span for span in unknown if span.start < span.end),
        )


class _Moves:
    """Where positions go when a text is edited."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def start(self, position: int) -> int:
        """Move the start of something: behind an insertion, to the front of a replacement."""
        before = bisect_right(self._ends, position)
        inside = before < len(self._edits) and self._starts[before] < position
        return (self._starts[before] if inside else position) + self._shifts[before]

    def end(self, position: int) -> int:
        """Move the end of something: in front of an insertion, to the end of a replacement."""
        before = bisect_left(self._starts, position)
        if before and self._ends[before - 1] > position:
            return self._ends[before - 1] + self._shifts[before]
        return position + self._shifts[before]
