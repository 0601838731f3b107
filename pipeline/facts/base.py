"""What a ledger of facts holds: one record for every kind of fact, whatever text and language it was read in."""

from dataclasses import dataclass
from typing import Literal

FactKind = Literal[
    "number",
    "percentage",
    "amount",
    "measure",
    "date",
    "time",
    "person",
    "organisation",
    "place",
    "acronym",
    "function",
    "quotation",
    "negation",
    "hedge",
    "term",
]
"""What a fact is. Addresses, telephone numbers and file names are placeables: see `pipeline.protect`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a text says and that must stand in its translation.

    Attributes:
        kind: What it is.
        value: One string for all that means the same, in every language: `EUR 1500.5`, `2014-05-02`, `--04-30`,
            `14:30`, `3 km`, `20 %`. Facts are compared by it.
        surface: The text's own words, `text[start:end]`.
        start: Where it starts in the text.
        end: Where it ends.
        qualifies: What it is said of, in the text's own words (`personnes` for 58), or empty.
    """

    kind: FactKind
    value: str
    surface: str
    start: int
    end: int
    qualifies: str = ""
