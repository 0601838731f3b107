import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.config import ColumnsConfig
from pipeline.errors import InputError
from pipeline.read import row_lines
from pipeline.read.base import Limits
from pipeline.read.rows import ROW_SUFFIXES, Row, iterate_rows, row_document, translated_row_texts
from pipeline.records import TargetBlock

RECORDS = [
    {"id": "a", "titre": "Arrestations", "text": "Une opération a abouti.\nElle continue.", "n": 1},
    {"id": "b", "titre": None, "text": "Deuxième « texte », avec; des\tsignes.", "n": 2},
    {"id": "c", "titre": "Fin", "text": "Troisième.\n\n2014\n", "n": 3},
]
os.environ["HF_HUB_OFFLINE"] = "1"  # before any test imports `datasets`, which reads it once

COLUMNS = ColumnsConfig()
TITLED = ColumnsConfig(title="titre")


def write_jsonl(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def write_csv(path, records, encoding="utf-8", delimiter=","):
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, list(records[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(records)


def write_parquet(path, records, **options):
    pq.write_table(pa.Table.from_pylist(records), path, **options)


def save_dataset(path, records):
    from datasets import Dataset

    Dataset.from_list(records).save_to_disk(path)


WRITERS = {".jsonl": write_jsonl, ".csv": write_csv, ".parquet": write_parquet, "": save_dataset}


@pytest.fixture(params=list(WRITERS), ids=["jsonl", "csv", "parquet", "saved"])
def dataset(request, tmp_path):
    path = tmp_path / f"data{request.param}"
    WRITERS[request.param](path, RECORDS)
    return path


def read(path, columns=COLUMNS, **options):
    return list(iterate_rows(path, columns, **options))


def only_batch(path, columns=COLUMNS, **options):
    (batch,) = read(path, columns, **options)
    return batch


def test_every_format_gives_the_same_rows(dataset):
    batch = only_batch(dataset, TITLED)
    assert batch.rows == (
        Row(1, "a", "Arrestations", "Une opération a abouti.\nElle continue."),
        Row(2, "b", "", "Deuxième « texte », avec; des\tsignes."),
        Row(3, "c", "Fin", "Troisième.\n\n2014\n"),
    )
    assert (batch.first_row, batch.failures) == (1, ())


def test_batches_and_their_digests_depend_on_content_alone(dataset, tmp_path):
    batches = read(dataset, batch_rows=2)
    assert [batch.first_row for batch in batches] == [1, 3]
    assert [len(batch.rows) for batch in batches] == [2, 1]
    other = tmp_path / "other.jsonl"
    write_jsonl(other, [*RECORDS[:2], {**RECORDS[2], "text": "Autre."}])
    digests = [batch.digest for batch in read(other, batch_rows=2)]
    assert digests[0] == batches[0].digest
    assert digests[1] != batches[1].digest


@pytest.mark.parametrize("start_row", [1, 2, 3, 4])
def test_reading_can_start_at_any_row(dataset, start_row):
    numbers = [row.number for batch in read(dataset, start_row=start_row) for row in batch.rows]
    assert numbers == list(range(start_row, 4))


def test_row_groups_before_the_start_are_passed_over(tmp_path):
    path = tmp_path / "data.parquet"
    write_parquet(path, [{"text": f"Texte {number}."} for number in range(1, 1001)], row_group_size=100)
    batch = read(path, start_row=513)[0]
    assert (batch.first_row, batch.rows[0].text, len(batch.rows)) == (513, "Texte 513.", 256)
    assert batch.rows[-1] == Row(768, "768", "", "Texte 768.")


def test_a_batch_read_again_is_the_same_one(dataset):
    for batch in read(dataset, batch_rows=2):
        assert next(iterate_rows(dataset, COLUMNS, batch_rows=2, start_row=batch.first_row)) == batch


def test_a_wrong_text_column_is_refused_with_those_there_are(dataset):
    with pytest.raises(InputError, match="no column “corps”; there are “id”, “titre”, “text”, “n”"):
        read(dataset, ColumnsConfig(text="corps"))


def test_a_wrong_title_column_is_refused_too(dataset):
    with pytest.raises(InputError, match="no column “chapeau”"):
        read(dataset, ColumnsConfig(title="chapeau"))


def test_without_an_id_column_the_number_is_the_id(dataset):
    assert [row.row_id for row in only_batch(dataset, ColumnsConfig(id="key")).rows] == ["1", "2", "3"]


def test_numbers_are_fit_for_ids(dataset):
    assert [row.row_id for row in only_batch(dataset, ColumnsConfig(id="n")).rows] == ["1", "2", "3"]


def test_bad_rows_are_failures_in_their_place_and_the_others_go_on(tmp_path):
    path = tmp_path / "data.jsonl"
    lines = [
        b'\xef\xbb\xbf{"text": "Un."}',
        b"{broken",
        b"",
        b"[1, 2]",
        b'{"texte": "Sans colonne."}',
        b'{"text": null}',
        b'{"text": 12}',
        b'{"text": ["Un."]}',
        b'{"text": "  \\n 12 "}',
        b'{"text": "\\ud800 moiti\\u00e9"}',
        b'{"text": "\xe9t\xe9"}',
        b'{"text": "Un.", "id": {"a": 1}}',
        b'{"text": "Un.", "id": "' + b"x" * 600 + b'"}',
        b"[" * 100_000,
        b'{"text": "Deux.", "n": ' + b"9" * 5_000 + b"}",
        b'{"text": "Trois."}',
    ]
    path.write_bytes(b"\n".join(lines))
    batch = only_batch(path)
    assert [(row.number, row.text) for row in batch.rows] == [(1, "Un."), (16, "Trois.")]
    assert [failure.number for failure in batch.failures] == [2, *range(4, 16)]
    parts = "not JSON|no object|no “text”|is empty|is int|is list|no text|half a character|not UTF-8|“id” is dict|"
    parts += "longer than 500|not JSON|not JSON"
    for failure, part in zip(batch.failures, parts.split("|"), strict=True):
        assert part in failure.message
    assert all(failure.remedy for failure in batch.failures)


def test_failures_change_the_digest(tmp_path):
    path = tmp_path / "data.jsonl"
    path.write_text('{"text": "Un."}\n{"text": null}\n', encoding="utf-8")
    first = only_batch(path).digest
    path.write_text('{"text": "Un."}\n{"text": 1}\n', encoding="utf-8")
    assert only_batch(path).digest != first


def test_tables_with_nulls_and_undecodable_texts_fail_by_row(tmp_path):
    path = tmp_path / "data.parquet"
    texts = pa.array([b"Un.", None, b"\xe9t\xe9", b"Quatre."], pa.binary())
    broken = pa.StringArray.from_buffers(4, texts.buffers()[1], texts.buffers()[2], texts.buffers()[0])
    pq.write_table(pa.table({"text": broken}), path)
    batch = only_batch(path)
    assert [row.text for row in batch.rows] == ["Un.", "Quatre."]
    assert [(failure.number, failure.message) for failure in batch.failures] == [
        (2, "“text” is empty"),
        (3, "“text” is not UTF-8"),
    ]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()])
def test_every_kind_of_text_column_is_read(tmp_path, kind):
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table({"text": pa.array(["Un.", "Deux.", "Un."]).cast(kind)}), path)
    assert [row.text for row in only_batch(path).rows] == ["Un.", "Deux.", "Un."]


