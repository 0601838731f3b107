"""Where a text quotes: which sentences stand whole, and which are pieces of a longer quotation.

A piece of a quotation must not be shown alone: without its marks it would pass for the author's own statement.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

OPENING = {"«": "»", "“": "”", "„": "“”", "‹": "›", "「": "」", "『": "』", "(": ")", "（": "）", "[": "]"}
"""Every opening mark with the marks that close it; brackets too, since they may not be cut either."""

_CLOSING = frozenset("".join(OPENING.values()))
_MARK = re.compile(f'[{re.escape("".join(OPENING) + "".join(_CLOSING))}"]')
_QUOTED = re.compile(r"[«“„\"「『]")
_BRACKETS = frozenset("([（")
_ALL_BRACKETS = _BRACKETS | frozenset(")]）")


def is_balanced(text: str) -> bool:
    """Tell whether every quotation mark and bracket of a text has its partner in it, in the right order."""
    spans, unmatched = _match(text)
    return not unmatched and all(start < end for start, end in spans)


def quotations(text: str) -> list[str]:
    """Return the outermost quotations of a balanced text, marks included, in order."""
    found: list[str] = []
    last = 0
    for start, end in sorted(_match(text)[0]):
        if start >= last and text[start] not in _BRACKETS:
            found.append(text[start:end])
            last = end
    return found


def quoted_share(text: str) -> float:
    """Return how much of a text, from 0 to 1, stands between quotation marks."""
    if not text or not _QUOTED.search(text):
        return 0.0
    return sum(len(quotation) for quotation in quotations(text)) / len(text)


def open_quotations(blocks: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Find what is quoted in a run of blocks, quotations over several of them included.

    A quotation that goes over several paragraphs has its mark repeated where each begins, and is closed once, at its
    end; or it is just opened in one block and closed in another. A mark that is never closed reaches as far as the
    end of its block.

    Returns:
        For each block, the stretches (start, end), in code points, that are quoted.
    """
    regions: list[list[tuple[int, int]]] = []
    left_open: int | None = None
    for number, text in enumerate(blocks):
        pairs, unmatched = _match(text)
        quoted = [pair for pair in pairs if text[pair[0]] not in _BRACKETS]
        strays = [place for place in unmatched if text[place] not in _ALL_BRACKETS]
        closers = [place for place in strays if text[place] in _CLOSING]
        if quoted and not (closers and closers[0] < quoted[0][0]):
            left_open = None
        if closers:
            quoted.append((0, closers[-1] + 1))
            for between in range(left_open + 1, number) if left_open is not None else ():
                regions[between] = [(0, len(blocks[between]))]
            left_open = None
        openers = [place for place in strays if text[place] not in _CLOSING]
        if openers:
            quoted.append((openers[0], len(text)))
            left_open = number
        regions.append(quoted)
    return regions


@lru_cache(maxsize=1024)
def _match(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Pair the marks of a text: (start, end) of every pair, and the places of marks that have no partner."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    unmatched: list[int] = []
    for found in _MARK.finditer(text):
        place, mark = found.start(), found.group()
        opened = text[stack[-1]] if stack else ""
        if mark == '"':
            if opened == '"':
                spans.append((stack.pop(), place + 1))
            else:
                stack.append(place)
        elif opened and mark in OPENING.get(opened, ""):
            spans.append((stack.pop(), place + 1))
        elif mark in OPENING:
            stack.append(place)
        else:
            unmatched.append(place)
    return tuple(spans), tuple(sorted(unmatched + stack))
