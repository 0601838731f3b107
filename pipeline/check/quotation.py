"""Quotations: as many in the translation as in the French, nested as deep, closed where the French closes them.

Marks are counted, not words: a sentence may open a quotation that a later one closes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.check.base import Check, Defect, SegmentPair, in_real_languages
from pipeline.check.length import EXPECTED, OTHERS
from pipeline.facts.words import find_words
from pipeline.languages import base
from pipeline.records import Severity, Span

SPEECH = 5
"""Words from which a quotation is what somebody said, and not a word held at arm's length."""
_SINGLES = re.compile(r"(?<![\w'’`‘])['`‘](?=\w)(?:[^'’`‘]|(?<=\w)['’](?=\w)){1,300}['’](?!\w)")
"""Single marks in pairs; any other ' or ’ is an apostrophe."""
_MARKS = re.compile('[«»“”„‟"‹›‚「」『』]')
_OPENING = frozenset("«„‟‹‚「『")
_BEFORE_OPENING = " \u00a0\u202f\u2009\n\t([{¿¡—–-/'’«“„‘"


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotation marks of a text.

    Attributes:
        opened: Where quotations open.
        closed: Where quotations close.
        depth: How deep they are nested.
    """

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    depth: int

    @property
    def number(self) -> int:
        """How many quotations there are, those that only open or only close included."""
        return max(len(self.opened), len(self.closed))


@lru_cache(maxsize=8192)
def find_quotations(text: str) -> Quotations:
    """Read the quotation marks of a text in any language's form."""
    opened: list[int] = []
    closed: list[int] = []
    stack: list[str] = []
    depth = 0
    for position, mark, opens in sorted([*_doubles(text), *_singles(text)]):
        is_open = opens if opens is not None else _opens(text, position, mark, stack)
        if is_open:
            opened.append(position)
            stack.append(mark)
            depth = max(depth, len(stack))
        else:
            closed.append(position)
            del stack[-1:]
    return Quotations(tuple(opened), tuple(closed), max(depth, 1 if closed else 0))


def _doubles(text: str) -> Iterator[tuple[int, str, bool | None]]:
    """Yield all marks but single ones; whether they open is known of some only from what stands before."""
    for match in _MARKS.finditer(text):
        position, mark = match.start(), match[0]
        inside_word = text[position - 1 : position].isalpha() and text[position + 1 : position + 2].isalpha()
        if mark in '"“”':
            if mark != '"' or not inside_word:
                yield position, mark, None
        else:
            yield position, mark, mark in _OPENING


def _singles(text: str) -> Iterator[tuple[int, str, bool]]:
    for match in _SINGLES.finditer(text):
        yield match.start(), match[0][0], True
        yield match.end() - 1, match[0][-1], False


def _opens(text: str, position: int, mark: str, stack: list[str]) -> bool:
    """Tell from its neighbours and from what is open whether a mark opens a quotation."""
    if mark == "“":
        return "„" not in stack
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    at_start = not before or before in _BEFORE_OPENING
    at_end = not after or not after.isalnum()
    if mark == "”":
        return at_start and not at_end and not stack
    return at_start if at_start != at_end else '"' not in stack


def _find(pair: SegmentPair) -> Iterator[Defect]:
    french, translated = find_quotations(pair.source), find_quotations(pair.target)
    if french.number != translated.number:
        yield _number_differs(pair, french, translated)
    elif french.number and french.depth != translated.depth:
        message = f"The quotation inside a quotation was not kept in {pair.language}."
        yield Defect("minor", message, _around(french), _around(translated))
    elif (
        french.number and len(french.opened) == len(french.closed) and len(translated.opened) != len(translated.closed)
    ):
        message = f"A quotation is opened or closed in {pair.language} without its other mark."
        yield Defect("minor", message, _around(french), _around(translated))


def _number_differs(pair: SegmentPair, french: Quotations, translated: Quotations) -> Defect:
    message = f"French has {_quotations(french.number)}; {pair.language} has {translated.number or 'none'}."
    is_gone = translated.number == 0 and _is_speech(pair.source, french)
    severity: Severity = "major" if is_gone and _is_short(pair) else "minor"
    return Defect(severity, message, _around(french), _around(translated))


def _is_short(pair: SegmentPair) -> bool:
    """Tell whether words are gone with the marks: marks alone may go where speech is reported."""
    ratio, _ = EXPECTED.get(base(pair.target_lang), OTHERS)
    return len(pair.target.strip()) < SHORT * ratio * len(pair.source)


SHORT = 0.8
"""Share of the expected length below which a translation seems to say less."""


def _is_speech(text: str, quotations: Quotations) -> bool:
    """Tell whether any quotation is long enough to be what somebody said."""
    starts = quotations.opened or (0,)
    ends = quotations.closed or (len(text),)
    return any(len(find_words(text[start:end])) >= SPEECH for start, end in zip(starts, ends, strict=False))


def _quotations(number: int) -> str:
    return f"{number or 'no'} quotation{'' if number == 1 else 's'}"


def _around(quotations: Quotations) -> Span | None:
    places = (*quotations.opened, *quotations.closed)
    return Span(min(places), max(places) + 1) if places else None


def _count(pair: SegmentPair) -> int:
    return find_quotations(pair.source).number


QUOTATION = Check("quotations", _find, _count, "items", in_real_languages)
