"""Sentences of a translation in any language: a text in, their spans out.

The French rules serve every language with full stops well enough; what they cut after an abbreviation or a German
ordinal is joined again here, and languages that write other stops are cut at these. A slip does no harm: alignment
pairs two sentences with one.
"""

import re

from pipeline.languages import base, has_spaces
from pipeline.segment.sentences import split_sentences

_ABBREVIATIONS = {
    "en": "mr mrs ms messrs dr prof gen col lt sgt capt sen rep gov rev hon st jr sr no nos fig vol inc ltd "
    "corp vs etc jan feb aug sept oct nov dec approx dept",
    "es": "sr sra srta sres dr dra prof ing lic excmo ud uds núm art avda pág ee aa uu",
    "ca": "sr sra dr dra prof núm art pàg av",
    "pt": "sr sra srs dr dra prof eng art av pág núm exmo",
    "it": "sig sigg dott prof avv ing on gen art pag ecc",
    "de": "hr fr dr prof ing nr art abs bzw ca usw str mio mrd vgl ggf z b d h u a",
    "nl": "dhr mevr mw dr prof ir ing mr nr art blz bijv o a d w z",
}
_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\.$")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
_OTHER_STOPS = re.compile(r"[。！？؟।۔]+[」』”’）)»\"]*\s*")


def split_translation(text: str, lang: str) -> list[tuple[int, int]]:
    """Cut a text into sentences.

    Returns:
        (start, end) of each in code points; no sentence begins or ends with white space.
    """
    known = frozenset(_ABBREVIATIONS.get(base(lang), "").split())
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if (
            spans
            and "\n" not in text[spans[-1][1] : start]
            and _goes_on(text[spans[-1][0] : spans[-1][1]], lang, known)
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [part for start, end in spans for part in _at_other_stops(text, start, end)]


def _goes_on(sentence: str, lang: str, known: frozenset[str]) -> bool:
    if base(lang) == "de" and _ORDINAL.search(sentence):
        return True
    if _INITIAL.search(sentence):
        return has_spaces(lang)
    word = _LAST_WORD.search(sentence)
    return word is not None and word[1].lower() in known


def _at_other_stops(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = []
    for stop in _OTHER_STOPS.finditer(text, start, end):
        if stop.end() < end:
            parts.append((start, start + len(text[start : stop.end()].rstrip())))
            start = stop.end()
    return [*parts, (start, end)]
