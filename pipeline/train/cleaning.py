"""Which pairs are learnt: rules with a name each, and a count of what every rule removed.

A rule takes a pair and tells whether it is unfit. They stand in the order in which they are asked, cheap ones first;
a pair is counted under the first that removes it. Duplicates and lines of the texts that are measured on need to know
more than the pair: `fold` gives what two texts are compared by.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from pipeline.summarize.stop_words import stop_words
from pipeline.train.pairs import Pair

MOST_WORDS = 100
MOST_CHARS = 700
MOST_RATIO = 2.2
SLACK_CHARS = 12
"""What either side may be longer than its share: short texts differ most."""
LEAST_LETTERS = 0.5
"""Share of a text's characters, spaces left out, that are letters."""
LEAST_LATIN = 0.9
"""Share of its letters that are Latin."""
FEWEST_FOREIGN = 3
"""Common words of the other language, and over twice as many as of its own, that show a text to be in the wrong one:
a foreign title in quotation marks does not."""
FEWEST_DEV_WORDS = 3
"""Shorter lines of the texts that are measured on (“Merci.”) stand everywhere and give nothing away."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d(?:[.,\u00a0\u202f ]?\d)*")

Rule = Callable[[Pair, str, str], bool]
"""Tells whether a pair, in a source and a target language, is unfit."""


def _is_empty(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    return not all(_WORD.search(text) for text in pair)


def _is_long(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    return any(len(text) > MOST_CHARS or text.count(" ") >= MOST_WORDS for text in pair)


def _is_unequal(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    short, long = sorted(map(len, pair))
    return long > SLACK_CHARS + short * MOST_RATIO


def _is_identical(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    return pair.source.casefold() == pair.target.casefold()


def _is_not_letters(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    return any(_letters_are_few(text) for text in pair)


def _is_other_language(pair: Pair, source_lang: str, target_lang: str) -> bool:
    return _is_in(pair.target, source_lang, target_lang) or _is_in(pair.source, target_lang, source_lang)


def _is_other_number(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    """Tell where both sides hold numbers of three digits and more, and not one is the same."""
    source, target = ({re.sub(r"\D", "", found) for found in _NUMBER.findall(text)} for text in pair)
    long_source, long_target = ({number for number in side if len(number) > 2} for side in (source, target))
    return bool(long_source and long_target) and not (long_source & target or long_target & source)


def _is_broken(pair: Pair, _source_lang: str, _target_lang: str) -> bool:
    """Tell text that was decoded wrongly, or holds characters that mean something to us."""
    return any("\ufffd" in text or "Ã©" in text or _UNFIT.search(text) for text in pair)


_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\uf8ff⟦⟧⟪⟫⇒]")

RULES: dict[str, Rule] = {
    "empty": _is_empty,
    "length": _is_long,
    "ratio": _is_unequal,
    "identical": _is_identical,
    "broken": _is_broken,
    "letters": _is_not_letters,
    "numbers": _is_other_number,
    "language": _is_other_language,
}
"""By name, in the order in which they are asked."""

DUPLICATE, MEASURED = "duplicate", "measured on"
"""The names of the two rules that know more than one pair."""


def find_fault(pair: Pair, source_lang: str, target_lang: str) -> str:
    """Return the name of the first rule that removes a pair; empty if it is fit."""
    return next((name for name, is_unfit in RULES.items() if is_unfit(pair, source_lang, target_lang)), "")


def fold(text: str) -> str:
    """Return a text's letters and digits alone, in small letters without accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


def identity(text: str) -> int:
    """Return 64 bits that stand for a folded text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def measured_lines(lines: Iterable[str]) -> frozenset[int]:
    """Return the identities of the lines that must not be learnt."""
    return frozenset(identity(fold(line)) for line in lines if len(_WORD.findall(line)) >= FEWEST_DEV_WORDS)


def _letters_are_few(text: str) -> bool:
    if text.isascii() and text.replace(" ", "").isalpha():
        return False
    letters = [character for character in text if character.isalpha()]
    others = sum(not character.isspace() for character in text)
    if len(letters) < LEAST_LETTERS * others:
        return True
    latin = sum(character < "\u0250" or "\u1e00" <= character <= "\u1eff" for character in letters)
    return latin < LEAST_LATIN * len(letters)


def _is_in(text: str, wrong: str, right: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    foreign, own = _only(wrong, right), _only(right, wrong)
    return sum(word in foreign for word in words) >= max(FEWEST_FOREIGN, 1 + 2 * sum(word in own for word in words))


@cache
def _only(lang: str, other: str) -> frozenset[str]:
    return frozenset(stop_words(lang)) - frozenset(stop_words(other))
