"""Loops: words that a translator says again and again, as neural engines do when they lose the thread."""

import re
from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, in_every_language, one_sentence, quoted
from pipeline.records import Span

LONGEST = 12
"""Longest piece that is looked for, in words."""
TIMES = 3
"""A piece said this often in a row is a loop; a piece of `LONG` words or more, already when said twice."""
LONG = 4
_WORD = re.compile(r"\w+")
_CHARACTERS = re.compile(r"([^\W\d_]{1,8}?)\1{5,}")


def _find(pair: SegmentPair) -> Iterator[Defect]:
    loop = _loop(pair.target)
    if loop is None or _loop(pair.source) is not None:
        return
    span, times, piece = loop
    yield Defect("blocker", f"The {pair.language} text says {quoted(piece)} {times} times in a row.", target_span=span)


def _loop(text: str) -> tuple[Span, int, str] | None:
    """Return the first loop of words or of letters: where, how often, what."""
    words = list(_WORD.finditer(text))
    forms = [word[0].lower() for word in words]
    for size in range(1, min(LONGEST, len(forms) // 2) + 1):
        same = 0
        for index in range(size, len(forms) + 1):
            if index < len(forms) and forms[index] == forms[index - size]:
                same += 1
                continue
            times = same // size + 1
            if times >= (2 if size >= LONG else TIMES):
                first = index - same - size
                span = Span(words[first].start(), words[first + times * size - 1].end())
                return span, times, text[span.start : words[first + size - 1].end()]
            same = 0
    if match := _CHARACTERS.search(text):
        return Span(*match.span()), len(match[0]) // len(match[1]), match[1]
    return None


REPETITION = Check("repeated words", _find, one_sentence, "sentences", in_every_language)