def test_a_column_of_numbers_is_no_text_column(tmp_path):
    path = tmp_path / "data.parquet"
    write_parquet(path, RECORDS)
    with pytest.raises(InputError, match="its column “n” holds int64, not text"):
        read(path, ColumnsConfig(text="n"))


@pytest.mark.parametrize(
    ("limits", "part"),
    [
        (Limits(max_bytes=20), "bytes, 20 allowed"),
        (Limits(max_blocks=1), "2 paragraphs, 1 allowed"),
        (Limits(max_block_chars=20), "characters in one paragraph, 20 allowed"),
    ],
)
def test_a_row_above_a_limit_is_a_failure_that_names_it(tmp_path, limits, part):
    path = tmp_path / "data.jsonl"
    write_jsonl(path, [RECORDS[0], {"id": "z", "text": "Court."}])
    batch = only_batch(path, limits=limits)
    assert [row.row_id for row in batch.rows] == ["z"]
    assert part in batch.failures[0].message
    assert "[limits]" in batch.failures[0].remedy


def test_a_batch_of_long_texts_is_closed_early(tmp_path):
    path = tmp_path / "data.jsonl"
    text = "\n".join(["a" * 90_000] * 15)
    write_jsonl(path, [{"text": text}] * 7)
    assert [len(batch.rows) for batch in read(path)] == [3, 3, 1]


