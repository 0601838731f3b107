"""Segments whose translation is settled before any engine is asked: approved boilerplate, dates, datelines, embargoes.

In come a release and its masked segments; out come finished hypotheses for those of its segments that a table or a
rule answers. Approved text stands there as it was approved, cut where its sentences answer the French ones; what is
written by rule keeps the inline markup of the stretches that it says anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.protect.boilerplate import ApprovedTexts
from pipeline.records import (
    Block,
    Hypothesis,
    Markup,
    MaskedSegment,
    Origin,
    Placeable,
    PreparedDocument,
    Segment,
    Span,
    State,
)
from pipeline.restore.datelines import Rendering, render_dateline
from pipeline.restore.in_step import cut_in_step
from pipeline.restore.segment import lay_over
from pipeline.structure import dateline

Settled = dict[str, Hypothesis]
"""Finished hypotheses by `seg_id`."""


def settle_release(
    release: PreparedDocument,
    masked: Sequence[MaskedSegment],
    target_lang: str,
    system: str,
    approved_texts: ApprovedTexts,
) -> Settled:
    """Answer the segments of a release that no engine need be asked.

    Args:
        release: The release.
        masked: Its masked segments.
        target_lang: BCP-47 tag.
        system: Name of the system whose translation they go into.
        approved_texts: The approved boilerplate, for the language.
    """
    blocks = {block.block_id: block for block in release.document.blocks}
    settled: Settled = {}
    pairs = zip(release.segments, masked, strict=True)
    for block_id, group in groupby(pairs, key=lambda pair: pair[0].block_id):
        of_block = list(group)
        text = approved_texts.text_of(blocks[block_id].text)
        if text is not None:
            pieces = cut_in_step(text, target_lang, [len(segment.source) for segment, _ in of_block])
            for (segment, mask), piece in zip(of_block, pieces, strict=True):
                whole = Rendering(piece, ((Span(0, len(segment.source)), Span(0, len(piece))),))
                settled[segment.seg_id] = _hypothesis(segment, mask, whole, target_lang, system, by_rule=False)
            continue
        segment, mask = of_block[0]
        if _is_by_rule(blocks[block_id], segment, len(of_block)) and not _has_terms(mask):
            rendering = render_dateline(segment.source, release.document.lang, target_lang)
            if rendering:
                settled[segment.seg_id] = _hypothesis(segment, mask, rendering, target_lang, system, by_rule=True)
    return settled


def without_names(masked: MaskedSegment) -> MaskedSegment:
    """Return a mask that asks for no name: a city or month that a rule translates must not come back in French."""
    names = {ord(placeable.token): placeable.surface for placeable in masked.placeables if placeable.kind == "name"}
    kept = tuple(placeable for placeable in masked.placeables if placeable.kind != "name")
    return replace(masked, text=masked.text.translate(names), placeables=kept) if names else masked


def _is_by_rule(block: Block, segment: Segment, segments: int) -> bool:
    if block.kind in ("date", "embargo"):
        return segments == 1
    return (
        block.kind == "lead" and segment.start == 0 and segment.end == len(block.text[: dateline(block.text)].rstrip())
    )


def _has_terms(masked: MaskedSegment) -> bool:
    return any(placeable.kind == "term" for placeable in masked.placeables)


def _hypothesis(
    segment: Segment, masked: MaskedSegment, rendering: Rendering, target_lang: str, system: str, *, by_rule: bool
) -> Hypothesis:
    markup: list[Markup] = lay_over(masked, rendering.text)
    lost: list[Placeable] = []
    for opening, closing in _elements(masked):
        place = _place(segment.source, rendering, Span(opening.start, closing.end))
        if place is not None:
            markup.append(Markup(int(opening.surface), opening.replacement, place.start, place.end))
        elif not by_rule or opening.replacement == "link":
            lost += (opening, closing)
    markup.sort(key=lambda element: (element.start, -element.end))
    origin: Origin = "rule" if by_rule else "tm"
    state: State = "translated" if by_rule else "final"
    seg_id, text = segment.seg_id, rendering.text
    return Hypothesis(seg_id, target_lang, system, text, origin, state, markup=tuple(markup), lost=tuple(lost))


def _elements(masked: MaskedSegment) -> Iterator[tuple[Placeable, Placeable]]:
    """Yield inline elements by their two tags; points stand for both."""
    opened: dict[str, Placeable] = {}
    for placeable in masked.placeables:
        if placeable.kind == "markup_open":
            opened[placeable.surface] = placeable
        elif placeable.kind == "markup_close" and placeable.surface in opened:
            yield opened.pop(placeable.surface), placeable
        elif placeable.kind == "point":
            yield placeable, placeable


def _place(source: str, rendering: Rendering, element: Span) -> Span | None:
    """Return where an inline element goes: over what says the same, or over the same words; None for nowhere.

    A point goes to the end of what it stands in: an image or a footnote must not vanish.
    """
    if element.start == element.end:
        ends = [target.end for of_source, target in rendering.pieces if element.start <= of_source.end]
        end = ends[0] if ends else len(rendering.text)
        return Span(end, end)
    inside = [
        target
        for of_source, target in rendering.pieces
        if element.start <= of_source.start and of_source.end <= element.end
    ]
    if inside:
        return Span(inside[0].start, inside[-1].end)
    words = source[element.start : element.end].strip()
    if words and rendering.text.count(words) == 1:
        start = rendering.text.index(words)
        return Span(start, start + len(words))
    return None
