"""Encoder-decoder checkpoints with transformers: every family, any device that torch knows.

Batches are padded to their length class, so that a text is computed in the same shape whatever stands beside it.
A greedy search notes its scores as it goes. Another search's come from one pass over the finished outputs: it would
have to keep every step's whole vocabulary to give them.
"""

import gc
import logging
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import TranslatorError
from pipeline.translate.checkpoint import find_checkpoint
from pipeline.translate.cores import available_cores
from pipeline.translate.neural import NeuralTranslator, Output
from pipeline.translate.out_of_memory import BatchHalver
from pipeline.translate.process_memory import peak_process_bytes
from pipeline.translate.token_batches import TokenBatch

_CPU_BATCH_TOKENS = 4_096
_GPU_BATCH_TOKENS = 16_384

_LOGIT_BYTES = 256_000_000
"""Memory that scoring may take at once."""


def build_seq2seq(config: SystemConfig) -> NeuralTranslator:
    """Make a translator that computes with transformers."""
    return NeuralTranslator(config, TransformersEngine(config))


class TransformersEngine:
    """Computes with torch.

    Args:
        config: Which model, device and number type.
    """

    needs_filler = False

    def __init__(self, config: SystemConfig) -> None:
        self._config = config
        self._model: Any = None
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

    @property
    def device(self) -> str:
        """`cpu` or `cuda`."""
        if self._config.device != "auto":
            return self._config.device
        import torch

        return "cuda" if torch.cuda.is_available() else "cpu"

    @property
    def number_type(self) -> str:
        """The type that the model computes in: bfloat16 on cards that have it, else float32."""
        if self._config.compute_type != "auto":
            return self._config.compute_type
        if self.device == "cpu":
            return "float32"
        import torch

        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"

    def signature(self) -> dict[str, str]:
        """Say what of the engine changes the result."""
        return {"compute_type": self.number_type, "torch": version("torch"), "transformers": version("transformers")}

    def run(
        self, batches: Sequence[TokenBatch], prefix: Sequence[int], decoding: DecodingConfig
    ) -> Iterator[list[list[Output]]]:
        """Yield each batch's outputs in order."""
        if batches and self._model is None:
            self._load()
        for batch in batches:
            yield self._halver.run(batch, lambda part: self._generate(part, prefix, decoding))

    def peak_memory_bytes(self) -> int:
        """Return the most memory that was in use: the card's, else the process's."""
        if self._model is not None and self._model.device.type == "cuda":
            import torch

            return int(torch.cuda.max_memory_allocated())
        return peak_process_bytes()

    def close(self) -> None:
        """Free the model."""
        self._model = None
        gc.collect()

    def _load(self) -> None:
        import torch

        started = time.perf_counter()
        config = self._config
        if self.device == "cpu":
            torch.set_num_threads(min(config.threads or available_cores(), available_cores()))
        folder = find_checkpoint(config.model, config.revision)
        model = load_model(folder, self.number_type)
        try:
            self._model = model.to(self.device)
        except (RuntimeError, AssertionError) as error:
            raise TranslatorError(
                f"the model cannot be put on the device “{self.device}”: {error}", "correct `device`, or leave it out"
            ) from error
        self.loads += 1
        self.load_seconds += time.perf_counter() - started

    def _generate(self, batch: TokenBatch, prefix: Sequence[int], decoding: DecodingConfig) -> list[list[Output]]:
        import torch

        model = self._model
        config = model.config
        width = batch.length_class
        rows = [[*sequence, *[config.pad_token_id] * (width - len(sequence))] for sequence in batch.sequences]
        source = torch.tensor(rows, device=model.device)  # (batch, width)
        lengths = torch.tensor([[len(sequence)] for sequence in batch.sequences], device=model.device)
        mask = (torch.arange(width, device=model.device) < lengths).long()  # (batch, width)
        start = [config.decoder_start_token_id, *prefix]
        begun = torch.tensor([start] * len(rows), device=model.device)  # (batch, prompt)
        most = batch.max_output_tokens(decoding.max_length_factor)
        if positions := getattr(config, "max_position_embeddings", None):
            most = min(most, positions - len(start))
        notes = _ScoreNotes() if decoding.beam_size == 1 and not decoding.no_repeat_ngram_size else None
        with torch.inference_mode():
            encoded = model.get_encoder()(input_ids=source, attention_mask=mask)
            written = model.generate(
                encoder_outputs=type(encoded)(last_hidden_state=encoded.last_hidden_state),
                attention_mask=mask,
                decoder_input_ids=begun,
                generation_config=_generation_config(config, decoding, most),
                logits_processor=[notes] if notes else [],
            )
            tokens = written[:, len(start) :]  # (batch · n_best, length)
            if notes:
                scores = _score_best(notes.best, tokens, config.eos_token_id, decoding.length_penalty)
            else:
                scores = self._score(encoded.last_hidden_state, mask, written, len(start), decoding)
        outputs = [
            Output(tuple(_until_end(row, config.eos_token_id)), score)
            for row, score in zip(tokens.tolist(), scores, strict=True)
        ]
        many = decoding.n_best
        return [
            sorted(outputs[first : first + many], key=lambda output: -output.score)
            for first in range(0, len(outputs), many)
        ]

    def _score(self, encoded: Any, mask: Any, written: Any, prompt: int, decoding: DecodingConfig) -> list[float]:
        """Return each output's score, by a pass of the decoder over all of its tokens at once."""
        import torch

        model, config = self._model, self._model.config
        vocabulary = model.get_output_embeddings().weight.shape[0]
        rows = max(1, _LOGIT_BYTES // (4 * vocabulary * written.shape[1]))
        scores: list[float] = []
        for first in range(0, len(written), rows):
            part = written[first : first + rows]
            of = torch.arange(first, first + len(part), device=part.device) // decoding.n_best
            hidden = (encoded[of],)
            logits = (
                model(encoder_outputs=hidden, attention_mask=mask[of], decoder_input_ids=part[:, :-1], use_cache=False)
                .logits[:, prompt - 1 :]
                .float()
            )  # (rows, length, vocabulary)
            logits[:, 0, config.eos_token_id] = -torch.inf  # no output is empty
            output = part[:, prompt:]
            chosen = logits.log_softmax(-1).gather(2, output[:, :, None]).squeeze(2)
            scores += _score_best(chosen, output, config.eos_token_id, decoding.length_penalty)
        return scores


class _ScoreNotes:
    """Notes the log-probability of the token that a greedy search is about to take; changes nothing."""

    def __init__(self) -> None:
        self._steps: list[Any] = []

    def __call__(self, _written: Any, logits: Any) -> Any:
        logits = logits.float()  # (batch, vocabulary)
        self._steps.append(logits.amax(-1) - logits.logsumexp(-1))
        return logits

    @property
    def best(self) -> Any:
        import torch

        return torch.stack(self._steps, 1)  # (batch, length)


def _score_best(chosen: Any, tokens: Any, end: int, length_penalty: float) -> list[float]:
    """Return each row's score from its tokens' log-probabilities, (rows, length), up to the first end mark."""
    ends = tokens == end
    counted = (ends.cumsum(1) - ends.long()) == 0  # that mark included
    summed: list[float] = (chosen.masked_fill(~counted, 0.0).sum(1) / counted.sum(1) ** length_penalty).tolist()
    return summed


def load_model(folder: Path, number_type: str) -> Any:
    """Load a checkpoint's model onto the processor.

    Marian's padding token starts its decoder and is no word: it is made impossible as an output.

    Raises:
        TranslatorError: It cannot be loaded.
    """
    import torch
    from safetensors import SafetensorError

    transformers = _transformers()
    log = transformers.logging
    log.disable_progress_bar()
    verbosity = log.get_verbosity()
    log.set_verbosity(logging.ERROR)
    try:
        model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=getattr(torch, number_type),
        ).eval()
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise TranslatorError(
            f"the model in {folder} cannot be loaded: {error}", "get the model's files again, or use another"
        ) from error
    finally:
        log.set_verbosity(verbosity)
    model.generation_config = (
        transformers.GenerationConfig()
    )  # what is not said there is not taken from the checkpoint's habits
    if model.config.model_type == "marian":
        model.final_logits_bias[:, model.config.pad_token_id] = -torch.inf
    return model


def _generation_config(config: Any, decoding: DecodingConfig, most: int) -> Any:
    return _transformers().GenerationConfig(
        num_beams=decoding.beam_size,
        num_return_sequences=decoding.n_best,
        length_penalty=decoding.length_penalty if decoding.beam_size > 1 else None,
        no_repeat_ngram_size=decoding.no_repeat_ngram_size,
        max_new_tokens=most,
        min_new_tokens=1,
        early_stopping=decoding.beam_size > 1,
        do_sample=False,
        use_cache=True,
        pad_token_id=config.pad_token_id,
        eos_token_id=config.eos_token_id,
        decoder_start_token_id=config.decoder_start_token_id,
    )


def _transformers() -> Any:
    import transformers

    return transformers  # as Any: much of it is untyped


def _until_end(tokens: Sequence[int], end: int) -> Sequence[int]:
    return tokens[: tokens.index(end)] if end in tokens else tokens
