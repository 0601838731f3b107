"""What a model is worth while it learns: its greedy translations of a dev set, scored against the references."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.train.pairs import read_lines
from pipeline.translate.seq2seq_families import FamilyTokenizer

_BATCH_TOKENS = {"cpu": 2_000, "cuda": 60_000}


@dataclass(frozen=True, slots=True)
class DevSet:
    """Texts that are never learnt, with their translations.

    Attributes:
        name: What it is called in reports.
        sources: The French.
        references: Its translations.
    """

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DevScores:
    """Scores on a dev set.

    Attributes:
        bleu: Corpus BLEU, 0 to 100.
        chrf: Corpus chrF, 0 to 100.
        signatures: How they were reckoned, BLEU's and chrF's.
        sentences: How many.
    """

    bleu: float
    chrf: float
    signatures: tuple[str, str]
    sentences: int

    def __str__(self) -> str:
        return f"chrF {self.chrf:.1f}, BLEU {self.bleu:.1f} on {self.sentences:,} sentences"


def read_dev_set(source: Path, reference: Path, most: int) -> DevSet:
    """Read two line-aligned texts, spread over the whole if only some of the lines are wanted.

    Raises:
        InputError: They cannot be read, or have not the same number of lines.
    """
    sources, references = list(read_lines(source)), list(read_lines(reference))
    if len(sources) != len(references) or not sources:
        raise InputError(
            f"{source} has {len(sources):,} lines, {reference} has {len(references):,}", "give line-aligned texts"
        )
    chosen = spread(len(sources), most)
    return DevSet(source.name, tuple(sources[i] for i in chosen), tuple(references[i] for i in chosen))


def spread(total: int, most: int) -> list[int]:
    """Return at most so many numbers below a total, evenly over all."""
    return [i * total // most for i in range(most)] if most < total else list(range(total))


def score(hypotheses: Sequence[str], references: Sequence[str]) -> DevScores:
    """Score translations with sacreBLEU."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    values = [metric.corpus_score(list(hypotheses), [list(references)]).score for metric in (bleu, chrf)]
    signatures = (str(bleu.get_signature()), str(chrf.get_signature()))
    return DevScores(values[0], values[1], signatures, len(references))


def translate_greedily(
    model: Any, family: FamilyTokenizer, texts: Sequence[str], langs: tuple[str, str], device: str
) -> list[str]:
    """Translate texts with a model on a device, the likeliest token at each place; what is too long is cut."""
    import torch

    transformers: Any = import_module("transformers")
    config = model.config
    limit = family.limit
    sequences = [[*ids[: limit - 1], ids[-1]] for ids in family.encode(texts, *langs)]
    order = sorted(range(len(texts)), key=lambda i: len(sequences[i]))
    made = [""] * len(texts)
    while order:
        width = len(sequences[order[-1]])
        rows = [order.pop() for _ in range(min(len(order), max(1, _BATCH_TOKENS[device] // width)))]
        padded = [sequences[i] + [config.pad_token_id] * (width - len(sequences[i])) for i in rows]
        source = torch.tensor(padded, device=device)
        generation = transformers.GenerationConfig(
            max_new_tokens=min(limit - 1, int(width * 1.5) + 8),
            do_sample=False,
            pad_token_id=config.pad_token_id,
            eos_token_id=config.eos_token_id,
            decoder_start_token_id=config.decoder_start_token_id,
            bad_words_ids=[[config.pad_token_id]],
        )
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            written = model.generate(
                source, attention_mask=(source != config.pad_token_id).long(), generation_config=generation
            )
        for i, text in zip(rows, family.decode(row[1:] for row in written.tolist()), strict=True):
            made[i] = text
    return made


def evaluate(model: Any, family: FamilyTokenizer, dev: DevSet, langs: tuple[str, str], device: str) -> DevScores:
    """Translate a dev set greedily and score it."""
    was_training = model.training
    model.eval()
    try:
        return score(translate_greedily(model, family, dev.sources, langs, device), dev.references)
    finally:
        model.train(was_training)
