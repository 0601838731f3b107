"""A model fitted to a team's approved translations: a checkpoint and a memory in, a better model out, or a refusal.

Some of the memory and of the general data is held out. The rest is learnt in equal parts, so that the model does not
forget what it knew. It is published only if it is better on the held-out memory and no worse on the held-out general
text, both as chrF to one decimal; learning stops when the memory's score rises no more.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, TranslatorError
from pipeline.train.arrays import open_arrays
from pipeline.train.batches import Position, Reader, Step
from pipeline.train.card import Card
from pipeline.train.cleaning import DUPLICATE, find_fault, fold, identity
from pipeline.train.corpus import write_arrays
from pipeline.train.evaluate import DevScores, DevSet, evaluate
from pipeline.train.export import Exported, export_model
from pipeline.train.model import Learner, make_learner, rate_at
from pipeline.train.pairs import Pair, read_pairs
from pipeline.train.recipe import LearningRecipe
from pipeline.train.trainer import Say
from pipeline.translate.checkpoint import digest_checkpoint, find_checkpoint, is_converted
from pipeline.translate.seq2seq_families import FamilyTokenizer, MarianFamily, load_family

FEWEST_PAIRS = 50
"""Of either kind: with fewer there is nothing to learn, and nothing to see whether it helped."""
HELD_OUT = 8
"""One source in so many is held out."""
MOST_HELD_OUT = 300
MOST_GENERAL = 200_000
"""General pairs that are mixed in at most: from the beginning of what is given."""
PATIENCE = 4
"""Evaluations without a better one after which learning stops."""
MEMORY, GENERAL = "approved translations, held out", "general text, held out"

Scores = dict[str, DevScores]
"""By the dev set's name."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted.

    Attributes:
        learning: Rates and sizes.
        steps: The most steps.
        evaluate_every: Steps between two evaluations.
    """

    learning: LearningRecipe = field(
        default_factory=lambda: LearningRecipe(
            rate=1e-4, warm_up=0.05, step_tokens=16_000, batch_tokens=8_000, average=0.98
        )
    )
    steps: int = 1_000
    evaluate_every: int = 50


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What became of it.

    Attributes:
        before: The model's scores as it was, by the dev set's name.
        after: Those of the best that was found; of the last one where none was good enough.
        exported: The published model; None if it was refused.
        reason: Why it was published or refused.
    """

    before: Scores
    after: Scores
    exported: Exported | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Divided:
    """Pairs that are learnt, and pairs that are held out."""

    learnt: list[Pair]
    dev: DevSet

    @property
    def is_enough(self) -> bool:
        return len(self.learnt) + len(self.dev.sources) >= FEWEST_PAIRS and len(self.dev.sources) > 1


def adapt_model(
    model: str, memory: Path, general: Iterable[Path], output: Path, say: Say, fitting: Fitting | None = None
) -> Adaptation:
    """Fit a Marian model to a memory, and publish it if it is worth it.

    Args:
        model: The folder of a transformers checkpoint.
        memory: Approved translations: TMX, JSONL, TSV or a saved dataset.
        general: General pairs, such as the model was made from.
        output: The work folder; the model comes out in its subfolder `model`.
        say: Told what is done.
        fitting: How it learns.

    Raises:
        InputError: The memory is too small, or something cannot be read.
        TranslatorError: The model is none that can be fitted.
    """
    import torch

    fitting = fitting or Fitting()
    folder, family = _open_model(model)
    langs = (_only_tag(family, source=True), _only_tag(family, source=False))
    approved = _divide(read_pairs(memory, *langs), MEMORY, langs, set(), say)
    if not approved.is_enough:
        raise InputError(f"{memory} has fewer than {FEWEST_PAIRS} entries to learn from", "collect more first")
    held_out = {identity(fold(source)) for source in approved.dev.sources}
    every = (pair for path in general for pair in read_pairs(path, *langs))
    other = _divide(islice(every, MOST_GENERAL), GENERAL, langs, held_out, say)
    if not other.is_enough:
        raise InputError("there are too few general pairs", "give some thousands, such as the model was made from")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    learner = _load_learner(folder, fitting.learning, device)
    readers = [
        _reader(part.learnt, output / "arrays" / name, family, langs, learner)
        for name, part in (("memory", approved), ("general", other))
    ]

    def scores_of() -> Scores:
        devs = (approved.dev, other.dev)
        return {dev.name: evaluate(learner.averaged, family, dev, langs, device) for dev in devs}

    before = scores_of()
    say(f"before: {_told(before)}")
    after, best = _learn(learner, readers, fitting, scores_of, before, say)
    if best is None:
        reason = f"refused: not better on {MEMORY}, or worse on {GENERAL}; the best was {_told(after)}"
        return Adaptation(before, after, None, reason)
    with torch.no_grad():
        for name, parameter in learner.averaged.named_parameters():
            parameter.copy_(best[name])
    card = Card(
        source_lang=langs[0],
        target_lang=langs[1],
        origin=(
            "Fitted by `communique adapt` to approved translations; made from the model with the digest "
            f"`{digest_checkpoint(folder)}`, whose data and licences apply too."
        ),
        data=[f"{len(approved.learnt):,} approved translations", f"{len(other.learnt):,} general pairs, mixed in"],
        learning={"steps at most": fitting.steps, "learning rate": f"{fitting.learning.rate:g}", "device": device},
        scores={
            **{f"{name}, before": scores for name, scores in before.items()},
            **{f"{name}, after": scores for name, scores in after.items()},
        },
    )
    exported = export_model(learner.averaged.cpu(), folder, output / "model", card)
    return Adaptation(before, after, exported, f"published: {_told(after)}")


