"""Names of a translation that nothing in the French explains: what may have been put in the place of another name."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.name_search import Text, has_form, has_word, read
from pipeline.facts.names_exonyms import LONGEST, gazetteer, longest_known
from pipeline.facts.names_fold import fold
from pipeline.facts.vocabulary import calendar, is_vocabulary
from pipeline.facts.words import Word, is_in_capitals, starts_sentence
from pipeline.languages import base


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name of the translation that nothing in the French explains.

    Attributes:
        is_place: Whether it is known as the name of a place.
        is_sure: Whether any of its words is no vocabulary.
        is_first: Whether it opens a sentence, so that its capital tells nothing.
    """

    start: int
    end: int
    is_place: bool
    is_sure: bool = True
    is_first: bool = False


def find_strangers(target: str, source: str, lang: str) -> list[Stranger]:
    """Return the names of the translation that the French does not explain, words of one name joined."""
    if is_in_capitals(target):
        return []
    strangers: list[Stranger] = []
    for stranger in _single(target, source, base(lang)):
        last = strangers[-1] if strangers else None
        joined = (
            last and not last.is_place and not stranger.is_place and target[last.end : stranger.start] in (" ", "-")
        )
        if last and joined:
            is_sure = last.is_sure or stranger.is_sure
            strangers[-1] = Stranger(last.start, stranger.end, False, is_sure, last.is_first)
        else:
            strangers.append(stranger)
    return strangers


def _single(target: str, source: str, lang: str) -> Iterator[Stranger]:
    french, translated = read(source), read(target)
    known = gazetteer(lang).keys
    index = 0
    while index < len(translated.words):
        word = translated.words[index]
        size = longest_known(translated.folded[index : index + LONGEST], known) if word.is_capitalised else 0
        if size:
            words = translated.folded[index : index + size]
            if not _is_explained(known[words], french) and not all(has_word(each, french) for each in words):
                yield Stranger(word.start, translated.words[index + size - 1].end, True)
        elif _may_be_name(word, lang) and not has_word(translated.folded[index], french):
            sure = not is_vocabulary(translated.folded[index], lang)
            yield Stranger(word.start, word.end, False, sure, starts_sentence(target, word.start))
        index += max(size, 1)


def _may_be_name(word: Word, lang: str) -> bool:
    """Tell whether a word of the translation that the gazetteer does not hold is written like a name."""
    return word.is_capitalised and len(word.text) > 2 and fold(word.text) not in calendar(lang)


def _is_explained(keys: frozenset[str], french: Text) -> bool:
    forms = gazetteer("fr").forms
    return any(has_form(form, french) for key in keys for form in forms.get(key, ()))
