"""Datasets as output: translated rows in, one JSONL and one Parquet file out, row by row in bounded memory.

Both are written side by side under temporary names, synced and renamed, so that a name always stands for a whole file.
The same rows give the same bytes.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.lasting_files import sync_folder
from pipeline.records import Summary, VerdictState

COLUMNS = (
    "id",
    "path",
    "doc_id",
    "system",
    "target_lang",
    "title",
    "text",
    "verdict",
    "headline",
    "post",
    "bullets",
    "abstract",
    "standfirst",
)
"""In their order, all of text; bullets are separated by line feeds."""

SUFFIXES = (".jsonl", ".parquet")

_GROUP_ROWS = 4_096
_GROUP_CHARS = 8_000_000
"""A Parquet row group is closed at whichever comes first; it is what is held in memory."""


@dataclass(frozen=True, slots=True)
class TranslatedRow:
    """A row of a dataset in one target language.

    Attributes:
        row_id: What the dataset calls it.
        path: Its path in the records, `file.parquet#12`.
        doc_id: The release.
        system: The system that translated it.
        target_lang: BCP-47 tag.
        title: Its headline, or empty.
        text: Its text.
        verdict: What it may be used for.
        summaries: Those in the target language.
    """

    row_id: str
    path: str
    doc_id: str
    system: str
    target_lang: str
    title: str
    text: str
    verdict: VerdictState
    summaries: tuple[Summary, ...] = ()


def write_rows(folder: Path, stem: str, target_lang: str, rows: Iterable[TranslatedRow]) -> list[Path]:
    """Write translated rows as `<stem>.<target_lang>.jsonl` and `.parquet`.

    Args:
        folder: Where to; made if need be.
        stem: Name of the dataset without its suffix: `data.jsonl` → `data`.
        target_lang: BCP-47 tag, part of the names.
        rows: In the order in which they are to stand; taken one by one.

    Returns:
        The two files, JSONL first.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    paths = [folder / f"{stem}.{target_lang}{suffix}" for suffix in SUFFIXES]
    paths[0].parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        lines, table = (stack.enter_context(_whole_or_nothing(path)) for path in paths)
        writer = stack.enter_context(pq.ParquetWriter(table, schema, compression="zstd"))
        group: list[dict[str, str]] = []
        chars = 0
        for row in rows:
            values = _values(row)
            line = json.dumps(values, ensure_ascii=False) + "\n"
            lines.write(line.encode())
            group.append(values)
            chars += len(line)
            if len(group) >= _GROUP_ROWS or chars >= _GROUP_CHARS:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group, chars = [], 0
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema))
    sync_folder(paths[0].parent)
    return paths


def _values(row: TranslatedRow) -> dict[str, str]:
    summaries = {summary.channel: summary.text for summary in reversed(row.summaries)}  # of two orders, the first
    fields = {
        "id": row.row_id,
        "path": row.path,
        "doc_id": row.doc_id,
        "system": row.system,
        "target_lang": row.target_lang,
        "title": row.title,
        "text": row.text,
        "verdict": row.verdict,
    }
    return {column: fields.get(column, summaries.get(column, "")) for column in COLUMNS}


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that gets its name when all of it is on the disk, and vanishes otherwise."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
