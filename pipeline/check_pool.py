"""Checks in processes of their own: releases with their translations in, what is wrong with each out, in their order.

Checking costs more than anything but translating, and releases do not depend on each other. A release goes to the same
process in every language, so that its French is analysed once there. Short runs are checked in this very process: to
start others and to load the sentence encoder in each takes seconds. A release at which a process dies fails alone.
"""

import multiprocessing
import os
import signal
import threading
import zlib
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait

from pipeline.check import CheckSettings
from pipeline.check.release import check_release
from pipeline.records import CheckedDocument, Failure, PreparedDocument, TranslatedDocument
from pipeline.translate.cores import available_cores

FEWEST_SEGMENTS = 500
"""Segments that are checked here before other processes are started: what that takes is then won back."""

MOST_PROCESSES = 16
"""Each may hold the encoder and as many vectors as this process, about 0.4 GB."""

Checked = CheckedDocument | Failure


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A release beside its translation, and what they are checked with."""

    prepared: PreparedDocument
    translated: TranslatedDocument
    settings: CheckSettings


class CheckPool:
    """Checks releases, in other processes once there are many.

    Args:
        processes: How many; fewer than two for none. As many as there are cores if not given.
        fewest_segments: Segments that are checked here before any is started.
    """

    def __init__(self, processes: int | None = None, fewest_segments: int = FEWEST_SEGMENTS) -> None:
        self._processes = min(MOST_PROCESSES, available_cores()) if processes is None else processes
        self._here = fewest_segments
        self._lanes: list[_Lane] = []

    def check(self, tasks: Sequence[ToCheck]) -> list[Checked]:
        """Check releases; one at which a process died gives a `Failure`."""
        segments = sum(len(task.prepared.segments) for task in tasks)
        if not self._lanes and self._here < segments and self._processes > 1 and len(tasks) > 1:
            self._start()
        if not self._lanes:
            self._here -= segments
            return [_check(task) for task in tasks]
        lanes = [self._lane(task) for task in tasks]
        begun = [lane.begin(task) for lane, task in zip(lanes, tasks, strict=True)]
        return [lane.finish(task, of) for lane, task, of in zip(lanes, tasks, begun, strict=True)]

    def close(self) -> None:
        """End the processes; what they are at is finished, what waits is dropped."""
        for lane in self._lanes:
            lane.close()
        self._lanes = []

    def _start(self) -> None:
        """Start the processes; where that is not possible at all, everything is checked here."""
        try:
            self._lanes = [_Lane() for _ in range(self._processes)]
            for lane in self._lanes:
                lane.wait_until_ready()
        except (OSError, BrokenProcessPool):
            self.close()
            self._processes = 0

    def _lane(self, task: ToCheck) -> "_Lane":
        name = task.prepared.document.doc_id.encode("utf-8", "surrogatepass")
        return self._lanes[zlib.crc32(name) % len(self._lanes)]


class _Lane:
    """One process and the releases that wait for it; when it dies, another takes its place."""

    def __init__(self) -> None:
        self._executor = self._open()
        self._ready = self._executor.submit(os.getpid)

    def wait_until_ready(self) -> None:
        self._ready.result()

    def begin(self, task: ToCheck) -> "Future[CheckedDocument]":
        try:
            return self._executor.submit(_check, task)
        except BrokenProcessPool:
            self.close()
            self._executor = self._open()
            return self._executor.submit(_check, task)

    def finish(self, task: ToCheck, begun: "Future[CheckedDocument]") -> Checked:
        """Return a release's result; if the process died, whoever was the cause, it is tried again alone."""
        try:
            return begun.result()
        except BrokenProcessPool:
            pass
        try:
            return self.begin(task).result()
        except BrokenProcessPool:
            translated = task.translated
            return Failure(
                translated.path,
                translated.target_lang,
                translated.system,
                "check",
                "the process that checked this release died at it, twice",
                "run again with more free memory; if it dies again, please report it with the release",
                retry=True,
            )

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    @staticmethod
    def _open() -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a fork would copy threads' locks in whatever state they are
        return ProcessPoolExecutor(1, context, _begin_process)


def _check(task: ToCheck) -> CheckedDocument:
    return check_release(task.prepared, task.translated, task.settings)


def _begin_process() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)
