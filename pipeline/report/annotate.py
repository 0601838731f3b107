"""A text with its inline markup, its findings and its differences, as safe HTML.

Everything that lies over a text comes as spans, which may overlap in any way. The text is cut wherever one begins or
ends, and each piece carries all that lies over it, so that the result nests properly whatever came in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup as Html
from markupsafe import escape

from pipeline.records import Markup, Severity, Span

STYLE_TAGS: Final = {"bold": "b", "italic": "i", "link": "a", "code": "code"}
"""Markup kinds that show. A link is an `a` without `href`: seen, but leading nowhere, as its target may be hostile."""

SEVERITIES: Final[tuple[Severity, ...]] = ("blocker", "major", "minor")
"""Gravest first."""

# What HTML cannot hold, what would reorder its neighbours on the screen, and tokens that should never have come here.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a finding points.

    Attributes:
        label: The letter that ties it to its explanation.
        severity: Of the finding.
        span: Where; an empty span is a place where something is missing.
    """

    label: str
    severity: Severity
    span: Span


def printable(text: str) -> str:
    """Replace characters that cannot be shown, or would hide what can, by their number: `[U+202E]`."""
    return _UNPRINTABLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def clip(markup: Iterable[Markup], start: int, end: int) -> tuple[Markup, ...]:
    """Cut a block's markup to one of its segments; offsets then count from the segment's start."""
    return tuple(
        Markup(item.ref, item.kind, max(item.start, start) - start, min(item.end, end) - start)
        for item in markup
        if (item.start < end and item.end > start) or start <= item.start == item.end <= end
    )


def annotate(
    text: str, markup: Sequence[Markup] = (), marks: Sequence[Mark] = (), changes: Sequence[Span] = ()
) -> Html:
    """Return a text as HTML: styles as their elements, findings as `mark`, differences as `u`.

    Spans that reach beyond the text are cut to it.
    """
    if not (markup or marks or changes):
        return escape(printable(text))
    opening: dict[int, list[_Layer]] = defaultdict(list)
    points: dict[int, list[Html]] = defaultdict(list)
    cuts = {0, len(text)}
    for layer in _layers(markup, marks, changes, len(text)):
        cuts |= {layer.start, layer.end}
        if layer.start < layer.end:
            opening[layer.start].append(layer)
        else:
            points[layer.start].append(_point(layer))
    pieces: list[Html] = []
    active: list[_Layer] = []
    places = sorted(cuts)
    for place, following in pairwise([*places, len(text)]):
        pieces += points[place]
        active = [layer for layer in active if layer.end > place] + opening[place]
        if place < following:
            pieces.append(_piece(text[place:following], active, following))
    return Html("").join(pieces)


@dataclass(frozen=True, slots=True)
class _Layer:
    """A span over a text: a style, a finding's mark or a difference."""

    start: int
    end: int
    style: str = ""
    mark: Mark | None = None


def _layers(markup: Sequence[Markup], marks: Sequence[Mark], changes: Sequence[Span], length: int) -> Iterable[_Layer]:
    def within(place: int) -> int:
        return max(0, min(place, length))

    for item in markup:
        start, end = within(item.start), within(item.end)
        is_point = item.start == item.end and item.kind not in {*STYLE_TAGS, "style"}
        if is_point or (start < end and item.kind in STYLE_TAGS):
            yield _Layer(start, end, item.kind)
    for mark in marks:
        start = within(mark.span.start)
        yield _Layer(start, max(start, within(mark.span.end)), mark=mark)
    for span in changes:
        start, end = within(span.start), within(span.end)
        if start < end:
            yield _Layer(start, end, "change")


def _point(layer: _Layer) -> Html:
    """Show what stands at a place without holding any text."""
    if layer.mark:
        return _marked(Html(""), [layer.mark], [layer.mark])
    if layer.style == "break":
        return Html("<br>")
    return Html("<small>[{}]</small>").format(printable(layer.style))


def _piece(text: str, active: Sequence[_Layer], end: int) -> Html:
    """Wrap a piece of text in what lies over it: differences inside marks, marks inside styles."""
    html = escape(printable(text))
    styles = {layer.style for layer in active}
    if "change" in styles:
        html = Html("<u>{}</u>").format(html)
    if marks := [layer.mark for layer in active if layer.mark]:
        html = _marked(html, marks, [layer.mark for layer in active if layer.mark and layer.end == end])
    for kind, tag in STYLE_TAGS.items():
        if kind in styles:
            html = Html("<{0}>{1}</{0}>").format(tag, html)
    return html


def _marked(html: Html, marks: Sequence[Mark], ending: Sequence[Mark]) -> Html:
    """Wrap in a `mark` that names its findings; the page writes the letters of those that end here after it."""
    labels = " ".join(dict.fromkeys(mark.label for mark in marks))
    worst = min((mark.severity for mark in marks), key=SEVERITIES.index)
    last = " ".join(dict.fromkeys(mark.label for mark in ending))
    shown = Html(' data-n="{}"').format(last) if last else ""
    return Html('<mark class="{}" data-f="{}"{}>{}</mark>').format(worst, labels, shown, html)
