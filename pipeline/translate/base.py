"""What every translator offers. The engine checks the rest, so that each backend stays small."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from pipeline.records import Origin, Span

Route = tuple[str, ...]
"""Languages that a text goes through, both ends included; empty when there is no way."""

FIRST_TOKEN = 0xE000
LAST_TOKEN = 0xF8FF
"""The private-use area: placeables travel as one character of it each, `protect` numbers them from the first."""


ENOUGH_TEXTS = 512
"""Texts at once that suit a translator whose speed does not depend on them: few are lost when a run is killed."""


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


@dataclass(frozen=True, slots=True)
class TranslatorCounts:
    """What a translator with a model did so far, for `run.json`.

    Attributes:
        loads: How often the model was loaded.
        sequences: Parts of texts that were sent.
        source_tokens: Source tokens that mean something.
        computed_tokens: Source tokens with padding.
        target_tokens: Tokens of the best candidates.
        halvings: How often a batch was too large for the memory and was halved.
        load_seconds: Time for loading, a conversion included.
        compute_seconds: Time that the engine took for all batches.
        peak_memory_bytes: The most memory in use: of the graphics card, else of the process.
    """

    loads: int = 0
    sequences: int = 0
    source_tokens: int = 0
    computed_tokens: int = 0
    target_tokens: int = 0
    halvings: int = 0
    load_seconds: float = 0.0
    compute_seconds: float = 0.0
    peak_memory_bytes: int = 0

    @property
    def padding_efficiency(self) -> float:
        """Useful ÷ computed source tokens; 1 before anything was computed."""
        return self.source_tokens / self.computed_tokens if self.computed_tokens else 1.0

    def __add__(self, other: "TranslatorCounts") -> "TranslatorCounts":
        """Add up two models' work; of the memory, which they share, the larger number counts."""
        sums = {item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(self)}
        return TranslatorCounts(**{**sums, "peak_memory_bytes": max(self.peak_memory_bytes, other.peak_memory_bytes)})


class Translator(Protocol):
    """Turns masked French texts into another language.

    Building one is cheap: processes and models start at the first `translate`.
    """

    draft: bool
    """Whether its output is a draft by nature (rule-based, pseudo): such output is never *ready*."""

    batch_texts: int
    """Texts that are best sent at once: enough to fill the engine, few enough to be lost when a run is killed."""

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

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return the languages that a text goes through.

        Args:
            source_lang: BCP-47 tag.
            target_lang: BCP-47 tag.
            installable: Count as here what `remedy` would install.
        """
        ...

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate texts, each independent of the others: same length, same order, no text lost.

        The same text gives the same result whatever came before it and whatever stands beside it. Private-use
        characters come back, each once, wherever the engine put them.

        Raises:
            TranslatorError: The engine cannot be started, or died and could not be started again.
        """
        ...

    def other_decoding(self) -> "Translator | None":
        """Return the same model searching in another way, for texts whose translation fails a check; None without."""
        ...

    def counts(self) -> TranslatorCounts | None:
        """Return what was done so far; None where there is no model of its own."""
        ...

    def close(self) -> None:
        """Stop processes and free models. The translator may be used again afterwards."""
        ...
