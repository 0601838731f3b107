"""What becomes of a run that is killed, and of published files that rot.

Takes a command that runs `communique` into an output folder; kills it at random moments, damages its files, and gives
what could be seen: whether the next run finishes the same folder that an unbroken run makes, byte for byte.
"""

import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.lasting_files import file_digest
from pipeline.measure.processes import descendants, is_running
from pipeline.store import STATE_FOLDER, Store

INCOMPARABLE = frozenset({"run.json"})
"""Files that tell how a run went; they and the manifest that holds their digest differ from run to run."""

_LONGEST_SECONDS = 600.0
_POLL_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed.

    Attributes:
        after: Seconds of work, from when it held the output folder.
        cells: Published cells at that moment.
        problems: What was wrong with the folder.
    """

    after: float
    cells: int
    problems: tuple[str, ...]


def contents(output: Path) -> dict[str, str]:
    """Return the digest of every file of an output folder that must be the same whenever the same is done.

    The lock and the segment cache are left out, and what tells how a run went.
    """
    found = {}
    for path in output.rglob("*"):
        name = path.relative_to(output).as_posix()
        is_index_manifest = name.startswith(f"{STATE_FOLDER}/cells/index/") and path.suffix == ".json"
        own = path.name.startswith(("lock", "segments.sqlite")) and path.parent.name == STATE_FOLDER
        if path.is_file() and not own and name not in INCOMPARABLE:
            found[name] = "" if is_index_manifest else file_digest(path)
    return found


def run_to_end(command: Sequence[str]) -> None:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    with _started(command) as process:
        _, errors = process.communicate(timeout=_LONGEST_SECONDS)
    if process.returncode not in {0, 1} or b"Traceback" in errors:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=errors)


def kill_runs(command: Sequence[str], output: Path, kills: int, cells: int, seed: int) -> Iterator[Killed]:
    """Start a command again and again and kill it each time, so that it gets on bit by bit.

    A run is killed some moments after it has published a random number of cells more, up to a seventh of all; once all
    but the last are there, some moments after its start.

    Args:
        command: Runs into the output folder.
        output: The folder.
        kills: How often it is to be killed. A run that ends before its moment comes does not count, and the next one
            starts in an empty folder.
        cells: How many cells an unbroken run publishes.
        seed: Another seed picks other moments.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible moments, not a secret
    done = 0
    while done < kills:
        before = count_cells(output)
        wanted = min(before + chance.randrange(cells // 7), cells - 1)
        delay = chance.uniform(0, 0.5 if before == cells - 1 else 0.05)
        with _started(command) as process:
            since = _when_at_work(process, output)
            while process.poll() is None and count_cells(output) < wanted:
                time.sleep(_POLL_SECONDS)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=delay)
                _empty(output)
                continue
            engines = list(descendants(process.pid))
            process.kill()
            process.communicate()
        done += 1
        yield Killed(time.monotonic() - since, *_look_over(engines, output))


def count_cells(output: Path) -> int:
    """Return how many cells are published in an output folder."""
    return len(_manifests(output))


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is to be damaged.

    Attributes:
        path: The file.
        before: Its content.
        after: What it will hold; None when it will be taken away.
    """

    path: Path
    before: bytes
    after: bytes | None

    def do(self) -> None:
        """Damage the file."""
        if self.after is None:
            self.path.unlink()
        else:
            self.path.write_bytes(self.after)

    def undo(self) -> None:
        """Put the file back as it was."""
        self.path.write_bytes(self.before)

    def is_found(self, output: Path) -> bool:
        """Tell whether `verify` finds it, when nothing else is damaged."""
        self.do()
        try:
            return any(str(self.path.with_suffix("")) in problem for problem in Store(output).verify())
        except StoreError:
            return self.path.name == "plan.json"  # without it, nothing else can be proved
        finally:
            self.undo()


def choose_damages(output: Path, number: int, seed: int) -> list[Damage]:
    """Choose at least so many published files, some of every kind, to flip a byte of, cut short or take away."""
    chance = random.Random(seed)  # noqa: S311 - reproducible damage, not a secret
    kinds: dict[str, list[Path]] = {}
    for path in sorted(output.rglob("*")):
        if path.is_file() and not path.name.startswith(("lock", "segments.sqlite")):
            kinds.setdefault(_kind(path.relative_to(output)), []).append(path)
    chosen = [chance.choice(paths) for paths in kinds.values()]
    others = sorted({path for paths in kinds.values() for path in paths} - set(chosen))
    chosen += chance.sample(others, min(len(others), max(0, number - len(chosen))))
    return [Damage(path, data := path.read_bytes(), _damaged(data, chance)) for path in chosen]


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _when_at_work(process: "subprocess.Popen[bytes]", output: Path) -> float:
    """Wait until a run holds its output folder, and return when that was."""
    store = Store(output)
    while process.poll() is None and not store.holder():
        time.sleep(_POLL_SECONDS)
    return time.monotonic()


def _look_over(engines: Sequence[int], output: Path) -> tuple[int, tuple[str, ...]]:
    """Count the published cells after a kill, and say what is wrong: damage, a lock, processes left behind."""
    store = Store(output)
    manifests = _manifests(output)
    whole = [path for path in manifests if store.has(path.parent.name, path.stem)]
    problems = [f"{path}: published, but not whole" for path in manifests if path not in whole]
    if holder := store.holder():
        problems.append(f"still locked by {holder}")
    if not _end_soon(engines):
        problems.append("processes were left behind")
    return len(whole), tuple(problems)


def _manifests(output: Path) -> list[Path]:
    return list((output / STATE_FOLDER / "cells").glob("*/*.json"))


def _end_soon(pids: Sequence[int]) -> bool:
    """Tell whether processes are gone within a few seconds: engines notice that nobody listens any more."""
    for _ in range(500):
        if not any(is_running(pid) for pid in pids):
            return True
        time.sleep(0.01)
    return False


def _kind(path: Path) -> str:
    """Name what kind of file of an output folder a path is: the stage of a cell and its suffix, or the like."""
    parts = path.parts[:3] if path.parts[0] == STATE_FOLDER else path.parts[:1]
    return "/".join([*(part for part in parts if part != path.name), path.suffix])


def _damaged(data: bytes, chance: random.Random) -> bytes | None:
    if not data:
        return chance.choice((None, b"\n"))
    match chance.choice(("flip", "flip", "cut", "remove")):
        case "flip":
            place = chance.randrange(len(data))
            return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]
        case "cut":
            return data[: chance.randrange(len(data))]
        case _:
            return None


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
