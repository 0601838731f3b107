"""Segments with everything that must survive replaced by private-use characters.

In come a segment, its block's inline markup and the terms; out comes the text that translators see, with one
private-use character for each placeable: they are the only marks that every engine carries through unharmed.
Tokens are numbered in order of appearance, so that equal sentences of different releases are translated once.
A private target (`x-…`) gets the source character for character, with markup alone taken out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.errors import InputError
from pipeline.languages import is_private
from pipeline.protect.normalise import Normalised, normalise, verbatim
from pipeline.protect.people import find_own_acronyms, find_people
from pipeline.protect.placeables import UNSEEN_POINTS, Stretch, find_literals, find_placeables
from pipeline.protect.recase import Casing
from pipeline.protect.terms import TermMatcher, approved
from pipeline.records import Markup, MaskedSegment, Placeable, PlaceableKind, Segment, Term
from pipeline.translate.base import FIRST_TOKEN, LAST_TOKEN

_MOST_TOKENS = LAST_TOKEN - FIRST_TOKEN + 1
# Where several stand at one place: what ends there, then what starts there.
_CLOSE, _OPEN, _CONTENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place in the normalised text where a token goes, in the order of its fields."""

    position: int
    rank: int
    order: int
    end: int
    kind: PlaceableKind
    surface: str
    source_start: int
    source_end: int
    replacement: str

    @property
    def key(self) -> tuple[int, int, int]:
        return self.position, self.rank, self.order


def protect_segment(
    segment: Segment,
    markup: Sequence[Markup],
    matcher: TermMatcher,
    casing: Casing | None = None,
    *,
    names: bool = False,
) -> MaskedSegment:
    """Mask a segment.

    Markup over the whole segment, and points at its very start or end, need no translator: they go to `outer`,
    with offsets in the segment's source. The rest become paired tokens (points: single ones), whose `surface` is
    the markup's number and whose `replacement` is its kind.

    Args:
        segment: The segment.
        markup: Its block's markup, offsets in the block.
        matcher: The terms, for the language that the segment is translated into.
        names: Whether people's names and acronyms are kept from the translator; a rule-based one takes them for words.
        casing: How the release writes its words, to write a segment that is set in capitals as ordinary text.

    Raises:
        InputError: There are more placeables than tokens.
    """
    exact = is_private(matcher.target_lang)
    outer, inner = _clip(segment, markup)
    seen = [m.start for m in inner if m.start == m.end and m.kind not in UNSEEN_POINTS]
    plain = verbatim(segment.source) if exact else normalise(segment.source, seen)
    if casing and not exact:
        plain = replace(plain, text=casing.recase(plain.text))
    found = [] if exact else matcher.find_normalised(plain.text)
    cuts = _cut_markup(plain, inner, exact)
    if exact:
        stretches = find_literals(plain.text)
    else:
        stretches = _with_terms(find_placeables(plain.text), found, plain.text, matcher.target_lang)
        if names:
            for find in (find_people, find_own_acronyms):
                stretches += [name for name in find(plain.text) if not any(map(name.overlaps, stretches))]
    cuts.extend(_cut_content(segment, plain, stretches, {cut.position for cut in cuts}))
    if len(cuts) > _MOST_TOKENS:
        raise InputError(
            f"block {segment.block_id}: one sentence has {len(cuts)} styles and addresses, {_MOST_TOKENS} at most",
            "divide the sentence, or remove its formatting",
        )
    text, placeables = _put_tokens(plain.text, sorted(cuts, key=lambda cut: cut.key))
    terms = tuple(dict.fromkeys(term.source for _, _, term in found))
    return MaskedSegment(segment.seg_id, text, placeables, outer, terms)


def _clip(segment: Segment, markup: Sequence[Markup]) -> tuple[tuple[Markup, ...], list[Markup]]:
    """Return the markup that needs no token and the markup that does, both with offsets in the segment."""
    outer: list[Markup] = []
    inner: list[Markup] = []
    length = segment.end - segment.start
    for element in markup:
        start = max(element.start - segment.start, 0)
        end = min(element.end - segment.start, length)
        is_point = element.start == element.end
        if start > end or (start == end and not is_point):
            continue
        clipped = Markup(element.ref, element.kind, start, end)
        at_edge = start in {0, length} if is_point else end - start == length
        (outer if at_edge else inner).append(clipped)
    return tuple(outer), inner


def _cut_markup(plain: Normalised, markup: Sequence[Markup], exact: bool) -> list[_Cut]:
    """Return the cuts for inline elements, drawn tight around their words unless the text must stay exact."""
    cuts: list[_Cut] = []
    text = plain.text
    for order, element in enumerate(markup):
        start, end = plain.position(element.start), plain.position(element.end)
        surface, kind = str(element.ref), element.kind
        if element.start == element.end:
            cuts.append(_Cut(start, _OPEN, order, start, "point", surface, element.start, element.start, kind))
            continue
        if not exact:
            end = start + len(text[start:end].rstrip())
            start = end - len(text[start:end].lstrip())
            if start == end:
                continue  # a style over nothing but white space, as word processors leave behind
        # Of several elements that end together the innermost, which comes last in the block's markup, ends first.
        opens, closes = plain.original(start), plain.original_end(end)
        cuts.append(_Cut(start, _OPEN, order, start, "markup_open", surface, opens, opens, kind))
        cuts.append(_Cut(end, _CLOSE, -order, end, "markup_close", surface, closes, closes, kind))
    return cuts


def _with_terms(
    stretches: list[Stretch], found: Sequence[tuple[int, int, Term]], text: str, target_lang: str
) -> list[Stretch]:
    """Add the terms with a translation for the language; an address that contains a term stays whole."""
    taken = [(stretch.start, stretch.end) for stretch in stretches]
    for start, end, term in found:
        target = approved(term, target_lang)
        if target and all(end <= first or last <= start for first, last in taken):
            replacement = "" if target == term.source else _like(target, text[start:end], term.source)
            stretches.append(Stretch("term", start, end, replacement))
    return stretches


def _like(target: str, surface: str, source: str) -> str:
    """Write an approved translation with the capitals that the French has here and its entry has not."""
    if surface == source or source.lower() != source:
        return target
    if surface.isupper() and len(surface) > 1:
        return target.upper()
    return target[0].upper() + target[1:] if surface[0].isupper() else target


def _cut_content(segment: Segment, plain: Normalised, stretches: Sequence[Stretch], tags: set[int]) -> list[_Cut]:
    """Return the cuts for content; where a tag stands inside, verbatim content is divided, a term left alone."""
    cuts: list[_Cut] = []
    for stretch in stretches:
        inside = sorted(tag for tag in tags if stretch.start < tag < stretch.end)
        if inside and stretch.replacement:
            continue
        edges = [stretch.start, *inside, stretch.end]
        for start, end in pairwise(edges):
            first, last = plain.original(start), plain.original_end(end)
            surface = segment.source[first:last]
            cuts.append(_Cut(start, _CONTENT, 0, end, stretch.kind, surface, first, last, stretch.replacement))
    return cuts


def _put_tokens(text: str, cuts: Sequence[_Cut]) -> tuple[str, tuple[Placeable, ...]]:
    pieces: list[str] = []
    placeables: list[Placeable] = []
    done = 0
    for number, cut in enumerate(cuts):
        token = chr(FIRST_TOKEN + number)
        pieces += (text[done : cut.position], token)
        done = cut.end
        placeables.append(Placeable(token, cut.kind, cut.surface, cut.source_start, cut.source_end, cut.replacement))
    return "".join(pieces) + text[done:], tuple(placeables)
