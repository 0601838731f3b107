"""Published cells: whole or absent, proved by digest, never changed in place.

A cell's records go into `cells/<stage>/<key>.jsonl`, its manifest beside it, last. Both are written under a temporary
name, synced and renamed, so a manifest that is there stands for a payload that is there. The manifest carries the
digests of the payload, of every file that the cell put into the output folder, and of itself: whatever is cut or
flipped later is found, and the cell is made again.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.fingerprint import canonical_json, digest
from pipeline.jsonl import decode, encode_lines

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
            StoreError: Another run holds it; the message says which process, since when.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "lock").open("a+", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                handle.seek(0)
                holder = handle.read().strip() or "another process"
                raise StoreError(
                    f"{self.output}: in use by {holder}", "wait until it ends, or give another --output"
                ) from error
            handle.seek(0)
            handle.truncate()
            handle.write(f"process {os.getpid()}")
            handle.flush()
            yield
            handle.truncate(0)

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
        write_atomically(target, payload)
        manifest = Manifest(stage, key, len(lines), digest(payload), tuple(files), retry)
        write_atomically(target.with_suffix(".json"), _seal(asdict(manifest)))

    def has(self, stage: str, key: str) -> bool:
        """Tell whether a cell is there, whole, and need not be made again."""
        try:
            manifest = self.manifest(stage, key)
        except StoreError:
            return False
        return manifest is not None and not manifest.retry and not self.damage(manifest)

    def manifest(self, stage: str, key: str) -> Manifest | None:
        """Return a cell's manifest, None when it was never published.

        Raises:
            StoreError: The manifest is damaged.
        """
        path = self._path(stage, key).with_suffix(".json")
        try:
            values = _unseal(path.read_bytes(), path)
        except FileNotFoundError:
            return None
        files = tuple(PublishedFile(**file) for file in values.pop("files"))
        return Manifest(files=files, **values)

    def load(self, stage: str, key: str) -> Iterator[Any]:
        """Yield a published cell's records.

        Raises:
            StoreError: The payload is gone or damaged.
        """
        path = self._path(stage, key)
        try:
            with path.open("rb") as lines:
                for number, line in enumerate(lines, start=1):
                    yield decode(line.rstrip(b"\n"), f"{path}:{number}")
        except FileNotFoundError as error:
            raise StoreError(f"{path}: not there", "run again: it is made anew") from error

    def damage(self, manifest: Manifest) -> list[str]:
        """Return a line for each file of a cell that is not what its manifest says."""
        problems = []
        payload = self._path(manifest.stage, manifest.key)
        checks = [(payload, manifest.sha256), *((self.output / file.path, file.sha256) for file in manifest.files)]
        for path, expected in checks:
            try:
                found = digest(path.read_bytes())
            except OSError as error:
                problems.append(f"{path}: {error.strerror}")
            else:
                if found != expected:
                    problems.append(f"{path}: its content has changed since it was published")
        return problems

    def put_file(self, path: str, data: bytes) -> PublishedFile:
        """Write one file of the output folder, atomically, and return what a manifest says of it."""
        write_atomically(self.output / path, data)
        return PublishedFile(path, digest(data), len(data))

    def describe_file(self, path: str) -> PublishedFile:
        """Return what a manifest says of a file that is already in the output folder."""
        data = (self.output / path).read_bytes()
        return PublishedFile(path, digest(data), len(data))

    def write_plan(self, cells: Sequence[tuple[str, str]]) -> None:
        """Record the cells, as (stage, key), of the run that now owns the folder."""
        write_atomically(self.state / "plan.json", _seal({"cells": [list(cell) for cell in cells]}))

    def read_plan(self) -> list[tuple[str, str]]:
        """Return the cells of the latest run.

        Raises:
            StoreError: No run was started here, or its plan is damaged.
        """
        path = self.state / "plan.json"
        try:
            values = _unseal(path.read_bytes(), path)
        except FileNotFoundError as error:
            raise StoreError(f"{self.output}: no run has been here", "give the --output folder of a run") from error
        return [(stage, key) for stage, key in values["cells"]]

    def verify(self) -> list[str]:
        """Return a line for everything of the latest run that is missing or damaged."""
        problems = []
        for stage, key in self.read_plan():
            try:
                manifest = self.manifest(stage, key)
            except StoreError as error:
                problems.append(error.message)
                continue
            if manifest is None:
                problems.append(f"{self._path(stage, key)}: not finished")
            else:
                problems.extend(self.damage(manifest))
        return problems

    def _path(self, stage: str, key: str) -> Path:
        return self.state / "cells" / stage / f"{key}.jsonl"


def write_atomically(path: Path, data: bytes) -> None:
    """Put bytes under a name so that, whatever happens, the name stands for all of them or for what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with temporary.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seal(values: dict[str, Any]) -> bytes:
    body = canonical_json(values)
    return f'{{"sha256":"{digest(body.encode())}",\n"sealed":{body}}}\n'.encode()


def _unseal(data: bytes, path: Path) -> dict[str, Any]:
    damaged = StoreError(f"{path}: damaged", "run again: it is made anew")
    try:
        values = json.loads(data)
        sealed: dict[str, Any] = values["sealed"]
    except (ValueError, KeyError, TypeError) as error:
        raise damaged from error
    if _seal(sealed) != data:
        raise damaged
    return sealed
