"""Which words of a translation stand for which of its source: a pair of sentences in, aligned stretches out.

The learnt lexicons of `pipeline.facts` say how well two words fit. A link must be the best of both its words by far, so
that few are found but hardly any is wrong: what is learnt from a wrong one would be to obey nonsense.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.facts.lexicon import SHORTEST, STEM, lexicon, places_of_stems
from pipeline.languages import base
from pipeline.summarize.stop_words import stop_words
from pipeline.train.pairs import Pair

LEAST_STRENGTH = 0.2
LEAST_MARGIN = 2.0
"""How many times stronger a link is than any other of its two words."""
MOST_WORDS = 3
"""Linked words of one stretch."""
MOST_LINKED = 60
"""Words of a sentence that are looked at: the work grows with their square."""

_BETWEEN = re.compile(r"[ -](?:(?:de la|de|du|des|en|à|of|in|for) |(?:de l|d)['’])?")
"""What may stand between two words of a term: nothing, or what joins nouns (*chemin de fer*). An article parts them."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A stretch of the source and the stretch of the target that stands for it.

    Attributes:
        source_start: Where it starts in the source.
        source_end: Where it ends there.
        target_start: Where it starts in the target.
        target_end: Where it ends there.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int

    def texts(self, pair: Pair) -> Pair:
        """Return the two stretches' texts."""
        return Pair(pair.source[self.source_start : self.source_end], pair.target[self.target_start : self.target_end])


def align_words(pair: Pair, target_lang: str) -> list[Aligned]:
    """Return the words that surely stand for one another, in the order of the source."""
    source, target = _places(pair.source), _places(pair.target)
    if not source or not target or max(len(source), len(target)) > MOST_LINKED:
        return []
    learnt = lexicon(base(target_lang))
    table = [
        [1.0 if french == other else learnt.get(french, {}).get(other, 0.0) for other, _, _ in target]
        for french, _, _ in source
    ]
    links = []
    for row, strengths in enumerate(table):
        column = max(range(len(target)), key=strengths.__getitem__)
        best = strengths[column]
        rivals = [*strengths[:column], *strengths[column + 1 :], *(o[column] for i, o in enumerate(table) if i != row)]
        if best >= LEAST_STRENGTH and best >= LEAST_MARGIN * max(rivals, default=0.0):
            links.append(Aligned(*source[row][1:], *target[column][1:]))
    return links


def align_terms(pair: Pair, target_lang: str) -> list[Aligned]:
    """Return stretches of up to three linked words, the longer where two overlap; stop words are no terms.

    A stretch is one that no link leaves: its words in the source are linked to those in the target and no others.
    """
    links = [link for link in align_words(pair, target_lang) if not _is_stop_word(link.texts(pair), target_lang)]
    found: list[Aligned] = []
    for size in range(MOST_WORDS, 0, -1):
        for first in range(len(links) - size + 1):
            part = links[first : first + size]
            whole = Aligned(
                part[0].source_start,
                part[-1].source_end,
                min(link.target_start for link in part),
                max(link.target_end for link in part),
            )
            if _holds_together(part, pair, links) and not any(_overlap(whole, other) for other in found):
                found.append(whole)
    return found


def _holds_together(part: list[Aligned], pair: Pair, links: list[Aligned]) -> bool:
    if len(part) == 1:
        return True
    targets = sorted((link.target_start, link.target_end) for link in part)
    gaps = [pair.source[left.source_end : right.source_start] for left, right in pairwise(part)]
    gaps += [pair.target[left[1] : right[0]] for left, right in pairwise(targets)]
    inside = sum(targets[0][0] <= link.target_start < targets[-1][1] for link in links)
    return inside == len(part) and all(_BETWEEN.fullmatch(gap) for gap in gaps)


def _is_stop_word(words: Pair, target_lang: str) -> bool:
    return words.source.lower() in stop_words("fr") or words.target.lower() in stop_words(target_lang)


def _overlap(one: Aligned, other: Aligned) -> bool:
    return (one.source_start < other.source_end and other.source_start < one.source_end) or (
        one.target_start < other.target_end and other.target_start < one.target_end
    )


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return the stems that are long enough to mean something alone."""
    return [place for place in places_of_stems(text) if min(STEM, place[2] - place[1]) > SHORTEST]
