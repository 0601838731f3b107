"""A finished model as folders: one that transformers reads, and from it one in 8-bit integers that CTranslate2 reads.

Each is published whole or not at all, with its card. Only the second is small enough to ship.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.config import SystemConfig
from pipeline.errors import StoreError
from pipeline.train.card import Card, write_card
from pipeline.train.evaluate import DevScores, DevSet, score
from pipeline.train.vocabulary import copy_tokenizer
from pipeline.translate import build_translator
from pipeline.translate.checkpoint import digest_checkpoint
from pipeline.translate.ctranslate2_convert import convert_checkpoint

FULL, INT8 = "transformers", "int8"
CARD = "README.md"


@dataclass(frozen=True, slots=True)
class Exported:
    """A model's folders.

    Attributes:
        full: For transformers, 32-bit.
        int8: For CTranslate2, 8-bit.
        scores: Of the 8-bit model, by the dev set's name.
    """

    full: Path
    int8: Path
    scores: dict[str, DevScores]


def export_model(model: Any, tokenizer: Path, folder: Path, card: Card, dev: DevSet | None = None) -> Exported:
    """Write a model's folders and score what was written.

    Args:
        model: A Marian model.
        tokenizer: The folder with its tokenizer's files.
        folder: Where to; its subfolders are replaced.
        card: What is told of the model; the scores of the 8-bit model are added to it.
        dev: What to score it on.

    Raises:
        StoreError: The folders cannot be written.
        TranslatorError: The model cannot be converted.
    """
    full, int8 = folder / FULL, folder / INT8
    _publish(full, lambda part: _write_full(model, tokenizer, part))
    digest = digest_checkpoint(full)
    converted = convert_checkpoint(full, digest, "int8")
    _publish(int8, lambda part: _write_converted(converted, tokenizer, part))
    scores = {dev.name: _score(int8, dev, card)} if dev else {}
    card = replace(card, scores={**card.scores, **scores})
    for made, number_type in ((full, "float32"), (int8, "int8")):
        written = write_card(card, digest_checkpoint(made), number_type)
        (made / CARD).write_text(written, encoding="utf-8")
    return Exported(full, int8, dict(card.scores))


def _write_full(model: Any, tokenizer: Path, part: Path) -> None:
    transformers: Any = import_module("transformers")
    transformers.logging.disable_progress_bar()
    model.save_pretrained(part)
    copy_tokenizer(tokenizer, part)


def _write_converted(converted: Path, tokenizer: Path, part: Path) -> None:
    for file in converted.iterdir():
        shutil.copyfile(file, part / file.name)
    copy_tokenizer(tokenizer, part)


def _publish(folder: Path, write: Callable[[Path], None]) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
            part = Path(temporary) / "made"
            part.mkdir()
            write(part)
            if folder.exists():
                folder.rename(Path(temporary) / "before")
            part.rename(folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror}", "make room, and run again") from error


def _score(folder: Path, dev: DevSet, card: Card) -> DevScores:
    translator = build_translator(SystemConfig(name="exported", backend="ctranslate2", model=str(folder), device="cpu"))
    try:
        made = translator.translate(dev.sources, card.source_lang, card.target_lang)
    finally:
        translator.close()
    return score([candidates[0].text for candidates in made], dev.references)
