"""A paragraph's translation cut where its French is cut: text and French lengths in, one piece a sentence out."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.languages import has_spaces
from pipeline.segment.translations import split_translation

_CLAUSE_ENDS = frozenset(",;:.!?…–—،；：，。！？")


def cut_in_step(text: str, lang: str, lengths: Sequence[int]) -> list[str]:
    """Cut a translation into as many pieces as the French has sentences.

    Where it has as many sentences, these are the pieces; otherwise the ends of sentences, else of clauses, else of
    words that are nearest to the shares of the French.

    Args:
        text: The translation.
        lang: Its BCP-47 tag.
        lengths: Code points of each French sentence.
    """
    sentences = split_translation(text, lang)
    if len(sentences) == len(lengths):
        return [text[start:end] for start, end in sentences]
    cuts = _cuts([start for start, _ in sentences[1:]], text, lang, len(lengths) - 1)
    total = sum(lengths) or 1
    wanted = [len(text) * sum(lengths[:place]) / total for place in range(1, len(lengths))]
    borders = [0]
    for place, position in enumerate(wanted):
        left = len(wanted) - place - 1
        choice = [cut for cut in cuts if cut > borders[-1]]
        usable = choice[: len(choice) - left] or choice[:1] or [borders[-1]]
        borders.append(min(usable, key=lambda cut: abs(cut - position)))
    borders.append(len(text))
    return [text[start:end].strip() for start, end in pairwise(borders)]


def _cuts(sentences: list[int], text: str, lang: str, fewest: int) -> list[int]:
    """Return where a text may be cut: at the best kind of border of which there are enough."""
    if len(sentences) >= fewest:
        return sentences
    words = [place + 1 for place, character in enumerate(text[:-1]) if character == " " or not has_spaces(lang)]
    clauses = sorted({*sentences, *(place for place in words if text[: place - 1][-1:] in _CLAUSE_ENDS)})
    return clauses if len(clauses) >= fewest else words if len(words) >= fewest else list(range(1, len(text)))
