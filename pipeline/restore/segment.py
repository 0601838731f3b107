"""The finished translation of one segment, from what an engine made of its masked text.

In come the French, its mask and a candidate; out comes a hypothesis: placeables back in their places, markup as
spans, the target language's typography, and the offsets of unknown words in the text as it now is. A private
target (`x-…`) gets its text exactly as it came.
"""

from pipeline.languages import is_private
from pipeline.protect.recase import is_set_in_capitals
from pipeline.records import Hypothesis, Markup, MaskedSegment, Origin, Segment
from pipeline.restore.conventions import conventions
from pipeline.restore.draft import Draft
from pipeline.restore.numbers import number_edits
from pipeline.restore.quotes import quote_edits
from pipeline.restore.typography import (
    apostrophe_edits,
    capital_edits,
    final_mark_edits,
    inverted_mark_edits,
    mark_edits,
    percent_edits,
    stray_space_edits,
    upper_case_edits,
)
from pipeline.restore.unmask import put_back_content, take_out_markup, without_markup
from pipeline.translate.base import Candidate


def restore_segment(
    segment: Segment,
    masked: MaskedSegment,
    candidate: Candidate,
    target_lang: str,
    system: str,
    origin: Origin = "mt",
    *,
    quote_depth: int = 0,
) -> Hypothesis:
    """Finish a translation.

    Args:
        segment: The French.
        masked: What was sent to the engine.
        candidate: What it gave back.
        target_lang: BCP-47 tag.
        system: The engine's name in the configuration.
        origin: Where the text comes from.
        quote_depth: How many quotations are open where the segment begins, from `quote_depths`: a quotation of
            several sentences would otherwise lose count of its inner quotations.
    """
    draft, lost = take_out_markup(masked, candidate)
    source = without_markup(masked)
    if is_private(target_lang):
        draft = put_back_content(draft, masked, capital=False)
    else:
        draft = _typeset(draft, source, target_lang, quote_depth)
        if is_set_in_capitals(segment.source):
            draft = draft.edited(upper_case_edits(draft.text))
        draft = put_back_content(draft, masked, capital=_begins_with_capital(source))
    return Hypothesis(
        segment.seg_id,
        target_lang,
        system,
        draft.text,
        origin,
        markup=tuple(
            sorted((*lay_over(masked, draft.text), *draft.markup), key=lambda element: (element.start, -element.end))
        ),
        unknown=draft.unknown,
        lost=lost,
    )


def _typeset(draft: Draft, source: str, target_lang: str, quote_depth: int) -> Draft:
    convention = conventions(target_lang)
    draft = draft.edited(stray_space_edits(draft.text))
    draft = draft.edited(number_edits(source, draft.text, convention, target_lang))
    draft = draft.edited(percent_edits(draft.text, convention))
    draft = draft.edited(quote_edits(draft.text, convention, quote_depth))
    draft = draft.edited(apostrophe_edits(draft.text))
    draft = draft.edited(mark_edits(draft.text, convention))
    draft = draft.edited(final_mark_edits(source, draft.text, convention))
    if convention.inverted:
        draft = draft.edited(inverted_mark_edits(draft.text))
    return draft.edited(capital_edits(source, draft.text))


def lay_over(masked: MaskedSegment, text: str) -> list[Markup]:
    """Lay the markup that was taken off as a whole over the finished text; its points go to the two ends."""
    placed = []
    for element in masked.outer:
        if element.start == element.end:
            position = len(text) if element.start else 0
            placed.append(Markup(element.ref, element.kind, position, position))
        elif text:
            placed.append(Markup(element.ref, element.kind, 0, len(text)))
    return placed


def _begins_with_capital(source: str) -> bool:
    return next((character.isupper() for character in source if character.isalnum()), False)
