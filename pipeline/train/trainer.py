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
from pipeline.store import write_atomically
from pipeline.train.batches import Reader
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
    budget, journal = training.budget, training.journal
    losses: list[Any] = []
    tokens, since = 0, began
    interrupt = Interrupt()
    with interrupt.listening(), training.reader.ahead(state.position) as steps:
        while budget.progress(state) < 1:
            step = next(steps)
            rate = rate_at(budget.progress(state), learner.recipe)
            losses.append(learner.learn(step, rate))
            tokens += step.tokens
            now = time.monotonic()
            state = replace(
                state,
                step=state.step + 1,
                elapsed=earlier + now - began,
                position=step.after,
                labels=state.labels + step.target_tokens,
            )
            if len(losses) == LOG_STEPS or budget.progress(state) >= 1 or _logs_every_step(budget):
                loss = sum(one.item() for one in losses) / len(losses)  # waits for the device
                now = time.monotonic()
                speed = tokens / (now - since)
                told = f"loss {loss:.3f}, {speed:,.0f} tokens/s, rate {rate:.2e}, epoch {step.after.epoch}"
                journal.write(state, told, loss=loss, rate=rate, tokens_per_second=round(speed), epoch=step.after.epoch)
                losses, tokens, since = [], 0, now
            if training.evaluate and state.evaluations < int(EVALUATIONS * min(1.0, budget.progress(state))):
                state = _evaluate(training.evaluate, journal, state)
                now = since = time.monotonic()
                state = replace(state, elapsed=earlier + now - began)
                tokens = 0
            over = bool(training.slice_seconds) and now - began >= training.slice_seconds
            stop = _is_asked_to_stop(interrupt)
            if now - saved >= training.save_seconds or over or stop:
                save_checkpoint(training.checkpoints, learner, state)
                saved = since = time.monotonic()
                tokens = 0
            if stop:
                raise stop
            if over:
                return state
    save_checkpoint(training.checkpoints, learner, state)
    return state


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
