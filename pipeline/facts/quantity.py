"""A quantity in a text: what the number check compares."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Value = Fraction | tuple[int, int] | str
"""A number; a time of day as hour and minute; or the digits themselves, where they are too many to be a number."""

Form = Literal["digits", "code", "words", "ordinal", "scale", "vague"]
"""How it is written. A `code` has letters before its digits (`A380`); a `scale` stands without a number
(*des millions*); what is `vague` need not be a number at all."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    Attributes:
        values: What it may be worth, its own reading first.
        form: How it is written.
        parts: The quantities that it may be taken for instead of one: `14:30`, `3/4`, `12 500`.
    """

    start: int
    end: int
    values: tuple[Value, ...]
    form: Form
    parts: tuple["Quantity", ...] = ()
