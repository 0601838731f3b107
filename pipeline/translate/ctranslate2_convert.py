"""Checkpoints into CTranslate2's format, once: a checkpoint's folder in, the converted model's folder out.

The model is loaded by the code that `seq2seq` uses. The vocabulary is written by token number, as long as the
embedding is, whatever the tokenizer's own length; T5 outputs are scaled exactly where the checkpoint says so. Without
that, mBART and M2M100 do not convert, and MADLAD converts into something that translates wrongly.
"""

import json
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pipeline.errors import TranslatorError
from pipeline.fingerprint import fingerprint
from pipeline.translate.checkpoint import cache_folder
from pipeline.translate.seq2seq import load_model
from pipeline.translate.seq2seq_families import load_family

_CONVERSION = "1"
"""To be raised whenever the code below changes what a converted model says."""


def convert_checkpoint(folder: Path, digest: str, quantization: str) -> Path:
    """Return the folder of a converted model, which is made if it is not in the cache.

    Two processes that convert the same model at once both succeed: each writes a folder of its own, and the first to
    be done gives it its name.

    Args:
        folder: The checkpoint.
        digest: The checkpoint's digest, which with the quantization and the library's version is the cache's key.
        quantization: A CTranslate2 type, such as `int8_float32`.

    Raises:
        TranslatorError: The checkpoint cannot be loaded or converted, or the cache cannot be written.
    """
    from importlib.metadata import version

    key = fingerprint([digest, quantization, version("ctranslate2"), _CONVERSION])
    converted = cache_folder() / "ctranslate2" / key
    if (converted / "model.bin").is_file():
        return converted
    try:
        converted.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(mkdtemp(prefix=f"{key[:16]}.", dir=converted.parent))
    except OSError as error:
        raise TranslatorError(
            f"the cache {converted.parent} cannot be written: {error.strerror}",
            "set XDG_CACHE_HOME to a folder of yours",
        ) from error
    try:
        _convert(folder, unfinished, quantization)
        for file in unfinished.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        try:
            unfinished.rename(converted)
        except OSError:
            if not (converted / "model.bin").is_file():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return converted


def _convert(folder: Path, output: Path, quantization: str) -> None:
    import torch
    from ctranslate2.converters import Converter

    family = load_family(folder)

    class CheckpointConverter(Converter):  # type: ignore[misc] # the library has no types
        def _load(self) -> Any:
            model = load_model(folder, "float32")
            with torch.no_grad():
                return _specify(model, family.tokenizer)

    try:
        CheckpointConverter().convert(str(output), quantization=quantization, force=True)
    except (ValueError, RuntimeError, AttributeError, KeyError, IndexError) as error:
        raise TranslatorError(f"{folder} cannot be converted: {error}", "use the backend seq2seq") from error


def _specify(model: Any, tokenizer: Any) -> Any:
    """Describe a model with its weights as CTranslate2 wants it."""
    from ctranslate2.converters.transformers import M2M100Loader, MarianMTLoader, MBartLoader, T5Loader

    model_type = model.config.model_type
    loaders = {"marian": MarianMTLoader, "m2m_100": M2M100Loader, "mbart": MBartLoader, "t5": T5Loader}
    if model_type not in loaders:
        raise TranslatorError(f"CTranslate2 cannot run a model of type {model_type}", "use the backend seq2seq")
    tokens = vocabulary(tokenizer, model.config.vocab_size)

    loader_class: Any = loaders[model_type]

    class Loader(loader_class):  # type: ignore[misc] # a base that is found at run time
        def get_vocabulary(self, model: Any, tokenizer: Any) -> list[str]:
            return tokens

        def set_config(self, config: Any, model: Any, tokenizer: Any) -> None:
            config.bos_token = tokenizer.bos_token or tokenizer.pad_token
            config.eos_token = tokenizer.eos_token
            config.unk_token = tokenizer.unk_token
            config.decoder_start_token = tokens[model.config.decoder_start_token_id]

        def _remove_pad_weights(self, spec: Any) -> None:
            """Keep them: `load_model` made the token impossible, and training may have changed what it starts."""

    spec = Loader()(model, tokenizer)
    if model_type == "marian":
        spec.decoder.start_from_zero_embedding = False
    if model_type == "t5":
        spec.decoder.scale_outputs = model.config.d_model**-0.5 if model.config.scale_decoder_outputs else 1.0
    return spec


def vocabulary(tokenizer: Any, size: int) -> list[str]:
    """Return the token of each number; what the tokenizer does not have, or has twice, gets a name of its own."""
    tokens: list[str] = []
    seen: set[str] = set()
    for number in range(size):  # M2M100 has language codes beyond its own length
        token = tokenizer.convert_ids_to_tokens(number)
        name = f"madeupword{number}" if token is None or token in seen else str(token)
        seen.add(name)
        tokens.append(name)
    return tokens


def read_vocabulary(folder: Path, side: str) -> list[str]:
    """Return the tokens of a converted model by number.

    Args:
        folder: The converted model.
        side: `source` or `target`; most models have one vocabulary for both.

    Raises:
        TranslatorError: There is none.
    """
    for name in ("shared", side):
        file = folder / f"{name}_vocabulary.json"
        if file.is_file():
            return [str(token) for token in json.loads(file.read_text(encoding="utf-8"))]
    raise TranslatorError(f"there is no vocabulary in {folder}", "convert the model with CTranslate2 4 or later")