def _open_model(model: str) -> tuple[Path, FamilyTokenizer]:
    folder = find_checkpoint(model, "")
    if is_converted(folder):
        raise TranslatorError(
            f"{folder} holds a converted model, which cannot learn",
            "give the transformers folder that it was made from",
        )
    family = load_family(folder)
    if not isinstance(family, MarianFamily):
        raise TranslatorError(f"{folder} holds a {family.name} model", "only Marian models can be fitted here")
    return folder, family


def _only_tag(family: FamilyTokenizer, *, source: bool) -> str:
    codes = family.sources if source else family.targets
    tags = list(codes.tags) if codes else []
    if len(tags) != 1:
        raise TranslatorError("the model does not name one source and one target language", "use a model for one pair")
    return tags[0]


def _divide(pairs: Iterable[Pair], name: str, langs: tuple[str, str], excluded: set[int], say: Say) -> _Divided:
    """Clean pairs and hold some out: all pairs of one source fall on the same side."""
    counts: Counter[str] = Counter()
    seen: set[Pair] = set()
    learnt: list[Pair] = []
    held_out: list[Pair] = []
    for pair in pairs:
        source = identity(fold(pair.source))
        fault = find_fault(pair, *langs) or (DUPLICATE if pair in seen or source in excluded else "")
        counts[fault or "kept"] += 1
        if not fault:
            seen.add(pair)
            (held_out if source % HELD_OUT == 0 else learnt).append(pair)
    say(f"{name.partition(',')[0]}: " + ", ".join(f"{fault} {count:,}" for fault, count in counts.most_common()))
    dev = held_out[:MOST_HELD_OUT]
    return _Divided(learnt, DevSet(name, tuple(pair.source for pair in dev), tuple(pair.target for pair in dev)))


def _load_learner(folder: Path, learning: LearningRecipe, device: str) -> Learner:
    from transformers import MarianMTModel

    try:
        model: Any = MarianMTModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise TranslatorError(f"the model in {folder} cannot be loaded: {error}", "get its files again") from error
    return make_learner(model, learning, device)


def _reader(
    pairs: list[Pair], folder: Path, family: FamilyTokenizer, langs: tuple[str, str], learner: Learner
) -> Reader:
    sources = family.encode([pair.source for pair in pairs], *langs)
    targets = family.tokenizer(text_target=[pair.target for pair in pairs], verbose=False)["input_ids"]
    write_arrays(folder, zip(sources, targets, strict=True), family.limit, {"pairs": len(pairs)})
    source, target = open_arrays(folder)
    recipe = learner.recipe
    padding = int(learner.model.config.pad_token_id)
    return Reader(
        source,
        target,
        recipe.batch_tokens,
        recipe.step_tokens // 2,
        seed=1,
        padding=padding,
        pin=learner.device == "cuda",
    )


def _mixed(readers: list[Reader]) -> Iterator[Step]:
    """Yield steps that take as much from each reader."""
    for parts in zip(*(reader.steps(Position()) for reader in readers), strict=True):
        yield Step(
            tuple(batch for part in parts for batch in part.batches),
            sum(part.target_tokens for part in parts),
            sum(part.tokens for part in parts),
            parts[0].after,
        )


def _learn(
    learner: Learner, readers: list[Reader], fitting: Fitting, scores_of: Callable[[], Scores], before: Scores, say: Say
) -> tuple[Scores, dict[str, Any] | None]:
    """Learn until it helps no more; return the best scores and weights that may be published, else the last scores."""
    best: tuple[Scores, dict[str, Any]] | None = None
    after, patience = before, PATIENCE
    for number, step in enumerate(islice(_mixed(readers), fitting.steps), start=1):
        learner.learn(step, rate_at(number / fitting.steps, fitting.learning))
        if number % fitting.evaluate_every and number < fitting.steps:
            continue
        after = scores_of()
        say(f"step {number:,}: {_told(after)}")
        patience -= 1
        if is_acceptable(before, after) and (best is None or after[MEMORY].chrf > best[0][MEMORY].chrf):
            weights = {name: one.detach().cpu().clone() for name, one in learner.averaged.named_parameters()}
            best, patience = (after, weights), PATIENCE
        if not patience:
            break
    return best or (after, None)


def is_acceptable(before: Scores, after: Scores) -> bool:
    """Tell whether a fitted model may be published: better on the memory, no worse on general text."""
    old, new = ({name: round(one.chrf, 1) for name, one in scores.items()} for scores in (before, after))
    return new[MEMORY] > old[MEMORY] and new[GENERAL] >= old[GENERAL]


def _told(scores: Scores) -> str:
    return "; ".join(f"{name}: {one}" for name, one in scores.items())
