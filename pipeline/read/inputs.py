"""Find what there is to read, and deal it into shards.

Takes the paths that the user named; gives shards in a fixed order, each with the digest of its content, so that every
later key is known before anything is opened as a release. A shard is one file, or, above `FILES_ONE_BY_ONE` files, a
bucket of files chosen by their path, so that a new release disturbs one bucket only; or one batch of a dataset's rows.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import ColumnsConfig
from pipeline.errors import CommuniqueError, InputError
from pipeline.fingerprint import fingerprint
from pipeline.read.base import Limits
from pipeline.read.formats import FORMATS
from pipeline.read.rows import ROW_SUFFIXES, iterate_rows
from pipeline.records import Failure
from pipeline.store import STATE_FOLDER

FILES_ONE_BY_ONE = 256
"""Up to so many files, each is a shard of its own."""

FILES_A_BUCKET = 16
"""Files in a bucket, on average, above that."""


@dataclass(frozen=True, slots=True)
class Release:
    """One file or one row to be read.

    Attributes:
        path: Name in all records and outputs, relative, with `/`.
        location: The file; for a row, the dataset.
        row: Number of the row in its dataset; None for a file.
        digest: Digest of the content; for a row, of the batch that it was read in.
    """

    path: str
    location: Path
    row: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Releases that are processed together.

    Attributes:
        name: Unique in the run.
        releases: In order of their paths.
        digest: Digest of everything that reading them depends on, settings aside.
    """

    name: str
    releases: tuple[Release, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found.

    Attributes:
        shards: All there is to do, in order.
        failures: What was named but cannot be taken up.
        ignored: What lies in the named folders and is no release: files of no known format, linked folders.
    """

    shards: tuple[Shard, ...]
    failures: tuple[Failure, ...]
    ignored: tuple[str, ...]

    @property
    def releases(self) -> int:
        """Releases in all shards."""
        return sum(len(shard.releases) for shard in self.shards)


def discover(
    inputs: Sequence[Path],
    columns: ColumnsConfig,
    limits: Limits,
    limit: int | None = None,
    sample: int | None = None,
) -> Inputs:
    """Find the releases in files, folders and datasets.

    Args:
        inputs: Files, folders (searched through), datasets (`.jsonl`, `.csv`, `.parquet`, saved folders, `hf:` names).
        columns: Where the datasets keep things.
        limits: What is too large for one release.
        limit: Take the first so many releases.
        sample: Take so many releases at random, the same ones each time.
    """
    found = _Found()
    for given in inputs:
        try:
            _look_at(given, found)
        except OSError as error:
            found.fail(given, f"cannot be read: {error.strerror}", "check the path and its permissions")
    releases = []
    for name, path in found.named(found.files):
        try:
            releases.append(Release(name, path, None, _file_digest(path)))
        except OSError as error:
            found.fail(name, f"cannot be read: {error.strerror}", "check its permissions")
    shards = list(_file_shards(releases))
    enough = limit if sample is None else None
    for name, path in found.named(found.datasets):
        try:
            for shard in _row_shards(name, path, columns, limits):
                shards.append(shard)
                if enough is not None and sum(len(shard.releases) for shard in shards) >= enough:
                    break
        except CommuniqueError as error:
            found.fail(name, error.message, error.remedy)
    return Inputs(tuple(_pick(shards, limit, sample)), tuple(found.failures), tuple(found.ignored))


@dataclass(slots=True)
class _Found:
    """What the named paths hold, by name in the records."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    datasets: list[tuple[str, Path]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def add(self, name: str, path: Path) -> bool:
        """Take a file or saved dataset up if it is one that can be read."""
        suffix = path.suffix.lower()
        if is_saved_dataset(path):
            self.datasets.append((name, path))
        elif suffix in FORMATS and path.is_file():
            self.files.append((name, path))
        elif suffix in ROW_SUFFIXES and path.is_file():
            self.datasets.append((name, path))
        else:
            return False
        return True

    def fail(self, path: Path | str, message: str, remedy: str) -> None:
        """Note what cannot be taken up."""
        self.failures.append(Failure(_printable(str(path)), "", "", "read", message, remedy))

    def named(self, things: Sequence[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
        """Yield things under names that are unique and can be written down."""
        for name, path in unique_names(things):
            if _printable(name) == name:
                yield name, path
            else:
                self.fail(name, "its name is not UTF-8", "rename it")


def _look_at(given: Path, found: _Found) -> None:
    if str(given).startswith("hf:"):
        found.datasets.append((given.name, given))
    elif found.add(given.resolve().name if given.name in {"", ".."} else given.name, given):
        return
    elif (given / STATE_FOLDER).is_dir():
        found.fail(given, "it is the output folder of a run", "name the folder that holds the releases")
    elif given.is_dir():
        for path in sorted(walk(given)):
            _look_into(path, path.relative_to(given).as_posix(), found)
    elif not given.exists():
        found.fail(given, "no such file or folder", "check the path")
    else:
        known = " ".join(sorted({*FORMATS, *ROW_SUFFIXES}))
        found.fail(given, f"“{given.suffix}” files cannot be read", f"give one of: {known}")


def _look_into(path: Path, name: str, found: _Found) -> None:
    try:
        if found.add(name, path):
            return
        if path.is_dir() and not path.is_symlink():
            found.fail(name, "the folder cannot be looked into", "check its permissions")
        elif path.suffix.lower() in {*FORMATS, *ROW_SUFFIXES} and not path.exists():
            found.fail(name, "it is a link to nothing", "mend or remove the link")
        else:
            found.ignored.append(name)
    except OSError as error:
        found.fail(name, f"cannot be read: {error.strerror}", "check its permissions")


def walk(folder: Path) -> Iterator[Path]:
    """Yield what lies below a folder, hidden ones, editors' lock files and our own output folders left out.

    Folders are gone through, and yielded themselves only where there is no going in: saved datasets, links to
    folders (they may lead anywhere), and what the system refuses to open.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            paths = list(current.iterdir())
        except OSError:
            yield current
            continue
        for path in paths:
            if path.name.startswith((".", "~$")):
                continue
            try:
                if (path / STATE_FOLDER).is_dir():
                    continue
                enters = path.is_dir() and not path.is_symlink() and not is_saved_dataset(path)
            except OSError:
                enters = False
            if enters:
                waiting.append(path)
            else:
                yield path


def is_saved_dataset(path: Path) -> bool:
    """Tell whether a folder is one that `datasets` saved."""
    if (path / "dataset_dict.json").is_file():
        return True
    return any((path / name).is_file() for name in ("dataset_info.json", "state.json")) and any(path.glob("*.arrow"))


def unique_names(named: Sequence[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """Drop what is named twice, and tell apart equal names by as much of their folders as it takes."""
    distinct = list({path.resolve(): (name, path) for name, path in reversed(named)}.values())[::-1]
    while clashing := {name for name, times in Counter(name for name, _ in distinct).items() if times > 1}:
        renamed = []
        for name, path in distinct:
            if name in clashing:
                wanted = len(Path(name).parts) + 1
                renamed.append(("/".join((*path.parent.resolve().parts[1:], path.name)[-wanted:]), path))
            else:
                renamed.append((name, path))
        distinct = renamed
    return sorted(distinct, key=lambda item: item[0])


def _printable(name: str) -> str:
    """Replace what was no UTF-8 in the name of a file."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _file_digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _file_shards(releases: Sequence[Release]) -> Iterator[Shard]:
    if len(releases) <= FILES_ONE_BY_ONE:
        groups = {release.path: [release] for release in releases}
    else:
        bits = (len(releases) // FILES_A_BUCKET).bit_length() - 1
        groups = {}
        for release in releases:
            bucket = int(hashlib.sha256(release.path.encode("utf-8", "surrogatepass")).hexdigest(), 16) & (2**bits - 1)
            groups.setdefault(f"bucket-{bits}-{bucket}", []).append(release)
    for name, members in sorted(groups.items()):
        yield Shard(name, tuple(members), fingerprint([[member.path, member.digest] for member in members]))


def _row_shards(name: str, path: Path, columns: ColumnsConfig, limits: Limits) -> Iterator[Shard]:
    for batch in iterate_rows(path, columns, limits=limits):
        numbers = [row.number for row in batch.rows] + [failure.number for failure in batch.failures]
        releases = tuple(Release(f"{name}#{number}", path, number, batch.digest) for number in sorted(numbers))
        yield Shard(f"{name}#{batch.first_row}", releases, fingerprint([name, batch.first_row, batch.digest]))


def _pick(shards: Sequence[Shard], limit: int | None, sample: int | None) -> Iterator[Shard]:
    if limit is None and sample is None:
        yield from shards
        return
    order = [(number, place) for number, shard in enumerate(shards) for place in range(len(shard.releases))]
    if sample is not None and sample < len(order):
        order = sorted(random.Random(0).sample(order, sample))  # noqa: S311 - a reproducible choice, not a secret
    chosen: dict[int, list[Release]] = {}
    for number, place in order[:limit]:
        chosen.setdefault(number, []).append(shards[number].releases[place])
    for number, releases in chosen.items():
        shard = shards[number]
        if len(releases) == len(shard.releases):
            yield shard
        else:
            paths = [release.path for release in releases]
            yield Shard(shard.name, tuple(releases), fingerprint([shard.digest, paths]))


def require(inputs: Inputs) -> None:
    """Refuse a run without any input.

    Raises:
        InputError: Nothing was found, and nothing failed that the table could show.
    """
    if not inputs.shards and not inputs.failures:
        raise InputError("there is nothing to read", "name files or folders with --input, or in the configuration")
