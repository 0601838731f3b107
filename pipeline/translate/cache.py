"""The segment cache: every translation ever finished, in one SQLite file.

Keyed by masked text, languages and the translator's signature, so that a sentence is translated once however many
releases it stands in, and a killed run loses at most the batch in flight. Every row carries a checksum: a row that
rotted is as good as absent.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from pipeline.fingerprint import canonical_json, digest, fingerprint
from pipeline.records import Span
from pipeline.translate.base import Candidate, Candidates

LOOKUP_ROWS = 500
"""Keys asked for in one statement, below SQLite's limit on parameters."""


class SegmentCache:
    """Translations by key.

    Args:
        path: The database; made, with its folder, if absent. A file that is no database any more is set aside as
            `….damaged` and a new one started: a cache can be lost without harm.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                part = path.with_name(name)
                if part.exists():
                    part.replace(path.with_name(f"{name}.damaged"))
            self._connection = _open(path)

    def get(self, keys: Sequence[str]) -> dict[str, Candidates]:
        """Return the translations of those keys that are here and whole."""
        found: dict[str, Candidates] = {}
        for start in range(0, len(keys), LOOKUP_ROWS):
            part = keys[start : start + LOOKUP_ROWS]
            marks = ",".join("?" * len(part))
            statement = f"SELECT key, value, checksum FROM segment WHERE key IN ({marks})"  # noqa: S608 - only marks
            try:
                rows = self._connection.execute(statement, part).fetchall()
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                continue  # a damaged page: these are translated again
            for key, value, checksum in rows:
                if digest(f"{key}{value}".encode("utf-8", "surrogatepass")) == checksum:
                    found[key] = _parse(value)
        return found

    def put(self, translations: Mapping[str, Candidates]) -> None:
        """Keep translations, all or none; those of equal keys are replaced."""
        rows = []
        for key, candidates in translations.items():
            value = canonical_json(candidates)
            rows.append((key, value, digest(f"{key}{value}".encode("utf-8", "surrogatepass"))))
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
    context = fingerprint([signature, source_lang, target_lang])
    return [digest(f"{context}{text}".encode("utf-8", "surrogatepass")) for text in texts]


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS segment "
        "(key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID"
    )
    connection.execute("SELECT count(*) FROM (SELECT 1 FROM segment LIMIT 1)").fetchone()
    return connection


def _parse(value: str) -> Candidates:
    return tuple(
        Candidate(item["text"], item["score"], tuple(Span(**span) for span in item["unknown"]))
        for item in json.loads(value)
    )
