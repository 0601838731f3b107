"""Rows of Parquet files, saved `datasets` folders and hub datasets, streamed through Arrow batches.

Texts stay bytes until each is decoded by itself, so that one damaged row spoils no other. Nothing is mapped into
memory or read ahead: a dataset of any size passes through a few megabytes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.read.row_records import Source, only, refuse_duplicates, require_columns

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH_ROWS = 256
_BUFFER_BYTES = 1 << 20
_MAX_METADATA_BYTES = 32_000_000
_PLAIN_NAME = re.compile(r"[\w-][\w.-]*")


def parquet_source(path: Path, required: Sequence[str], optional: Sequence[str], start_row: int) -> Source:
    """Yield the rows of a Parquet file; row groups before `start_row` are not read.

    Raises:
        InputError: The file cannot be read, or a required column is missing or holds no text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Without a buffer a whole column chunk, often the whole file, would be held at once.
        with pq.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False, memory_map=False) as file:
            columns = _columns(path.name, file.schema_arrow, required, optional)
            sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
            ends = list(accumulate(sizes))
            groups = [group for group, end in enumerate(ends) if end >= start_row]
            number = 1 + (ends[groups[0]] - sizes[groups[0]] if groups else 0)
            batches = file.iter_batches(_BATCH_ROWS, row_groups=groups, columns=columns, use_threads=False)
            yield from _records(batches, number, start_row)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise InputError(f"{path.name}: damaged, or no Parquet file", "export the dataset again") from error


def saved_source(folder: Path, required: Sequence[str], optional: Sequence[str], start_row: int) -> Source:
    """Yield the rows of what `Dataset.save_to_disk` or `DatasetDict.save_to_disk` wrote; splits follow each other.

    Raises:
        InputError: The folder cannot be read, or a required column is missing or holds no text.
    """
    import pyarrow as pa

    number = 1
    for file in _arrow_files(folder):
        try:
            with pa.OSFile(str(file)) as handle, pa.ipc.open_stream(handle) as batches:
                columns = _columns(folder.name, batches.schema, required, optional)
                for batch in batches:
                    if number + batch.num_rows > start_row:
                        wanted = batch.select(columns)
                        pieces = (wanted.slice(at, _BATCH_ROWS) for at in range(0, wanted.num_rows, _BATCH_ROWS))
                        yield from _records(pieces, number, start_row)
                    number += batch.num_rows
        except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
            raise InputError(f"{folder.name}/{file.name}: damaged", "save the dataset again") from error


def hub_source(name: str, required: Sequence[str], optional: Sequence[str], start_row: int) -> Source:
    """Yield the rows of a hub dataset, or of a local folder of data files, through the `datasets` library.

    Args:
        name: `owner/name` or `owner/name:split`; without a split, all of them follow each other.
        required: Columns without which it is refused.
        optional: Columns that are taken where there are any.
        start_row: Number of the first row to yield.

    Raises:
        InputError: It cannot be loaded, or lacks a required column.
    """
    import pyarrow as pa
    from datasets import load_dataset
    from datasets.exceptions import DatasetsError

    repository, _, split = name.partition(":")
    if not repository.strip("/"):
        raise InputError(
            f"hf:{name}: cannot be loaded: it names no dataset", "write hf:owner/name or hf:owner/name:split"
        )
    try:
        loaded = load_dataset(repository, split=split or None, streaming=True)
        parts = list(loaded.values()) if isinstance(loaded, dict) else [loaded]
        for number, values in enumerate(chain.from_iterable(parts), start=1):
            if number == 1:
                require_columns(f"hf:{name}", required, values, values)
            if number >= start_row:
                yield number, only(values, (*required, *optional))
    except (DatasetsError, pa.ArrowException, OSError, ValueError, RuntimeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(
            f"hf:{name}: cannot be loaded: {reason}", "check the name and the network, or give a saved folder"
        ) from error


def _arrow_files(folder: Path) -> Iterator[Path]:
    if (folder / "dataset_dict.json").is_file():
        splits = _metadata(folder / "dataset_dict.json").get("splits")
        folders = [folder / str(split) for split in splits] if isinstance(splits, list) else []
        if not folders or any(not _PLAIN_NAME.fullmatch(part.name) or part.parent != folder for part in folders):
            raise InputError(f"{folder.name}: its dataset_dict.json names no splits", "save the dataset again")
    else:
        folders = [folder]
    for part in folders:
        files = _metadata(part / "state.json").get("_data_files")
        names = [file.get("filename") for file in files if isinstance(file, dict)] if isinstance(files, list) else []
        if not names or any(not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name) for name in names):
            raise InputError(f"{part.name}: its state.json names no Arrow files", "save the dataset again")
        yield from (part / str(name) for name in names)


def _metadata(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            values = json.loads(handle.read(_MAX_METADATA_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path.parent.name}: no readable {path.name}", "save the dataset again") from error
    if not isinstance(values, dict):
        raise InputError(f"{path.parent.name}: no readable {path.name}", "save the dataset again")
    return values


def _records(batches: "Iterable[pa.RecordBatch]", number: int, start_row: int) -> Source:
    for batch in batches:
        if number + batch.num_rows > start_row:
            values = zip(*(_values(column) for column in batch.columns), strict=True)
            for offset, row in enumerate(values):
                if number + offset >= start_row:
                    yield number + offset, dict(zip(batch.schema.names, row, strict=True))
        number += batch.num_rows


def _values(column: "pa.Array") -> list[Any]:
    """Return a column's values, texts as undecoded bytes; offsets are checked first, since the file may be hostile."""
    import pyarrow as pa

    if pa.types.is_string(column.type):
        column = column.cast(pa.binary())
    elif pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    column.validate(full=True)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    values: list[Any] = column.to_pylist()
    return values


def _columns(name: str, schema: "pa.Schema", required: Sequence[str], optional: Sequence[str]) -> list[str]:
    import pyarrow as pa

    require_columns(name, required, schema.names, schema.names)
    refuse_duplicates(name, schema.names, (*required, *optional))
    for column in required:
        kind = schema.field(column).type
        if not (_is_text(kind) or (pa.types.is_dictionary(kind) and _is_text(kind.value_type))):
            raise InputError(f"{name}: its column “{column}” holds {kind}, not text", "name another one in [columns]")
    return [column for column in schema.names if column in {*required, *optional}]


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
