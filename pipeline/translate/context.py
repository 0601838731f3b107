"""Translation in context: what a translator that reads whole passages is asked, and what it answers.

A `Translator` sees one text at a time, so that a sentence of a thousand releases is translated once. A language model
translates better with a sentence's neighbours before it, and a translation memory tells a context match from an exact
one; such a translator also offers `translate_passages`. A passage is all that it may look at: it is cut from one
release alone and is part of each of its texts' keys, so that equal keys mean equal results here as well. The price:
a sentence that changes has the rest of its passage translated anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pipeline.errors import TranslatorError
from pipeline.fingerprint import digest, fingerprint
from pipeline.protect.normalise import normalise
from pipeline.records import MaskedSegment, Segment, Term
from pipeline.translate.base import Candidates, Translator
from pipeline.translate.cache import SegmentCache

if TYPE_CHECKING:
    from pipeline.translate.memory_index import FuzzyMatch

PASSAGE_CHARS = 2_000
PASSAGE_TEXTS = 24
"""A passage is never more, single sentences apart, and ends with the block that brings it to half of either."""

CONTEXT_TEXTS = 3
"""Sentences shown before and after a passage."""

ROUND_PASSAGES = 64
"""Passages sent at once, and the most that a killed run loses."""

Outcome = Candidates | TranslatorError
"""What became of one text."""


class SomeFailedError(TranslatorError):
    """Some of the texts that were sent could not be translated; the others are here.

    Args:
        outcomes: One for each text, in order, at least one of them an error.
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        first = next(outcome for outcome in outcomes if isinstance(outcome, TranslatorError))
        super().__init__(first.message, first.remedy)
        self.outcomes = tuple(outcomes)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What a token stands for.

    Attributes:
        token: The private-use character.
        source: The French in its place; empty for markup.
        target: What will stand in the translation; empty for markup.
    """

    token: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PassageText:
    """One segment of a passage: its masked text, and what its tokens stand for."""

    text: str
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def plain(self) -> str:
        """The normalised French, with every token replaced by what it stands for."""
        return self.text.translate({ord(stand_in.token): stand_in.source for stand_in in self.stand_ins})


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive segments of one release, which are translated together.

    Attributes:
        texts: The segments.
        before: Normalised French of the segments before the first, in reading order: to be read, not translated.
        after: The same behind the last.
        terms: Entries of the termbase that occur in the texts, with what they say for the target language alone.
        examples: French sentences like those of the passage, each with its approved translation.
    """

    texts: tuple[PassageText, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class ContextTranslator(Translator, Protocol):
    """A translator whose result may depend on the passage that a text stands in, and on nothing else."""

    def translate_passages(
        self, passages: Sequence[Passage], source_lang: str, target_lang: str
    ) -> list[tuple[Outcome, ...]]:
        """Translate passages, each independent of the others; a text that cannot be translated costs no other.

        Raises:
            LanguageError: The pair cannot be translated.
            TranslatorError: The translator itself is at fault: it fails whatever it is sent.
        """
        ...


@runtime_checkable
class Memory(Protocol):
    """A translator that knows approved translations of similar sentences."""

    def matches(self, text: str, source_lang: str, target_lang: str) -> "tuple[FuzzyMatch, ...]":
        """Return them, the most similar first."""
        ...


def as_memory(translator: Translator) -> Memory | None:
    """Return a translator as one that has a memory, or None where it has none."""
    return translator if isinstance(translator, Memory) else None


def as_context_translator(translator: Translator) -> ContextTranslator | None:
    """Return a translator as one that takes passages, or None where it does not."""
    return translator if isinstance(translator, ContextTranslator) else None


def cut_passages(
    segments: Sequence[Segment], masked: Sequence[MaskedSegment], terms: Mapping[str, Term]
) -> list[Passage]:
    """Cut a release into passages, as a function of the release alone.

    Args:
        segments: All of the release's, in order.
        masked: The same, masked.
        terms: By source form, the entries of the termbase, with what they say for the target language alone.

    Returns:
        Passages whose texts, one after the other, are those of `masked`.
    """
    french = [normalise(segment.source).text for segment in segments]
    passages = []
    start = 0
    for end in _ends(segments):
        applicable = dict.fromkeys(source for mask in masked[start:end] for source in mask.term_sources)
        passages.append(
            Passage(
                tuple(PassageText(mask.text, _stand_ins(mask)) for mask in masked[start:end]),
                tuple(french[max(0, start - CONTEXT_TEXTS) : start]),
                tuple(french[end : end + CONTEXT_TEXTS]),
                tuple(terms[source] for source in applicable if source in terms),
            )
        )
        start = end
    return passages


def passage_keys(passage: Passage, signature: Mapping[str, str], source_lang: str, target_lang: str) -> tuple[str, ...]:
    """Return the key of each of a passage's texts under one translator and pair of languages."""
    context = fingerprint([signature, source_lang, target_lang, passage])
    return tuple(digest(f"{context} in passage, {index}".encode()) for index in range(len(passage.texts)))


def translate_cached(
    translator: ContextTranslator,
    cache: SegmentCache,
    passages: Sequence[Passage],
    source_lang: str,
    target_lang: str,
    after_round: Callable[[int], None] = lambda texts: None,
) -> dict[Passage, tuple[Outcome, ...]]:
    """Translate what the cache does not have, a round at a time, and keep it at once.

    `after_round` is called with the number of texts when a round is safe in the cache.

    A passage of which one text is missing is translated whole: the texts were made together.

    Raises:
        LanguageError: The pair cannot be translated.
        TranslatorError: The translator itself is at fault; what it gave before is kept.
    """
    signature = translator.signature(source_lang, target_lang)
    keys = {passage: passage_keys(passage, signature, source_lang, target_lang) for passage in passages}
    cached = cache.get([key for passage_key in keys.values() for key in passage_key])
    results: dict[Passage, tuple[Outcome, ...]] = {
        passage: tuple(cached[key] for key in of_texts)
        for passage, of_texts in keys.items()
        if all(key in cached for key in of_texts)
    }
    missing = [passage for passage in keys if passage not in results]
    for start in range(0, len(missing), ROUND_PASSAGES):
        batch = missing[start : start + ROUND_PASSAGES]
        made = dict(zip(batch, translator.translate_passages(batch, source_lang, target_lang), strict=True))
        cache.put(
            {
                key: outcome
                for passage, outcomes in made.items()
                for key, outcome in zip(keys[passage], outcomes, strict=True)
                if isinstance(outcome, tuple)
            }
        )
        results |= made
        after_round(sum(len(outcomes) for outcomes in made.values()))
    return results


def _ends(segments: Sequence[Segment]) -> list[int]:
    """Return where each passage ends."""
    ends: list[int] = []
    position = texts = chars = 0
    for _, block in groupby(segments, key=lambda segment: segment.block_id):
        for segment in block:
            if texts and (texts >= PASSAGE_TEXTS or chars + len(segment.source) > PASSAGE_CHARS):
                ends.append(position)
                texts = chars = 0
            position, texts, chars = position + 1, texts + 1, chars + len(segment.source)
        if texts >= PASSAGE_TEXTS // 2 or chars >= PASSAGE_CHARS // 2:
            ends.append(position)
            texts = chars = 0
    return [*ends, position] if texts else ends


def _stand_ins(mask: MaskedSegment) -> tuple[StandIn, ...]:
    return tuple(
        StandIn(item.token, "", "")
        if item.kind in {"markup_open", "markup_close", "point"}
        else StandIn(item.token, normalise(item.surface).text, item.replacement or item.surface)
        for item in mask.placeables
    )
