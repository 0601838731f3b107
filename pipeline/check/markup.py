"""Styles, links, notes and images that a translator lost on the way.

A lost bold is a blemish; a lost link, footnote, image or placeholder takes something away from the reader.
"""

from collections.abc import Iterator

from pipeline.check.base import MARKUP_KINDS, Check, Defect, SegmentPair, in_every_language
from pipeline.records import Severity, Span

HEAVY = frozenset({"link", "footnote", "image", "placeholder"})
_NOUNS = {"break": "line break", "code": "code style", "style": "style"}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    kinds = {markup.ref: markup for markup in pair.block.markup}
    reported = set()
    for placeable in pair.hypothesis.lost:
        if placeable.kind not in MARKUP_KINDS or placeable.surface in reported:
            continue
        reported.add(placeable.surface)
        markup = kinds.get(int(placeable.surface))
        kind = markup.kind if markup else placeable.replacement or "style"
        severity: Severity = "major" if kind in HEAVY else "minor"
        message = f"The {_NOUNS.get(kind, kind)} was lost in the {pair.language} text."
        start = placeable.start
        end = max(min(markup.end - pair.segment.start, len(pair.source)), start) if markup else start
        yield Defect(severity, message, source_span=Span(start, end))


def _count(pair: SegmentPair) -> int:
    return len({placeable.surface for placeable in pair.masked.placeables if placeable.kind in MARKUP_KINDS})


MARKUP = Check("styles, links, notes and images", _find, _count, "items", in_every_language)
