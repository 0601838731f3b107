"""Word-level differences between two hypotheses for the same segment.

Two texts in, the stretches that are equal or not out. White space is never compared: a word is the unit in scripts
that set words apart, a character in those that do not.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.records import Span

Operation = Literal["equal", "replace", "delete", "insert"]

MAX_PAIRS = 20_000
"""Equal pairs of words, one from each text, up to which texts are compared in full: the work grows with them.

A sentence has some hundreds. Beyond it the middle of the two texts, between what they begin and end with alike,
counts as replaced.
"""

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u060c\u061b\u061f\u06d4"
    r"\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
)
_TOKEN = re.compile(rf"[^\s{_PUNCTUATION}{_UNSPACED}]+|\S")


class Difference(NamedTuple):
    """One stretch of two texts: `op` turns `a_span` of the first into `b_span` of the second."""

    op: Operation
    a_span: Span
    b_span: Span


def word_diff(a: str, b: str) -> list[Difference]:
    """Compare two texts word by word.

    The spans of either text follow each other, begin and end with a word or a sign, and leave out nothing but
    white space. Time is bounded for texts of any length and content.
    """
    a_tokens, b_tokens = list(_TOKEN.finditer(a)), list(_TOKEN.finditer(b))
    a_words, b_words = [token[0] for token in a_tokens], [token[0] for token in b_tokens]
    return [
        Difference(op, _span(a_tokens, a_start, a_end), _span(b_tokens, b_start, b_end))
        for op, a_start, a_end, b_start, b_end in _operations(a_words, b_words)
    ]


def _operations(a: list[str], b: list[str]) -> list[tuple[Operation, int, int, int, int]]:
    """Compare two lists of words; what they begin and end with alike is set aside first, at linear cost."""
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    tail = next((i for i in range(shorter - head) if a[-1 - i] != b[-1 - i]), shorter - head)
    a_end, b_end = len(a) - tail, len(b) - tail
    b_counts = Counter(b[head:b_end])
    if sum(b_counts[word] for word in a[head:a_end]) <= MAX_PAIRS:
        matcher = SequenceMatcher(None, a[head:a_end], b[head:b_end], autojunk=False)
        blocks = [(i + head, j + head, size) for i, j, size in matcher.get_matching_blocks()]
    else:
        blocks = []
    matches = [(0, 0, head), *blocks, (a_end, b_end, tail), (len(a), len(b), 0)]
    operations: list[tuple[Operation, int, int, int, int]] = []
    for (a_from, b_from, size), (a_next, b_next, _) in pairwise(matches):
        a_to, b_to = a_from + size, b_from + size
        if size:
            operations.append(("equal", a_from, a_to, b_from, b_to))
        if a_to < a_next and b_to < b_next:
            operations.append(("replace", a_to, a_next, b_to, b_next))
        elif a_to < a_next:
            operations.append(("delete", a_to, a_next, b_to, b_to))
        elif b_to < b_next:
            operations.append(("insert", a_to, a_to, b_to, b_next))
    return operations


def _span(tokens: list[re.Match[str]], start: int, end: int) -> Span:
    """Turn a range of words into a stretch of text; an empty range stands before its word."""
    if start < end:
        return Span(tokens[start].start(), tokens[end - 1].end())
    place = tokens[start].start() if start < len(tokens) else (tokens[-1].end() if tokens else 0)
    return Span(place, place)
