"""The vocabulary: one SentencePiece unigram model for both languages, and the Marian tokenizer's files around it.

Masks and term marks are pieces of their own that nothing cuts. The model brings its input to one spelling itself
(plain apostrophes, quotation marks and spaces, as the training data has them), so that this travels with it. What is
in no piece is written in bytes: no name is lost. Token numbers are the same in SentencePiece and in `vocab.json`.
"""

import json
import shutil
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import ConfigError
from pipeline.train.recipe import VocabularyRecipe
from pipeline.translate.cores import available_cores
from pipeline.translate.declaration import DECLARATION, declare, symbols

END, UNKNOWN, PADDING = 0, 1, 2
"""Token numbers."""
MODEL_FILE = "source.spm"
TOKENIZER_FILES = (MODEL_FILE, "target.spm", "vocab.json", "tokenizer_config.json", DECLARATION)

_SPACES = ("\u00a0", "\u202f", "\u2009", "\t")
_SPELLINGS = {
    **dict.fromkeys("’‘ʼ´`", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **{f"«{space}": '"' for space in (" ", *_SPACES)},
    **{f"{space}»": '"' for space in (" ", *_SPACES)},
    "«": '"',
    "»": '"',
    **dict.fromkeys(_SPACES, " "),
    "…": "...",
    "‑": "-",
    "‐": "-",
    "\u00ad": "",
    "\u200b": "",
}
"""What the model reads as something else."""


def train_vocabulary(
    folder: Path, sentences: Iterable[str], recipe: VocabularyRecipe, langs: tuple[str, str], longest: int
) -> None:
    """Learn a vocabulary and write the tokenizer's files.

    Args:
        folder: Where to, all or nothing.
        sentences: Of both languages.
        recipe: Its size.
        langs: Source and target language.
        longest: The longest sequence of the model that it is for, in tokens.

    Raises:
        ConfigError: There is too little text for a vocabulary of this size.
    """
    import sentencepiece

    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".vocabulary-", dir=folder.parent) as temporary:
        rules = Path(temporary) / "spellings.tsv"
        rules.write_text("".join(_rule(*spelling) for spelling in _SPELLINGS.items()), encoding="utf-8")
        made = Path(temporary) / "made"
        made.mkdir()
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(sentences),
                model_prefix=str(made / "both"),
                model_type="unigram",
                vocab_size=recipe.size,
                character_coverage=0.9999,
                byte_fallback=True,
                normalization_rule_tsv=str(rules),
                user_defined_symbols=symbols(),
                eos_id=END,
                unk_id=UNKNOWN,
                pad_id=PADDING,
                bos_id=-1,
                num_threads=min(16, available_cores()),
                minloglevel=2,
            )
        except RuntimeError as error:
            reason = str(error).rpartition("] ")[2].strip() or str(error)
            raise ConfigError([f"vocabulary.size: {reason}"], "the recipe and its data") from error
        (made / "both.vocab").unlink()
        (made / "both.model").rename(made / MODEL_FILE)
        _write_tokenizer(made, langs, longest)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)


def has_vocabulary(folder: Path) -> bool:
    """Tell whether a folder holds all of a vocabulary's files."""
    return all((folder / name).is_file() for name in TOKENIZER_FILES)


@cache
def load_pieces(folder: Path) -> Any:
    """Load the SentencePiece model of a folder."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(str(folder / MODEL_FILE))


def encode(folder: Path, texts: list[str]) -> list[list[int]]:
    """Return each text's tokens, the end mark included; the same numbers that the Marian tokenizer gives."""
    return [[*ids, END] for ids in load_pieces(folder).encode(texts, num_threads=1)]


def copy_tokenizer(folder: Path, to: Path) -> None:
    """Copy a tokenizer's files, as far as there are any beyond those that every one has."""
    for name in TOKENIZER_FILES:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, to / name)


def _write_tokenizer(folder: Path, langs: tuple[str, str], longest: int) -> None:
    from transformers import MarianTokenizer

    pieces = load_pieces(folder)
    words = {pieces.id_to_piece(number): number for number in range(len(pieces))}
    (folder / "vocab.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    model = str(folder / MODEL_FILE)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*sacremoses.*")
        tokenizer = MarianTokenizer(
            model,
            model,
            str(folder / "vocab.json"),
            source_lang=langs[0],
            target_lang=langs[1],
            model_max_length=longest,
        )
        tokenizer.save_pretrained(folder)
    for path in _others(folder):
        path.unlink()
    (folder / DECLARATION).write_text(json.dumps(declare(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _others(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name not in TOKENIZER_FILES)


def _rule(given: str, read: str) -> str:
    return "\t".join(" ".join(f"{ord(character):X}" for character in text) for text in (given, read)) + "\n"
