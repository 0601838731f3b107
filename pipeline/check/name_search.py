"""Whether a name of the French stands in a text: as it is, spelled or inflected otherwise, or as the language has it.

What is looked for is one name, what it is looked for in is a text taken apart once (`read`). Likeness is judged word by
word against the text's different words; a text with more of them than any sentence has is searched for equal words
alone, so that the cost stays in proportion to the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.facts.base import Fact
from pipeline.facts.names_exonyms import Words, is_adjective_of, renderings
from pipeline.facts.names_fold import fold, is_same
from pipeline.facts.vocabulary import vocabulary
from pipeline.facts.words import Word, find_words
from pipeline.records import Span

COMPOUND = 5
"""Letters from which a name is also looked for inside a longer word: *Obama-Regierung*, *YouTube*."""
MOST_WORDS = 300
"""Different words of a text up to which likeness is judged."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, taken apart once for all the names that are looked for in it.

    Attributes:
        folded: The words, folded, in order.
        every: The same, each once.
        alike: Those that a name is compared with by likeness.
        glued: The text without what is between its words; empty where it is too long to look into.
        places: Where each folded word stands, as numbers of words.
    """

    words: tuple[Word, ...]
    folded: tuple[str, ...]
    every: frozenset[str]
    alike: tuple[str, ...]
    glued: str
    places: dict[str, list[int]]


@lru_cache(maxsize=4096)
def read(text: str) -> Text:
    """Take a text apart."""
    words = find_words(text)
    folded = tuple(fold(word.text) for word in words)
    places: dict[str, list[int]] = {}
    for index, word in enumerate(folded):
        places.setdefault(word, []).append(index)
    few = len(places) <= MOST_WORDS
    return Text(words, folded, frozenset(places), tuple(places) if few else (), "".join(folded) if few else "", places)


def is_found(name: Fact, target: Text, target_lang: str) -> bool:
    """Tell whether a name of the French stands in a text in any form."""
    words = tuple(name.value.split())
    if name.kind == "place" and any(has_form(form, target) for form in renderings(words, "fr", target_lang)):
        return True
    found = [has_word(word, target, target_lang) for word in words]
    return found[-1] or (len(words) > 2 and 2 * sum(found) >= len(words))


def has_form(form: Words, target: Text) -> bool:
    """Tell whether all words of a known name stand in a text, the adjective for the noun included."""
    return all(
        word in target.every
        or (len(word) >= COMPOUND and word in target.glued)
        or any(is_adjective_of(other, word) for other in target.alike)
        for word in form
    )


def has_word(word: str, target: Text, lang: str = "") -> bool:
    """Tell whether a folded word stands in a text, spelled or inflected otherwise.

    Args:
        word: The word.
        target: The text.
        lang: The text's language; a word of its vocabulary that is only alike (*lagoon* for *Laguna*) is no name then.
    """
    if word in target.every or (len(word) >= COMPOUND and word in target.glued):
        return True
    return any(is_same(word, other) and not (lang and _is_other_word(word, other, lang)) for other in target.alike)


def _is_other_word(word: str, other: str, lang: str) -> bool:
    """Tell whether a word that is like a name is an ordinary one, while the name is none."""
    common = vocabulary(lang)
    return other in common and word not in common and not other.startswith(word[:-1])


PREFIX = 4
"""Letters that a name has in common with its inflections and derivations."""


def places_of(name: Fact, text: Text, lang: str) -> list[Span]:
    """Return where a name stands in a text with capitals: whole, as the language has it, or by its last word alone."""
    words = tuple(name.value.split())
    for forms in ((read(name.surface).folded, *renderings(words, "fr", lang)), (words[-1:],)):
        spans = {span for form in forms for span in _places_of_form(form, text)}
        if spans:
            return sorted(spans, key=lambda span: span.start)
    return []


def _places_of_form(form: Words, text: Text) -> Iterator[Span]:
    for index in text.places.get(form[0], ())[:MOST_PLACES]:
        if text.folded[index : index + len(form)] == form and text.words[index].is_capitalised:
            yield Span(text.words[index].start, text.words[index + len(form) - 1].end)


MOST_PLACES = 12
"""Places of one word that are looked at: a text that says it more often is a table."""
