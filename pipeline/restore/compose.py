"""Blocks of the target text from the translations of their segments.

In come a block, its segments and their hypotheses; out comes the block as a format's writer takes it: the white
space between segments as in the French, inline elements with offsets in the block, whole again where a segment
boundary had cut them. The source as its own translation gives the block back exactly; the space that a French typist
forgot (`parti.Elle`) is there in a translation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.languages import has_spaces, is_private
from pipeline.records import Block, Hypothesis, Markup, Segment, TargetBlock


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two segments: where in the French block, where in the target."""

    source_start: int
    source_end: int
    start: int
    end: int

    def place(self, position: int) -> int:
        return min(self.start + position - self.source_start, self.end)


def compose_block(
    block: Block, segments: Sequence[Segment], hypotheses: Sequence[Hypothesis], target_lang: str
) -> TargetBlock:
    """Join a block's translations.

    Args:
        block: The French block.
        segments: All its segments, in order.
        hypotheses: One for each segment.
        target_lang: BCP-47 tag; without spaces between sentences where the language has none.
    """
    pieces: list[str] = []
    gaps: list[_Gap] = []
    shifted: list[Markup] = []
    source = ""
    done = length = 0
    for segment, hypothesis in zip(segments, hypotheses, strict=True):
        space = _space(block.text[done : segment.start], target_lang, between=done > 0)
        if done == segment.start > 0 and (pieces[-1], hypothesis.text) != (source, segment.source):
            space = _forgotten_space(pieces[-1], hypothesis.text, target_lang)
        gaps.append(_Gap(done, segment.start, length, length + len(space)))
        length += len(space)
        shifted += (
            Markup(element.ref, element.kind, element.start + length, element.end + length)
            for element in hypothesis.markup
        )
        pieces += (space, hypothesis.text)
        length += len(hypothesis.text)
        done, source = segment.end, segment.source
    rest = block.text[done:]
    gaps.append(_Gap(done, len(block.text), length, length + len(rest)))
    text = "".join([*pieces, rest])
    return TargetBlock(block.block_id, text, tuple(_markup(block, gaps, shifted, text)))


def _space(gap: str, target_lang: str, *, between: bool) -> str:
    """Return the white space between two segments; line feeds and tabs are layout and stay everywhere."""
    if between and not has_spaces(target_lang) and not gap.strip(" \u00a0\u202f\u2009"):
        return ""
    return gap


def _forgotten_space(left: str, right: str, target_lang: str) -> str:
    """Return the space that keeps a sentence's first word off the last one's before it, marks included."""
    meet = right[:1].isalnum() and (left[-1:].isalnum() or left.endswith(tuple(".!?…:;»”)")))
    return " " if meet and has_spaces(target_lang) and not is_private(target_lang) else ""


def _markup(block: Block, gaps: Sequence[_Gap], shifted: Sequence[Markup], text: str) -> list[Markup]:
    """Return the block's elements over the target text, in the order of their starts, outermost first."""
    translated: dict[int, list[Markup]] = {}
    for element in shifted:
        translated.setdefault(element.ref, []).append(element)
    placed: list[tuple[Markup, int]] = []
    seen: set[int] = set()
    for order, element in enumerate(block.markup):
        if element.ref in seen:
            continue
        seen.add(element.ref)
        found = translated.get(element.ref, [])
        if element.start == element.end:
            spans = found[:1] or _point_in_gap(element, gaps)
        else:
            spans = _merge(found, _gap_pieces(element, gaps), text)
        placed += ((span, order) for span in spans)
    return _nested(placed)


def _point_in_gap(element: Markup, gaps: Sequence[_Gap]) -> list[Markup]:
    for gap in gaps:
        if gap.source_start <= element.start <= gap.source_end:
            position = gap.place(element.start)
            return [Markup(element.ref, element.kind, position, position)]
    return []


def _gap_pieces(element: Markup, gaps: Sequence[_Gap]) -> list[Markup]:
    """Return the parts of an element that lie between segments."""
    pieces = []
    for gap in gaps:
        start, end = max(element.start, gap.source_start), min(element.end, gap.source_end)
        if start < end and gap.place(start) < gap.place(end):
            pieces.append(Markup(element.ref, element.kind, gap.place(start), gap.place(end)))
    return pieces


def _merge(found: Sequence[Markup], between: Sequence[Markup], text: str) -> list[Markup]:
    """Join the parts of an element that touch, or have only white space between them.

    A style over nothing but a gap is kept only where the element has no other text.
    """
    merged: list[Markup] = []
    has_text: list[bool] = []
    for piece, is_text in sorted([*((p, True) for p in found), *((p, False) for p in between)], key=_start):
        last = merged[-1] if merged else None
        if last and (piece.start <= last.end or not text[last.end : piece.start].strip()):
            merged[-1] = replace(last, end=max(last.end, piece.end))
            has_text[-1] |= is_text
        else:
            merged.append(piece)
            has_text.append(is_text)
    return [piece for piece, is_text in zip(merged, has_text, strict=True) if is_text or not found]


def _start(piece: tuple[Markup, bool]) -> int:
    return piece[0].start


def _nested(placed: Sequence[tuple[Markup, int]]) -> list[Markup]:
    """Sort elements by their start; of those that start together the longest first, points in the French order."""
    ordered: list[Markup] = []
    for _, group in groupby(sorted(placed, key=lambda item: (item[0].start, item[1])), key=lambda item: item[0].start):
        together = list(group)
        spans = [item for item in together if item[0].start < item[0].end]
        spans.sort(key=lambda item: -item[0].end)
        for point in (item for item in together if item[0].start == item[0].end):
            behind = next((i for i, span in enumerate(spans) if span[1] > point[1]), len(spans))
            spans.insert(behind, point)
        ordered += (element for element, _ in spans)
    return ordered
