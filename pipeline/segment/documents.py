"""A release's blocks in, its segments out, counted through the whole release."""

from itertools import pairwise

from pipeline.records import Block, Document, Segment
from pipeline.segment.sentences import split_sentences
from pipeline.structure.datelines import dateline


def segment_document(document: Document) -> tuple[Segment, ...]:
    """Cut every block of a release into segments.

    A segment never crosses a block or a line break that the author put inside one, and the dateline of the lead
    (« MANILLE (Philippines) ‒ ») is a segment of its own. Inside a block only white space stands between segments.

    Args:
        document: With its structure found, so that the lead is known.
    """
    segments: list[Segment] = []
    for block in document.blocks:
        for start, end in _block_spans(block):
            index = len(segments)
            segments.append(
                Segment(
                    seg_id=f"{document.doc_id}-{index:04d}",
                    doc_id=document.doc_id,
                    block_id=block.block_id,
                    index=index,
                    start=start,
                    end=end,
                    source=block.text[start:end],
                )
            )
    return tuple(segments)


def _block_spans(block: Block) -> list[tuple[int, int]]:
    cuts = {0, len(block.text)}
    cuts.update(point.start for point in block.markup if point.kind == "break" and point.start == point.end)
    if block.kind == "lead":
        cuts.add(dateline(block.text))
    borders = sorted(cut for cut in cuts if 0 <= cut <= len(block.text))
    return [
        (left + start, left + end)
        for left, right in pairwise(borders)
        for start, end in split_sentences(block.text[left:right])
    ]
