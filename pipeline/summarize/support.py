"""What a release says that a summary may say: its sentences in, what a summary says beyond them out.

Facts are compared by value with the release in its own language: numbers with what they count, amounts, percentages,
dates, times. Names are looked for by their letters, in the form that another language gives them where need be.
Quotations must be verbatim what the release, or the translation that the summary is drawn from, has between its own
marks. A denial must be the release's, and what it only denies must not be affirmed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from pipeline.facts.calendar import CalendarDate
from pipeline.facts.names_exonyms import LONGEST, gazetteer, is_adjective_of, longest_known, renderings
from pipeline.facts.names_fold import fold, is_same
from pipeline.facts.values import Value, read_values
from pipeline.facts.vocabulary import is_vocabulary, vocabulary
from pipeline.facts.words import Word, find_words, is_in_capitals, starts_sentence
from pipeline.languages import base, is_private, script
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.negations import NEGATORS, affirmations, denials
from pipeline.summarize.quotations import is_balanced, open_quotations, quotations
from pipeline.summarize.stop_words import stop_words
from pipeline.summarize.story import tidy

Kind = Literal["number", "date", "name", "quotation", "negation", "length"]

LETTERS = frozenset({"Latn", "Cyrl"})
"""Scripts whose names can be compared letter by letter."""

NOUNS_WITH_CAPITALS = frozenset({"de"})
"""Languages in which a capital makes no name."""

_LOOSE = frozenset({"vague", "scale"})
_MARKS = re.compile(r"[«»“”„‟\"‹›「」『』]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that a summary says and its release does not."""

    kind: Kind
    surface: str


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
        return _plain(" ".join(text[start:end] for text, spans in stretches for start, end in spans))

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


def find_unsupported(text: str, lang: str, source: Source) -> tuple[Unsupported, ...]:
    """Return what a summary says and its release does not, in no particular order.

    Args:
        text: The summary, without what its channel reserves.
        lang: BCP-47 tag of the summary.
        source: The release.
    """
    own_words = base(lang) == base(source.told_in)
    found = [*_names(text, lang, source), *(_quotations(text, source) if own_words else ())]
    sentences = [line[start:end] for line in text.split("\n") for start, end in split_sentences(line)]
    for sentence in sentences:
        found += _values(sentence, lang, source)
        if own_words:
            found += _negations(sentence, lang, source)
    if len(text) > sum(map(len, source.told)) + len(source.told):
        found.append(Unsupported("length", ""))
    return tuple(dict.fromkeys(found))


def has_only_values_of(text: str, lang: str, source: Source) -> bool:
    """Tell whether every number, amount and date of a sentence stands in the release."""
    return next(_values(text, lang, source), None) is None


# --- values


def _values(text: str, lang: str, source: Source) -> Iterator[Unsupported]:
    read = read_values(text, lang)
    for date in read.dates:
        if not any(_is_same_date(date, other, source) for other in source.dates):
            yield Unsupported("date", text[date.start : date.end])
    for day in read.weekdays:
        if day.number not in source.weekdays:
            yield Unsupported("date", text[day.start : day.end])
    dated = [span for date in read.dates for span in date.parts]
    for value in read.values:
        inside = any(start <= value.quantity.start and value.quantity.end <= end for start, end in dated)
        if not inside and not _has_value(value, source):
            yield Unsupported("number", text[value.start : value.end])


def _has_value(value: Value, source: Source) -> bool:
    quantity = value.quantity
    if quantity.form in _LOOSE or (quantity.form != "digits" and quantity.values[0] == 1):
        return True
    return any(_agree(value, other) for worth in quantity.values for other in source.values.get(worth, ()))


def _readings(value: Value) -> Iterator[Fraction | tuple[int, int] | str]:
    """Yield what a value of the release may be worth, and its parts: a summary may say half of « 2-1 »."""
    yield from value.quantity.values
    for part in value.quantity.parts:
        yield from part.values


def _agree(value: Value, other: Value) -> bool:
    """Tell whether equal numbers may count the same: what a summary counts in units has the source's units."""
    return not value.units or not value.beside or not value.units.isdisjoint(other.units)


