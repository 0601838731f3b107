"""Summaries by encoder-decoder checkpoints that were trained for them: mT5, mBART, BARThez, BART, PEGASUS.

A release that is longer than the model's view is cut into windows of whole sentences; each is summarized, and what was
written is summarized again, until one window holds it all. The checkpoint says how it wants to be asked: a prefix, a
language mark, the first token of its output.
"""

import re
import warnings
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.config import ChannelConfig, SystemConfig
from pipeline.errors import TranslatorError
from pipeline.fingerprint import canonical_json
from pipeline.languages import base
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.summarizers import Written
from pipeline.summarize.windows import cut_windows
from pipeline.translate.checkpoint import digest_checkpoint, find_checkpoint, find_text_files
from pipeline.translate.cores import available_cores
from pipeline.translate.seq2seq import load_model

MOST_TOKENS = 1024
"""The longest window; models without a limit of their own are trained on no longer ones."""

MOST_PASSES = 4
"""Passes over what was written before; each shortens it, and a text that is still too long then keeps its first
window."""

ROWS = 4
"""Windows computed together."""

OUTPUT_TOKENS = {"headline": 48, "post": 128, "standfirst": 160, "bullets": 192, "abstract": 256}
"""The most tokens written for a channel."""

PASS_TOKENS = 160
"""The most tokens written about one window of several."""

_TEXT_HANDLING = "1"
"""To be raised whenever the code between text and model changes a result."""


