"""Tiny checkpoints of every family, made of their real configuration and tokenizer classes.

Nothing is downloaded: the SentencePiece models are trained on the sentences below, then and there. The folders have
the layout that users' checkpoints have, and are loaded by path through the same code.
"""

import json
import os
import warnings
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PAIRS = [
    ("Le préfet visite la gare.", "The prefect visits the station."),
    ("La police arrête douze hommes.", "The police arrest twelve men."),
    ("Le maire ouvre la nouvelle école.", "The mayor opens the new school."),
    ("Les pompiers ont éteint le feu.", "The firefighters put out the fire."),
    ("La ministre annonce un plan d'aide.", "The minister announces an aid plan."),
    ("Le festival commence demain.", "The festival begins tomorrow."),
    ("Trois personnes sont blessées.", "Three people are injured."),
    ("La route est fermée.", "The road is closed."),
    ("Le conseil vote le budget.", "The council votes the budget."),
    ("Une enquête est ouverte.", "An investigation is open."),
    ("Le musée accueille les enfants.", "The museum welcomes children."),
    ("Les billets sont en vente.", "Tickets are on sale."),
    ("La réunion aura lieu lundi.", "The meeting will take place on Monday."),
    ("Le train part à midi.", "The train leaves at noon."),
    ("Nous remercions nos partenaires.", "We thank our partners."),
    ("La banque signe un accord.", "The bank signs an agreement."),
    ("Le navire transportait du bois.", "The ship was carrying wood."),
    ("Les juges ont rendu leur décision.", "The judges gave their decision."),
    ("La région investit dans l'eau.", "The region invests in water."),
    ("Le service de presse répond.", "The press office answers."),
    ("L'hôpital reçoit un prix.", "The hospital receives a prize."),
    ("La circulation reprend ce soir.", "Traffic resumes tonight."),
    ("Le président salue les équipes.", "The president salutes the teams."),
    ("Aucun blessé n'est à déplorer.", "No one was injured."),
]
"""What the overfitted models learn by heart: French and English."""

_SUBJECTS = ("Le préfet", "La ministre", "Le maire", "La police", "L'agence", "Le conseil régional", "Mme Okonkwo")
_VERBS = ("annonce", "présente", "refuse", "soutient", "finance", "examine", "signe", "publie")
_OBJECTS = ("le plan de 2 500 euros", "un accord (n° 17)", "la liste : <x1>, [2] et {3}", "les 58 arrestations ⟦4⟧ !")
_ENGLISH = (
    "The prefect announces the plan",
    "The minister supports 58 arrests",
    "The council signs it: <x1> [2] {3} ⟦4⟧?",
)

Builder = Callable[..., Path]


def corpus() -> list[str]:
    """Return some hundred sentences to train SentencePiece models on."""
    made = [" ".join(parts) + "." for parts in product(_SUBJECTS, _VERBS, _OBJECTS)]
    return [*made, *_ENGLISH, *(text for pair in PAIRS for text in pair)]


def train_sentencepiece(folder: Path, name: str, **options: Any) -> Path:
    """Train a SentencePiece model of 320 pieces and return its path."""
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    settings = {"vocab_size": 320, "model_type": "unigram", "hard_vocab_limit": False, "num_threads": 1, **options}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()),
        model_prefix=str(folder / name),
        character_coverage=1.0,
        minloglevel=2,
        **settings,
    )
    (folder / f"{name}.vocab").unlink()
    return folder / f"{name}.model"


def _pieces(model: Path) -> list[str]:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(str(model))
    special = {"<unk>", "<s>", "</s>", "<pad>"}
    return [piece for i in range(len(processor)) if (piece := processor.id_to_piece(i)) not in special]


def _save(config: Any, folder: Path, seed: int = 7) -> Path:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    torch.manual_seed(seed)
    model = AutoModelForSeq2SeqLM.from_config(config).eval()
    for name, parameter in model.named_parameters():
        if parameter.dim() == 1:  # biases and scales of a trained model are not all 0 and 1
            torch.nn.init.normal_(parameter, mean=1.0 if "norm" in name and "weight" in name else 0.0, std=0.1)
    model.save_pretrained(folder)
    return folder


_SIZE: dict[str, Any] = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "init_std": 0.25,
}


def marian(folder: Path, codes: tuple[str, ...] = (), **size: Any) -> Path:
    """Make an OPUS-MT checkpoint, with one target language or with `>>xxx<<` codes."""
    from transformers import MarianConfig, MarianTokenizer

    model = train_sentencepiece(folder / "spm", "both")
    tokens = ["</s>", "<unk>", *_pieces(model), *(f">>{code}<<" for code in codes), "<pad>"]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    (folder / "words.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    tokenizer = MarianTokenizer(
        str(model), str(model), str(folder / "words.json"), source_lang="fr", target_lang="mul" if codes else "en"
    )
    tokenizer.save_pretrained(folder)
    pad = vocabulary["<pad>"]
    config = MarianConfig(
        **{**_SIZE, **size},
        vocab_size=len(tokens),
        pad_token_id=pad,
        decoder_start_token_id=pad,
        max_position_embeddings=128,
        activation_function="swish",
        scale_embedding=True,
        num_beams=4,
        bad_words_ids=[[pad]],
    )
    return _save(config, folder)


def marian_multilingual(folder: Path) -> Path:
    """Make an OPUS-MT checkpoint with several target languages."""
    return marian(folder, ("spa", "cat", "por", "eng"))


