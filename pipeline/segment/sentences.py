"""French sentences: a text in, the spans of its sentences out.

The spans leave nothing but white space between them, so that text and spans together rebuild the text exactly.
A candidate is a run of `.`, `!`, `?` or `…` with the closing marks that belong to it and white space behind, or
without the space where it was plainly forgotten (texts that lost their paragraph breaks);
`pipeline.segment.stops` judges full stops, `pipeline.segment.pairs` says where no sentence may end. Semicolons and
colons end nothing. In doubt a sentence goes on: translators bear a long segment better than half a name.
"""

import re
from collections.abc import Iterator

from pipeline.segment.pairs import closed_asides, spaced_closing_quotes
from pipeline.segment.stops import INVISIBLE, continues_name, full_stop_ends, opens_sentence

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*+\n\s*+|[\v\f\u2028\u2029]\s*+")
_STOP = re.compile(r"[.!?…‼⁇⁈⁉]++")
_SPACES = re.compile(r"\s*+")

_CLOSING = re.compile(
    # » with the space that French puts before it; other marks and note references only where they touch the stop.
    rf"(?:\s*+[»›]|[”“\"’'\)\]}}{INVISIBLE}]|[⁰¹²³⁴-⁹]++|[^\S\n]?\[\d{{1,3}}\]|\(\d{{1,3}}\))*+"
)
_BARE_NOTE = re.compile(r"(?<=(?:[^\W\d_]|[\u0300-\u036f])\.)\d{1,2}(?=\s)")
_SPACED_FIGURES = re.compile(r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s\d{2}(?:\d\d|(?:\.\s\d{2}){0,2}+)(?!\d)")
_LEADING_MARKS = re.compile(r"[^\w.!?…]{0,8}")

_LAST_WORD = re.compile(r"(?!www|.*[./@\\_])(?:.*[^\W\d_][\u0300-\u036f]?[^\W\d_][\u0300-\u036f]?|.*[\"»”)]|\d+)")
_NEXT_WORD = re.compile(
    r"MM?\.\s|[A-ZÀ-ÖØ-Þ][\u0300-\u036f]?(?:[^\W\d_A-ZÀ-Þ]|['’ ])[\w\u0300-\u036f'’-]{0,40}+(?![.@/\\=&]\w|[@/\\=])"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Cut a French text into sentences.

    Returns:
        (start, end) of each sentence in code points, end exclusive, in order; no sentence begins or ends with
        white space, and only white space stands between them. Empty for a text of nothing but white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph_break in _PARAGRAPH_BREAK.finditer(text):
        spans += _split_paragraph(text, start, paragraph_break.start())
        start = paragraph_break.end()
    return spans + _split_paragraph(text, start, len(text))


def _split_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    paragraph = text[start:end]
    offset = start + len(paragraph) - len(paragraph.lstrip())
    paragraph = paragraph.strip()
    spans = []
    sentence_start = 0
    for sentence_end in _sentence_ends(paragraph):
        spans.append((offset + sentence_start, offset + sentence_end))
        sentence_start = _after_spaces(paragraph, sentence_end)
    if sentence_start < len(paragraph):
        spans.append((offset + sentence_start, offset + len(paragraph)))
    return spans


def _sentence_ends(text: str) -> Iterator[int]:
    """Yield where each sentence but the last ends; the text has no white space at its ends."""
    straight_quotes = spaced_closing_quotes(text)
    closed = sorted(closed_asides(text) + [found.span() for found in _SPACED_FIGURES.finditer(text)])
    next_closed = 0
    closed_until = 0
    sentence_start = 0
    for stop in _STOP.finditer(text):
        while next_closed < len(closed) and closed[next_closed][0] < stop.start():
            closed_until = max(closed_until, closed[next_closed][1])
            next_closed += 1
        if stop.start() < closed_until:
            continue
        end = _after_closing_marks(text, stop.end(), straight_quotes)
        following = _after_spaces(text, end)
        if following == len(text) or (following == end and not _space_is_missing(text, sentence_start, stop)):
            continue
        if _ends_sentence(text, sentence_start, stop, following):
            yield end
            sentence_start = following


def _ends_sentence(text: str, sentence_start: int, stop: re.Match[str], following: int) -> bool:
    first = opens_sentence(text, following)
    if first is None or _LEADING_MARKS.fullmatch(text, sentence_start, stop.start()):
        return False
    if stop.group() == ".":
        if text[stop.end()].isdigit():
            first = stop.end()  # « arrêtées.1 Les » ends with a note's number, « art.1 Les » with the article's
        return full_stop_ends(text, sentence_start, stop.start(), first)
    is_ellipsis = stop.group().strip(".…") == ""
    if is_ellipsis and text[max(0, stop.start() - 1) : stop.start()] in ("[", "("):
        return not continues_name(text, first)  # « […] Nul ne peut » begins a sentence, « (...) Paris est » may not
    return not (is_ellipsis and text[first].isdigit())


def _space_is_missing(text: str, sentence_start: int, stop: re.Match[str]) -> bool:
    """Tell whether two sentences touch: « Il est parti.Elle reste », but not « rapport.Final.pdf »."""
    if not _NEXT_WORD.match(text, stop.end()):
        return False
    words = text[max(sentence_start, stop.start() - 40) : stop.start()].split()
    return bool(words) and _LAST_WORD.fullmatch(words[-1]) is not None


def _after_closing_marks(text: str, at: int, straight_quotes: frozenset[int]) -> int:
    note = _BARE_NOTE.match(text, at)
    end = _end_of(_CLOSING, text, note.end() if note else at)
    while straight_quotes and (quote := _after_spaces(text, end)) in straight_quotes:
        end = _end_of(_CLOSING, text, quote + 1)
    return end


def _after_spaces(text: str, at: int) -> int:
    return _end_of(_SPACES, text, at)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
