"""A model's files: a folder or a hub name in, a local folder with nothing unsafe in it out, and its digest.

Weights are read from safetensors alone: pickled ones can run any program when they are read. Code that comes with a
model is never run. What is downloaded is pinned to one commit.
"""

import hashlib
import os
from pathlib import Path

from pipeline.errors import TranslatorError
from pipeline.fingerprint import fingerprint
from pipeline.translate.embedded import find_embedded, is_embedded

TEXT_FILES = ("*.json", "*.spm", "*.model", "*.txt")
"""Configuration and tokenizer: what is needed to know the languages of a model."""

_CONVERT = (
    "use a model that comes with *.safetensors files; or, on a machine that holds nothing of value, download the model "
    'into the folder DIR, run python -c "from transformers import AutoModelForSeq2SeqLM as M; '
    "M.from_pretrained('DIR').save_pretrained('DIR')\", delete its *.bin files, and give that folder as `model`"
)

_MEMO_BYTES = 16_000_000
"""Digests of larger files are remembered."""


def cache_folder() -> Path:
    """Return the folder for what can be made again: `$XDG_CACHE_HOME/communique`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "communique"


def find_text_files(model: str, revision: str) -> Path:
    """Return a folder with the model's configuration and tokenizer, without downloading weights.

    Args:
        model: A folder, or the name of a model in the package (`embedded:fr-en`); with a revision, a name on the hub.
        revision: The commit on the hub, 40 hexadecimal digits; empty for a folder.

    Raises:
        TranslatorError: There is no such model, or the hub cannot be reached.
    """
    return _download(model, revision, TEXT_FILES) if revision else _folder(model)


def find_checkpoint(model: str, revision: str) -> Path:
    """Return a folder with all of the model, weights included.

    Args:
        model: As in `find_text_files`.
        revision: As there.

    Raises:
        TranslatorError: There is no such model, or it has no weights that may be read.
    """
    folder = _folder(model) if not revision else _download(model, revision, (*TEXT_FILES, "*.safetensors"))
    if not is_converted(folder):
        weight_files(folder)
    return folder


def is_converted(folder: Path) -> bool:
    """Tell whether a folder holds a model that CTranslate2 can read as it is."""
    return (folder / "model.bin").is_file()


def weight_files(folder: Path) -> list[Path]:
    """Return the files with a checkpoint's weights.

    Raises:
        TranslatorError: There are none that may be read.
    """
    if files := sorted(folder.glob("*.safetensors")):
        return files
    if any(folder.glob("pytorch_model*.bin")):
        raise TranslatorError(
            f"the weights in {folder} are pickled, which can run any program when it is read", _CONVERT
        )
    raise TranslatorError(f"there are no *.safetensors files in {folder}", _CONVERT)


def digest_checkpoint(folder: Path) -> str:
    """Return the sha256 of everything in a model's folder that changes what it says."""
    weights = [folder / "model.bin"] if is_converted(folder) else weight_files(folder)
    files = {*weights, *(file for pattern in TEXT_FILES for file in folder.glob(pattern))}
    return fingerprint({file.name: _digest_file(file) for file in sorted(files)})


def _folder(model: str) -> Path:
    if is_embedded(model):
        return find_embedded(model)
    folder = Path(model).expanduser()
    if not folder.is_dir():
        raise TranslatorError(
            f"there is no model folder {folder}", "correct `model`; for a name on the hub also give its `revision`"
        )
    return folder


def _download(model: str, revision: str, patterns: tuple[str, ...]) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, revision=revision, allow_patterns=list(patterns)))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        reason = str(error).strip().split("\n")[0]
        raise TranslatorError(
            f"{model} at {revision[:12]} cannot be had from the hub: {reason}",
            "check the name, the revision and the network, or give a folder",
        ) from error


def _digest_file(path: Path) -> str:
    """Return a file's sha256; that of a large one is read again only when its size or time changed."""
    status = path.stat()
    if status.st_size < _MEMO_BYTES:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    identity = fingerprint([str(path.resolve()), status.st_size, status.st_mtime_ns, status.st_ino])
    memo = cache_folder() / "digests" / identity
    if memo.is_file() and len(known := memo.read_text(encoding="ascii")) == 64:
        return known
    with path.open("rb") as file:
        made = hashlib.file_digest(file, "sha256").hexdigest()
    memo.parent.mkdir(parents=True, exist_ok=True)
    part = memo.with_name(f"{memo.name}.{os.getpid()}")
    part.write_text(made, encoding="ascii")
    part.replace(memo)
    return made
