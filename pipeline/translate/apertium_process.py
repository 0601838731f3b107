"""One Apertium mode kept running: lines in, the same number of outputs back, however its programs die or hang.

The mode's programs are started once, joined by pipes and fed in bulk. Each line ends in NUL, upon which every program
flushes, so that the n-th output belongs to the n-th line. Closing the first program's input ends them all, and so does
the end of this process, whatever its cause.
"""

import contextlib
import os
import selectors
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO

from pipeline.errors import TranslatorError
from pipeline.translate.apertium_modes import Mode

LINE_SECONDS = 60.0
"""Without a finished line for so long, the programs are taken to hang. The slowest mode takes 10 ms for an ordinary
line and less than a second for the longest that is ever sent."""

CLOSING_SECONDS = 5.0
PIPE_BYTES = 1 << 16


class ModeProcess:
    """A mode's programs, started at the first `run` and again whenever they have died.

    Args:
        mode: What to run.
        warm_up: Lines that each new set of programs is fed first; see `pipeline.translate.apertium_warmup`.
        line_seconds: How long to wait for one line.
    """

    def __init__(self, mode: Mode, warm_up: Sequence[str], line_seconds: float = LINE_SECONDS) -> None:
        self.mode = mode
        self._warm_up = [line.encode() for line in warm_up]
        self._line_seconds = line_seconds
        self._stages: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    @property
    def stage_pids(self) -> tuple[int, ...]:
        """The process ids of the running programs, first to last."""
        return tuple(stage.pid for stage in self._stages)

    def run(self, lines: Sequence[str]) -> list[str | None]:
        """Send lines of Apertium's stream format and return what comes out for each.

        A line at which the programs die or hang is tried once more, alone; None stands for one that they do not
        survive then either.

        Raises:
            TranslatorError: The programs cannot be started.
        """
        encoded = [line.encode() for line in lines]
        outputs: list[str | None] = []
        with self._lock:
            while len(outputs) < len(encoded):
                outputs += self._attempt(encoded[len(outputs) :])
                if len(outputs) < len(encoded):
                    outputs += self._attempt(encoded[len(outputs) : len(outputs) + 1]) or [None]
        return outputs

    def close(self) -> None:
        """End the programs; the next `run` starts new ones."""
        with self._lock:
            self._end()

    def _attempt(self, lines: list[bytes]) -> list[str]:
        """Return the outputs of as many lines as the programs got through; where not all, the programs are ended."""
        if not self._stages:
            self._start()
        outputs = self._exchange(lines)
        if len(outputs) < len(lines):
            self._end(at_once=True)
        return outputs

    def _start(self) -> None:
        remedy = "install its packages anew: apt-get install --reinstall apertium and the language pair's"
        try:
            for command in self.mode.commands:
                self._stages.append(
                    subprocess.Popen(
                        command,
                        stdin=self._stages[-1].stdout if self._stages else subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        env={**os.environ, "LC_ALL": "C.UTF-8"},
                        process_group=0,  # Ctrl-C is for us: the batch in flight is to be finished
                    )
                )
        except OSError as error:
            self._end(at_once=True)
            raise TranslatorError(f"Apertium's {self.mode.name} cannot be started: {error}", remedy) from error
        for stage in self._stages[:-1]:
            _close(stage.stdout)  # the next program has it; were it open here too, no program would see the end
        os.set_blocking(_pipe(self._stages[0].stdin), False)
        if len(self._exchange(self._warm_up)) < len(self._warm_up):
            self._end(at_once=True)
            raise TranslatorError(f"Apertium's {self.mode.name} dies as soon as it is started", remedy)

    def _exchange(self, lines: list[bytes]) -> list[str]:
        """Write and read at once, so that no full pipe can block both sides; stop at death or silence."""
        sink, source = _pipe(self._stages[0].stdin), _pipe(self._stages[-1].stdout)
        unsent = memoryview(b"".join(line + b"\0" for line in lines))
        outputs: list[str] = []
        unfinished = b""
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            if unsent:
                selector.register(sink, selectors.EVENT_WRITE)
            deadline = time.monotonic() + self._line_seconds
            while len(outputs) < len(lines):
                ready = [key.fd for key, _ in selector.select(deadline - time.monotonic())]
                if source in ready:
                    if not (data := os.read(source, PIPE_BYTES)):
                        break
                    *finished, unfinished = (unfinished + data).split(b"\0")
                    outputs += [output.decode("utf-8", "replace") for output in finished]
                    if finished:
                        deadline = time.monotonic() + self._line_seconds
                if sink in ready:
                    try:
                        unsent = unsent[os.write(sink, unsent[:PIPE_BYTES]) :]
                    except BrokenPipeError:
                        unsent = unsent[:0]
                    if not unsent:
                        selector.unregister(sink)
                if time.monotonic() >= deadline:
                    break
        return outputs[: len(lines)]

    def _end(self, at_once: bool = False) -> None:
        if self._stages:
            _close(self._stages[0].stdin)
        deadline = time.monotonic() + CLOSING_SECONDS
        for stage in self._stages:
            if at_once:
                stage.kill()
            try:
                stage.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                stage.kill()
                stage.wait()
            _close(stage.stdout)
        self._stages = []


def _pipe(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise ValueError("the program was started without this pipe")
    return pipe.fileno()


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe; one whose reader has died already is closed all the same."""
    if pipe is not None:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()
