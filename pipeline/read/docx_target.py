"""A translation as a Word paragraph can take it: shown text and markup in, bare text and the places of its items out.

Translators move things, lose them and make them up. What comes out holds only what the source paragraph has: points
once each, stretches clipped to the text. A break or tab takes back the white space that was put behind it for
translation; one whose point was lost is found again by that white space.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.read.docx_items import Paragraph
from pipeline.read.xml import legal_text
from pipeline.records import Markup

_WHITE = frozenset(" \t\n\r\u2028")


@dataclass(frozen=True, slots=True)
class Target:
    """A translated paragraph.

    Attributes:
        text: Without the white space that stands for breaks and tabs.
        points: Where each point that came back stands in it, by ref.
        spans: The stretches of each style and container, by ref, in order; none of them empty or overlapping.
    """

    text: str
    points: dict[int, int]
    spans: dict[int, list[tuple[int, int]]]


def to_target(paragraph: Paragraph, shown_text: str, shown_markup: Sequence[Markup]) -> Target:
    """Fit a translation to its source paragraph."""
    text, markup = _without_illegal(shown_text, shown_markup)
    places: dict[int, int] = {}
    point_refs = {point.ref for point in paragraph.points}
    for item in markup:
        if item.ref in point_refs:
            places.setdefault(item.ref, min(max(item.start, 0), len(text)))
    cuts = _take_separators(paragraph, text, places)
    dropped = frozenset(cuts)
    bare = "".join(character for at, character in enumerate(text) if at not in dropped)
    spans: dict[int, list[tuple[int, int]]] = {}
    stretch_refs = {stretch.ref for stretch in paragraph.stretches}
    for item in sorted(markup, key=lambda item: item.start):
        if item.ref in stretch_refs:
            known = spans.get(item.ref, [])
            start = max(_shift(item.start, cuts), known[-1][1] if known else 0)
            end = min(_shift(item.end, cuts), len(bare))
            if start < end:
                spans.setdefault(item.ref, known).append((start, end))
    return Target(bare, {ref: _shift(at, cuts) for ref, at in places.items()}, spans)


def _take_separators(paragraph: Paragraph, text: str, places: dict[int, int]) -> list[int]:
    """Find the white space that stands for breaks and tabs, and with it the breaks and tabs that were lost.

    Args:
        paragraph: The source.
        text: The translation.
        places: Where each point stands in it; those that are found again are added.

    Returns:
        Offsets of the white space, in order.
    """
    taken: set[int] = set()
    lost: dict[str, deque[int]] = {"\n": deque(), "\t": deque()}
    for point in paragraph.points:
        if point.separator and point.ref not in places:
            lost[point.separator].append(point.ref)
        elif point.separator:
            at = places[point.ref]
            beside = (place for place in (at, at - 1) if text[place : place + 1] in _WHITE and place not in taken)
            taken.update(islice(beside, 1))
    for at, character in enumerate(text):
        if at not in taken and lost.get(character):
            places[lost[character].popleft()] = at
            taken.add(at)
    return sorted(taken)


def _without_illegal(text: str, markup: Sequence[Markup]) -> tuple[str, Sequence[Markup]]:
    """Replace what XML cannot hold by the replacement character, so that offsets stay."""
    if legal_text(text) == text:
        return text, markup
    return "".join(legal_text(character) or "\ufffd" for character in text), markup


def _shift(at: int, cuts: list[int]) -> int:
    return max(at, 0) - bisect_left(cuts, at)
