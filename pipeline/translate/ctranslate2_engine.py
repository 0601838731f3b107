"""Encoder-decoder models with CTranslate2, the fastest engine: the same checkpoints converted, or a converted folder.

Several batches are at work at once, a thread or more each, never more threads than there are cores. On processors the
weights are 8-bit integers: with batches of one width a text's result is then, bit for bit, what it is alone.
"""

import gc
import time
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import TranslatorError
from pipeline.translate.checkpoint import digest_checkpoint, find_checkpoint, is_converted
from pipeline.translate.cores import available_cores, divide_cores
from pipeline.translate.ctranslate2_convert import convert_checkpoint, read_vocabulary
from pipeline.translate.neural import NeuralTranslator, Output
from pipeline.translate.out_of_memory import BatchHalver
from pipeline.translate.process_memory import peak_process_bytes
from pipeline.translate.seq2seq_families import load_family
from pipeline.translate.token_batches import TokenBatch

_CPU_BATCH_TOKENS = 4_096
_GPU_BATCH_TOKENS = 32_768

_PREFERRED = {"cpu": ("int8_float32", "float32"), "cuda": ("bfloat16", "float16", "float32")}
"""Number types by device, the fastest that the machine does well first."""


def build_ctranslate2(config: SystemConfig) -> NeuralTranslator:
    """Make a translator that computes with CTranslate2."""
    return NeuralTranslator(config, CTranslate2Engine(config))


class CTranslate2Engine:
    """Computes with CTranslate2.

    Args:
        config: Which model, device and number type.
    """

    needs_filler = True

    def __init__(self, config: SystemConfig) -> None:
        self._config = config
        self._translator: Any = None
        self._tokens: list[str] = []
        self._target_tokens: list[str] = []
        self._numbers: dict[str, int] = {}
        self._positions = 0
        self._halver = BatchHalver()
        self.loads = 0
        self.load_seconds = 0.0

    @property
    def halvings(self) -> int:
        """How often a batch was halved."""
        return self._halver.halvings

    @property
    def batch_tokens(self) -> int:
        """By the device and the beam: about as many rows as it computes at full speed."""
        most = _CPU_BATCH_TOKENS if self.device == "cpu" else _GPU_BATCH_TOKENS
        return max(512, most // self._config.decoding.beam_size)

    @cached_property
    def device(self) -> str:
        """`cpu` or `cuda`."""
        if self._config.device != "auto":
            return self._config.device
        return "cuda" if _library().get_cuda_device_count() else "cpu"

    @cached_property
    def number_type(self) -> str:
        """The type that the model computes in."""
        if self._config.compute_type != "auto":
            return self._config.compute_type
        supported = _library().get_supported_compute_types(self.device)
        return next(name for name in _PREFERRED[self.device] if name in supported)

    def signature(self) -> dict[str, str]:
        """Say what of the engine changes the result."""
        return {
            "compute_type": self.number_type,
            "ctranslate2": version("ctranslate2"),
            "transformers": version("transformers"),
        }

    def run(
        self, batches: Sequence[TokenBatch], prefix: Sequence[int], decoding: DecodingConfig
    ) -> Iterator[list[list[Output]]]:
        """Yield each batch's outputs in order, with the next batches already at work."""
        if not batches:
            return
        if self._translator is None:
            self._load()
        ahead = 2 * self._translator.num_translators + 1
        waiting: deque[tuple[TokenBatch, list[Any]]] = deque()
        for batch in batches:
            waiting.append((batch, self._start(batch, prefix, decoding)))
            if len(waiting) > ahead:
                yield self._finish(*waiting.popleft(), prefix, decoding)
        while waiting:
            yield self._finish(*waiting.popleft(), prefix, decoding)

    def peak_memory_bytes(self) -> int:
        """Return the most memory that the process had; CTranslate2 does not tell the card's."""
        return peak_process_bytes()

    def close(self) -> None:
        """Free the model."""
        self._translator = None
        gc.collect()

    def _load(self) -> None:
        started = time.perf_counter()
        config = self._config
        folder = find_checkpoint(config.model, config.revision)
        self._positions = load_family(folder).positions or 0
        if not is_converted(folder):
            digest = digest_checkpoint(folder)
            folder = convert_checkpoint(folder, digest, self.number_type)
        self._tokens = read_vocabulary(folder, "source")
        self._target_tokens = read_vocabulary(folder, "target")
        self._numbers = {token: number for number, token in enumerate(self._target_tokens)}
        cores = available_cores()
        inter, intra = divide_cores(min(config.threads or cores, cores)) if self.device == "cpu" else (1, 1)
        try:
            self._translator = _library().Translator(
                str(folder),
                device=self.device,
                compute_type=self.number_type,
                inter_threads=inter,
                intra_threads=intra,
            )
        except (ValueError, RuntimeError) as error:
            raise TranslatorError(
                f"CTranslate2 cannot load the model as {self.number_type} on {self.device}: {error}",
                "leave out compute_type and device, or correct them",
            ) from error
        self.loads += 1
        self.load_seconds += time.perf_counter() - started

    def _start(self, batch: TokenBatch, prefix: Sequence[int], decoding: DecodingConfig) -> list[Any]:
        most = batch.max_output_tokens(decoding.max_length_factor)
        if self._positions:
            most = min(most, self._positions - 1 - len(prefix))
        sequences = [*batch.sequences, batch.filler] if batch.filler else batch.sequences
        begun = [[self._target_tokens[token] for token in prefix]] * len(sequences) if prefix else None
        started: list[Any] = self._translator.translate_batch(
            [[self._tokens[token] for token in sequence] for sequence in sequences],
            target_prefix=begun,
            asynchronous=True,
            max_batch_size=0,
            max_input_length=0,
            max_decoding_length=most + len(prefix),
            min_decoding_length=1 + len(prefix),
            beam_size=decoding.beam_size,
            num_hypotheses=decoding.n_best,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            return_scores=True,
            return_end_token=True,
        )
        return started[: len(batch.rows)]

    def _finish(
        self, batch: TokenBatch, started: list[Any], prefix: Sequence[int], decoding: DecodingConfig
    ) -> list[list[Output]]:
        def compute(part: TokenBatch) -> list[list[Output]]:
            rows = started if part is batch else self._start(part, prefix, decoding)
            return [self._outputs(row.result(), len(prefix), decoding.length_penalty) for row in rows]

        return self._halver.run(batch, compute)

    def _outputs(self, result: Any, prompt: int, length_penalty: float) -> list[Output]:
        """Read one result; its scores count the forced beginning as part of the length, which `Output`'s do not."""
        outputs = []
        for tokens, score in zip(result.hypotheses, result.scores, strict=True):
            written = [self._numbers[token] for token in tokens[prompt:]]  # the end mark included
            rescale = (len(tokens) / max(1, len(written))) ** length_penalty
            outputs.append(Output(tuple(written), score * rescale))
        return sorted(outputs, key=lambda output: -output.score)


def _library() -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise TranslatorError("CTranslate2 is not installed", "pip install 'communique[neural]'") from error
    return ctranslate2
