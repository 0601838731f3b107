"""The families of encoder-decoder models: how each is told the languages, and how its output is read.

Takes a folder with a checkpoint's tokenizer and gives a `FamilyTokenizer`: texts to tokens with the language codes
where the family wants them, and tokens to text with every code taken out. Nothing here touches weights.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import LanguageError, TranslatorError
from pipeline.translate.language_codes import LanguageCodes

MOST_TOKENS = 512
"""The longest source sequence ever sent; models without a limit of their own are not trained on longer ones."""


_BYTES = re.compile(r"(?:<0x[0-9A-F]{2}>)+")


class FamilyTokenizer:
    """One family's tokenizer, with what all families share.

    Args:
        tokenizer: The model's own.
        positions: The longest sequence that the model has positions for; None if it has no such limit.
    """

    name = ""
    territories = True

    def __init__(self, tokenizer: Any, positions: int | None) -> None:
        self.tokenizer = tokenizer
        self.positions = positions
        self.limit = min(MOST_TOKENS, positions or MOST_TOKENS, tokenizer.model_max_length)
        self.language_tokens = self.find_language_tokens()
        """The model's code → the token that stands for it."""
        codes = LanguageCodes(self.language_tokens, territories=self.territories)
        self.targets = codes
        self.sources: LanguageCodes | None = codes
        """None where the model does not say what it reads."""
        ids = tokenizer.convert_tokens_to_ids(list(self.language_tokens.values()))
        self._silent_ids = frozenset(ids) | frozenset(tokenizer.all_special_ids)
        special = sorted({*self.language_tokens.values(), *tokenizer.all_special_tokens}, key=len, reverse=True)
        self._special = re.compile("|".join(map(re.escape, special)))

    def find_language_tokens(self) -> dict[str, str]:
        """Return the tokens of the languages that the model knows, by its own code."""
        raise NotImplementedError

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether the model translates between two languages."""
        reads = self.sources is None or self.sources.find(source_lang) is not None
        return reads and self.targets.find(target_lang) is not None

    def check(self, source_lang: str, target_lang: str) -> None:
        """Refuse a pair that the model does not translate, saying what it can.

        Raises:
            LanguageError: It cannot.
        """
        if not self.supports(source_lang, target_lang):
            raise LanguageError(
                f"this {self.name} model does not translate from {source_lang} to {target_lang}", self.abilities()
            )

    def abilities(self) -> str:
        """Say what the model can translate."""
        targets = ", ".join(self.targets.tags) or "nothing that it names"
        if self.sources is self.targets:
            return f"it translates between {targets}"
        sources = "a group of languages that it does not list" if self.sources is None else ", ".join(self.sources.tags)
        return f"it translates from {sources} into {targets}"

    def encode(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[list[int]]:
        """Return each text's tokens as the encoder wants them, codes and end mark included, nothing truncated."""
        if not texts:
            return []
        # What looks like one of the model's own marks in a release is text: a space makes it unlike.
        plain = [self._special.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text) for text in texts]
        return self.encode_plain(plain, source_lang, target_lang)

    def encode_plain(self, texts: list[str], source_lang: str, target_lang: str) -> list[list[int]]:
        """Encode texts that have none of the model's own marks in them."""
        self.tokenizer.src_lang = self.targets.find(source_lang)  # these families read what they write
        return [list(ids) for ids in self.tokenizer(texts, truncation=False, verbose=False)["input_ids"]]

    def decoder_prefix(self, target_lang: str) -> list[int]:
        """Return the tokens that the output must begin with, behind the decoder's start token."""
        token = self.language_tokens[self.targets.find(target_lang) or ""]
        return [self.tokenizer.convert_tokens_to_ids(token)]

    def decode(self, outputs: Iterable[Sequence[int]]) -> list[str]:
        """Return texts of output tokens, free of language codes and special tokens."""
        spoken = [[token for token in output if token not in self._silent_ids] for output in outputs]
        return [
            text.strip()
            for text in self.tokenizer.batch_decode(
                spoken, skip_special_tokens=True, clean_up_tokenization_spaces=False
            )
        ]

    def round_trip(self, text: str) -> str | None:
        """Return what encoding and decoding make of a text; None where a token of it is unknown."""
        ids = self.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
        return None if self.tokenizer.unk_token_id in ids else self.decode([ids])[0]


class MarianFamily(FamilyTokenizer):
    """OPUS-MT: one target language, or several that are named by `>>xxx<<` before the source text."""

    name = "Marian"

    def __init__(self, tokenizer: Any, positions: int | None) -> None:
        super().__init__(tokenizer, positions)
        source = LanguageCodes([tokenizer.source_lang] if tokenizer.source_lang else [])
        self.sources = source if source.tags else None
        if not self.language_tokens:
            self.targets = LanguageCodes([tokenizer.target_lang] if tokenizer.target_lang else [])

    def find_language_tokens(self) -> dict[str, str]:
        """Take them from the vocabulary."""
        return {token[2:-2]: token for token in self.tokenizer.encoder if re.fullmatch(r">>\w+<<", token)}

    def encode_plain(self, texts: list[str], source_lang: str, target_lang: str) -> list[list[int]]:
        """Put the target's code, if there are several, before each text."""
        code = self.targets.find(target_lang)
        before = f"{self.language_tokens[code]} " if code in self.language_tokens else ""
        # A text that begins with ">>" would be taken for a code.
        whole = [before + text if before or not text.startswith(">>") else f"> {text[1:]}" for text in texts]
        return [list(ids) for ids in self.tokenizer(whole, truncation=False, verbose=False)["input_ids"]]

    def decoder_prefix(self, target_lang: str) -> list[int]:
        """Nothing: the source says it all."""
        return []


