"""Tokens back into what they stand for.

In come a masked segment and an engine's translation of it. Markup goes first and comes out as spans, so that the
conventions see running text; content stays in its tokens until they are done, so that none of them touches it. An
inline element that holds no text but is seen (code, an image, an automatic link) counts as content: the spaces
around it are those of a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.protect.placeables import UNSEEN_POINTS
from pipeline.records import Markup, MaskedSegment, Placeable, Span
from pipeline.restore.draft import Draft, Edit
from pipeline.translate.base import Candidate

_TOKEN = re.compile("[\ue000-\uf8ff]")


def without_markup(masked: MaskedSegment) -> str:
    """Return the masked source with content tokens alone."""
    tags = {ord(placeable.token): None for placeable in masked.placeables if not _is_content(placeable)}
    return masked.text.translate(tags) if tags else masked.text


def take_out_markup(masked: MaskedSegment, candidate: Candidate) -> tuple[Draft, tuple[Placeable, ...]]:
    """Turn markup tokens into spans, remove tokens that are not ours or stand twice, and say what is lost.

    A pair that lacks a side, stands twice, is empty, backwards or crosses another one is lost. So is a point that
    is missing, but it is put at the end of the text: an image or a footnote must not vanish from the file.
    """
    text = candidate.text
    places: dict[str, list[int]] = {}
    for match in _TOKEN.finditer(text):
        places.setdefault(match[0], []).append(match.start())
    kept: set[int] = set()
    lost: set[str] = set()
    markup: list[Markup] = []
    for placeable in masked.placeables:
        found = places.get(placeable.token)
        if found and _is_content(placeable):
            kept.add(found[0])
        elif placeable.kind == "point":
            markup.append(_point(placeable, found[0] if found else len(text)))
        if not found:
            lost.add(placeable.token)
    pairs = list(_pairs(masked.placeables))
    whole = _whole_pairs(text, pairs, places)
    for opening, closing in pairs:
        if opening.token in whole:
            start, end = places[opening.token][0], places[closing.token][0]
            markup.append(Markup(int(opening.surface), opening.replacement, start, end))
        else:
            lost.update((opening.token, closing.token))
    edits = [Edit(i, i + 1, "") for i in chain.from_iterable(places.values()) if i not in kept]
    clipped = (Span(span.start, min(span.end, len(text))) for span in candidate.unknown)
    unknown = tuple(span for span in clipped if span.start < span.end)
    draft = Draft(text, tuple(markup), unknown).edited(edits)
    return draft, tuple(placeable for placeable in masked.placeables if placeable.token in lost)


def put_back_content(draft: Draft, masked: MaskedSegment, *, capital: bool) -> Draft:
    """Replace content tokens by their surfaces, a term's approved translation, or a point.

    Args:
        draft: The target text.
        masked: Where its tokens come from.
        capital: Whether an approved translation at the very beginning takes a capital.
    """
    content = {placeable.token: placeable for placeable in masked.placeables}
    edits: list[Edit] = []
    points: list[Markup] = []
    for match in _TOKEN.finditer(draft.text):
        placeable, start = content[match[0]], match.start()
        text = placeable.replacement or placeable.surface
        if placeable.kind == "point":
            points.append(_point(placeable, start))
            text = ""
        elif capital and placeable.replacement and not any(map(str.isalnum, draft.text[:start])) and not edits:
            text = text[0].upper() + text[1:]
        edits.append(Edit(start, match.end(), text, resolves=True))
    return replace(draft, markup=(*draft.markup, *points)).edited(edits)


def _is_content(placeable: Placeable) -> bool:
    """Tell whether what a token stands for takes a place among the words."""
    if placeable.kind == "point":
        return placeable.replacement not in UNSEEN_POINTS
    return placeable.kind not in {"markup_open", "markup_close"}


def _point(placeable: Placeable, position: int) -> Markup:
    return Markup(int(placeable.surface), placeable.replacement, position, position)


def _pairs(placeables: Sequence[Placeable]) -> Iterator[tuple[Placeable, Placeable]]:
    opened: dict[str, list[Placeable]] = {}
    for placeable in placeables:
        if placeable.kind == "markup_open":
            opened.setdefault(placeable.surface, []).append(placeable)
        elif placeable.kind == "markup_close":
            yield opened[placeable.surface].pop(), placeable


def _whole_pairs(
    text: str, pairs: Sequence[tuple[Placeable, Placeable]], places: dict[str, list[int]]
) -> frozenset[str]:
    """Return the opening tokens of the pairs that came back whole, around something, and properly nested."""
    tags = {tag.token for pair in pairs for tag in pair}
    ends: list[tuple[int, int, str]] = []
    for opening, closing in pairs:
        starts, stops = places.get(opening.token, []), places.get(closing.token, [])
        if len(starts) == len(stops) == 1 and any(c not in tags for c in text[starts[0] : stops[0]]):
            ends += [(starts[0], 1, opening.token), (stops[0], 0, opening.token)]
    whole: set[str] = set()
    opened: list[str] = []
    for _, starts_here, token in sorted(ends):
        if starts_here:
            opened.append(token)
        elif token in opened:
            del opened[opened.index(token) + 1 :]  # opened inside, not yet closed: they cross this one
            opened.pop()
            whole.add(token)
    return frozenset(whole)
