"""What a release says, gathered once so that summaries can be compared with it: values, dates, names, quotations.

Comes in: the release's sentences and those of the translation that a summary is made of, if it is. Goes out: a
`Source`, which `pipeline.summarize.support` looks things up in.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.facts.calendar import CalendarDate
from pipeline.facts.names_fold import fold
from pipeline.facts.values import Value, read_values
from pipeline.facts.words import find_words
from pipeline.summarize.measures import values_of
from pipeline.summarize.negations import affirmations, denials
from pipeline.summarize.quotations import open_quotations
from pipeline.summarize.story import tidy

_MARKS = re.compile(r"[«»“”„‟\"‹›「」『』]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Source:
    """What a summary may say.

    Attributes:
        sentences: The release's own.
        lang: Their BCP-47 tag.
        translations: The translation that the summary was made of; empty for one of the release itself.
        told_in: BCP-47 tag of what the summary was made of.
    """

    sentences: tuple[str, ...]
    lang: str
    translations: tuple[str, ...]
    told_in: str

    @cached_property
    def values(self) -> dict[Fraction | tuple[int, int] | str, list[Value]]:
        """The values by what each may be worth."""
        found: dict[Fraction | tuple[int, int] | str, list[Value]] = {}
        for sentence in self.sentences:
            for value in read_values(sentence, self.lang).values:
                for worth in _readings(value):
                    found.setdefault(worth, []).append(value)
        return found

    @cached_property
    def facts(self) -> frozenset[str]:
        """The values that the release tells, in a form that every language shares."""
        return values_of(self.sentences, self.lang)

    @cached_property
    def dates(self) -> list[CalendarDate]:
        """The dates."""
        return [date for sentence in self.sentences for date in read_values(sentence, self.lang).dates]

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the week that are named."""
        return frozenset(day.number for sentence in self.sentences for day in read_values(sentence, self.lang).weekdays)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the release and of the translation."""
        return frozenset(fold(word.text) for text in self.all_texts for word in find_words(text))

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded words of the release itself that have a capital."""
        return frozenset(fold(word.text) for text in self.sentences for word in find_words(text) if word.is_capitalised)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Folded words that stand side by side."""
        found: set[tuple[str, str]] = set()
        for text in self.all_texts:
            folded = [fold(word.text) for word in find_words(text)]
            found.update(pairwise(folded))
            found.update(zip(folded, folded[2:], strict=False))
        return frozenset(found)

    @property
    def all_texts(self) -> tuple[str, ...]:
        """The release's sentences and the translation's."""
        return (*self.sentences, *self.translations)

    @cached_property
    def quoted(self) -> str:
        """All that stands between quotation marks in what the summary was made of."""
        stretches = zip(self.told, open_quotations(self.told), strict=True)
        return plain(" ".join(text[start:end] for text, spans in stretches for start, end in spans))

    @cached_property
    def denied(self) -> frozenset[str]:
        """The stems that are denied somewhere, in the language that the summary has."""
        return frozenset(stem for text in self.told for stem, _ in denials(text, self.told_in))

    @cached_property
    def affirmed(self) -> frozenset[str]:
        """The stems that stand somewhere without being denied."""
        return frozenset(stem for text in self.told for stem in affirmations(text, self.told_in))

    @property
    def told(self) -> tuple[str, ...]:
        """What summaries are made of: the translation where there is one."""
        return self.translations or self.sentences


def source_of(sentences: Sequence[str], lang: str, translations: Sequence[str] = (), told_in: str = "") -> Source:
    """Collect what a summary may say.

    Args:
        sentences: The release's own sentences.
        lang: Their BCP-47 tag.
        translations: The sentences of the translation that the summary is made of, if it is.
        told_in: Their BCP-47 tag.
    """
    told = tuple(filter(None, map(tidy, translations)))
    return Source(tuple(map(tidy, sentences)), lang, told, told_in if told else lang)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return a text in small letters with one kind of space and apostrophe and without quotation marks."""
    flat = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    return _SPACES.sub(" ", _MARKS.sub("", flat)).strip()


def _readings(value: Value) -> Iterator[Fraction | tuple[int, int] | str]:
    """Yield what a value of the release may be worth, and its parts: a summary may say half of « 2-1 »."""
    yield from value.quantity.values
    for part in value.quantity.parts:
        yield from part.values
