"""Datasets come out as datasets: for each language and system one JSONL and one Parquet file of translated rows.

What is blocked goes into files of its own under `blocked/`. Shards are the batches in which a dataset was read, so
the original rows and their translations pass side by side, a batch at a time.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import PurePosixPath

from pipeline.plan import Plan, ShardCells
from pipeline.read.rows import translated_row_texts
from pipeline.records import PreparedDocument, SummarizedDocument, WrittenDocument
from pipeline.report.outcomes import records_of, target_records, translated_documents
from pipeline.report.publish import TRANSLATIONS, release_folder, target_blocks
from pipeline.report.rows_output import SUFFIXES, TranslatedRow, write_rows
from pipeline.stages import shard_rows
from pipeline.store import Store


def write_datasets(plan: Plan, store: Store, shards: Sequence[ShardCells]) -> list[str]:
    """Write the translated rows of every dataset of a run.

    Returns:
        The files written, relative to the output folder.
    """
    of_rows = [cells for cells in shards if cells.read.shard.releases[0].row is not None]
    written: list[str] = []
    for name, group in groupby(of_rows, key=_dataset):
        batches = list(group)
        for number, job in enumerate(plan.jobs):
            for blocked in (False, True):
                place = f"{TRANSLATIONS}/{release_folder(name, blocked)}{job.target_lang}/{job.system.name}"
                stem = PurePosixPath(name).stem
                rows = list_rows(plan, store, batches, number, blocked)
                first = next(rows, None)
                if first is None:
                    for suffix in SUFFIXES:
                        store.remove_file(f"{place}/{stem}.{job.target_lang}{suffix}")
                    continue
                paths = write_rows(store.output / place, stem, job.target_lang, chain([first], rows))
                written += [path.relative_to(store.output).as_posix() for path in paths]
    return written


def list_rows(
    plan: Plan, store: Store, batches: Sequence[ShardCells], number: int, blocked: bool
) -> Iterator[TranslatedRow]:
    """Yield a dataset's translated rows.

    Args:
        plan: The plan.
        store: The output folder.
        batches: The dataset's shards, in order.
        number: Place of the job in each shard's targets.
        blocked: Whether to yield the blocked ones, or all others.

    Raises:
        UnreadableError: The dataset is not what it was when the run began.
    """
    for cells in batches:
        target = cells.targets[number]
        written = {item.path: item for item in target_records(store, target, "write", WrittenDocument)}
        chosen = {path: item for path, item in written.items() if (item.verdict.state == "blocked") == blocked}
        if not chosen:
            continue
        prepared = {item.document.path: item for item in records_of(store, cells.read, PreparedDocument)}
        translated = {item.path: item for item in translated_documents(store, target)}
        summaries = {item.path: item for item in target_records(store, target, "summarize", SummarizedDocument)}
        name = _dataset(cells)
        for row in shard_rows(cells.read.shard, plan.limits, plan.config.columns).rows:
            path = f"{name}#{row.number}"
            if path in chosen:
                blocks = target_blocks(prepared[path], translated[path])
                title, text = translated_row_texts(row, blocks)
                verdict = chosen[path].verdict
                yield TranslatedRow(
                    row.row_id,
                    path,
                    verdict.doc_id,
                    verdict.system,
                    verdict.target_lang,
                    title,
                    text,
                    verdict.state,
                    summaries[path].summaries,
                )


def _dataset(cells: ShardCells) -> str:
    return cells.read.shard.name.rpartition("#")[0]
