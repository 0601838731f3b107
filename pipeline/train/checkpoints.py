"""A training's state on disk: a learner and a position in, a folder out that is there whole or not at all, and back.

Tensors are safetensors, all else JSON: nothing is pickled. Two checkpoints are kept, so that there is always one.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.lasting_files import sync_folder
from pipeline.train.batches import Position
from pipeline.train.model import Learner

KEPT = 2
_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What a training must know to go on, beside its tensors.

    Attributes:
        key: What is trained on what, as a fingerprint: another recipe does not go on here.
        step: Steps done.
        elapsed: Seconds spent, in all calls.
        position: Where the data stands.
        labels: Target tokens learnt.
        evaluations: Evaluations done.
    """

    key: str
    step: int = 0
    elapsed: float = 0.0
    position: Position = field(default_factory=Position)
    labels: int = 0
    evaluations: int = 0


def save_checkpoint(folder: Path, learner: Learner, state: State) -> Path:
    """Publish a checkpoint under the number of its step; return its folder.

    Raises:
        StoreError: It cannot be written.
    """
    import torch
    from safetensors.torch import save_file

    made = folder / f"step-{state.step:08}"
    part = folder / f".part-{state.step:08}"
    chance = {"cpu": torch.get_rng_state()}
    if learner.device == "cuda":
        chance["cuda"] = torch.cuda.get_rng_state()
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        tables = {
            "weights": dict(learner.model.named_parameters()),
            "averaged": dict(learner.averaged.named_parameters()),
            "optimizer": _optimizer_tensors(learner),
            "chance": chance,
        }
        for name, tensors in tables.items():
            kept = {key: tensor.detach().cpu().contiguous() for key, tensor in tensors.items()}
            save_file(kept, part / f"{name}.safetensors")
        (part / _STATE).write_text(json.dumps(asdict(state)), encoding="utf-8")
        for file in part.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        if made.exists():  # the same step, made again after a cut
            shutil.rmtree(made)
        part.rename(made)
        sync_folder(folder)
        for old in _published(folder)[:-KEPT]:
            shutil.rmtree(old)
    except OSError as error:
        raise StoreError(f"{made} cannot be written: {error.strerror}", "make room, and run again") from error
    return made


def find_state(folder: Path) -> tuple[Path, State] | None:
    """Return the last checkpoint and what it says; None before the first.

    Raises:
        StoreError: It is damaged.
    """
    published = _published(folder)
    if not published:
        return None
    path = published[-1]
    try:
        values = json.loads((path / _STATE).read_text(encoding="utf-8"))
        values["position"] = Position(**values["position"])
        return path, State(**values)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error


def load_checkpoint(path: Path, learner: Learner, state: State) -> None:
    """Put a checkpoint's tensors into a learner.

    Raises:
        StoreError: They are damaged, or another model's.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        with torch.no_grad():
            for name, model in (("weights", learner.model), ("averaged", learner.averaged)):
                tensors = load_file(path / f"{name}.safetensors")
                for key, parameter in model.named_parameters():
                    parameter.copy_(tensors[key])
            _load_optimizer(learner, load_file(path / "optimizer.safetensors"))
        chance = load_file(path / "chance.safetensors")
    except (OSError, SafetensorError, KeyError, RuntimeError) as error:
        raise _damaged(path) from error
    torch.set_rng_state(chance["cpu"])
    if learner.device == "cuda" and "cuda" in chance:
        torch.cuda.set_rng_state(chance["cuda"])
    learner.steps = state.step


def _optimizer_tensors(learner: Learner) -> dict[str, Any]:
    states = learner.optimizer.state_dict()["state"]
    return {f"{number}.{key}": tensor for number, state in states.items() for key, tensor in state.items()}


def _load_optimizer(learner: Learner, tensors: dict[str, Any]) -> None:
    states: dict[int, dict[str, Any]] = {}
    for name, tensor in tensors.items():
        number, key = name.split(".", 1)
        states.setdefault(int(number), {})[key] = tensor
    learner.optimizer.load_state_dict({**learner.optimizer.state_dict(), "state": states})


def _published(folder: Path) -> list[Path]:
    return sorted(folder.glob("step-*"))


def _damaged(path: Path) -> StoreError:
    return StoreError(f"{path}: damaged", "remove it: the training then goes on from the one before, or anew")