class Seq2SeqSummarizer:
    """Writes with a checkpoint.

    Args:
        config: Which model, and how it decodes.
    """

    def __init__(self, config: SystemConfig) -> None:
        self._config = config
        self._model: Any = None

    @cached_property
    def _tokenizer(self) -> Any:
        folder = find_text_files(self._config.model, self._config.revision)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _transformers().AutoTokenizer.from_pretrained(
                    folder, local_files_only=True, trust_remote_code=False
                )
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TranslatorError(
                f"the tokenizer in {folder} cannot be loaded: {error}", "complete the folder with the tokenizer's files"
            ) from error

    @cached_property
    def _folder(self) -> Path:
        config = self._config
        return find_checkpoint(config.model, config.revision)

    @cached_property
    def _digest(self) -> str:
        return digest_checkpoint(self._folder)

    def signature(self, lang: str) -> dict[str, str]:
        """Say what changes the result: the model's files by content, decoding, number type, library versions.

        Raises:
            TranslatorError: The model cannot be had.
        """
        return {
            "backend": "seq2seq",
            "decoding": canonical_json(self._config.decoding.model_dump()),
            "digest": self._digest,
            "compute_type": self._number_type,
            "text_handling": _TEXT_HANDLING,
            "torch": version("torch"),
            "transformers": version("transformers"),
        }

    def supports(self, lang: str) -> bool:
        """Tell whether a model with language marks knows the language; others do not say what they read."""
        codes = _language_codes(self._tokenizer)
        return not codes or _code(codes, lang) is not None

    def summarize(self, releases: Sequence[Sequence[str]], lang: str, channel: ChannelConfig) -> list[Written]:
        """Write a text for a channel about each release.

        Raises:
            TranslatorError: The model cannot be loaded.
        """
        if self._model is None:
            self._load()
        self._set_language(lang)
        return [self._summarize(sentences, lang, channel) for sentences in releases]

    def close(self) -> None:
        """Free the model."""
        self._model = None

    @property
    def _number_type(self) -> str:
        return "float32" if self._config.compute_type == "auto" else self._config.compute_type

    def _load(self) -> None:
        import torch

        config = self._config
        device = config.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if device == "cpu":
            torch.set_num_threads(min(config.threads or available_cores(), available_cores()))
        self._model = load_model(self._folder, self._number_type).to(device)

    def _set_language(self, lang: str) -> None:
        if code := _code(_language_codes(self._tokenizer), lang):
            self._tokenizer.src_lang = code

    def _summarize(self, sentences: Sequence[str], lang: str, channel: ChannelConfig) -> Written:
        room = self._room
        for _ in range(MOST_PASSES):
            windows = cut_windows(sentences, room, self._count)
            if len(windows) < 2:
                break
            parts = self._generate(windows, lang, PASS_TOKENS)
            sentences = [part[start:end] for part in parts for start, end in split_sentences(part)]
        windows = cut_windows(sentences, room, self._count)
        if not windows:
            return TranslatorError(f"{self._config.model} was given nothing to summarize", "give a release with text")
        (text,) = self._generate(windows[:1], lang, OUTPUT_TOKENS[channel.name])
        return text or TranslatorError(f"{self._config.model} wrote nothing", "use another model")

    @cached_property
    def _room(self) -> int:
        """Tokens of a window, the model's own marks and prefix left out."""
        config = self._model.config
        limits: list[int] = [MOST_TOKENS, self._tokenizer.model_max_length]
        limits += [limit for name in ("max_position_embeddings", "n_positions") if (limit := getattr(config, name, 0))]
        return max(8, min(limits) - 4 - self._count(_prefix(config)))

    def _count(self, text: str) -> int:
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def _generate(self, texts: Sequence[str], lang: str, most: int) -> list[str]:
        import torch

        written: list[str] = []
        model, tokenizer = self._model, self._tokenizer
        prefix = _prefix(model.config)
        for first in range(0, len(texts), ROWS):
            rows = [prefix + text for text in texts[first : first + ROWS]]
            encoded = tokenizer(
                rows, return_tensors="pt", padding=True, truncation=True, max_length=self._room + 4, verbose=False
            ).to(model.device)
            with torch.inference_mode():
                output = model.generate(
                    input_ids=encoded["input_ids"],
                    attention_mask=encoded["attention_mask"],
                    generation_config=self._generation_config(lang, most),
                )
            written += tokenizer.batch_decode(output, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return [re.sub(r"\s+", " ", text).strip() for text in written]

    def _generation_config(self, lang: str, most: int) -> Any:
        config, decoding, tokenizer = self._model.config, self._config.decoding, self._tokenizer
        code = _code(_language_codes(tokenizer), lang)
        mark = tokenizer.convert_tokens_to_ids(code) if code else None
        start = config.decoder_start_token_id
        forced = getattr(config, "forced_bos_token_id", None)
        if mark is not None and "MBart50" in type(tokenizer).__name__:
            forced = mark
        elif mark is not None:
            start = mark
        positions = getattr(config, "max_position_embeddings", None) or most + 2
        return _transformers().GenerationConfig(
            num_beams=decoding.beam_size,
            length_penalty=decoding.length_penalty if decoding.beam_size > 1 else None,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size or 3,
            max_new_tokens=min(most, positions - 2),
            early_stopping=decoding.beam_size > 1,
            do_sample=False,
            forced_bos_token_id=forced,
            decoder_start_token_id=start,
            pad_token_id=config.pad_token_id,
            eos_token_id=config.eos_token_id,
        )


def _transformers() -> Any:
    import transformers

    return transformers  # as Any: much of it is untyped


def _prefix(config: Any) -> str:
    """Return what a checkpoint wants before a text that is to be summarized: `summarize: ` for the first T5."""
    tasks = getattr(config, "task_specific_params", None) or {}
    return str((tasks.get("summarization") or {}).get("prefix") or "")


def _language_codes(tokenizer: Any) -> tuple[str, ...]:
    """Return the marks of the languages that a multilingual tokenizer knows; none for any other."""
    known = getattr(tokenizer, "lang_code_to_id", None) or {}
    return tuple(known)


def _code(codes: Sequence[str], lang: str) -> str | None:
    """Return a language's mark: `fr_XX` for `fr`."""
    return next((code for code in codes if re.split(r"[_-]", code)[0] == base(lang)), None)
