"""What every translator offers. The engine checks the rest, so that each backend stays small."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.records import Origin, Span

FIRST_TOKEN = 0xE000
LAST_TOKEN = 0xF8FF
"""The private-use area: placeables travel as one character of it each, `protect` numbers them from the first."""


def is_token(character: str) -> bool:
    """Tell whether a character is one that may stand for a placeable."""
    return FIRST_TOKEN <= ord(character) <= LAST_TOKEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation of one text.

    Attributes:
        text: The translation, tokens included, free of the engine's own marks.
        score: The engine's own score, higher is better, comparable only within one text; None if it has none.
        unknown: Words of `text` that the engine marked as unknown to it.
        origin: `tm` where it is an approved translation from a memory.
    """

    text: str
    score: float | None = None
    unknown: tuple[Span, ...] = ()
    origin: Origin = "mt"


Candidates = tuple[Candidate, ...]
"""The translations of one text, best first, at least one."""


class Translator(Protocol):
    """Turns masked French texts into another language.

    Building one is cheap: processes and models start at the first `translate`.
    """

    draft: bool
    """Whether its output is a draft by nature (rule-based, pseudo): such output is never *ready*."""

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result for a pair: engine, versions, models, digests, settings, and nothing more.

        It goes into every key, so that what is installed or set for other pairs must not be in it. Ready without
        starting anything.

        Raises:
            LanguageError: The pair cannot be translated here and now.
        """
        ...

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell, without starting anything, whether the pair can be translated here and now."""
        ...

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Say what to do (the exact command) when `supports` is false; empty where nothing helps."""
        ...

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate texts, each independent of the others: same length, same order, no text lost.

        The same text gives the same result whatever came before it and whatever stands beside it. Private-use
        characters come back, each once, wherever the engine put them.

        Raises:
            TranslatorError: The engine cannot be started, or died and could not be started again.
        """
        ...

    def close(self) -> None:
        """Stop processes and free models. The translator may be used again afterwards."""
        ...
