"""Names of people, organisations and places in a French text.

In: a sentence, and the words that its release writes with a capital elsewhere. Out: `Fact`s, each a run of capitalised
words of which at least one is no vocabulary (*Université Charles*, *Karel Brezina*) or which is known as a whole
(*États-Unis*). French capitals are reliable: only names, sentences and institutions have them, and the vocabulary tells
the last two apart. What kind of name it is matters little, since names are compared as strings.
"""

import re
from functools import lru_cache

from pipeline.facts.base import Fact
from pipeline.facts.names_exonyms import LONGEST, Words, gazetteer, longest_known
from pipeline.facts.names_fold import fold
from pipeline.facts.number_words import words as words_in
from pipeline.facts.vocabulary import vocabulary
from pipeline.facts.words import Word, find_words, is_in_capitals, starts_sentence

PARTICLES = words_in("van von der den ten bin ben ibn al el da dos della di y")
"""Small words inside a person's name; French *de* and *du* are not among them, since they also join two names."""
TITLES = words_in("m mm mme mlle melle dr me mr mrs ms")
_CENTURY = re.compile(r"[IVXL]+(?:e|er|ème|eme)")
_JOINS = (" ", "-", "\u00a0", "‑", "\u202f")
_INITIAL = (". ", ".\u00a0", ".", ".-")


@lru_cache(maxsize=8192)
def find_names(text: str, known: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """Return the names of a French text, in order.

    Args:
        text: A sentence.
        known: Words, in lower case, that the release writes with a capital inside a sentence.

    Returns:
        `value` is the folded words that must be found again, separated by spaces; `kind` is `place` for a name that
        is known with its forms in other languages, and `person` for any other.
    """
    if is_in_capitals(text):
        return ()
    names: list[Fact] = []
    for run in capital_runs(text):
        names += _names_of(text, run, known)
    return tuple(names)


def capital_runs(text: str) -> list[list[Word]]:
    """Return the runs of words with a capital, particles between them included."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    for word in find_words(text):
        gap = text[run[-1].end : word.start] if run else ""
        joined = gap in _JOINS or (bool(run) and len(run[-1].text) == 1 and gap in _INITIAL)
        if word.is_capitalised or (run and joined and word.lower in PARTICLES):
            if run and not joined:
                runs.append(run)
                run = []
            run.append(word)
        elif run:
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return [trimmed for each in runs if (trimmed := _without_loose_ends(each))]


def _without_loose_ends(run: list[Word]) -> list[Word]:
    while run and (not run[-1].is_capitalised or len(run[-1].text) == 1):
        run = run[:-1]
    return run


def _names_of(text: str, run: list[Word], known: frozenset[str]) -> list[Fact]:
    names: list[Fact] = []
    rest: list[Word] = []
    index = 0
    while index < len(run):
        length = longest_known([fold(word.text) for word in run[index : index + LONGEST]], gazetteer("fr").keys)
        if length:
            names += _unknown(text, rest, known)
            rest = []
            words = run[index : index + length]
            names.append(_fact(text, words, "place", tuple(fold(word.text) for word in words)))
            index += length
        else:
            rest.append(run[index])
            index += 1
    return [*names, *_unknown(text, rest, known)]


def _unknown(text: str, words: list[Word], known: frozenset[str]) -> list[Fact]:
    """Make a name of words that the gazetteer does not hold, if any of them is no vocabulary."""
    french = vocabulary("fr")
    while words and (
        words[0].lower in TITLES or (fold(words[0].text) in french and starts_sentence(text, words[0].start))
    ):
        words = words[1:]
    needed = [
        word
        for word in words
        if word.is_capitalised
        and len(word.text) > 2
        and not word.is_acronym
        and fold(word.text) not in french
        and not _CENTURY.fullmatch(word.text)
    ]
    if not needed:
        return []
    alone = len(needed) == 1 and starts_sentence(text, needed[0].start)
    if alone and len(words) == 1 and needed[0].lower not in known:
        return []
    return [_fact(text, words, "person", tuple(fold(word.text) for word in needed))]


def _fact(text: str, words: list[Word], kind: str, value: Words) -> Fact:
    start, end = words[0].start, words[-1].end
    surface = text[start:end]
    return Fact("place" if kind == "place" else "person", " ".join(value), surface, start, end)