def m2m100(folder: Path) -> Path:
    """Make an M2M100 checkpoint."""
    from transformers import M2M100Config, M2M100Tokenizer

    model = train_sentencepiece(folder / "spm", "sentencepiece")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", *_pieces(model)]
    (folder / "words.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(folder / "words.json"), str(model))
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        **_SIZE, vocab_size=len(tokens) + len(tokenizer.lang_token_to_id) + 8, max_position_embeddings=128
    )
    return _save(config, folder)


def nllb(folder: Path, **size: Any) -> Path:
    """Make an NLLB-200 checkpoint."""
    from transformers import M2M100Config, NllbTokenizer
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    train_sentencepiece(folder, "sentencepiece.bpe", model_type="bpe")
    _write_tokenizer_config(folder, "NllbTokenizer", additional_special_tokens=FAIRSEQ_LANGUAGE_CODES)
    tokenizer = NllbTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        **{**_SIZE, **size}, vocab_size=len(tokenizer) + 3, max_position_embeddings=128, scale_embedding=True
    )
    return _save(config, folder)


def mbart50(folder: Path) -> Path:
    """Make an mBART-50 checkpoint."""
    from transformers import MBart50Tokenizer, MBartConfig

    train_sentencepiece(folder, "sentencepiece.bpe")
    _write_tokenizer_config(folder, "MBart50Tokenizer")
    tokenizer = MBart50Tokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = MBartConfig(
        **_SIZE,
        vocab_size=len(tokenizer),
        max_position_embeddings=128,
        scale_embedding=True,
        normalize_before=True,
        normalize_embedding=True,
        decoder_start_token_id=2,
        tokenizer_class="MBart50Tokenizer",
    )
    return _save(config, folder)


def madlad(folder: Path) -> Path:
    """Make a MADLAD-400 checkpoint: T5 v1.1, an output layer of its own, `<2xx>` codes in the vocabulary."""
    from transformers import T5Config, T5Tokenizer

    train_sentencepiece(
        folder,
        "spiece",
        user_defined_symbols=["<2en>", "<2es>", "<2pt>", "<2zh_Hant>"],
        byte_fallback=True,
        vocab_size=600,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
    )
    _write_tokenizer_config(folder, "T5Tokenizer", extra_ids=0)
    tokenizer = T5Tokenizer.from_pretrained(folder, extra_ids=0)
    tokenizer.save_pretrained(folder)
    config = T5Config(
        vocab_size=len(tokenizer) + 5,
        d_model=32,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        initializer_factor=3.0,
        decoder_start_token_id=0,
    )
    _save(config, folder)
    _untie(folder)
    return folder


def _untie(folder: Path) -> None:
    """Give a T5 checkpoint the output layer of its own that T5 v1.1 has, and say so as those checkpoints do."""
    import torch
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    weights["lm_head.weight"] = torch.randn_like(weights["shared.weight"]) / 2
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["tie_word_embeddings"] = False
    del config["scale_decoder_outputs"]
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def _write_tokenizer_config(folder: Path, tokenizer_class: str, **options: Any) -> None:
    text = json.dumps({"tokenizer_class": tokenizer_class, **options})
    (folder / "tokenizer_config.json").write_text(text, encoding="utf-8")


FAMILIES: dict[str, Builder] = {
    "marian": marian,
    "marian multilingual": marian_multilingual,
    "m2m100": m2m100,
    "nllb": nllb,
    "mbart50": mbart50,
    "madlad": madlad,
}
"""A builder for each kind of checkpoint that users bring."""

_FOLDER = TemporaryDirectory(prefix="tiny-models-")
os.environ["XDG_CACHE_HOME"] = str(Path(_FOLDER.name) / "cache")  # no test writes into its user's cache


@cache
def checkpoint(family: str) -> Path:
    """Return the folder of a family's checkpoint, which is made at the first call and goes with the process."""
    import torch
    from transformers import logging

    logging.disable_progress_bar()
    torch.set_num_threads(1)
    folder = Path(_FOLDER.name) / family.replace(" ", "-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return FAMILIES[family](folder)


@cache
def learnt(family: str) -> Path:
    """Return the folder of a checkpoint that has learnt `PAIRS` by heart."""
    folder = checkpoint(family).parent / f"learnt-{family}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        FAMILIES[family](folder, d_model=64, encoder_layers=1, decoder_layers=1, init_std=0.05)
    _learn(folder)
    return folder


def _learn(folder: Path, steps: int = 500) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    from pipeline.translate.seq2seq_families import load_family

    family = load_family(folder)
    model = AutoModelForSeq2SeqLM.from_pretrained(folder).train()
    pad, start, end = (getattr(model.config, f"{n}_token_id") for n in ("pad", "decoder_start", "eos"))
    prefix = family.decoder_prefix("en")
    sources = family.encode([french for french, _ in PAIRS], "fr", "en")
    targets = [family.tokenizer(english, add_special_tokens=False)["input_ids"] for _, english in PAIRS]

    def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
        width = max(map(len, rows))
        return torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])

    inputs = padded(sources, pad)
    labels = padded([[*prefix, *target, end] for target in targets], -100)
    begun = padded([[start, *prefix, *target] for target in targets], pad)
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0)
    for module in model.modules():
        if hasattr(module, "dropout") and isinstance(module.dropout, float):
            module.dropout = 0.0
    for _ in range(steps):
        loss = model(
            input_ids=inputs, attention_mask=(inputs != pad).long(), decoder_input_ids=begun, labels=labels
        ).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if loss.item() < 0.02:
            break
    model.save_pretrained(folder)
