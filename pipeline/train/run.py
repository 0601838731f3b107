"""A whole training: a recipe and a work folder in, an exported model out, each step done once.

The folder keeps what every step made: `cleaned/`, `vocabulary/`, `arrays/`, `checkpoints/`, `log.jsonl`, `model/`. A
step is done again only if what it depends on changed; the same command after a cut goes on where the work stood.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.fingerprint import fingerprint
from pipeline.lasting_files import write_atomically
from pipeline.train.arrays import open_arrays, read_counts
from pipeline.train.batches import Reader
from pipeline.train.card import Card
from pipeline.train.checkpoints import State, find_state, load_checkpoint
from pipeline.train.corpus import COUNTS, clean_corpus, sample_sentences, tokenize_corpus
from pipeline.train.evaluate import DevSet, evaluate, read_dev_set
from pipeline.train.export import Exported, export_model
from pipeline.train.model import Learner, build_model, loss_of, make_learner
from pipeline.train.recipe import Recipe
from pipeline.train.trainer import Budget, Journal, Say, Training, train
from pipeline.train.vocabulary import has_vocabulary, load_pieces, train_vocabulary
from pipeline.translate.cores import available_cores
from pipeline.translate.seq2seq_families import load_family

_VERSION = "1"
"""To be raised whenever the code changes what is trained from the same recipe."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What a call of the training reached.

    Attributes:
        state: The training's state.
        exported: The model, if the budget is used up.
        progress: Part of the budget that is used.
    """

    state: State
    exported: Exported | None
    progress: float


def prepare_corpus(recipe: Recipe, folder: Path, say: Say, processes: int = 0) -> None:
    """Clean the pairs, learn the vocabulary and write the arrays, as far as that is not done.

    Args:
        recipe: What to learn.
        folder: The work folder.
        say: Told what is done.
        processes: How many work at once; 0 for as many as there are cores.
    """
    processes = processes or available_cores()
    langs = (recipe.source_lang, recipe.target_lang)
    cleaned, vocabulary, arrays = folder / "cleaned", folder / "vocabulary", folder / "arrays"

    def clean() -> None:
        counts = clean_corpus(recipe, cleaned, processes)
        say("pairs: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))

    def learn_vocabulary() -> None:
        sentences = sample_sentences(cleaned, recipe.vocabulary.sentences, recipe.augmentation.get("upper", 0.0))
        train_vocabulary(vocabulary, sentences, recipe.vocabulary, langs, recipe.model.longest)
        say(f"vocabulary: {recipe.vocabulary.size:,} pieces")

    def tokenize() -> None:
        counts = tokenize_corpus(recipe, cleaned, vocabulary, arrays, processes)
        say("corpus: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()))

    data = {"langs": langs, "version": _VERSION, "data": _what_is_learnt(recipe)["data"]}
    pieces = {
        **data,
        "vocabulary": recipe.vocabulary.model_dump(),
        "longest": recipe.model.longest,
        "upper": recipe.augmentation.get("upper"),
    }
    corpus = {**pieces, "augmentation": recipe.augmentation, "seed": recipe.seed}
    _once(folder / "cleaned.key", data, (cleaned / COUNTS).is_file(), clean)
    _once(folder / "vocabulary.key", pieces, has_vocabulary(vocabulary), learn_vocabulary)
    _once(folder / "arrays.key", corpus, read_counts(arrays) is not None, tokenize)


@dataclass(frozen=True, slots=True)
class Call:
    """What one call of a training may do; none of it changes what is learnt.

    Attributes:
        slice_seconds: How long it may train; 0 for no such limit.
        save_seconds: Time between two checkpoints.
        threads: Processor cores to use where there is no graphics card; 0 for all.
        compiled: Whether the model's code is compiled at the first step, which takes minutes.
    """

    slice_seconds: float = 0.0
    save_seconds: float = 120.0
    threads: int = 0
    compiled: bool = False


def run_training(recipe: Recipe, folder: Path, budget: Budget, say: Say, call: Call) -> Reached:
    """Prepare what is not prepared, train as long as the budget allows, and export the model when it is used up.

    Args:
        recipe: What to learn, and how.
        folder: The work folder.
        budget: How long all calls together may train.
        say: Told what is done.
        call: What this call may do.

    Raises:
        InputError: The folder holds a training of another recipe or budget.
        Interrupted: A signal has come; what was learnt is kept.
    """
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(min(call.threads or available_cores(), available_cores()))
    prepare_corpus(recipe, folder, say, call.threads)
    vocabulary = folder / "vocabulary"
    model = build_model(recipe.model, len(load_pieces(vocabulary)), recipe.seed)
    loss = torch.compile(loss_of, dynamic=True) if call.compiled else loss_of
    learner = make_learner(model, recipe.learning, device, loss)
    state = _resume(folder, learner, _key(recipe, budget), say)
    dev = _dev_set(recipe)
    family = load_family(vocabulary)
    langs = (recipe.source_lang, recipe.target_lang)
    journal = Journal(folder / "log.jsonl", say)
    journal.rewind(state.step)
    source, target = open_arrays(folder / "arrays")
    learning = recipe.learning
    training = Training(
        reader=Reader(source, target, learning.batch_tokens, learning.step_tokens, recipe.seed, pin=device == "cuda"),
        budget=budget,
        checkpoints=folder / "checkpoints",
        journal=journal,
        evaluate=(lambda: evaluate(learner.averaged, family, dev, langs, device)) if dev else None,
        slice_seconds=call.slice_seconds,
        save_seconds=call.save_seconds,
    )
    state = train(learner, training, state)
    progress = min(1.0, budget.progress(state))
    if progress < 1:
        return Reached(state, None, progress)
    card = _card(recipe, folder, learner, state)
    exported = export_model(learner.averaged.cpu(), vocabulary, folder / "model", card, dev)
    for name, scores in exported.scores.items():
        say(f"exported, int8: {scores}, {name}")
    return Reached(state, exported, progress)


def _once(path: Path, depends_on: Any, is_there: bool, make: Callable[[], None]) -> None:
    """Do a step unless it was done with the same inputs."""
    key = fingerprint(json.loads(json.dumps(depends_on)))
    if is_there and path.is_file() and path.read_text(encoding="ascii") == key:
        return
    path.unlink(missing_ok=True)
    make()
    write_atomically(path, key.encode())


def _key(recipe: Recipe, budget: Budget) -> str:
    values = {"recipe": _what_is_learnt(recipe), "seconds": budget.seconds, "steps": budget.steps, "version": _VERSION}
    return fingerprint(json.loads(json.dumps(values)))


def _what_is_learnt(recipe: Recipe) -> dict[str, Any]:
    """Return what of a recipe changes the model: not what its card says, nor where the data lies."""
    values = recipe.model_dump(exclude={"data": {"licences", "limits", "dev_sentences"}})
    data = values["data"]
    for key in ("pairs", "exclude"):
        data[key] = [Path(name).name for name in data[key]]
    for key in ("dev_source", "dev_reference"):
        data[key] = Path(data[key]).name
    return values


def _resume(folder: Path, learner: Learner, key: str, say: Say) -> State:
    found = find_state(folder / "checkpoints")
    if found is None:
        return State(key)
    path, state = found
    if state.key != key:
        raise InputError(
            f"{folder} holds a training with another recipe or another budget",
            "give the same recipe and --minutes or --steps as before, or another --output",
        )
    load_checkpoint(path, learner, state)
    say(f"going on from step {state.step:,}, after {state.elapsed / 60:.1f} minutes")
    return state


def _dev_set(recipe: Recipe) -> DevSet | None:
    data = recipe.data
    if not data.dev_source:
        return None
    return read_dev_set(Path(data.dev_source), Path(data.dev_reference), data.dev_sentences)


def _card(recipe: Recipe, folder: Path, learner: Learner, state: State) -> Card:
    model, learning = recipe.model, recipe.learning
    return Card(
        source_lang=recipe.source_lang,
        target_lang=recipe.target_lang,
        origin="Trained from random weights by `communique train`.",
        data=recipe.data.licences,
        limits=recipe.data.limits,
        counts={
            "pairs": json.loads((folder / "cleaned" / COUNTS).read_text(encoding="utf-8")),
            "corpus": read_counts(folder / "arrays") or {},
        },
        sizes={
            "encoder layers": model.encoder_layers,
            "decoder layers": model.decoder_layers,
            "width": model.width,
            "inner width": model.inner,
            "heads": model.heads,
            "pieces": recipe.vocabulary.size,
            "parameters": sum(one.numel() for one in learner.model.parameters() if one.requires_grad),
            "longest sequence, in pieces": model.longest,
        },
        learning={
            "steps": state.step,
            "minutes": f"{state.elapsed / 60:.1f}",
            "target pieces learnt": state.labels,
            "epochs begun": state.position.epoch + 1,
            "device": learner.device,
            "highest learning rate": f"{learning.rate:g}",
            "label smoothing": f"{learning.label_smoothing:g}",
            "pieces of a step, at least": learning.step_tokens,
            "seed": recipe.seed,
        },
    )
