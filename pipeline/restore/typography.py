"""Spaces, apostrophes, sentence marks and capitals of the target language.

In come a target text (content still in its tokens, so that no address is touched) and, where it matters, the
French; out come edits. Each function is one convention.
"""

import re
from collections.abc import Iterator

from pipeline.restore.conventions import Conventions
from pipeline.restore.draft import Edit

_SPACE = "[ \u00a0\u202f\u2009]"
_STRAY_SPACE = re.compile(r"^\s+|\s+$|\s{2,}|[^\S \u3000]")
_LOOSE = re.compile(rf"{_SPACE}+(?=[,.](?:[\s)\]»”’\"\ue000-\uf8ff]|$))|(?<=[(\[]){_SPACE}+|{_SPACE}+(?=[)\]])")
_HIGH_MARK = re.compile(rf"(?<=[^\s;:!?¿¡(\[]){_SPACE}*(?P<marks>[;:!?]+)(?=[\s»”’\")\]\ue000-\uf8ff]|$)")
_PERCENT = re.compile(rf"(?<=\d){_SPACE}*%(?!\w)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'|'(?=[^\W\d_])")
_SMALL = re.compile(r"[^\W\d_A-Z]")
_FIRST = re.compile("[^\\W_]|[\ue000-\uf8ff]")
_SENTENCE_END = re.compile(r"(?:(?<=\w{4})\.|…|[!?]+)(?=[\s»”’\")\]]|$)")
_CLAUSE_START = re.compile(r"[:—–] |[«“„‘(]")
_NO_LETTER = re.compile("[^\\w\ue000-\uf8ff]*")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|‘[^‘’]*’|\([^()]*\)")
_CLOSERS = "»”“’‘\"'›)]}」』 \u00a0\u202f"
_NOTE = re.compile(f"(?<=[.!?…。！？])[\ue000-\uf8ff]+(?=[{re.escape(_CLOSERS)}]*$)")
_LAST_WORD = re.compile(r"(?<![\w.])[^\W\d_]{4,}\.$")
# Every script's sentence marks, by the French mark that they answer.
_MARKS = {
    **dict.fromkeys(".。।։۔", "."),
    **dict.fromkeys("?？؟", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys(";；؛", ";"),
    **dict.fromkeys(",，،、", ","),
    "…": ".",
}


def stray_space_edits(text: str) -> Iterator[Edit]:
    """Yield edits after which there is one plain space between words and none around the text."""
    for match in _STRAY_SPACE.finditer(text):
        at_edge = match.start() == 0 or match.end() == len(text)
        yield Edit(match.start(), match.end(), "" if at_edge else " ")


def mark_edits(text: str, convention: Conventions) -> Iterator[Edit]:
    """Yield edits for the spaces at commas, brackets and the marks that French sets apart."""
    for match in _LOOSE.finditer(text):
        yield Edit(match.start(), match.end(), "")
    for match in _HIGH_MARK.finditer(text):
        colon = match["marks"][0] == ":"
        space = convention.before_colon if colon else convention.before_high_marks
        yield Edit(match.start(), match.start("marks"), space)


def percent_edits(text: str, convention: Conventions) -> Iterator[Edit]:
    """Yield edits for the space before per cent signs; none where the language puts the sign first."""
    for match in _PERCENT.finditer(text) if convention.percent else ():
        yield Edit(match.start(), match.end(), convention.percent)


def apostrophe_edits(text: str) -> Iterator[Edit]:
    """Yield edits that make apostrophes typographic; quotation marks must have been dealt with."""
    for match in _APOSTROPHE.finditer(text):
        yield Edit(match.start(), match.end(), "’")


def final_mark_edits(source: str, text: str, convention: Conventions) -> Iterator[Edit]:
    """Yield the edit after which the text ends with the sentence mark that the French ends with.

    A question or an exclamation of the translation stays one, whatever the French has.
    """
    french, marks = _final_marks(source), _final_marks(text)
    if not french:
        if [mark for _, mark in marks] == ["."] and _LAST_WORD.search(text):
            yield Edit(len(text) - 1, len(text), "")
        return
    found = {mark for _, mark in marks}
    if not text or {mark for _, mark in french} & found or found & {"?", "!"}:
        return
    position = french[0][0]
    mark = "…" if source[position] == "…" or source[:position].endswith("..") else french[0][1]
    written = convention.final_marks.get(mark, mark)
    if marks:
        yield Edit(marks[0][0], marks[0][0] + 1, written)
        return
    end = len(text)
    if source[position + 1 :].strip():  # the French mark stands inside the quotation or the bracket
        end = len(text.rstrip(_CLOSERS))
    yield Edit(end, end, written)


def _final_marks(text: str) -> list[tuple[int, str]]:
    """Return the sentence marks that end a text, the last one first; brackets, quotation and footnote marks aside."""
    marks = []
    note = _NOTE.search(text)
    for position in range((note.start() if note else len(text)) - 1, -1, -1):
        mark = _MARKS.get(text[position])
        if mark:
            marks.append((position, mark))
        elif text[position] not in _CLOSERS:
            break
    return marks


def inverted_mark_edits(text: str) -> Iterator[Edit]:
    """Yield edits that open questions and exclamations as Spanish does, where an engine has only closed them."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        mark = {"?": "¿", "!": "¡"}.get(match[0][0])
        if mark and not any(inverted in text[start : match.start()] for inverted in "¿¡"):
            # What is quoted and closed again before the mark does not start the question.
            clause = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text[start : match.start()])
            openings = [opening.end() for opening in _CLAUSE_START.finditer(clause)]
            behind = start + (openings[-1] if openings else 0)
            skipped = _NO_LETTER.match(text, behind)
            position = skipped.end() if skipped else behind
            if position < match.start():
                yield Edit(position, position, mark)
        start = match.end()


def capital_edits(source: str, text: str) -> Iterator[Edit]:
    """Yield the edit after which a text begins with a capital if the French does."""
    french, first = _FIRST.search(source), _FIRST.search(text)
    if french and first and french[0].isupper() and first[0].islower():
        position = first.start()
        mixed = text[position + 1 : position + 2].isupper()  # a name such as iPhone
        capital = first[0].upper()
        if not mixed and len(capital) == 1:
            yield Edit(position, position + 1, capital)


def upper_case_edits(text: str) -> Iterator[Edit]:
    """Yield the edits after which a text stands in capitals, as its French does; its length stays."""
    for match in _SMALL.finditer(text):
        capitals = match[0].upper()
        if len(capitals) == len(match[0]):
            yield Edit(match.start(), match.end(), capitals)
