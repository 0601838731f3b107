"""Neural translation with any engine: masked texts in, candidates out.

Texts are cut into what the model can take, encoded by the model's own tokenizer, put into batches by length and token
budget, and joined again. The engines differ only in how they compute a batch. Decoding back to text is done beside
the engine's work, in a thread of its own.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.fingerprint import canonical_json
from pipeline.languages import has_spaces
from pipeline.translate.base import Candidate, Candidates, Route, TranslatorCounts
from pipeline.translate.checkpoint import digest_checkpoint, find_checkpoint, find_text_files
from pipeline.translate.declaration import declared_masks
from pipeline.translate.marks import Notation, find_notation
from pipeline.translate.pieces import Piece, clean, cut_pieces, shorten
from pipeline.translate.seq2seq_families import FamilyTokenizer, load_family
from pipeline.translate.token_batches import TokenBatch, plan_batches

_TEXT_HANDLING = "2"
"""To be raised whenever the code between text and model changes a result."""


@dataclass(frozen=True, slots=True)
class Output:
    """One candidate for one sequence.

    Attributes:
        tokens: What the model wrote behind the forced beginning; an end mark may be among it.
        score: Sum of the tokens' log-probabilities, the end mark's included, divided by their number to the power
            of the length penalty.
    """

    tokens: tuple[int, ...]
    score: float


class NeuralEngine(Protocol):
    """Computes batches; the model is loaded at the first."""

    needs_filler: bool
    """Whether it pads a batch no further than its longest sequence, so that one as long as the class must be added."""

    @property
    def batch_tokens(self) -> int:
        """Source tokens in a batch that suit the device."""
        ...

    @property
    def halvings(self) -> int:
        """How often a batch was halved because the memory was full."""
        ...

    loads: int
    load_seconds: float

    def signature(self) -> dict[str, str]:
        """Say what of the engine changes the result."""
        ...

    def run(
        self, batches: Sequence[TokenBatch], prefix: Sequence[int], decoding: DecodingConfig
    ) -> Iterator[list[list[Output]]]:
        """Yield each batch's outputs in order: for each sequence its candidates, best first."""
        ...

    def peak_memory_bytes(self) -> int:
        """Return the most memory that was in use."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


class NeuralTranslator:
    """Translates with an encoder-decoder model.

    Args:
        config: Which model, and how it decodes.
        engine: What computes it.
    """

    draft = False
    batch_texts = 2_048

    def __init__(self, config: SystemConfig, engine: NeuralEngine) -> None:
        self._config = config
        self._engine = engine
        self._done = TranslatorCounts()

    @cached_property
    def _family(self) -> FamilyTokenizer:
        return load_family(find_text_files(self._config.model, self._config.revision))

    @cached_property
    def _notation(self) -> Notation | None:
        folder = find_text_files(self._config.model, self._config.revision)
        return declared_masks(folder) or find_notation(self._family.round_trip)

    @cached_property
    def _signature(self) -> dict[str, str]:
        config = self._config
        folder = find_checkpoint(config.model, config.revision)
        return {
            "backend": config.backend,
            "decoding": canonical_json(config.decoding.model_dump()),
            "digest": digest_checkpoint(folder),
            "revision": config.revision,
            "text_handling": _TEXT_HANDLING,
            **self._engine.signature(),
        }

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: the model's files by content, decoding, number type, library versions.

        Where a model lies does not change it, nor do device, threads and batch size.

        Raises:
            LanguageError: The model does not translate between these languages.
            TranslatorError: The model cannot be had; one on the hub is downloaded for its digest.
        """
        self._family.check(source_lang, target_lang)
        return dict(self._signature)

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether the model knows both languages; reads its tokenizer, no weights."""
        return self._family.supports(source_lang, target_lang)

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Say what the model can do instead; empty when it can do this."""
        return "" if self.supports(source_lang, target_lang) else self._family.abilities()

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return both languages; a model cannot learn others here."""
        return (source_lang, target_lang) if self.supports(source_lang, target_lang) else ()

    def with_decoding(self, decoding: DecodingConfig) -> "NeuralTranslator":
        """Return a translator that searches in another way with the same loaded model."""
        other = NeuralTranslator(self._config.model_copy(update={"decoding": decoding}), self._engine)
        if "_family" in self.__dict__:
            other.__dict__["_family"] = self._family
        return other

    @cached_property
    def _other(self) -> "NeuralTranslator":
        return self.with_decoding(decode_again(self._config.decoding))

    def other_decoding(self) -> "NeuralTranslator":
        """Return the same loaded model with a wider beam, no repetitions and several candidates."""
        return self._other

    def counts(self) -> TranslatorCounts:
        """Return what was done so far, with another decoding too."""
        done = self._done + self._other._done if "_other" in self.__dict__ else self._done
        engine = self._engine
        return replace(
            done,
            loads=engine.loads,
            halvings=engine.halvings,
            load_seconds=engine.load_seconds,
            peak_memory_bytes=engine.peak_memory_bytes(),
        )

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate texts; a text's score is the mean of its parts' where it was cut.

        Raises:
            LanguageError: The model does not translate between these languages; the message lists what it does.
            TranslatorError: The model cannot be loaded, or a single text is too much for the memory.
        """
        self._family.check(source_lang, target_lang)
        texts_pieces = [self._cut(text, source_lang, target_lang) for text in texts]
        sent = [piece.text for pieces in texts_pieces for piece in pieces if piece.is_sent]
        translations = iter(self._translate_pieces(sent, source_lang, target_lang))
        spaced = has_spaces(target_lang)
        return [
            _join([next(translations) if piece.is_sent else piece.text for piece in pieces], spaced=spaced)
            for pieces in texts_pieces
        ]

    def close(self) -> None:
        """Free the model."""
        self._engine.close()

    def _write(self, text: str) -> tuple[str, tuple[str, ...]]:
        cleaned = clean(text)
        return self._notation.write(cleaned) if self._notation else (cleaned, ())

    def _encode(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[list[int]]:
        return self._family.encode([self._write(text)[0] for text in texts], source_lang, target_lang)

    def _cut(self, text: str, source_lang: str, target_lang: str) -> list[Piece]:
        pieces = cut_pieces(text, carries_tokens=self._notation is not None)
        limit = self._family.limit
        fitting: list[Piece] = []
        for piece in pieces:
            # A token is a character at least, but for language codes and the end mark.
            if piece.is_sent and len(piece.text) > limit // 4:

                def count(parts: Sequence[str]) -> list[int]:
                    return [len(ids) for ids in self._encode(parts, source_lang, target_lang)]

                if count([piece.text])[0] > limit:
                    fitting += shorten(piece.text, limit, count)
                    continue
            fitting.append(piece)
        return fitting

    def _translate_pieces(self, sent: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        written = [self._write(text) for text in sent]
        sequences = self._family.encode([text for text, _ in written], source_lang, target_lang)
        engine, decoding = self._engine, self._config.decoding
        batches = plan_batches(sequences, self._config.batch_tokens or engine.batch_tokens)
        results: list[Candidates] = [()] * len(sent)

        def read(batch: TokenBatch, outputs: list[list[Output]]) -> None:
            texts = iter(self._family.decode(output.tokens for row in outputs for output in row))
            for row, candidates in zip(batch.rows, outputs, strict=True):
                results[row] = tuple(
                    Candidate(self._read(next(texts), sent[row], written[row][1]), round(output.score, 4))
                    for output in candidates
                )

        started = time.perf_counter()
        with ThreadPoolExecutor(1) as readers:
            prefix = self._family.decoder_prefix(target_lang)
            reading = []
            for batch, outputs in zip(batches, engine.run(batches, prefix, decoding), strict=True):
                reading.append(readers.submit(read, batch, outputs))
                self._done += TranslatorCounts(
                    sequences=len(batch.rows),
                    source_tokens=batch.useful_tokens,
                    computed_tokens=batch.computed_tokens + len(batch.filler) * engine.needs_filler,
                    target_tokens=sum(len(candidates[0].tokens) for candidates in outputs),
                )
        self._done += TranslatorCounts(compute_seconds=time.perf_counter() - started)
        for done in reading:
            done.result()
        return results

    def _read(self, output: str, source: str, tokens: tuple[str, ...]) -> str:
        line = " ".join(clean(output).splitlines())
        return self._notation.read(line, clean(source), tokens) if self._notation else line


def decode_again(decoding: DecodingConfig) -> DecodingConfig:
    """Return how to search again where a first translation fails a check: wider, without loops, with more to choose."""
    beam_size = min(64, max(8, 2 * decoding.beam_size))
    no_repeat = decoding.no_repeat_ngram_size or 4
    return decoding.model_copy(update={"beam_size": beam_size, "no_repeat_ngram_size": no_repeat, "n_best": 4})


def _join(parts: Sequence[str | Candidates], *, spaced: bool) -> Candidates:
    """Put a text together; its candidates are its parts' first ones, second ones, and so on."""
    made = [part for part in parts if not isinstance(part, str)]
    if len(made) == 1 == len(parts):
        return made[0]
    joined = []
    for rank in range(max((len(candidates) for candidates in made), default=1)):
        chosen = [part if isinstance(part, str) else part[min(rank, len(part) - 1)] for part in parts]
        text = "".join(_text(part, spaced=spaced) for part in chosen)
        scores = [part.score for part in chosen if isinstance(part, Candidate) and part.score is not None]
        joined.append(Candidate(text, round(sum(scores) / len(scores), 4) if scores else None))
    return tuple(joined)


def _text(part: str | Candidate, *, spaced: bool) -> str:
    if isinstance(part, Candidate):
        return part.text
    return part if spaced or part != " " else ""
