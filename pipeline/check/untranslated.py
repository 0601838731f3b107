"""French that stands unchanged in the translation: a whole sentence copied, or a run of words inside one.

Names may stay as they are, and so may a word or two; five words in a row, three of them vocabulary, may not.
"""

from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, in_real_languages, one_sentence, quoted
from pipeline.facts.words import Word, find_words, is_in_capitals
from pipeline.protect.placeables import find_placeables
from pipeline.records import MaskedSegment, Severity, Span

SHORTEST_RUN = 5
FEWEST_IN_RUN = 3
FEWEST_IN_COPY = 2
"""Words of vocabulary in a copied sentence; « Contact » or « Total général » may be the same in both languages."""


def _find(pair: SegmentPair) -> Iterator[Defect]:
    source, target = (find_words(_hide(text, pair.masked)) for text in (pair.source, pair.target))
    if [word.lower for word in source] == [word.lower for word in target]:
        count = len(_vocabulary(pair, target))
        if count >= FEWEST_IN_COPY:
            severity: Severity = "blocker" if count >= SHORTEST_RUN else "major"
            yield Defect(severity, f"The sentence was copied and not translated: {quoted(pair.source)}.")
        return
    for first, last in _runs([word.lower for word in source], [word.lower for word in target]):
        words = target[first:last]
        if len(_vocabulary(pair, words)) >= FEWEST_IN_RUN:
            span = Span(words[0].start, words[-1].end)
            piece = quoted(pair.target[span.start : span.end])
            yield Defect(
                "major", f"The words {piece} stand in the {pair.language} text as in French.", target_span=span
            )


def _hide(text: str, masked: MaskedSegment) -> str:
    """Blank out addresses, known from the French or not: they stand in both texts as they are."""
    text = hide_placeables(text, masked)
    for stretch in find_placeables(text):
        text = text[: stretch.start] + " " * (stretch.end - stretch.start) + text[stretch.end :]
    return text


def _vocabulary(pair: SegmentPair, words: tuple[Word, ...]) -> list[Word]:
    """Keep words of three letters and more that are no names."""
    capitals = is_in_capitals(pair.source)
    return [
        word
        for word in words
        if len(word.text) > 2
        and word.lower not in pair.names
        and (capitals or not word.is_capitalised or (word.start == words[0].start and not word.is_acronym))
    ]


def _runs(source: list[str], target: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the target, as indices, all of whose runs of five words are the source's."""
    known = {tuple(source[index : index + SHORTEST_RUN]) for index in range(len(source) - SHORTEST_RUN + 1)}
    first = end = 0
    for index in range(len(target) - SHORTEST_RUN + 1):
        if tuple(target[index : index + SHORTEST_RUN]) in known:
            if index > end:
                if end:
                    yield first, end
                first = index
            end = index + SHORTEST_RUN
    if end:
        yield first, end


UNTRANSLATED = Check("French left as it was", _find, one_sentence, "sentences", in_real_languages)
