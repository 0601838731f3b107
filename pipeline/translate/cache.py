"""The segment cache: every translation ever finished, in one SQLite file.

Keyed by masked text, languages and the translator's signature, so that a sentence is translated once however many
releases it stands in, and a killed run loses at most the batch in flight. Every row carries a checksum: a row that
rotted is as good as absent, and a database that rotted is set aside for a new one.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from types import TracebackType

from pipeline.errors import StoreError
from pipeline.fingerprint import canonical_json, digest, fingerprint
from pipeline.records import Span
from pipeline.translate.base import Candidate, Candidates

LOOKUP_ROWS = 500
"""Keys asked for in one statement, below SQLite's limit on parameters."""

BUSY_SECONDS = 60.0
"""How long to wait for another process that is writing."""

_FIELDS = [field.name for field in fields(Candidate)]
"""In every key, so that no row is read that holds other fields."""


_Fault = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged database raises; the second when the damage is in what SQLite wants to say about it."""

_NO_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
    }
)
"""Codes for what is wrong around a database that may itself be whole."""


class SegmentCache:
    """Translations by key.

    Args:
        path: The database; made, with its folder, if absent. A file that is no database any more is set aside as
            `….damaged` and a new one started: a cache can be lost without harm.

    Raises:
        StoreError: It cannot be used where it is: no permission, no room, another program keeps it locked.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(path)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}", "give another --output") from error
        except _Fault as error:
            _require_damage(path, error)
            self._connection = _start_over(path)

    def get(self, keys: Sequence[str]) -> dict[str, Candidates]:
        """Return the translations of those keys that are here and whole."""
        found: dict[str, Candidates] = {}
        for start in range(0, len(keys), LOOKUP_ROWS):
            part = keys[start : start + LOOKUP_ROWS]
            marks = ",".join("?" * len(part))
            statement = f"SELECT key, value, checksum FROM segment WHERE key IN ({marks})"  # noqa: S608 - only marks
            try:
                rows = self._connection.execute(statement, part).fetchall()
            except sqlite3.ProgrammingError:
                raise
            except _Fault:
                continue  # a damaged page: these are translated again
            for key, value, checksum in rows:
                if digest(f"{key}{value}".encode("utf-8", "surrogatepass")) == checksum:
                    found[key] = _parse(value)
        return found

    def put(self, translations: Mapping[str, Candidates]) -> None:
        """Keep translations, all or none; those of equal keys are replaced.

        Raises:
            StoreError: They cannot be written, and the database is not at fault.
        """
        rows = []
        for key, candidates in translations.items():
            value = canonical_json(candidates)
            rows.append((key, value, digest(f"{key}{value}".encode("utf-8", "surrogatepass"))))
        try:
            self._insert(rows)
        except sqlite3.ProgrammingError:
            raise
        except _Fault as error:
            _require_damage(self._path, error)
            self._connection.close()
            self._connection = _start_over(self._path)
            self._insert(rows)

    def _insert(self, rows: Sequence[tuple[str, str, str]]) -> None:
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO segment VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def __enter__(self) -> "SegmentCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def segment_keys(texts: Iterable[str], signature: Mapping[str, str], source_lang: str, target_lang: str) -> list[str]:
    """Return each text's key under one translator and pair of languages."""
    context = fingerprint([signature, source_lang, target_lang, _FIELDS])
    return [digest(f"{context}{text}".encode("utf-8", "surrogatepass")) for text in texts]


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS segment "
            "(key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID"
        )
        connection.execute("SELECT key, value, checksum FROM segment LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _require_damage(path: Path, error: sqlite3.DatabaseError | UnicodeDecodeError) -> None:
    """Refuse to take for damage what is none.

    Raises:
        StoreError: The database may be whole.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # the rest says in which of many ways
    if code in _NO_DAMAGE:
        raise StoreError(f"{path}: {error}", "see to the disk and to other programs there, and run again") from error


def _start_over(path: Path) -> sqlite3.Connection:
    """Set a damaged database aside and begin a new one.

    Raises:
        StoreError: That is not possible either.
    """
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            with suppress(FileNotFoundError):
                path.with_name(name).replace(path.with_name(f"{name}.damaged"))
        return _open(path)
    except (OSError, *_Fault) as another:
        raise StoreError(f"{path}: cannot be started anew: {another}", f"remove {path} and run again") from another


def _parse(value: str) -> Candidates:
    return tuple(
        Candidate(item["text"], item["score"], tuple(Span(**span) for span in item["unknown"]), item["origin"])
        for item in json.loads(value)
    )
