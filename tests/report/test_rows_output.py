import json

import pyarrow.parquet as pq
import pytest

from pipeline.records import Summary
from pipeline.report.rows_output import COLUMNS, TranslatedRow, write_rows


def summary(channel, text):
    return Summary("doc", "en", "apertium", channel, text, (("s0",),))


def rows(count):
    for number in range(1, count + 1):
        yield TranslatedRow(
            row_id=f"r{number}",
            path=f"data.jsonl#{number}",
            doc_id=f"{number:016x}",
            system="apertium",
            target_lang="en",
            title="58 arrests",
            text=f"“Operation” no. {number}\nended.\u2028Really é 国.",
            verdict="review",
            summaries=(summary("headline", "58 arrests"), summary("bullets", "One.\nTwo.")),
        )


def test_rows_become_rows_in_both_formats_with_the_same_content(tmp_path):
    lines, table = write_rows(tmp_path / "translations", "data", "en", rows(3))
    assert (lines.name, table.name) == ("data.en.jsonl", "data.en.parquet")
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").split("\n") if line]
    assert records == pq.read_table(table).to_pylist()
    assert [record["id"] for record in records] == ["r1", "r2", "r3"]
    assert tuple(records[0]) == COLUMNS
    assert records[1]["text"] == "“Operation” no. 2\nended.\u2028Really é 国."
    assert (records[0]["headline"], records[0]["bullets"], records[0]["post"]) == ("58 arrests", "One.\nTwo.", "")


def test_no_rows_make_empty_files_with_all_columns(tmp_path):
    lines, table = write_rows(tmp_path, "data", "pt-BR", [])
    assert lines.read_bytes() == b""
    assert tuple(pq.read_table(table).column_names) == COLUMNS


def test_the_same_rows_give_the_same_bytes(tmp_path):
    first = [path.read_bytes() for path in write_rows(tmp_path / "a", "data", "en", rows(50))]
    assert first == [path.read_bytes() for path in write_rows(tmp_path / "b", "data", "en", rows(50))]


def test_many_rows_go_into_several_row_groups_in_their_order(tmp_path):
    _, table = write_rows(tmp_path, "data", "en", rows(9_000))
    assert pq.ParquetFile(table).metadata.num_row_groups == 3
    assert pq.read_table(table, columns=["id"])["id"].to_pylist() == [f"r{number}" for number in range(1, 9_001)]


def test_a_row_that_breaks_half_way_leaves_what_was_there_before(tmp_path):
    def breaking():
        yield from rows(2)
        raise RuntimeError("broken")

    before = [path.read_bytes() for path in write_rows(tmp_path, "data", "en", rows(1))]
    with pytest.raises(RuntimeError, match="broken"):
        write_rows(tmp_path, "data", "en", breaking())
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == before


def test_a_dataset_in_a_folder_keeps_its_folder(tmp_path):
    paths = write_rows(tmp_path, "2024/mai", "en", rows(1))
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["2024/mai.en.jsonl", "2024/mai.en.parquet"]


def test_rows_are_taken_one_by_one(tmp_path):
    alive = 0
    most = 0

    class Counted(str):
        __slots__ = ()

        def __del__(self):
            nonlocal alive
            alive -= 1

    def counted():
        nonlocal alive, most
        for row in rows(10_000):
            alive += 1
            most = max(most, alive)
            yield TranslatedRow(Counted(row.row_id), row.path, row.doc_id, row.system, "en", "", "x" * 10, "ready")

    write_rows(tmp_path, "data", "en", counted())
    assert most < 5_000
