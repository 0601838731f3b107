"""Typography of the target language: quotation marks, spaces at marks, opening ¿ and ¡, one kind of apostrophe.

All of it is minor: it mars the text and changes no meaning.
"""

import re
from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, one_sentence, quoted
from pipeline.languages import base, is_private
from pipeline.records import Span
from pipeline.restore.conventions import conventions

_QUOTE = re.compile("[«»“”„‹›‚「」『』]")
_SPACE_BEFORE = re.compile("(?<=\\w)[ \u00a0\u202f\u2009]+[,.;:!?](?=\\s|$)")
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)")
_SPACED_AS_IN_FRENCH = frozenset({"fr", "br", "oc"})
_CURLY_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_STRAIGHT_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_STRAIGHT_QUOTE = re.compile('"')
_CURLY_QUOTE = re.compile("[“”«»„]")
_OPENING = {"?": "¿", "!": "¡"}


def _find(pair: SegmentPair) -> Iterator[Defect]:
    yield from _foreign_quotes(pair)
    yield from _spaces(pair)
    yield from _mixtures(pair)
    yield from _opening_marks(pair)


def _foreign_quotes(pair: SegmentPair) -> Iterator[Defect]:
    accepted = conventions(pair.target_lang).quotes + "“”"
    if base(pair.target_lang) in {"es", "it", "pt", "ca"}:
        accepted += "«»"
    foreign = [match for match in _QUOTE.finditer(pair.target) if match[0] not in accepted]
    if foreign:
        message = f"{foreign[0][0]} is not a quotation mark of {pair.language}."
        yield Defect("minor", message, target_span=Span(foreign[0].start(), foreign[-1].end()))


def _spaces(pair: SegmentPair) -> Iterator[Defect]:
    if base(pair.target_lang) not in _SPACED_AS_IN_FRENCH:
        for match in _SPACE_BEFORE.finditer(pair.target):
            message = f"{pair.language} has no space before {quoted(match[0].strip())}."
            yield Defect("minor", message, target_span=Span(*match.span()))
    if _DOUBLE_SPACE.search(pair.source) is None:
        for match in _DOUBLE_SPACE.finditer(pair.target):
            yield Defect("minor", "Two spaces stand where one is meant.", target_span=Span(*match.span()))


def _mixtures(pair: SegmentPair) -> Iterator[Defect]:
    for noun, straight, curly in (
        ("apostrophes", _STRAIGHT_APOSTROPHE, _CURLY_APOSTROPHE),
        ("quotation marks", _STRAIGHT_QUOTE, _CURLY_QUOTE),
    ):
        match = straight.search(pair.target)
        if match and curly.search(pair.target):
            yield Defect("minor", f"Straight and curly {noun} are mixed.", target_span=Span(*match.span()))


def _opening_marks(pair: SegmentPair) -> Iterator[Defect]:
    if conventions(pair.target_lang).inverted:
        for closing, opening in _OPENING.items():
            if pair.target.rstrip('»”" )').endswith(closing) and opening not in pair.target:
                at = pair.target.rindex(closing)
                message = f"{pair.language} opens with {opening} what closes with {closing}."
                yield Defect("minor", message, target_span=Span(at, at + 1))


def _applies(lang: str) -> bool:
    return not is_private(lang)


TYPOGRAPHY = Check("typography", _find, one_sentence, "sentences", _applies)
