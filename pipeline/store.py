"""Published cells: whole or absent, proved by digest, never changed in place.

A cell's records go into `cells/<stage>/<key>.jsonl`, its manifest beside it, last. Both are written under a temporary
name, synced and renamed, so a manifest that is there stands for a payload that is there. The manifest carries the
digests of the payload, of every file that the cell put into the output folder, and of itself: whatever is cut or
flipped later is found, and the cell is made again.
"""

import fcntl
import io
import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from pipeline.errors import StoreError
from pipeline.fingerprint import canonical_json, digest
from pipeline.jsonl import decode, encode_lines
from pipeline.lasting_files import file_digest, naming_the_file, write_atomically

STATE_FOLDER = ".communique"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file in the output folder that a cell answers for.

    Attributes:
        path: Relative to the output folder, with `/`.
        sha256: Digest of its content.
        size: Bytes.
    """

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a published cell promises.

    Attributes:
        stage: The stage that made it.
        key: Its key.
        records: Lines in the payload.
        sha256: Digest of the payload.
        files: What it put into the output folder.
        retry: Something in it failed in a way that may pass: the next run makes it again.
    """

    stage: str
    key: str
    records: int
    sha256: str
    files: tuple[PublishedFile, ...] = ()
    retry: bool = False


class PlannedCell(NamedTuple):
    """A cell that a run is to publish.

    Attributes:
        stage: Its stage.
        key: Its key.
        shard: Name of the shard that it is about; empty for a cell about the whole run.
        target_lang: BCP-47 tag, or empty.
        system: Name of the system, or empty.
    """

    stage: str
    key: str
    shard: str = ""
    target_lang: str = ""
    system: str = ""


