"""What of a text a model is sent: lines with words in them, each short enough for it.

Takes a masked text and gives the parts to be translated and what stands between them, so that line feeds, white
space at the ends and lines without words come back as they were. What is too long for the model is cut between
sentences, then clauses, then words, and in the last resort anywhere: nothing is ever cut off.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.segment.sentences import split_sentences
from pipeline.translate.base import is_token

Counter = Callable[[Sequence[str]], list[int]]
"""Counts the tokens of each text."""

_CLAUSE_END = re.compile(r"(?<=[;:])\s+|(?<=\))\s+|(?<=[,»])\s+|\s+(?=[–—-]\s)")
_SPACES = re.compile(r"\s+")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\v\f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: The part.
        is_sent: Whether a model translates it; the rest is copied.
    """

    text: str
    is_sent: bool


def cut_pieces(text: str, carries_tokens: bool) -> list[Piece]:
    """Cut a text into lines and what stands between them; all pieces together are the text.

    Args:
        text: A masked text.
        carries_tokens: Whether the model can be given placeables; if not, the lines are cut around them.
    """
    pieces: list[Piece] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append(Piece("\n", is_sent=False))
        for part in [line] if carries_tokens else re.split("([\ue000-\uf8ff])", line):
            core = part.strip()
            start = part.index(core)
            ends = part[:start], part[start + len(core) :]
            middle = Piece(core, is_sent=any(map(str.isalpha, core)))
            pieces += [Piece(ends[0], is_sent=False), middle, Piece(ends[1], is_sent=False)]
    return [piece for piece in pieces if piece.text]


def clean(text: str) -> str:
    """Replace what no tokenizer can take, control characters and lone surrogates, by spaces."""
    return _UNFIT.sub(" ", text)


def shorten(text: str, limit: int, count: Counter) -> list[Piece]:
    """Cut a text that is too long for a model into parts that are not; all pieces together are the text.

    Args:
        text: What has more than `limit` tokens.
        limit: The most tokens that a part may have.
        count: The model's own tokenizer.
    """
    return _shorten(text, limit, count, level=0)


def _shorten(text: str, limit: int, count: Counter, level: int) -> list[Piece]:
    parts = _LEVELS[level](text)
    if level in (1, 2):  # sentences are sent one by one; what is smaller is hard to translate alone
        parts = _pack(parts, count([text[start:end] for start, end in parts]), limit)
    sizes = count([text[start:end] for start, end in parts])
    pieces: list[Piece] = []
    reached = 0
    for (start, end), size in zip(parts, sizes, strict=True):
        pieces.append(Piece(text[reached:start], is_sent=False))
        if size <= limit or end - start == 1:
            pieces.append(Piece(text[start:end], is_sent=any(map(str.isalpha, text[start:end]))))
        else:
            pieces += _shorten(text[start:end], limit, count, min(level + 1, len(_LEVELS) - 1))
        reached = end
    pieces.append(Piece(text[reached:], is_sent=False))
    return [piece for piece in pieces if piece.text]


def _pack(spans: list[tuple[int, int]], sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Join neighbours as long as their sizes add up to no more than the limit."""
    packed: list[tuple[int, int]] = []
    room = 0
    for (start, end), size in zip(spans, sizes, strict=True):
        if packed and size <= room:
            packed[-1] = (packed[-1][0], end)
            room -= size
        else:
            packed.append((start, end))
            room = limit - size
    return packed


def _clauses(text: str) -> list[tuple[int, int]]:
    return _between(_CLAUSE_END, text)


def _words(text: str) -> list[tuple[int, int]]:
    return _between(_SPACES, text)


def _halves(text: str) -> list[tuple[int, int]]:
    middle = len(text) // 2
    while 1 < middle < len(text) and is_token(text[middle - 1]):
        middle -= 1
    return [(0, middle), (middle, len(text))]


def _between(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    gaps = [match.span() for match in pattern.finditer(text)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


_LEVELS = (split_sentences, _clauses, _words, _halves)
