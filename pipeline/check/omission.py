"""Omission and addition: a translation that says less than the French, more, or something else.

A missing clause shows twice: the translation is short for its French, and it grows nearer in meaning when that
clause is taken out of the French as well. So each part of a sentence that is oddly short is left out in turn and the
rest is compared; likewise for the parts of a translation that is oddly long. A translation whose meaning is nowhere
near is of another sentence. Meaning is compared by `pipeline.facts.similarity`.
"""

import math
from collections.abc import Iterator, Sequence

from pipeline.check.base import Check, Defect, SegmentPair, one_sentence, quoted
from pipeline.check.length import EXPECTED, OTHERS
from pipeline.facts.similarity import can_compare, encode, similarity
from pipeline.languages import base
from pipeline.records import Severity, Span

SHORT, LONG = -1.1, 1.8
"""Deviations of the length (see `pipeline.check.length`) from which parts are left out in turn; 11 % of human
translations pass the first."""
CONSTANT, PER_DEVIATION, PER_SIMILARITY = -3.29, 1.73, 19.7
MISSING, ADDED = {"en": 1.7, "es": 2.0}, {"de": 3.5, "es": 3.5}
USUALLY_MISSING, USUALLY_ADDED = 1.9, 3.0
SUSPICION = 1.2
"""Logistic regression on newstest 2008–2012, first half, English and German, whole and with a clause of 25–60 % of the
words left out: log-odds that something is missing. From these on it counts as missing or added, which 0.3 to 0.6 % and
0.2 to 0.3 % of human translations do: translators explain more than they leave out, and more so in some languages."""
SURE = 0.77
"""Similarity from which a translation says all: one in fifty of those with a clause left out does."""
ELSEWHERE = 0.26
"""Similarity below which a translation is of another sentence: 0.4 % of human translations, 99.5 % of foreign ones."""
FEWEST_CHARACTERS = 15
"""Of either side: shorter ones have no meaning to compare."""
SHARE = 0.35
PLACES = 6


def _prepare(pairs: Sequence[SegmentPair]) -> None:
    """Encode in batches what the pairs of a release will need."""
    compared = [pair for pair in pairs if _is_long_enough(pair)]
    encode(text for pair in compared for text in (pair.source, pair.target))
    doubtful = (pair for pair in compared if similarity(pair.source, pair.target) < SURE)
    encode(rest for pair in doubtful for rest, _ in _rests(pair))


def _find(pair: SegmentPair) -> Iterator[Defect]:
    if not _is_long_enough(pair):
        return
    whole = similarity(pair.source, pair.target)
    if whole < ELSEWHERE:
        yield Defect("major", f"The {pair.language} text does not seem to say what the French says.")
        return
    if whole >= SURE:
        return
    deviation = _deviation(pair)
    is_short = deviation < 0
    other = pair.target if is_short else pair.source
    best = max(
        ((similarity(rest, other) - whole, part) for rest, part in _rests(pair)), default=None, key=lambda x: x[0]
    )
    if best is None:
        return
    gain, part = best
    odds = CONSTANT + PER_DEVIATION * abs(deviation) + PER_SIMILARITY * gain
    if odds < SUSPICION:
        return
    lang = base(pair.target_lang)
    enough = MISSING.get(lang, USUALLY_MISSING) if is_short else ADDED.get(lang, USUALLY_ADDED)
    severity: Severity = "major" if odds >= enough else "minor"
    if is_short:
        piece = quoted(pair.source[part.start : part.end])
        yield Defect(
            severity, f"Something of the French may be missing in {pair.language}, perhaps near {piece}.", part
        )
    else:
        piece = quoted(pair.target[part.start : part.end])
        message = f"The {pair.language} text may say more than the French, perhaps near {piece}."
        yield Defect(severity, message, None, part)


def _is_long_enough(pair: SegmentPair) -> bool:
    return min(len(pair.source), len(pair.target.strip())) >= FEWEST_CHARACTERS


def _deviation(pair: SegmentPair) -> float:
    """Return how far the length is from what is expected, in standard deviations."""
    ratio, deviation = EXPECTED.get(base(pair.target_lang), OTHERS)
    french = max(len(pair.source), 1)
    return (len(pair.target) - ratio * french) / (deviation * math.sqrt(french))


def _rests(pair: SegmentPair) -> list[tuple[str, Span]]:
    """Return what is left of the side that is too long without each of its parts, and the parts."""
    deviation = _deviation(pair)
    if SHORT < deviation < LONG:
        return []
    return without_parts(pair.source if deviation < 0 else pair.target)


def without_parts(text: str) -> list[tuple[str, Span]]:
    """Leave out in turn stretches of about a third of the words, at even distances."""
    words: list[Span] = []
    position = 0
    for word in text.split():
        start = text.index(word, position)
        position = start + len(word)
        words.append(Span(start, position))
    size = max(2, round(len(words) * SHARE))
    free = len(words) - size
    firsts = sorted({round(place * free / (PLACES - 1)) for place in range(PLACES)}) if free > 0 else []
    parts = [Span(words[first].start, words[first + size - 1].end) for first in firsts]
    return [(f"{text[: part.start]} {text[part.end :]}".strip(), part) for part in parts]


def _applies(lang: str) -> bool:
    return can_compare("fr", lang)


OMISSION = Check("parts missing or added", _find, one_sentence, "sentences", _applies, _prepare)
