"""Whether a release says what a summary says: a summary and its source in, what it says beyond that out.

Facts are compared by value with the release in its own language: numbers with what they count, amounts, percentages,
dates, times. Names are looked for by their letters, in the form that another language gives them where need be.
Quotations must be verbatim what the release, or the translation that the summary is drawn from, has between its own
marks. A denial must be the release's, and what it only denies must not be affirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
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
from pipeline.summarize.quotations import is_balanced, quotations
from pipeline.summarize.source import Source, plain
from pipeline.summarize.stop_words import stop_words

Kind = Literal["number", "date", "name", "quotation", "negation", "length"]

LETTERS = frozenset({"Latn", "Cyrl"})
"""Scripts whose names can be compared letter by letter."""

NOUNS_WITH_CAPITALS = frozenset({"de"})
"""Languages in which a capital makes no name."""

_LOOSE = frozenset({"vague", "scale"})


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that a summary says and its release does not."""

    kind: Kind
    surface: str


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
        said = plain(quotation).strip(" .,;:!?…")
        if said not in source.quoted:
            yield Unsupported("quotation", quotation)


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