class Store:
    """The cells of an output folder.

    Args:
        output: The folder that the user named; cells live in its `.communique`.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.state = output / STATE_FOLDER

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the output folder for one run; the kernel lets go when the process ends, however it ends.

        Raises:
            StoreError: Another run holds it (the message says which process, since when), or nothing can be written
                there.
        """
        with naming_the_file(self.output, "give another --output"):
            self.state.mkdir(parents=True, exist_ok=True)
            handle = (self.state / "lock").open("a+", encoding="utf-8")
        with handle:
            self._take(handle)
            yield
            handle.truncate(0)

    def _take(self, handle: TextIO) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read().strip() or "another process"
            raise StoreError(
                f"{self.output}: in use by {holder}", "wait until it ends, or give another --output"
            ) from error
        # A lock lasts as long as any copy of the file does, and a forked worker may outlive a killed run.
        os.register_at_fork(after_in_child=handle.close)
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {platform.node()} since {datetime.now():%Y-%m-%d %H:%M:%S}")
        handle.flush()

    def holder(self) -> str:
        """Say who runs on this folder now; empty if nobody does."""
        try:
            with (self.state / "lock").open("r+", encoding="utf-8") as handle:
                try:
                    fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError:
                    return handle.read().strip() or "another process"
        except FileNotFoundError:
            pass
        return ""

    def publish(
        self, stage: str, key: str, items: Iterable[Any], files: Sequence[PublishedFile] = (), retry: bool = False
    ) -> None:
        """Publish a cell's records, with the files it has already put into the output folder."""
        lines = list(encode_lines(items))
        payload = b"".join(lines)
        target = self._path(stage, key)
        write_atomically(target, payload, lasting=False)
        manifest = Manifest(stage, key, len(lines), digest(payload), tuple(files), retry)
        write_atomically(target.with_suffix(".json"), _seal(asdict(manifest)))

    def has(self, stage: str, key: str) -> bool:
        """Tell whether a cell is there, whole, and need not be made again."""
        try:
            manifest = self.manifest(stage, key)
        except StoreError:
            return False
        return manifest is not None and not manifest.retry and not self.damage(manifest)

    def is_published(self, stage: str, key: str) -> bool:
        """Tell whether a cell was ever published, whatever became of it."""
        return self._path(stage, key).with_suffix(".json").exists()

    def manifest(self, stage: str, key: str) -> Manifest | None:
        """Return a cell's manifest, None when it was never published.

        Raises:
            StoreError: The manifest is damaged, or another cell's.
        """
        path = self._path(stage, key).with_suffix(".json")
        try:
            values = _unseal(path)
        except FileNotFoundError:
            return None
        try:
            files = tuple(PublishedFile(**file) for file in values.pop("files"))
            manifest = Manifest(files=files, **values)
        except (KeyError, TypeError) as error:
            raise _damaged(path) from error
        if (manifest.stage, manifest.key) != (stage, key):
            raise _damaged(path)
        return manifest

    def load(self, stage: str, key: str) -> Iterator[Any]:
        """Yield a published cell's records.

        Raises:
            StoreError: The payload or its manifest is gone or damaged; raised before the first record.
        """
        path = self._path(stage, key)
        manifest = self.manifest(stage, key)
        with naming_the_file(path, "run again: it is made anew"):
            payload = path.read_bytes()
        if manifest is None or digest(payload) != manifest.sha256:
            raise _damaged(path)
        for number, line in enumerate(io.BytesIO(payload), start=1):
            yield decode(line.rstrip(b"\n"), f"{path}:{number}")

    def damage(self, manifest: Manifest) -> list[str]:
        """Return a line for each file of a cell that is not what its manifest says."""
        problems = []
        payload = self._path(manifest.stage, manifest.key)
        checks = [(payload, manifest.sha256), *((self.output / file.path, file.sha256) for file in manifest.files)]
        for path, expected in checks:
            try:
                found = file_digest(path)
            except OSError as error:
                problems.append(f"{path}: {error.strerror}")
            else:
                if found != expected:
                    problems.append(f"{path}: its content has changed since it was published")
        return problems

    def put_file(self, path: str, data: bytes) -> PublishedFile:
        """Write one file of the output folder, atomically, and return what a manifest says of it."""
        write_atomically(self.output / path, data, lasting=False)
        return PublishedFile(path, digest(data), len(data))

    def remove_file(self, path: str) -> None:
        """Take a file out of the output folder, and the folders that it leaves empty."""
        target = self.output / path
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.output or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()

    def sweep(self) -> None:
        """Remove what a killed run was just writing."""
        for part in self.output.rglob(".*.part"):
            part.unlink(missing_ok=True)

    def describe_file(self, path: str) -> PublishedFile:
        """Return what a manifest says of a file that is already in the output folder."""
        target = self.output / path
        return PublishedFile(path, file_digest(target), target.stat().st_size)

    def write_plan(self, cells: Sequence[PlannedCell]) -> None:
        """Record the cells of the run that now owns the folder, unless they are recorded already."""
        path = self.state / "plan.json"
        plan = _seal({"cells": [list(cell) for cell in cells]})
        if not path.is_file() or path.read_bytes() != plan:
            write_atomically(path, plan)

    def read_plan(self) -> list[PlannedCell]:
        """Return the cells of the latest run.

        Raises:
            StoreError: No run was started here, or its plan is damaged.
        """
        path = self.state / "plan.json"
        try:
            values = _unseal(path)
        except FileNotFoundError as error:
            raise StoreError(f"{self.output}: no run has been here", "give the --output folder of a run") from error
        try:
            return [PlannedCell(*cell) for cell in values["cells"]]
        except (KeyError, TypeError) as error:
            raise _damaged(path) from error

    def verify(self) -> list[str]:
        """Return a line for everything of the latest run that is missing or damaged."""
        problems = []
        for cell in self.read_plan():
            try:
                manifest = self.manifest(cell.stage, cell.key)
            except StoreError as error:
                problems.append(error.message)
                continue
            if manifest is None:
                problems.append(f"{self._path(cell.stage, cell.key)}: not finished")
            else:
                problems.extend(self.damage(manifest))
        return problems

    def _path(self, stage: str, key: str) -> Path:
        return self.state / "cells" / stage / f"{key}.jsonl"


def _seal(values: dict[str, Any]) -> bytes:
    body = canonical_json(values)
    return f'{{"sha256":"{digest(body.encode())}",\n"sealed":{body}}}\n'.encode()


def _unseal(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        sealed: dict[str, Any] = json.loads(data)["sealed"]
        whole = _seal(sealed) == data
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(path) from error
    if not whole:
        raise _damaged(path)
    return sealed


def _damaged(path: Path) -> StoreError:
    return StoreError(f"{path}: damaged", "run again: it is made anew")
