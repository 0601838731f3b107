"""The words for numbers in each language that the number check can read.

The form of the tables; the words themselves stand in `words_germanic` and `words_romance`, and `number_reader` puts
them together. An *atom* adds (`trois`, `vingt`, `doscientos`), a *hundred* or a
*scale* multiplies what stands before it (`cent`, `millions`), an *ordinal* closes a number (`deuxième`, `third`), and a
*vague* word may stand for a number and need not (`un`, `both`, `decade`): it may match, and is never missed.
In the tables, variants of one value are joined by `/` and a value without a word is `-`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class NumberWords:
    """One language's words, in lower case.

    Attributes:
        atoms: Words below 1000 that add.
        hundreds: Words for 100 that multiply.
        scales: Words that multiply all that stands before them.
        needs_number: Hundreds and scales that say nothing without a number before them (*millions* of people).
        ordinals: Ordinals and what they count; also denominators (*third*).
        vague: Words that may stand for these values.
        links: Words that may stand inside a number (*et*, *and*, *y*).
        halves: Words for one half.
        endings: What a number in words may be written in one word with (*zehneinhalb*, *zwanzigjährig*).
        glued: Scales that stand inside a word (*duemila*, *zweitausendzwölf*).
    """

    atoms: Mapping[str, int]
    hundreds: frozenset[str]
    scales: Mapping[str, int]
    needs_number: frozenset[str]
    ordinals: Mapping[str, int]
    vague: Mapping[str, tuple[int, ...]]
    links: frozenset[str]
    halves: frozenset[str]
    glued: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


def series(table: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """Number words in the order of what they count."""
    return {
        word: start + index * step
        for index, variants in enumerate(table.split())
        for word in variants.split("/")
        if word != "-"
    }


def inflected(stems: Mapping[str, int], endings: str) -> dict[str, int]:
    """Add each ending, joined by `/`, to each stem."""
    return {stem + ending: value for stem, value in stems.items() for ending in endings.split("/")}


def vague(table: str) -> dict[str, tuple[int, ...]]:
    """Read `word=2,15 word=3 …`."""
    entries = (entry.split("=") for entry in table.split())
    return {word: tuple(map(int, values.split(","))) for word, values in entries}


def words(table: str) -> frozenset[str]:
    """Read `word word …`."""
    return frozenset(table.split())


def joined(tens: Mapping[str, int], units: Mapping[str, int], form: str) -> dict[str, int]:
    """Write tens and units as one word, `form` saying how: `{ten}{unit}` or `{unit}und{ten}`."""
    return {
        form.format(ten=ten, unit=unit): ten_value + unit_value
        for ten, ten_value in tens.items()
        for unit, unit_value in units.items()
    }


def below_thousand(below_hundred: Mapping[str, int], hundred: str) -> dict[str, int]:
    """Put hundreds before the words below one hundred, all in one word."""
    units = {word: value for word, value in below_hundred.items() if 2 <= value <= 9}
    hundreds = {hundred: 100} | {word + hundred: value * 100 for word, value in units.items()}
    return dict(below_hundred) | hundreds | joined(hundreds, below_hundred, "{ten}{unit}")
