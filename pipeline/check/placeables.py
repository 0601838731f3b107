"""What must come through as it is: addresses, telephone numbers, file names, hashtags, untranslatable terms.

Each is counted in the translation. A wrong address or number harms whoever follows it, so that a lost one blocks;
a lost hashtag or term is for a person to see.
"""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.check.base import (
    ONE_SPELLING,
    Check,
    Defect,
    SegmentPair,
    content_placeables,
    in_every_language,
    occurrences,
    quoted,
)
from pipeline.protect.placeables import find_placeables
from pipeline.records import Placeable, PlaceableKind, Severity, Span

KINDS: dict[PlaceableKind, tuple[str, Severity]] = {
    "url": ("web address", "blocker"),
    "email": ("e-mail address", "blocker"),
    "phone": ("telephone number", "blocker"),
    "file": ("file name", "blocker"),
    "hashtag": ("hashtag", "major"),
    "term": ("term", "major"),
    "name": ("name", "major"),
    "literal": ("special character", "major"),
}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    wanted: dict[str, list[Placeable]] = {}
    for placeable in _whole(pair):
        wanted.setdefault(placeable.replacement or placeable.surface, []).append(placeable)
    for surface, placeables in wanted.items():
        present = len(occurrences(pair.target, surface, ignore_case=placeables[0].kind == "term"))
        for placeable in placeables[present:]:
            noun, severity = KINDS[placeable.kind]
            message = f"The {noun} {quoted(surface)} is not in the {pair.language} text."
            yield Defect(severity, message, source_span=Span(placeable.start, placeable.end))
    yield from _added(pair)


def _added(pair: SegmentPair) -> Iterator[Defect]:
    """Find addresses and telephone numbers that the French does not have."""
    known = {surface.lower() for _, _, surface in _addresses(pair.source)}
    for placeable in content_placeables(pair.masked):
        known |= {placeable.surface.lower(), placeable.replacement.lower()}
    for kind, span, surface in _addresses(pair.target):
        if surface.lower() not in known:
            noun, severity = KINDS[kind]
            message = f"The {pair.language} text has the {noun} {quoted(surface)}; the French has not."
            yield Defect(severity, message, target_span=span)


def _addresses(text: str) -> Iterator[tuple[PlaceableKind, Span, str]]:
    """Yield web addresses that are marked as such, e-mail addresses and telephone numbers."""
    text = text.translate(ONE_SPELLING)
    for stretch in find_placeables(text):
        surface = text[stretch.start : stretch.end]
        if stretch.kind in {"email", "phone"} or surface.lower().startswith(("http", "ftp://", "www.")):
            yield stretch.kind, Span(stretch.start, stretch.end), surface


def _whole(pair: SegmentPair) -> list[Placeable]:
    """Return what must come back, joining what was cut in two where a style changes inside an address."""
    whole: list[Placeable] = []
    for placeable in content_placeables(pair.masked):
        before = whole[-1] if whole else None
        if before and before.end == placeable.start and before.kind == placeable.kind and not placeable.replacement:
            whole[-1] = replace(before, surface=before.surface + placeable.surface, end=placeable.end)
        else:
            whole.append(placeable)
    return whole


def _count(pair: SegmentPair) -> int:
    return len(_whole(pair))


PLACEABLES = Check("addresses, numbers to call, files and fixed terms", _find, _count, "items", in_every_language)
