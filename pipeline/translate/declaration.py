"""What a model's folder says of itself: how it wants placeables and required terms written.

A model of this project was trained with symbols of its own, each one piece of its vocabulary. Its folder says so in
`communique.json`, so that nothing has to be tried out. A folder without that file, as all others are, declares nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import TranslatorError
from pipeline.translate.marks import Notation

DECLARATION = "communique.json"
LONGEST = 8
"""Characters of a symbol."""


@dataclass(frozen=True, slots=True)
class TermMarks:
    """How a term with its required translation is written into the source: `⟪ règlement ⇒ regulation ⟫`.

    Attributes:
        before: What stands before the French.
        between: What stands between the French and its translation.
        after: What stands after the translation.
    """

    before: str
    between: str
    after: str

    def write(self, source: str, target: str) -> str:
        """Write one term, its words set off by spaces so that they keep their usual pieces."""
        return f"{self.before} {source} {self.between} {target} {self.after}"


MASKS = Notation("⟦", "⟧")
TERMS = TermMarks("⟪", "⇒", "⟫")
MOST_MASKS = 48
"""Masks that are one piece each; a sentence with more is still written, in several pieces for each mask."""


def symbols() -> list[str]:
    """Return what must stay whole in the vocabulary of a model of this project."""
    masks = [f"{MASKS.before}{number}{MASKS.after}" for number in range(1, MOST_MASKS + 1)]
    return [*masks, MASKS.before, MASKS.after, TERMS.before, TERMS.between, TERMS.after]


def declare() -> dict[str, Any]:
    """Return what the folder of a model of this project says of its symbols."""
    return {
        "masks": {"before": MASKS.before, "after": MASKS.after, "most": MOST_MASKS},
        "terms": {"before": TERMS.before, "between": TERMS.between, "after": TERMS.after},
    }


def declared_masks(folder: Path) -> Notation | None:
    """Return how a model wants placeables written; None where its folder does not say.

    Raises:
        TranslatorError: The declaration cannot be read.
    """
    parts = _read(folder, "masks", ("before", "after"))
    return Notation(*parts) if parts else None


def declared_terms(folder: Path) -> TermMarks | None:
    """Return how a model wants required terms written; None where it was not trained for them.

    Raises:
        TranslatorError: The declaration cannot be read.
    """
    parts = _read(folder, "terms", ("before", "between", "after"))
    return TermMarks(*parts) if parts else None


def _read(folder: Path, table: str, keys: tuple[str, ...]) -> list[str]:
    """Return a table's values in the order of the keys; nothing where there is no such table."""
    path = folder / DECLARATION
    if not path.is_file():
        return []
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8")).get(table)
        parts = [] if found is None else [found[key] for key in keys]
        if not all(isinstance(part, str) and 0 < len(part) <= LONGEST for part in parts):
            raise ValueError(table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TranslatorError(f"{path}: “{table}” cannot be read", "get the model's files again") from error
    return parts
