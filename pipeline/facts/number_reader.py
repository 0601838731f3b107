"""Reads numbers in words, and in digits with words, from left to right, the longest first.

In come a text, its numbers in digits and a language's number words; out come its quantities. What a word may mean
besides a number (`neuf`, `second`, `un`) is settled by the tables of `number_words`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.facts.number_sum import NumberSum
from pipeline.facts.number_words import NumberWords
from pipeline.facts.quantity import Form, Quantity, Value

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0\u2007\u2009\u202f\u00ad\u2011-]{0,2}")
_PERCENT_BEFORE = frozenset({"pour", "per", "por"})
_DECADES = frozenset({"années", "años", "anys", "anos", "anni"})
_AFTER_HALF = frozenset({"a", "an", "de", "d", "un", "une", "una", "um", "uma"})
_WEEKDAY = "feira"
"""Portuguese counts its days: *sexta-feira* is Friday."""
_BEFORE_SCALE = frozenset({"autres", "otros", "altri", "altres", "outros"})
_LARGEST = 10**15
_LONE_SCALE = 10**6
"""From here on a scale without a number (*several millions*) must be the same in both texts."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    number: Quantity | None = None


class NumberReader:
    """Reads the tokens of one text, left to right, the longest quantity first."""

    def __init__(self, text: str, numbers: list[Quantity], words: NumberWords) -> None:
        self.text = text
        self.words = words
        self.tokens = _tokens(text, numbers, words)

    def quantities(self) -> Iterator[Quantity]:
        """Yield what is found."""
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            quantity: Quantity | None
            if token.number:
                quantity, index = self._digits(index, token.number)
            elif token.word in self.words.halves:
                quantity, index = self._half(index)
            else:
                quantity, index = self._in_words(index)
            if quantity:
                yield quantity

    def _word(self, index: int) -> str:
        """The word at an index, if nothing but a space or a hyphen parts it from the token before."""
        if index >= len(self.tokens):
            return ""
        gap = _GAP.fullmatch(self.text, self.tokens[index - 1].end, self.tokens[index].start)
        return self.tokens[index].word if gap else ""

    def _digits(self, first: int, number: Quantity) -> tuple[Quantity, int]:
        """Read `2,5`, `2,5 millions`, `3 mil millones`, `2 millions et demi`."""
        index, scale = first + 1, 0
        while scale < _LARGEST and (word := self._word(self._past_of(index))) in self.words.scales:
            scale = max(scale, 1) * self.words.scales[word]
            index = self._past_of(index) + 1
        values: tuple[Value, ...] = tuple(value * scale for value in number.values if isinstance(value, Fraction))
        if not scale or not values:
            values, index, scale = number.values, first + 1, 0
        return self._finish(first, index, values, number.form, scale)

    def _past_of(self, index: int) -> int:
        """Step over *de* in *miles de millones*, *une centaine de milliers*, and *autres* in *100 autres milliards*."""
        if self._word(index) in _BEFORE_SCALE and self._word(index + 1) in self.words.scales:
            return index + 1
        if self._word(index) == "de" and self.tokens[index - 1].word in self.words.scales:
            return index + (self._word(index + 1) in self.words.scales)
        return index

    def _half(self, first: int) -> tuple[Quantity, int]:
        """Read *half a million*; *half* alone may be anything."""
        index = first + 1
        if self._word(index) in _AFTER_HALF:
            index += 1
        if scale := self.words.scales.get(self._word(index), 0):
            return self._quantity(first, index + 1, (Fraction(scale, 2),), "words"), index + 1
        return self._quantity(first, first + 1, (Fraction(1, 2),), "vague"), first + 1

    def _in_words(self, first: int) -> tuple[Quantity | None, int]:
        """Read *deux millions cinq cent mille*, *vingt et unième*, *two thirds*, *a hundred*."""
        word = self.tokens[first].word
        if self._is_percent(first, word) or self._word(first + 1) == _WEEKDAY:
            return None, first + 1
        total = NumberSum("vingt" in self.words.atoms)
        index = self._add_up(first, total)
        closing = word if index == first else self._word(index)
        if closing in self.words.ordinals:
            return self._with_ordinal(first, index, total)
        if index == first:
            if vague := self.words.vague.get(word):
                scale = self._past_of(first + 1)
                if word in self.words.scales and scale > first + 1:
                    rough = Fraction(vague[0] * self.words.scales[self._word(scale)])
                    return self._quantity(first, scale + 1, (rough,), "vague"), scale + 1
                return self._vague(first, vague), first + 1
            scale = self.words.scales.get(word, 0) if word in self.words.needs_number else 0
            lone = self._quantity(first, first + 1, (Fraction(scale),), "scale") if scale >= _LONE_SCALE else None
            return lone, first + 1
        form = self._form(first, index, "words")
        return self._finish(first, index, (Fraction(total.value),), form, total.last_scale)

    def _add_up(self, first: int, total: NumberSum) -> int:
        """Add words to a number for as long as they go on with it; return the index of the first that does not."""
        words, index, word = self.words, first, self.tokens[first].word
        if words.vague.get(word) == (1,) and word not in words.atoms and self._is_factor(first + 1):
            total.add(1)
            index, word = first + 1, self._word(first + 1)
        while word:
            if word in words.atoms and total.takes(words.atoms[word]):
                total.add(words.atoms[word])
            elif word in words.hundreds and total.takes_hundred(word not in words.needs_number):
                total.multiply_hundred()
            elif word in words.scales and total.takes_scale(words.scales[word], word not in words.needs_number):
                total.multiply(words.scales[word])
            elif not (word in words.links and index > first and self._continues(index + 1, total)):
                break
            index = self._past_of(index + 1)
            word = self._word(index)
        return index

    def _with_ordinal(self, first: int, index: int, total: NumberSum) -> tuple[Quantity, int]:
        """Close a number with an ordinal, which may also be a denominator: *twenty-third*, *two thirds*."""
        value = self.words.ordinals[self.tokens[index].word]
        if total.started and not total.takes(value):
            whole = self._quantity(first, index, (Fraction(total.value),), "words")
            parted = (Fraction(total.value, value), Fraction(total.value * value))
            form = self._form(first, index + 1, "words")
            return Quantity(whole.start, self.tokens[index].end, parted, form, (whole,)), index + 1
        values: tuple[Value, ...] = (Fraction(total.value + value),)
        if not total.started:
            values = (*values, Fraction(1, value))
        return self._quantity(first, index + 1, values, self._form(first, index + 1, "ordinal")), index + 1

    def _form(self, first: int, index: int, form: Form) -> Form:
        """Return `vague` for what is made of vague words alone, or counted in *dizaines*."""
        read = [token.word for token in self.tokens[first:index] if token.word not in self.words.links]
        scaled_loosely = read[-1] in self.words.scales and read[-1] in self.words.vague
        return "vague" if scaled_loosely or all(word in self.words.vague for word in read) else form

    def _vague(self, first: int, values: tuple[int, ...]) -> Quantity:
        return self._quantity(first, first + 1, tuple(map(Fraction, values)), "vague")

    def _is_percent(self, first: int, word: str) -> bool:
        is_hundred = word in self.words.hundreds or self.words.atoms.get(word) == 100
        return is_hundred and first > 0 and self.tokens[first - 1].word in _PERCENT_BEFORE

    def _is_factor(self, index: int) -> bool:
        word = self._word(index)
        return word in self.words.scales or word in self.words.hundreds

    def _continues(self, index: int, total: NumberSum) -> bool:
        """Tell whether the word after a link (*et*, *and*) belongs to the number."""
        word = self._word(index)
        value = self.words.atoms.get(word) or self.words.ordinals.get(word)
        return value is not None and total.takes(value)

    def _finish(
        self, first: int, index: int, values: tuple[Value, ...], form: Form, scale: int
    ) -> tuple[Quantity, int]:
        """Add what stands after a number: *et demi*, at once or after one noun (*deux ans et demi*)."""
        for noun in (0, 1):
            link = index + noun
            if self._word(link) in self.words.links and (noun == 0 or self._word(index)):
                half = link + 1 + (self._word(link + 1) in _AFTER_HALF)
                if self._word(half) in self.words.halves:
                    if scale and not noun:
                        values = tuple(value + Fraction(scale, 2) for value in values if isinstance(value, Fraction))
                        return self._quantity(first, half + 1, values, form), half + 1
                    values += tuple(value + Fraction(1, 2) for value in values if isinstance(value, Fraction))
                    times = self.words.scales.get(self._word(half + 1), 0)
                    if times and not noun:
                        values = tuple(value * times for value in values[::-1] if isinstance(value, Fraction))
                        return self._quantity(first, half + 2, values[:1], form), half + 2
                    break
        return self._quantity(first, index, values, form), index

    def _quantity(self, first: int, index: int, values: tuple[Value, ...], form: Form) -> Quantity:
        number, value = self.tokens[first].number, values[0]
        parts = number.parts if number and index == first + 1 else ()
        in_decade = first > 0 and self.tokens[first - 1].word in _DECADES
        if in_decade and isinstance(value, Fraction) and value < 100 and value % 10 == 0:
            values = (*values, value + 1900)
        return Quantity(self.tokens[first].start, self.tokens[index - 1].end, values, form, parts)


