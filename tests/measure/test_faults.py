"""Runs that are killed, and files that rot: the next run makes the folder that an unbroken run makes."""

import json
from pathlib import Path

import pytest
from whole_runs import COMMUNIQUE, FOUR_FORMATS, MARKDOWN, TWO_FAKES, communique, config_file, release, write_files

from pipeline.measure.faults import choose_damages, contents, count_cells, kill_runs, run_to_end
from pipeline.store import Store

KILLS = 10


def arguments(folder: Path, output: Path) -> list[str]:
    words = [
        "run",
        folder / "communique.toml",
        "--input",
        folder / "in",
        "--to",
        "x-rot13,x-accent",
        "--output",
        output,
    ]
    return [str(word) for word in words]


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("unbroken")
    rows = "".join(json.dumps({"text": release(number)}) + "\n" for number in range(3))
    write_files(folder / "in", {"a.md": MARKDOWN, "b.docx": FOUR_FORMATS["d.docx"], "rows.jsonl": rows})
    config_file(folder, TWO_FAKES)
    output = folder / "out"
    assert communique(*arguments(folder, output)).code == 1  # the brackets of x-accent are traces of the machine
    return output


def test_a_run_killed_ten_times_ends_as_if_nobody_had_disturbed_it(unbroken: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    command = [*COMMUNIQUE, *arguments(unbroken.parent, output)]
    killed = list(kill_runs(command, output, KILLS, count_cells(unbroken), seed=2014))
    assert [problem for one in killed for problem in one.problems] == []
    assert len(killed) == KILLS
    assert len({one.cells for one in killed}) >= 4  # they were killed at different points
    run_to_end(command)
    assert contents(output) == contents(unbroken)
    assert list(output.rglob("*.part")) == []
    assert Store(output).verify() == []


@pytest.mark.parametrize("seed", range(2))
def test_damage_of_every_kind_of_file_is_found_and_made_good_by_the_next_run(unbroken: Path, seed: int) -> None:
    output = unbroken
    expected = contents(output)
    damages = choose_damages(output, 30, seed)
    assert {damage.path.suffix for damage in damages} >= {".html", ".json", ".jsonl", ".parquet", ".docx", ".md"}
    assert [damage.path for damage in damages if not damage.is_found(output)] == []
    for damage in damages:
        damage.do()
    assert communique("verify", output).code == 2
    assert communique(*arguments(output.parent, output)).code == 1
    assert contents(output) == expected
    assert communique("verify", output).code == 0