def test_lines_that_cannot_be_held_are_failures(tmp_path, monkeypatch):
    monkeypatch.setattr(row_lines, "MAX_LINE_BYTES", 100)
    path = tmp_path / "data.jsonl"
    write_jsonl(path, [{"text": "x" * 5_000}, {"text": "Un."}])
    batch = only_batch(path)
    assert ([row.text for row in batch.rows], [failure.number for failure in batch.failures]) == (["Un."], [1])
    table = tmp_path / "data.csv"
    write_csv(table, [{"text": "Un."}, {"text": "x" * 5_000}, {"text": "Trois."}])
    batch = only_batch(table)
    assert [(row.number, row.text) for row in batch.rows] == [(1, "Un."), (3, "Trois.")]
    assert "longer than 100" in batch.failures[0].message
    table.write_text("x" * 500 + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="first line is no header"):
        read(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_spreadsheets_write_csv_in_many_ways(tmp_path, encoding, delimiter):
    path = tmp_path / "data.CSV"
    write_csv(path, RECORDS, encoding, delimiter)
    assert [row.text for row in only_batch(path).rows] == [record["text"] for record in RECORDS]


def test_csv_rows_of_another_width_are_failures(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text('id,text\na,Un.\n\nb,Deux, trois.\nc\nd,"Quatre,\ncinq."\n', encoding="utf-8")
    batch = only_batch(path)
    assert [(row.number, row.text) for row in batch.rows] == [(1, "Un."), (4, "Quatre,\ncinq.")]
    assert [(failure.number, failure.message) for failure in batch.failures] == [
        (2, "3 cells, but the header has 2"),
        (3, "1 cells, but the header has 2"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("data.csv", b"text,id,text\na,b,c\n", "stands twice"),
        ("data.csv", b"", "no column “text”; there are none"),
        ("data.csv", b"\x81\x8d\xff\n", "neither UTF-8"),
        ("data.jsonl", "{}".encode("utf-16"), "UTF-16"),
        ("data.jsonl", b'{"a": 1}\n' * 300, "no column “text”; there are “a”"),
        ("data.parquet", b"", "no Parquet"),
        ("data.parquet", b"PAR1" + b"\x00" * 64 + b"PAR1", "no Parquet"),
        ("data.txt", b"", "not a dataset"),
    ],
)
def test_files_that_are_no_datasets_are_refused(tmp_path, name, content, part):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=part):
        read(path)


@pytest.mark.parametrize("suffix", ROW_SUFFIXES)
def test_a_file_that_is_not_there_is_an_input_error(tmp_path, suffix):
    with pytest.raises(InputError):
        read(tmp_path / f"none{suffix}")


def test_an_empty_jsonl_file_has_no_rows(tmp_path):
    path = tmp_path / "data.jsonl"
    path.write_bytes(b"\n\n")
    assert read(path) == []


def test_the_splits_of_a_saved_dict_follow_each_other(tmp_path):
    from datasets import Dataset, DatasetDict

    folder = tmp_path / "saved"
    DatasetDict({"train": Dataset.from_list(RECORDS[:2]), "test": Dataset.from_list(RECORDS[2:])}).save_to_disk(folder)
    assert [(row.number, row.row_id) for row in only_batch(folder).rows] == [(1, "a"), (2, "b"), (3, "c")]
    assert [row.number for row in only_batch(folder, start_row=3).rows] == [3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("state.json", None),
        ("state.json", b"{"),
        ("state.json", b"[]"),
        ("state.json", b'{"_data_files": []}'),
        ("state.json", b'{"_data_files": [{"filename": "../../secret.arrow"}]}'),
        ("state.json", b'{"_data_files": [{"filename": "missing.arrow"}]}'),
        ("dataset_dict.json", b'{"splits": ["../elsewhere"]}'),
        ("dataset_dict.json", b'{"splits": []}'),
        ("data-00000-of-00001.arrow", b"\xff\xff\xff\xff\x10\x00\x00\x00" + b"\x00" * 40),
    ],
)
def test_a_damaged_saved_dataset_is_an_input_error(tmp_path, name, content):
    folder = tmp_path / "saved"
    save_dataset(folder, RECORDS)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(InputError):
        read(folder)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("split", ["", ":train"])
def test_hub_names_go_through_the_datasets_library(tmp_path, suffix, split):
    folder = tmp_path / "local"
    folder.mkdir()
    WRITERS[suffix](folder / f"train{suffix}", RECORDS)
    batch = only_batch(Path(f"hf:{folder}{split}"), TITLED)
    assert [(row.number, row.title) for row in batch.rows] == [(1, "Arrestations"), (2, ""), (3, "Fin")]
    assert [row.number for row in only_batch(Path(f"hf:{folder}{split}"), start_row=3).rows] == [3]
    with pytest.raises(InputError, match="no column “corps”"):
        read(Path(f"hf:{folder}{split}"), ColumnsConfig(text="corps"))