class M2M100Family(FamilyTokenizer):
    """M2M100: `__fr__` before the source, `__en__` first in the output."""

    name = "M2M100"

    def find_language_tokens(self) -> dict[str, str]:
        """Take them from the tokenizer's list."""
        return dict(self.tokenizer.lang_code_to_token)


class NllbFamily(FamilyTokenizer):
    """NLLB-200: `fra_Latn` before the source (behind it in old checkpoints), `eng_Latn` first in the output."""

    name = "NLLB"

    def find_language_tokens(self) -> dict[str, str]:
        """Take them from the special tokens."""
        return {token: token for token in self.tokenizer.get_vocab() if re.fullmatch(r"[a-z]{3}_[A-Z][a-z]{3}", token)}


class MBart50Family(FamilyTokenizer):
    """mBART-50: `fr_XX` before the source, `en_XX` first in the output."""

    name = "mBART-50"
    territories = False

    def find_language_tokens(self) -> dict[str, str]:
        """Take them from the tokenizer's list."""
        return {code: code for code in self.tokenizer.lang_code_to_id}


class MadladFamily(FamilyTokenizer):
    """MADLAD-400: T5 with `<2en>` before the source text; it reads whatever it writes."""

    name = "MADLAD"

    def find_language_tokens(self) -> dict[str, str]:
        """Take them from the vocabulary."""
        found = (re.fullmatch(r"<2([a-z]{2,3}(?:_\w+)?)>", token) for token in self.tokenizer.get_vocab())
        return {match[1]: match[0] for match in found if match}

    def __init__(self, tokenizer: Any, positions: int | None) -> None:
        super().__init__(tokenizer, positions)
        self.sources = None

    def encode_plain(self, texts: list[str], source_lang: str, target_lang: str) -> list[list[int]]:
        """Put the target's code before each text."""
        token = self.language_tokens[self.targets.find(target_lang) or ""]
        whole = [f"{token} {text}" for text in texts]
        return [list(ids) for ids in self.tokenizer(whole, truncation=False, verbose=False)["input_ids"]]

    def decoder_prefix(self, target_lang: str) -> list[int]:
        """Nothing: the source says it all."""
        return []

    def decode(self, outputs: Iterable[Sequence[int]]) -> list[str]:
        """Put the bytes together that rare characters are written in: the tokenizer leaves them as `<0xE2>`."""
        return [_BYTES.sub(_from_bytes, text) for text in super().decode(outputs)]


def _from_bytes(match: re.Match[str]) -> str:
    return bytes(int(byte, 16) for byte in re.findall(r"<0x(..)>", match[0])).decode("utf-8", "ignore")


FAMILIES: dict[str, type[FamilyTokenizer]] = {
    "MarianTokenizer": MarianFamily,
    "M2M100Tokenizer": M2M100Family,
    "NllbTokenizer": NllbFamily,
    "MBart50Tokenizer": MBart50Family,
    "T5Tokenizer": MadladFamily,
}
"""By the tokenizer class that a checkpoint names."""

_BY_MODEL_TYPE = {"marian": "MarianTokenizer", "m2m_100": "M2M100Tokenizer", "t5": "T5Tokenizer"}


def load_family(folder: Path) -> FamilyTokenizer:
    """Load a checkpoint's tokenizer and find its family.

    Raises:
        TranslatorError: It is of no family that is known here, or its tokenizer cannot be loaded.
    """
    config = _read_json(folder / "config.json")
    named = str(_read_json(folder / "tokenizer_config.json").get("tokenizer_class", "")).removesuffix("Fast")
    tokenizer_class = named if named in FAMILIES else _BY_MODEL_TYPE.get(str(config.get("model_type")), "")
    if not tokenizer_class:
        raise TranslatorError(
            f"{folder} holds a model of an unknown family ({config.get('model_type') or named or 'not named'})",
            f"use one of {', '.join(family.name for family in FAMILIES.values())}",
        )
    positions = config.get("max_position_embeddings")
    return FAMILIES[tokenizer_class](_load_tokenizer(folder, tokenizer_class), positions)


def _load_tokenizer(folder: Path, tokenizer_class: str) -> Any:
    try:
        import transformers
    except ImportError as error:
        raise TranslatorError(
            "neural models need the libraries of the extra “neural”", "pip install 'communique[neural]'"
        ) from error
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*sacremoses.*")  # Marian's is used nowhere in its tokenizer
        try:
            # The class by name: a folder that CTranslate2 wrote has no configuration to find it by.
            return getattr(transformers, tokenizer_class).from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TranslatorError(
                f"the tokenizer in {folder} cannot be loaded: {error}", "complete the folder with the tokenizer's files"
            ) from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise TranslatorError(f"{path} cannot be read: {error}", "get the model's files again") from error
    return value if isinstance(value, dict) else {}
