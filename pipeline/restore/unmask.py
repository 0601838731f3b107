"""Tokens back into what they stand for.

In come a masked segment and an engine's translation of it. Markup goes first and comes out as spans, so that the
conventions see running text; content stays in its tokens until they are done, so that none of them touches it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.records import Markup, MaskedSegment, Placeable, Span
from pipeline.restore.draft import Draft, Edit
from pipeline.translate.base import Candidate

_TOKEN = re.compile("[\ue000-\uf8ff]")
_MARKUP_KINDS = frozenset({"markup_open", "markup_close", "point"})


def without_markup(masked: MaskedSegment) -> str:
    """Return the masked source with content tokens alone."""
    tags = {ord(placeable.token): None for placeable in masked.placeables if placeable.kind in _MARKUP_KINDS}
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
        if placeable.kind == "point":
            position = found[0] if found else len(text)
            markup.append(Markup(int(placeable.surface), placeable.replacement, position, position))
        elif found and placeable.kind not in _MARKUP_KINDS:
            kept.add(found[0])
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
    """Replace content tokens by their surfaces, or by a term's approved translation.

    Args:
        draft: The target text.
        masked: Where its tokens come from.
        capital: Whether an approved translation at the very beginning takes a capital.
    """
    written = {placeable.token: placeable.replacement or placeable.surface for placeable in masked.placeables}
    edits = []
    for match in _TOKEN.finditer(draft.text):
        text = written[match[0]]
        edits.append(Edit(match.start(), match.end(), text, resolves=True))
    if edits and capital and not any(map(str.isalnum, draft.text[: edits[0].start])):
        first = edits[0]
        if any(p.token == draft.text[first.start] and p.replacement for p in masked.placeables):
            edits[0] = Edit(first.start, first.end, first.text[0].upper() + first.text[1:], resolves=True)
    return draft.edited(edits)


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
