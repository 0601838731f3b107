"""Batches of a few fixed shapes: the arrays' lengths in, a plan for each epoch out, and a thread that prepares tensors.

A sequence is padded to the next of a few widths, so that a graphics card meets the same shapes again and again. An
epoch is shuffled, its rows are put together by their widths, and the batches are shuffled again: a plan follows from
the seed and the epoch's number alone, so that a training that was cut goes on where it stood.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Queue
from typing import Any

from pipeline.train.arrays import Side
from pipeline.train.vocabulary import PADDING

WIDTHS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512)
IGNORED = -100
"""The label that is not learnt."""
_AHEAD = 6
"""Steps that are prepared while the device is at work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One batch before it is made.

    Attributes:
        rows: The pairs' numbers, (rows,).
        source_width: Tokens of a source row.
        target_width: Tokens of a target row.
    """

    rows: Any
    source_width: int
    target_width: int

    @property
    def tokens(self) -> int:
        """Tokens of both sides, padding included."""
        return len(self.rows) * (self.source_width + self.target_width)


@dataclass(frozen=True, slots=True)
class Position:
    """How far the data was read.

    Attributes:
        epoch: Times that all of it was read.
        batch: Batches of the epoch that are done.
    """

    epoch: int = 0
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch.

    Attributes:
        source: (rows, source width).
        begun: The target behind its start mark, as the decoder is given it: (rows, target width).
        labels: What it is to say, `IGNORED` where there is nothing to say: (rows, target width).
    """

    source: Any
    begun: Any
    labels: Any


@dataclass(frozen=True, slots=True)
class Step:
    """What one change of the weights is reckoned from.

    Attributes:
        batches: Its batches.
        target_tokens: Labels that count.
        tokens: Tokens of both sides that mean something.
        after: Where the data stands when the step is done.
    """

    batches: tuple[Batch, ...]
    target_tokens: int
    tokens: int
    after: Position


def plan_epoch(source: Side, target: Side, batch_tokens: int, seed: int, epoch: int) -> list[Plan]:
    """Return an epoch's batches in their order."""
    import numpy as np

    chance = np.random.default_rng([seed, epoch])
    order = chance.permutation(len(source.starts) - 1)
    widths = np.array(WIDTHS)
    source_class, target_class = (np.searchsorted(widths, side.lengths[order]) for side in (source, target))
    shape = source_class * len(WIDTHS) + target_class
    grouped = order[np.argsort(shape, kind="stable")]
    plans = []
    numbers, counts = np.unique(shape, return_counts=True)
    for number, end, count in zip(numbers.tolist(), np.cumsum(counts).tolist(), counts.tolist(), strict=True):
        source_width, target_width = WIDTHS[number // len(WIDTHS)], WIDTHS[number % len(WIDTHS)]
        most = max(1, batch_tokens // (source_width + target_width))
        rows = grouped[end - count : end]
        plans += [Plan(rows[i : i + most], source_width, target_width) for i in range(0, count, most)]
    return [plans[i] for i in chance.permutation(len(plans))]


def make_batch(
    plan: Plan, source: Side, target: Side, *, padding: int = PADDING, pin: bool = False
) -> tuple[Batch, int, int]:
    """Read a batch; return it with the number of its labels and of all its tokens, padding left out.

    Args:
        plan: Which pairs.
        source: All sources.
        target: All targets.
        padding: The token that fills rows up; with Marian it also starts every target.
        pin: Whether a graphics card will fetch the tensors.
    """
    import numpy as np
    import torch

    sources = source.rows(plan.rows, plan.source_width, padding)
    targets = target.rows(plan.rows, plan.target_width, padding)
    begun = np.concatenate([np.full((len(targets), 1), padding), targets[:, :-1]], axis=1)
    labels = np.where(targets == padding, IGNORED, targets)
    tensors = [torch.from_numpy(array) for array in (sources, begun, labels)]
    counted = int((labels != IGNORED).sum())
    total = counted + int((sources != padding).sum())
    return Batch(*(tensor.pin_memory() if pin else tensor for tensor in tensors)), counted, total


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything that says what is read in which order.

    Attributes:
        source: All sources.
        target: All targets.
        batch_tokens: Tokens of a batch, padding included, at most.
        step_tokens: Tokens of a step, padding included, at least.
        seed: What shuffles.
        padding: The token that fills rows up.
        pin: Whether a graphics card will fetch the tensors.
    """

    source: Side
    target: Side
    batch_tokens: int
    step_tokens: int
    seed: int
    padding: int = PADDING
    pin: bool = False

    def steps(self, start: Position) -> Iterator[Step]:
        """Yield steps from a position on, epoch after epoch, without end."""
        epoch, first = start.epoch, start.batch
        batches: list[Batch] = []
        labels = tokens = padded = 0
        while True:
            for number, plan in enumerate(plan_epoch(self.source, self.target, self.batch_tokens, self.seed, epoch)):
                if number < first:
                    continue
                batch, counted, total = make_batch(plan, self.source, self.target, padding=self.padding, pin=self.pin)
                batches.append(batch)
                labels, tokens, padded = labels + counted, tokens + total, padded + plan.tokens
                if padded >= self.step_tokens:
                    yield Step(tuple(batches), labels, tokens, Position(epoch, number + 1))
                    batches, labels, tokens, padded = [], 0, 0, 0
            epoch, first = epoch + 1, 0

    @contextmanager
    def ahead(self, start: Position) -> Iterator[Iterator[Step]]:
        """Give the steps from a position on, prepared by a thread of its own while the device is at work."""
        queue: Queue[Step | BaseException] = Queue(_AHEAD)
        stopped = threading.Event()

        def prepare() -> None:
            try:
                for step in self.steps(start):
                    queue.put(step)
                    if stopped.is_set():
                        return
            except BaseException as error:
                queue.put(error)

        def take() -> Iterator[Step]:
            while True:
                step = queue.get()
                if isinstance(step, BaseException):
                    raise step
                yield step

        thread = threading.Thread(target=prepare, name="batches", daemon=True)
        thread.start()
        try:
            yield take()
        finally:
            stopped.set()
            while thread.is_alive():
                while not queue.empty():
                    queue.get()
                thread.join(0.05)
