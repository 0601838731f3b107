"""A release beside a translation of it: two documents in, one row for each thing that stands in either.

First blocks are aligned, by layout, order, length and content, then the sentences within what belongs together. The
French is cut where its segments are; two of them become one where the translation made one sentence of both. What has
no counterpart is a row with an empty side: nothing of either text is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from pipeline.align.belonging import JOINED, WORST, Belonging
from pipeline.align.path import Bead, find_path
from pipeline.records import Block, Document, Layout, Markup, PreparedDocument, State
from pipeline.segment.translations import split_translation

ALONE = 4.2
"""Cost of a block or sentence without counterpart: two of them cost more than any pair, so that what stands in the
same place is compared, however unlike it is."""
RUNNING: frozenset[Layout] = frozenset({"paragraph", "heading", "list_item"})
OTHER_RUNNING, OTHER_PLACE, OTHER_LEVEL = 1.5, 5.0, 0.5
"""Costs of another layout within running text, of text beside the running text, and of another level."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of a French block and what stands for it in the translation.

    Attributes:
        block_id: The French block; for what the French does not have, the one in front of it.
        start: Where the stretch starts in that block.
        end: Where it ends; equal to `start` where the French has nothing.
        target: The translation, empty where it has nothing.
        markup: Over `target`.
        state: How far the translation has come.
        number: What people call the row: its place in a list, its line in a file.
    """

    block_id: str
    start: int
    end: int
    target: str
    markup: tuple[Markup, ...] = ()
    state: State = "translated"
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of either text with its sentences, in offsets of its text."""

    block: Block
    spans: tuple[tuple[int, int], ...]

    @property
    def sentences(self) -> list[str]:
        return [self.block.text[start:end] for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of either text and the block that it stands in."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


_Pair = tuple[Sequence[_Sentence], Sequence[_Sentence]]


def align_documents(source: PreparedDocument, target: Document) -> list[Row]:
    """Pair the sentences of a release with those of its translation.

    Args:
        source: The release.
        target: The translation, in the language that its `lang` says.

    Returns:
        In the order of the release; every segment of the French and every sentence of the translation once.

    Raises:
        InputError: The two are far too unlike in length.
    """
    belonging = Belonging(source.document.lang, target.lang)
    spans: dict[str, list[tuple[int, int]]] = {block.block_id: [] for block in source.document.blocks}
    for segment in source.segments:
        spans[segment.block_id].append((segment.start, segment.end))
    french = [_Part(block, tuple(spans[block.block_id])) for block in source.document.blocks if spans[block.block_id]]
    other = [_Part(block, tuple(_cut(block, target.lang))) for block in target.blocks]
    belonging.prepare(sentence for part in (*french, *other) for sentence in part.sentences)
    rows: list[Row] = []
    place = (french[0].block.block_id, 0)
    for left, right in _align_sentences(french, other, _align_blocks(french, other, belonging), belonging):
        row = _row(left, right, place)
        place = (row.block_id, row.end)
        rows.append(replace(row, number=len(rows) + 1))
    return rows


def _cut(block: Block, lang: str) -> Iterator[tuple[int, int]]:
    """Cut a block of the translation into sentences, at its line breaks too, as the French is."""
    breaks = {point.start for point in block.markup if point.kind == "break" and point.start == point.end}
    for start, end in pairwise(sorted({0, len(block.text), *breaks})):
        for first, behind in split_translation(block.text[start:end], lang):
            yield start + first, start + behind


def _align_sentences(
    french: Sequence[_Part], other: Sequence[_Part], groups: Sequence[Bead], belonging: Belonging
) -> Iterator[_Pair]:
    """Yield the sentences that belong together, group by group.

    Where neighbouring groups leave sentences over, their paragraphs may be cut in other places: they are aligned again
    as one.
    """
    aligned = []
    for group in groups:
        left = _sentences(french[group.source_start : group.source_end])
        right = _sentences(other[group.target_start : group.target_end])
        aligned.append((left, right, _pair(left, right, belonging)))
    for is_whole, run in groupby(aligned, key=lambda item: all(all(pair) for pair in item[2])):
        neighbours = list(run)
        if is_whole or len(neighbours) == 1:
            for _, _, pairs in neighbours:
                yield from pairs
        else:
            lefts, rights, _ = zip(*neighbours, strict=True)
            yield from _pair([*chain.from_iterable(lefts)], [*chain.from_iterable(rights)], belonging)


def _sentences(parts: Sequence[_Part]) -> list[_Sentence]:
    return [_Sentence(part.block, start, end) for part in parts for start, end in part.spans]


def _align_blocks(sources: Sequence[_Part], targets: Sequence[_Part], belonging: Belonging) -> list[Bead]:
    def cost(bead: Bead) -> float | None:
        left = sources[bead.source_start : bead.source_end]
        right = targets[bead.target_start : bead.target_end]
        if not left or not right:
            return ALONE
        shape = max(_shape_cost(one.block, other.block) for one in left for other in right)
        parts = [[sentence for part in side for sentence in part.sentences] for side in (left, right)]
        if len(left) == len(right):
            return min(belonging.cost(*parts) + shape, WORST)
        return belonging.cost(*parts) + shape + JOINED if shape < OTHER_PLACE else None

    return find_path(len(sources), len(targets), cost)


def _shape_cost(source: Block, target: Block) -> float:
    if source.layout == target.layout:
        return OTHER_LEVEL * (source.level != target.level)
    return OTHER_RUNNING if {source.layout, target.layout} <= RUNNING else OTHER_PLACE


def _pair(left: Sequence[_Sentence], right: Sequence[_Sentence], belonging: Belonging) -> list[_Pair]:
    def cost(bead: Bead) -> float | None:
        sides = left[bead.source_start : bead.source_end], right[bead.target_start : bead.target_end]
        if not all(sides):
            return ALONE
        if any(side[0].block is not side[-1].block for side in sides):
            return None
        judge = belonging.cost if len(sides[0]) == len(sides[1]) else belonging.cost_of_joining
        return judge(*([sentence.text for sentence in side] for side in sides))

    beads = find_path(len(left), len(right), cost)
    return [(left[bead.source_start : bead.source_end], right[bead.target_start : bead.target_end]) for bead in beads]


def _row(left: Sequence[_Sentence], right: Sequence[_Sentence], place: tuple[str, int]) -> Row:
    """Make a row of a bead; `place` is the block and offset behind what the row before it covers."""
    block_id, start, end = (left[0].block.block_id, left[0].start, left[-1].end) if left else (*place, place[1])
    if not right:
        return Row(block_id, start, end, "")
    block, first, behind = right[0].block, right[0].start, right[-1].end
    return Row(block_id, start, end, block.text[first:behind], clip_markup(block.markup, first, behind))


def clip_markup(markup: Sequence[Markup], start: int, end: int) -> tuple[Markup, ...]:
    """Cut a block's markup to a stretch of its text; offsets then count from the stretch's start."""
    return tuple(
        Markup(item.ref, item.kind, max(item.start, start) - start, min(item.end, end) - start)
        for item in markup
        if (item.start < end and item.end > start) or start <= item.start == item.end <= end
    )