@pytest.mark.parametrize("name", ["hf:owner/none", "hf:owner/none:train", "hf:a b/c", "hf:"])
def test_a_hub_name_that_cannot_be_loaded_is_an_input_error(name):
    with pytest.raises(InputError, match="cannot be loaded"):
        read(Path(name))


def test_a_row_becomes_a_release():
    row = Row(12, "a", " Titre\nen deux ", "Un.\r\n\n  Deux. \u2028***\nTrois.")
    document = row_document(row, "folder/data.jsonl", "fr")
    assert (document.path, document.lang, document.format) == ("folder/data.jsonl#12", "fr", "row")
    assert [(block.block_id, block.text, block.layout, block.level) for block in document.blocks] == [
        ("b0", "Titre en deux", "heading", 1),
        ("b1", "Un.", "paragraph", 0),
        ("b2", "Deux.", "paragraph", 0),
        ("b3", "Trois.", "paragraph", 0),
    ]
    assert len(document.doc_id) == 16


def test_the_id_of_a_release_is_its_content_alone():
    one = row_document(Row(1, "a", "Titre", "Un."), "data.csv", "fr")
    assert row_document(Row(9, "z", "Titre", "Un.\n"), "other.parquet", "fr").doc_id == one.doc_id
    assert row_document(Row(1, "a", "", "Titre\nUn."), "data.csv", "fr").doc_id != one.doc_id


def test_translated_texts_keep_what_is_no_paragraph():
    row = Row(1, "a", "Titre", "Un.\r\n\n  Deux. \u2028***\nTrois.")
    blocks = {name: TargetBlock(name, text) for name, text in {"b0": "Title", "b1": "One.", "b2": "Two."}.items()}
    assert translated_row_texts(row, blocks) == ("Title", "One.\r\n\n  Two. \u2028***\nTrois.")


@settings(max_examples=80, deadline=None)
@given(st.text("a é\n\r\u2028\x0b12.«»", max_size=60), st.text("a 1\n", max_size=10))
def test_a_rows_own_texts_put_back_change_nothing(text, title):
    row = Row(1, "1", title, text)
    blocks = {block.block_id: TargetBlock(block.block_id, block.text) for block in row_document(row, "d", "fr").blocks}
    assert translated_row_texts(row, {}) == (title, text)
    back, rebuilt = translated_row_texts(row, blocks)
    assert rebuilt == text
    assert back.split() == title.split()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ROW_SUFFIXES), st.binary(max_size=300))
@example(".csv", b'text\n"never closed\n' * 3)
@example(".csv", b"text\n\x00a\r\rb\n")
@example(".jsonl", b'{"text": "a\x00"}\n\xff\xfe')
def test_arbitrary_bytes_raise_nothing_but_input_errors(tmp_path, suffix, content):
    path = tmp_path / f"fuzz{suffix}"
    path.write_bytes(content)
    try:
        read(path)
    except InputError as error:
        assert error.remedy


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from([".jsonl", ".csv", ".parquet"]))
def test_flipped_and_cut_bytes_raise_nothing_but_input_errors(tmp_path, data, suffix):
    path = tmp_path / f"flipped{suffix}"
    WRITERS[suffix](path, RECORDS)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(
        bytes(content[: data.draw(st.integers(0, len(content)))]) if data.draw(st.booleans()) else bytes(content)
    )
    try:
        read(path)
    except InputError as error:
        assert error.remedy


MEASURE = """
import resource, sys
from pathlib import Path
from pipeline.config import ColumnsConfig
from pipeline.read.rows import iterate_rows
rows = sum(len(batch.rows) for batch in iterate_rows(Path(sys.argv[1]), ColumnsConfig()))
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_memory_does_not_grow_with_the_dataset(tmp_path, suffix):
    def measure(count):
        path = tmp_path / f"{count}{suffix}"
        text = "Une opération coordonnée a abouti à des arrestations. " * 50
        WRITERS[suffix](path, [{"id": str(number), "text": f"{number} {text}"} for number in range(count)])
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True, cwd=root
        )
        rows, megabytes = map(int, done.stdout.split())
        assert rows == count
        return megabytes

    assert measure(20_000) - measure(500) < 40
