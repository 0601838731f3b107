"""Rows as the records that checks and pages take: segments, masked as for any translator, beside hypotheses."""

from collections import Counter
from dataclasses import replace

from pipeline.elsewhere.sides import SideBySide
from pipeline.errors import InputError
from pipeline.protect import TermMatcher
from pipeline.records import (
    Failure,
    Hypothesis,
    MaskedSegment,
    Placeable,
    PreparedDocument,
    Segment,
    TranslatedDocument,
)
from pipeline.stages import protect_release

_MARKUP = frozenset({"markup_open", "markup_close", "point"})


def compose(sides: SideBySide, matcher: TermMatcher, system: str) -> tuple[PreparedDocument, TranslatedDocument]:
    """Make records of a text and its translation, one segment a row.

    Args:
        sides: The text and its translation.
        matcher: The terms, for the translation's language.
        system: What to call whoever made the translation.

    Raises:
        InputError: A sentence holds more styles and addresses than can be told apart.
    """
    document = sides.document
    texts = {block.block_id: block.text for block in document.blocks}
    segments = tuple(
        Segment(
            seg_id=f"{document.doc_id}-{index:04d}",
            doc_id=document.doc_id,
            block_id=row.block_id,
            index=index,
            start=row.start,
            end=row.end,
            source=texts[row.block_id][row.start : row.end],
        )
        for index, row in enumerate(sides.rows)
    )
    prepared = PreparedDocument(document, segments)
    masked = protect_release(prepared, matcher, system, names=False)
    if isinstance(masked, Failure):
        raise InputError(f"{document.path}: {masked.message}", masked.remedy)
    masked = tuple(map(_without_translated_terms, masked))
    lang = matcher.target_lang
    hypotheses = tuple(
        Hypothesis(
            segment.seg_id,
            lang,
            system,
            row.target,
            state=row.state,
            markup=row.markup,
            lost=_lost(mask, Counter(item.kind if sides.aligned else str(item.ref) for item in row.markup), sides),
        )
        for segment, mask, row in zip(segments, masked, sides.rows, strict=True)
    )
    return prepared, TranslatedDocument(document.doc_id, document.path, lang, system, masked, hypotheses)


def select(
    prepared: PreparedDocument, translated: TranslatedDocument, wanted: set[str]
) -> tuple[PreparedDocument, TranslatedDocument]:
    """Keep some segments, by `seg_id`."""
    kept = [place for place, segment in enumerate(prepared.segments) if segment.seg_id in wanted]
    return (
        PreparedDocument(prepared.document, tuple(prepared.segments[place] for place in kept)),
        TranslatedDocument(
            translated.doc_id,
            translated.path,
            translated.target_lang,
            translated.system,
            tuple(translated.masked[place] for place in kept),
            tuple(translated.hypotheses[place] for place in kept),
        ),
    )


def _without_translated_terms(masked: MaskedSegment) -> MaskedSegment:
    """Leave approved translations to the check of terms: nobody here put them in, so that they may be inflected."""
    kept = (item for item in masked.placeables if not (item.kind == "term" and item.replacement))
    return replace(masked, placeables=tuple(kept))


def _lost(masked: MaskedSegment, present: Counter[str], sides: SideBySide) -> tuple[Placeable, ...]:
    """Return the inline elements that the translation has not: told apart by number, in two files only by kind."""
    lost = []
    for placeable in masked.placeables:
        if placeable.kind not in _MARKUP or placeable.kind == "markup_close":
            continue
        own = placeable.replacement if sides.aligned else placeable.surface
        if present[own]:
            present[own] -= 1
        else:
            lost.append(placeable)
    return tuple(lost)