def _tokens(text: str, numbers: list[Quantity], words: NumberWords) -> list[_Token]:
    covered = bytearray(len(text))
    for number in numbers:
        covered[number.start : number.end] = b"\1" * (number.end - number.start)
    tokens = [_Token(number.start, number.end, "", number) for number in numbers]
    for match in _WORD.finditer(text):
        if not covered[match.start()]:
            tokens += _unglued(match, words)
    return sorted(tokens, key=lambda token: token.start)


def _unglued(match: re.Match[str], words: NumberWords) -> list[_Token]:
    """Return a word as one token, *duemilatrecento* as its three numbers, *zwanzigjährig* as number and unit."""
    word = match[0].lower()
    for ending in words.endings:
        number, found, _ = word.partition(ending)
        if found and number in words.atoms:
            cut = match.start() + len(number)
            if ending in words.halves:
                half = words.atoms[number] + Fraction(1, 2)
                return [_Token(*match.span(), "", Quantity(*match.span(), (half,), "words"))]
            return [_Token(match.start(), cut, number), _Token(cut, match.end(), word[len(number) :])]
    for scale in words.glued:
        left, found, right = word.partition(scale)
        if found and (left or right) and all(not side or side in words.atoms for side in (left, right)):
            tokens, start = [], match.start()
            for part in filter(None, (left, found, right)):
                tokens.append(_Token(start, start + len(part), part))
                start += len(part)
            return tokens
    return [_Token(*match.span(), word)]
