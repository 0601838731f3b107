"""Names and acronyms that a rule-based engine would translate where they are words too: Jomar Palacio is no palace.

In come sentences, out come the stretches that are surely somebody's or something's own name: two words and more, all
with a capital, beginning with one that is no French word, and not known under another form abroad.
"""

from collections.abc import Iterator, Sequence

from pipeline.facts.acronyms import family, find_acronyms
from pipeline.facts.names import TITLES, capital_runs
from pipeline.facts.names_exonyms import LONGEST, gazetteer, longest_known
from pipeline.facts.names_fold import fold
from pipeline.facts.vocabulary import vocabulary
from pipeline.facts.words import is_in_capitals
from pipeline.protect.placeables import Stretch

FEWEST_WORDS = 2
LEADS = TITLES | {"madame", "mademoiselle", "maitre", "miss", "mister", "monsieur"}


def find_people(text: str) -> Iterator[Stretch]:
    """Yield the names in a French text, in order.

    Args:
        text: Normalised; one that is set in capitals says nothing of names.
    """
    if is_in_capitals(text):
        return
    for run in capital_runs(text):
        words = [fold(word.text) for word in run]
        leads = (run[index].is_acronym or _is_lead(word) for index, word in enumerate(words))
        first = next((index for index, leads_on in enumerate(leads) if not leads_on), len(words))
        name = words[first:]
        if len(name) >= FEWEST_WORDS and not (_is_known(name) or _is_known(name[-1:])):
            yield Stretch("name", run[first].start, run[-1].end)


def find_own_acronyms(text: str) -> Iterator[Stretch]:
    """Yield the acronyms in a French text that other languages write alike: CHU is an institution, not *fallen*."""
    for acronym, span in find_acronyms(text):
        is_word = fold(acronym) in vocabulary("fr") or _is_known([fold(acronym)])
        if not is_word and family(acronym) == {acronym}:
            yield Stretch("name", span.start, span.end)


def _is_lead(word: str) -> bool:
    """Tell a word that stands before a name: a title, a French word at a sentence's beginning, a lone letter."""
    return word in LEADS or len(word) == 1 or word in vocabulary("fr")


def _is_known(words: Sequence[str]) -> bool:
    """Tell whether words begin with a name that has a form of its own in other languages."""
    return longest_known(list(words[:LONGEST]), gazetteer("fr").keys) > 0
