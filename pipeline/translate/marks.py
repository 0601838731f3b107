"""Placeables as text that a model's tokenizer carries, and back.

Private-use characters are in no neural model's vocabulary. Each is written as a numbered mark, in the first notation
that comes through the tokenizer whole. Models put spaces into and around marks: they are read back all the same.
Which marks are lost or doubled is not judged here.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.translate.base import FIRST_TOKEN, LAST_TOKEN

NOTATIONS = (("⟦", "⟧"), ("<x", ">"), ("[x", "]"), ("{", "}"), ("(", ")"))
"""What stands before and after a mark's number, in order of preference: the least likely in a release first."""

_TOKEN = re.compile(f"[{chr(FIRST_TOKEN)}-{chr(LAST_TOKEN)}]")
_PROBE = "Le ⟦1⟧ mai, ⟦2⟧ et ⟦13⟧."


@dataclass(frozen=True, slots=True)
class Notation:
    """One way to write placeables.

    Attributes:
        before: What stands before the number.
        after: What stands after it.
    """

    before: str
    after: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds a mark, with spaces wherever a model may put some."""
        before = r"\s?".join(re.escape(character) for character in self.before)
        return re.compile(rf"{before}\s?(\d(?:\s?\d){{0,3}})\s?{re.escape(self.after)}", re.IGNORECASE)

    def write(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Write a text's private-use characters as marks.

        A mark that touches a word on one side gets a space there, or the word would be cut into other tokens than
        it has in the training data; `read` takes the space out again.

        Returns:
            The written text and the characters in the order of their numbers. Numbers begin above those of anything
            in the text that looks like a mark already: there, the tuple begins with empty strings.
        """
        literal = max((_number(match[1]) for match in self.pattern.finditer(text)), default=0)
        characters = list(dict.fromkeys(_TOKEN.findall(text)))
        tokens = ("",) * literal + tuple(characters)

        def mark(match: re.Match[str]) -> str:
            left, right = _touches(text, match)
            written = f"{self.before}{tokens.index(match[0], literal) + 1}{self.after}"
            return f"{' ' if left and not right else ''}{written}{' ' if right and not left else ''}"

        return _TOKEN.sub(mark, text), tokens

    def read(self, output: str, source: str, tokens: Sequence[str]) -> str:
        """Put the characters back into a translation.

        Args:
            output: What the model wrote.
            source: The text before its marks were written.
            tokens: What `write` returned beside the text.
        """
        output = _TOKEN.sub("", output)
        if not any(tokens):
            return output
        sides = {match[0]: _touches(source, match) for match in _TOKEN.finditer(source)}

        def unmark(match: re.Match[str]) -> str:
            number = _number(match["number"])
            if not 1 <= number <= len(tokens) or not tokens[number - 1]:
                return match[0]
            left, right = sides[tokens[number - 1]]
            gap_before = "" if left and not right else match["gap_before"]
            gap_after = "" if right and not left else match["gap_after"]
            return f"{gap_before}{tokens[number - 1]}{gap_after}"

        mark = self.pattern.pattern.replace(r"(\d", r"(?P<number>\d", 1)
        return re.sub(rf"(?P<gap_before>\s?){mark}(?P<gap_after>\s?)", unmark, output, flags=re.IGNORECASE)


def find_notation(round_trip: Callable[[str], str | None]) -> Notation | None:
    """Return the first notation that a tokenizer carries, None if it carries none.

    Args:
        round_trip: Encodes and decodes a text; None where the tokenizer does not know some of it.
    """
    for before, after in NOTATIONS:
        notation = Notation(before, after)
        probe = _PROBE.replace("⟦", before).replace("⟧", after)
        back = round_trip(probe)
        if back and [match[1].replace(" ", "") for match in notation.pattern.finditer(back)] == ["1", "2", "13"]:
            return notation
    return None


def _number(written: str) -> int:
    return int("".join(written.split()))


def _touches(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    left, right = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return left.isalnum(), right.isalnum()
