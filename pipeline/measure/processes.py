"""How much memory a command takes, its own and its children's apart, as the kernel counts it."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.05
"""How often the children are counted; the command's own peak is the kernel's and misses nothing."""

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took.

    Attributes:
        exit_code: How it ended.
        seconds: From start to end.
        peak: Most bytes that the command itself held.
        children_peak: Most bytes that the processes it had started held together.
    """

    exit_code: int
    seconds: float
    peak: int
    children_peak: int


def measure(command: Sequence[str]) -> Usage:
    """Run a command to its end and say what it took. Linux alone counts so."""
    start = time.perf_counter()
    peak = children_peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _bytes(process.pid, "VmHWM"))
            children_peak = max(children_peak, sum(_bytes(child, "VmRSS") for child in descendants(process.pid)))
            time.sleep(EVERY_SECONDS)
    return Usage(process.returncode, time.perf_counter() - start, peak, children_peak)


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have."""
    try:
        lists = [path.read_text() for path in (_PROC / str(pid) / "task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(lists).split():
        yield int(child)
        yield from descendants(int(child))


def is_running(pid: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        return ") Z " not in (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return False


def _bytes(pid: int, field: str) -> int:
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:")), 0)
