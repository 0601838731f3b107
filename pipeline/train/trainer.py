"""The training itself: a learner and its data in, steps until the budget is used, a checkpoint at every cut.

The budget is time or a number of steps, over all calls together: the learning rate follows the part of it that is used,
so that a training in slices learns on the same schedule as one in a single call. Nothing waits for the device but the
lines of the log and the checkpoints.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import Interrupted
from pipeline.interrupt import Interrupt
from pipeline.lasting_files import write_atomically
from pipeline.train.batches import Reader, Step
from pipeline.train.checkpoints import State, save_checkpoint
from pipeline.train.evaluate import DevScores
from pipeline.train.model import Learner, rate_at

EVALUATIONS = 10
"""How often the dev set is translated, evenly over the budget."""
LOG_STEPS = 50

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a training lasts: seconds, or else steps.

    Attributes:
        seconds: All calls together.
        steps: The same.
    """

    seconds: float = 0.0
    steps: int = 0

    def progress(self, state: State) -> float:
        """Return the part that is used."""
        return state.step / self.steps if self.steps else state.elapsed / self.seconds


@dataclass(frozen=True, slots=True)
class Journal:
    """The log of a training, one JSON object a line, in the order of the steps.

    Attributes:
        path: The file.
        say: Where the same is told to people.
    """

    path: Path
    say: Say

    def rewind(self, step: int) -> None:
        """Take out what was written behind the last checkpoint: it will be done again."""
        if self.path.is_file():
            lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step]
            write_atomically(self.path, "".join(kept).encode())

    def write(self, state: State, told: str, **values: Any) -> None:
        """Add a line."""
        line = {"step": state.step, "elapsed": round(state.elapsed, 1), **values}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self.say(f"step {state.step:,}, {state.elapsed / 60:.1f} min: {told}")


@dataclass(frozen=True, slots=True)
class Training:
    """What belongs to one training.

    Attributes:
        reader: Its data.
        budget: How long it lasts.
        checkpoints: The folder for its checkpoints.
        journal: Its log.
        evaluate: Scores the averaged model; None without a dev set.
        slice_seconds: How long this call may last; 0 for no such limit.
        save_seconds: Time between two checkpoints: what a kill costs at most.
    """

    reader: Reader
    budget: Budget
    checkpoints: Path
    journal: Journal
    evaluate: Callable[[], DevScores] | None = None
    slice_seconds: float = 0.0
    save_seconds: float = 120.0


def train(learner: Learner, training: Training, state: State) -> State:
    """Train until the budget is used or this call's slice is over; return what was reached.

    Raises:
        Interrupted: A signal has come; a checkpoint was made.
    """
    if training.budget.progress(state) >= 1:
        return state
    began = saved = time.monotonic()
    earlier = state.elapsed
    budget = training.budget
    meter = _Meter(training.journal)
    interrupt = Interrupt()
    with interrupt.listening(), training.reader.ahead(state.position) as steps:
        while budget.progress(state) < 1:
            step = next(steps)
            rate = rate_at(budget.progress(state), learner.recipe)
            meter.add(learner.learn(step, rate), step, rate)
            now = time.monotonic()
            state = replace(
                state,
                step=state.step + 1,
                elapsed=earlier + now - began,
                position=step.after,
                labels=state.labels + step.target_tokens,
            )
            over = bool(training.slice_seconds) and now - began >= training.slice_seconds
            stop = _is_asked_to_stop(interrupt)
            if meter.is_full or _logs_every_step(budget) or budget.progress(state) >= 1 or over or stop:
                meter.write(state)
            if training.evaluate and state.evaluations < int(EVALUATIONS * min(1.0, budget.progress(state))):
                state = _evaluate(training.evaluate, training.journal, state)
                state = replace(state, elapsed=earlier + time.monotonic() - began)
                meter.restart()
            if now - saved >= training.save_seconds or over or stop:
                save_checkpoint(training.checkpoints, learner, state)
                saved = time.monotonic()
                meter.restart()
            if stop:
                raise stop
            if over:
                return state
    meter.write(state)
    save_checkpoint(training.checkpoints, learner, state)
    return state


class _Meter:
    """Losses and speed since the last line of the log.

    Args:
        journal: Where lines go.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._losses: list[Any] = []
        self._rate = 0.0
        self.restart()

    @property
    def is_full(self) -> bool:
        """Whether a line is due."""
        return len(self._losses) >= LOG_STEPS

    def add(self, loss: Any, step: Step, rate: float) -> None:
        """Note a step; its loss stays on the device."""
        self._losses.append(loss)
        self._rate = rate
        self._tokens += step.tokens

    def restart(self) -> None:
        """Begin the measuring of speed anew, behind something that is no learning."""
        self._tokens = 0
        self._since = time.monotonic()

    def write(self, state: State) -> None:
        """Write a line if there is anything new to tell; this waits for the device."""
        if not self._losses:
            return
        loss = sum(one.item() for one in self._losses) / len(self._losses)
        speed = self._tokens / (time.monotonic() - self._since)
        epoch = state.position.epoch
        told = f"loss {loss:.3f}, {speed:,.0f} tokens/s, rate {self._rate:.2e}, epoch {epoch}"
        self._journal.write(state, told, loss=loss, rate=self._rate, tokens_per_second=round(speed), epoch=epoch)
        self._losses = []
        self.restart()


def _evaluate(scores_of: Callable[[], DevScores], journal: Journal, state: State) -> State:
    scores = scores_of()
    journal.write(state, f"dev {scores}", dev_chrf=scores.chrf, dev_bleu=scores.bleu, signatures=scores.signatures)
    return replace(state, evaluations=state.evaluations + 1)


def _logs_every_step(budget: Budget) -> bool:
    """Tell a training that is counted in few steps, where each is worth a line."""
    return 0 < budget.steps <= 20 * LOG_STEPS


def _is_asked_to_stop(interrupt: Interrupt) -> Interrupted | None:
    try:
        interrupt.check()
    except Interrupted as stopped:
        return stopped
    return None
