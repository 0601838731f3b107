"""Brackets and quotation marks that belong together: a text in, the stretches that no sentence may end in out.

A parenthesis in the middle of a sentence (« trois hommes (M. Martin était absent. Il s’en explique) ont … ») and
a short quotation that its sentence flows around (« il a crié « Halte ! Police ! » avant de tirer ») are parts of
that sentence. A quotation that stands for itself is cut like any other text. One pass each, with a stack;
a mark without its partner counts for nothing.
"""

import re

ASIDE_LIMIT = 300
"""Code points. A longer parenthesis is rather one that nobody closed, and too long for one segment anyway."""

QUOTE_LIMIT = 150
"""Code points. Longer quotations are cut into sentences wherever they stand."""

_MARK = re.compile(r"[()\[\]«»“”]")
_PARTNER = {")": "(", "]": "[", "»": "«", "”": "“"}
_STRAIGHT = re.compile(r"\"")
_STOPS = ".!?…"


def closed_asides(text: str) -> list[tuple[int, int]]:
    """Return the stretches (start, end) inside which no sentence ends, by their start; they may nest."""
    asides = []
    open_marks: dict[str, list[int]] = {"(": [], "[": [], "«": [], "“": []}
    for found in _MARK.finditer(text):
        mark, end = found.group(), found.start()
        if mark in open_marks:
            open_marks[mark].append(end)
        elif open_marks[_PARTNER[mark]]:
            start = open_marks[_PARTNER[mark]].pop()
            if _is_aside(text, start, end):
                asides.append((start, end))
    return sorted(asides)


def spaced_closing_quotes(text: str) -> frozenset[int]:
    """Return where a straight quotation mark with white space on both sides closes: every second mark does."""
    closing = set()
    is_open = False
    for found in _STRAIGHT.finditer(text):
        at = found.start()
        after_space = at == 0 or text[at - 1].isspace()
        before_space = at + 1 == len(text) or text[at + 1].isspace()
        if after_space == before_space:
            is_open = not is_open
            if after_space and not is_open:
                closing.add(at)
        else:
            is_open = after_space
    return frozenset(closing)


def _is_aside(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip()
    if not before:
        return False
    if text[start] in "([":
        stop = before.rstrip('»”"’) \u00a0\u202f')
        is_omission = text[start + 1 : end].strip(".…") == ""
        return end - start <= ASIDE_LIMIT and not is_omission and bool(stop) and stop[-1] not in _STOPS
    after = text[end + 1 : end + 6].lstrip()
    return (
        end - start <= QUOTE_LIMIT and before[-1].isalnum() and bool(after) and (after[0].islower() or after[0] in ",;")
    )