def _is_same_date(date: CalendarDate, other: CalendarDate, source: Source) -> bool:
    """Tell whether a date may be one of the release; a year that stands elsewhere in it may be put to it."""
    if date.year and date.year != other.year and (other.year or Fraction(date.year) not in source.values):
        return False
    return any(
        month == other_month and (day is None or day == other_day)
        for day, month in date.readings
        for other_day, other_month in other.readings
    )


# --- names


def _names(text: str, lang: str, source: Source) -> Iterator[Unsupported]:
    if is_private(lang) or script(lang) not in LETTERS or is_in_capitals(text):
        return
    words = find_words(text)
    known = gazetteer(base(lang)).keys
    before: Word | None = None
    index = 0
    while index < len(words):
        word = words[index]
        folded = [fold(each.text) for each in words[index : index + LONGEST]]
        size = longest_known(folded, known) if word.is_capitalised else 0
        if size and _has_place(tuple(folded[:size]), lang, source):
            before, index = None, index + size
            continue
        index += 1
        if not _is_name(text, word, lang):
            before = None
            continue
        joined = before is not None and text[before.end : word.start] in {" ", "-", "\u00a0", "\u202f"}
        if not _has_name(word, source, lang):
            yield Unsupported("name", word.text)
        elif joined and before is not None and _is_torn(before, word, source, lang):
            yield Unsupported("name", text[before.start : word.end])
        before = word


def _is_name(text: str, word: Word, lang: str) -> bool:
    """Tell whether a word must stand in the release because it is written with a capital."""
    if not word.is_capitalised or len(word.text) < 3:
        return False
    folded = fold(word.text)
    if starts_sentence(text, word.start):
        words = vocabulary(lang)
        return bool(words) and word.lower not in stop_words(lang) and not is_vocabulary(folded, base(lang))
    return base(lang) not in NOUNS_WITH_CAPITALS or not is_vocabulary(folded, base(lang))


def _has_name(word: Word, source: Source, lang: str) -> bool:
    """Tell whether the release has a name; in another language only those are looked for that travel by letters."""
    folded = fold(word.text)
    if folded in source.words:
        return True
    if base(lang) == base(source.told_in):
        return False
    if word.is_acronym or base(lang) in NOUNS_WITH_CAPITALS or is_vocabulary(folded, base(lang)):
        return True
    return any(is_same(folded, name) for name in source.names)


def _is_torn(before: Word, word: Word, source: Source, lang: str) -> bool:
    """Tell whether two words of one name belong to two names in the release."""
    pair = (fold(before.text), fold(word.text))
    return base(lang) == base(source.told_in) and pair not in source.pairs


def _has_place(words: tuple[str, ...], lang: str, source: Source) -> bool:
    forms = {words, *renderings(words, base(lang), base(source.lang))}
    return any(all(word in source.words or _has_adjective(word, source) for word in form) for form in forms)


def _has_adjective(word: str, source: Source) -> bool:
    """Tell whether the release says « ukrainienne » where a summary says “Ukraine”."""
    return len(word) > 3 and any(is_adjective_of(other, word) for other in source.words)


# --- quotations


def _quotations(text: str, source: Source) -> Iterator[Unsupported]:
    if not is_balanced(text):
        yield Unsupported("quotation", text)
        return
    for quotation in quotations(text):
        said = _plain(quotation).strip(" .,;:!?…")
        if said not in source.quoted:
            yield Unsupported("quotation", quotation)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """Return a text in small letters with one kind of space and apostrophe and without quotation marks."""
    flat = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    return _SPACES.sub(" ", _MARKS.sub("", flat)).strip()


# --- negations


def _negations(text: str, lang: str, source: Source) -> Iterator[Unsupported]:
    if base(lang) not in NEGATORS:
        return
    for stem, surface in denials(text, lang):
        if stem not in source.denied and (stem in source.affirmed or not source.denied):
            yield Unsupported("negation", surface)
    for stem in affirmations(text, lang):
        if stem in source.denied and stem not in source.affirmed:
            yield Unsupported("negation", stem)


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
