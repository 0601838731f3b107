"""Datasets through whole runs: rows in, as many rows out, and what cannot be read or published named and apart."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from whole_runs import FAKE, TEXT, communique, config_file, files_of, jsonl, release, snapshot, write_files

COLUMNS = '[columns]\ntext = "corps"\nid = "numero"\ntitle = "titre"\n'
PLACE = "translations/{}/x-rot13/fake/data.x-rot13{}"

ROWS: list[dict[str, Any]] = [
    {"numero": f"r{number}", "titre": f"Communiqué numéro {number}", "corps": release(number)} for number in range(4)
]
BLOCKED = {"numero": "r4", "titre": "Contact", "corps": f"{TEXT}\nContact : presse@example.org\n"}
ENGLISH = {"numero": "r5", "titre": "Police", "corps": "The police arrested twelve people on Tuesday in Lyon. " * 3}
EMPTY = {"numero": "r6", "titre": "Vide", "corps": ""}
ALL_ROWS = [*ROWS, ENGLISH, BLOCKED, EMPTY]


def as_jsonl(path: Path) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in ALL_ROWS), encoding="utf-8")


def as_csv(path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(BLOCKED))
    writer.writeheader()
    writer.writerows(ALL_ROWS)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def as_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ALL_ROWS), path)


def as_saved_folder(path: Path) -> None:
    from datasets import Dataset

    Dataset.from_list(ALL_ROWS).save_to_disk(path)


MAKERS: dict[str, Callable[[Path], None]] = {
    "data.jsonl": as_jsonl,
    "data.csv": as_csv,
    "data.parquet": as_parquet,
    "data": as_saved_folder,
}


@pytest.mark.parametrize("name", MAKERS)
def test_rows_come_out_as_rows_in_both_formats(tmp_path: Path, name: str) -> None:
    MAKERS[name](tmp_path / name)
    config, output = config_file(tmp_path, FAKE + COLUMNS), tmp_path / "out"
    arguments = ["run", config, "--input", tmp_path / name, "--to", "x-rot13", "--output", output]
    ended = communique(*arguments, "--json")
    assert ended.code == 2, ended.err
    assert ended.json["counts"] == {"releases": 7, "ready": 0, "review": 4, "blocked": 1, "failed": 2}

    rows = jsonl(output / PLACE.format(name, ".jsonl"))
    assert pq.read_table(output / PLACE.format(name, ".parquet")).to_pylist() == rows
    assert [(row["id"], row["verdict"]) for row in rows] == [(f"r{number}", "review") for number in range(4)]
    assert [row["title"] for row in rows] == [f"Pbzzhavdhé ahzéeb {number}" for number in range(4)]
    assert all(row["text"].count("\n") == release(0).count("\n") for row in rows)
    assert all(row["headline"] and row["bullets"] for row in rows)

    (blocked,) = jsonl(output / PLACE.format(f"blocked/{name}", ".jsonl"))
    assert (blocked["id"], blocked["verdict"]) == ("r4", "blocked")
    assert pq.read_table(output / PLACE.format(f"blocked/{name}", ".parquet")).to_pylist() == [blocked]

    failures = {row["path"]: row for row in jsonl(output / "failures.jsonl")}
    assert len(failures) == 2
    english = next(row for path, row in failures.items() if "English" in row["message"])
    assert english["path"].startswith(f"{name}#")
    assert all(row["remedy"] and row["stage"] == "read" for row in failures.values())
    assert not any(file.startswith("summaries/") for file in files_of(output))
    assert communique("verify", output).code == 0

    before = snapshot(output)
    assert communique(*arguments).code == 2
    assert snapshot(output) == before


def test_files_of_rows_go_away_with_their_last_row(tmp_path: Path) -> None:
    def run(*rows: dict[str, Any]) -> list[str]:
        write_files(tmp_path, {"data.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
        config = config_file(tmp_path, FAKE + COLUMNS)
        data, output = tmp_path / "data.jsonl", tmp_path / "out"
        communique("run", config, "--input", data, "--to", "x-rot13", "--output", output)
        return [file for file in files_of(output) if file.startswith("translations/")]

    ready, blocked = (
        [PLACE.format(f"{folder}data.jsonl", suffix) for suffix in (".jsonl", ".parquet")]
        for folder in ("", "blocked/")
    )
    assert run(ROWS[0], BLOCKED) == sorted(ready + blocked)
    assert run(ROWS[0]) == ready
    assert run(BLOCKED) == blocked


def test_several_batches_and_a_part_of_a_dataset(tmp_path: Path) -> None:
    rows = [json.dumps({"text": release(number)}) for number in range(300)]
    write_files(tmp_path, {"data.jsonl": "\n".join(rows)})
    config, output = config_file(tmp_path), tmp_path / "out"
    arguments = ["run", config, "--input", tmp_path / "data.jsonl", "--to", "x-rot13", "--output", output]
    assert communique(*arguments, "--limit", 258).code == 0
    place = output / PLACE.format("data.jsonl", ".jsonl")
    assert [row["id"] for row in jsonl(place)] == [str(number) for number in range(1, 259)]
    assert communique(*arguments, "--sample", 5).code == 0
    sampled = [row["id"] for row in jsonl(place)]
    assert len(sampled) == 5
    assert communique(*arguments, "--sample", 5).code == 0
    assert [row["id"] for row in jsonl(place)] == sampled


@pytest.mark.parametrize("content", ["", "numero,titre\nr1,a\n"])
def test_a_dataset_without_its_columns_fails_alone(tmp_path: Path, content: str) -> None:
    write_files(tmp_path / "in", {"good.txt": TEXT, "data.csv": content})
    config, output = config_file(tmp_path, FAKE + COLUMNS), tmp_path / "out"
    ended = communique("run", config, "--input", tmp_path / "in", "--to", "x-rot13", "--output", output, "--json")
    assert ended.code == 2
    assert {(row["path"], row["state"]) for row in ended.json["outcomes"]} == {
        ("good.txt", "review"),
        ("data.csv", "failed"),
    }
    assert "corps" in next(row["reason"] for row in ended.json["outcomes"] if row["path"] == "data.csv")
