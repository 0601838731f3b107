"""What can be said of a summary without a human one: a release and its summaries in, figures out.

Lengths and words are compared with the text that a summary is made of; what it tells is compared with the French, by
value, whatever its language.
"""

from collections.abc import Sequence, Set
from functools import cached_property
from itertools import pairwise

from pipeline.facts import find_value_facts
from pipeline.records import SummaryMeasures
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.stems import stems_or_letters


class Meter:
    """Measures the summaries of one release in one language.

    Args:
        sentences: What the summaries are made of.
        lang: BCP-47 tag of the sentences and of the summaries.
        facts: The values that the French holds; see `values_of`.
    """

    def __init__(self, sentences: Sequence[str], lang: str, facts: Set[str]) -> None:
        self._sentences = sentences
        self._lang = lang
        self._facts = facts

    @cached_property
    def _words(self) -> list[str]:
        return stems_or_letters("\n".join(self._sentences), self._lang)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self._words))

    def measure(self, text: str, french: Set[str] = frozenset()) -> SummaryMeasures:
        """Measure a summary.

        Args:
            text: The summary.
            french: The values that the French summary for the same channel holds.
        """
        told = stems_or_letters(text, self._lang)
        pairs = list(pairwise(told))
        held = values_told(text, self._lang)
        return SummaryMeasures(
            compression=_share(len(told), len(self._words)),
            novelty=_share(sum(pair not in self._pairs for pair in pairs), len(pairs)),
            coverage=_share(len(self._facts & held), len(self._facts), of_nothing=1.0),
            agreement=_share(len(french & held), len(french), of_nothing=1.0),
            redundancy=_share(len(pairs) - len(set(pairs)), len(pairs)),
        )


def values_of(texts: Sequence[str], lang: str) -> frozenset[str]:
    """Return the numbers, amounts, measures, dates and times of some texts, in a form that every language shares."""
    return frozenset(fact.value for text in texts for fact in find_value_facts(text, lang))


def values_told(text: str, lang: str) -> frozenset[str]:
    """Return the values that a summary tells, sentence by sentence: most of these were read before."""
    lines = text.split("\n")
    return values_of([line[start:end] for line in lines for start, end in split_sentences(line)], lang)


def _share(part: int, whole: int, of_nothing: float = 0.0) -> float:
    return round(part / whole, 3) if whole else of_nothing
