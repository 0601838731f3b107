"""The command line as its users meet it: what is printed where, exit codes, interruptions, and the small commands."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whole_runs import FAKE, ROOT, TEXT, Ended, communique, config_file, jsonl, release, start, write_files

from pipeline import __version__
from pipeline.store import Store

CONTACT = f"{TEXT}\nContact : presse@example.org\n"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ended]:
    config_file(tmp_path)

    def run(*more: object, to: str = "x-rot13", text: str = TEXT) -> Ended:
        write_files(tmp_path / "in", {"a.txt": text})
        words = ("--input", tmp_path / "in", "--to", to, "--output", tmp_path / "out")
        return communique("run", tmp_path / "communique.toml", *words, *more)

    return run


class TestExitCodes:
    @pytest.mark.parametrize(
        ("text", "fail_on", "code"),
        [
            (TEXT, "never", 0),
            (TEXT, "blocked", 0),
            (TEXT, "review", 1),
            (CONTACT, "never", 0),
            (CONTACT, "blocked", 1),
            (CONTACT, "review", 1),
            (CONTACT, None, 1),
            ("", "never", 2),
        ],
    )
    def test_the_highest_that_applies(
        self, run: Callable[..., Ended], text: str, fail_on: str | None, code: int
    ) -> None:
        assert run(*(["--fail-on", fail_on] if fail_on else []), text=text).code == code

    def test_it_is_the_same_when_nothing_is_left_to_do(self, run: Callable[..., Ended]) -> None:
        assert [run(text=CONTACT).code for _ in range(2)] == [1, 1]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["run", "gone.toml"], "gone.toml"),
            (["run", "--to", "klingon-x"], "klingon-x"),
            (["run"], "there is nothing to read"),
            (["run", "a.toml", "b.toml"], "only one configuration"),
            (["status", "nowhere"], "no run has been here"),
            (["verify", "nowhere"], "no run has been here"),
            (["score", "nowhere", "--reference", "."], "nowhere"),
            (["run", "--limit", "0"], "'--limit'"),
            (["fly"], "fly"),
        ],
    )
    def test_what_cannot_be_done_is_two_with_a_word_of_explanation(
        self, arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        ended = communique(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert message in ended.err
        assert "Traceback" not in ended.err

    def test_all_problems_of_a_configuration_are_told_together(self, tmp_path: Path) -> None:
        config = config_file(tmp_path, 'targets = ["xx-nonsense"]\ncolour = 1\n[limits]\nmax_bytes = 0\n')
        ended = communique("run", config)
        assert ended.code == 2
        assert "3 problems" in ended.err
        for path in ("targets", "colour", "limits.max_bytes"):
            assert path in ended.err


class TestOutput:
    def test_standard_output_is_the_page_and_nothing_else(self, run: Callable[..., Ended], tmp_path: Path) -> None:
        ended = run()
        assert ended.out == f"{tmp_path / 'out' / 'index.html'}\n"
        assert "1 release × 1 language: 0 ready, 1 to review, 0 blocked, 0 failed" in ended.err

    def test_json_is_all_there_is_on_standard_output(self, run: Callable[..., Ended], tmp_path: Path) -> None:
        told = run("--json", "--fail-on", "never", to="x-rot13,ar", text=CONTACT).json
        assert told["index"] == str(tmp_path / "out" / "index.html")
        assert told["counts"] == {"releases": 1, "ready": 0, "review": 0, "blocked": 1, "failed": 1}
        by_state = {outcome["state"]: outcome for outcome in told["outcomes"]}
        assert (tmp_path / "out" / by_state["blocked"]["file"]).is_file()
        assert "no translator fr→ar" in by_state["failed"]["reason"]

    def test_a_release_needs_no_configuration(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        write_files(tmp_path, {"release.txt": TEXT})
        cells = communique("plan", "release.txt", "--to", "es", "--json").json["cells"]
        assert {cell["shard"] for cell in cells} == {"release.txt", ""}
        assert not (tmp_path / "outputs").exists()

    def test_the_version_is_told(self) -> None:
        assert communique("--version").out == f"communique {__version__}\n"

    def test_a_long_table_shows_the_worst(self, tmp_path: Path) -> None:
        texts = [*(release(number) for number in range(68)), CONTACT, ""]
        write_files(tmp_path, {"data.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in texts)})
        words = ["--input", tmp_path / "data.jsonl", "--to", "x-rot13", "--output", tmp_path / "out"]
        ended = communique("run", config_file(tmp_path), *words)
        shown = re.findall(r"^data\.jsonl#(\d+)", ended.err, re.MULTILINE)
        assert len(shown) == 60
        assert shown[:2] == ["70", "69"]
        assert "the 60 worst of 70" in ended.err


class TestSmallCommands:
    def test_status_tells_what_is_done_and_verify_what_is_not(self, run: Callable[..., Ended], tmp_path: Path) -> None:
        run()
        output = tmp_path / "out"
        file = output / "translations" / "a.txt" / "x-rot13" / "fake" / "a.x-rot13.txt"
        file.write_text("changed", encoding="utf-8")
        stages = communique("status", output, "--json").json["stages"]
        assert stages["write"] == {"done": 0, "of": 1}
        assert stages["translate"] == {"done": 1, "of": 1}
        assert re.search(r"write +0 +1", communique("status", output).err)
        ended = communique("verify", output)
        assert ended.code == 2
        assert "its content has changed since it was published" in ended.err
        problems = communique("verify", output, "--json").json["problems"]
        assert [problem.split(": ")[0] for problem in problems] == [str(file)]

    def test_plan_is_a_table_for_people(self, run: Callable[..., Ended], tmp_path: Path) -> None:
        write_files(tmp_path / "in", {"a.txt": TEXT})
        words = (tmp_path / "communique.toml", "--input", tmp_path / "in", "--output", tmp_path / "out")
        ended = communique("plan", *words, "--to", "x-rot13,x-accent")
        assert (ended.code, ended.out) == (0, "")
        assert "11 cells, 11 to do" in ended.err
        run()
        ended = communique("plan", *words, "--to", "x-rot13,x-accent")
        assert re.search(r"x-accent +translate +1 +to do +new language or system", ended.err)
        assert re.search(r"x-rot13 +translate +1 +cached", ended.err)

    def test_doctor_and_languages_tell_what_is_here(self, tmp_path: Path) -> None:
        config = config_file(tmp_path, f'targets = ["x-rot13", "ar"]\n{FAKE}')
        found = {(item["area"], item["name"]): item for item in communique("doctor", config, "--json").json}
        assert found["language pair", "fr→x-rot13 (fake)"]["available"]
        assert not found["language pair", "fr→ar (fake)"]["available"]
        assert ("metric", "BLEU, chrF2, TER") in found or any(area == "metric" for area, _ in found)
        assert "fr→ar (fake)" in communique("doctor", config).err
        tags = [item["tag"] for item in communique("languages", config, "--json").json]
        assert tags == ["x-accent", "x-rot13"]
        assert "x-accent" in communique("languages", config).err

    @pytest.mark.parametrize(
        "command", ["run", "plan", "status", "verify", "doctor", "languages", "score", "translate"]
    )
    def test_every_command_explains_itself(self, command: str) -> None:
        ended = communique(command, "--help")
        assert ended.code == 0
        assert "Usage: " in ended.out


class TestInterruptions:
    @pytest.fixture
    def many(self, tmp_path: Path) -> list[object]:
        write_files(tmp_path / "in", {f"{number:02}.txt": release(number) for number in range(24)})
        words = ["--input", tmp_path / "in", "--to", "x-rot13", "--output", tmp_path / "out"]
        return ["run", config_file(tmp_path), *words]

    @pytest.mark.parametrize(("signal_number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_run_stops_when_asked_and_the_next_one_goes_on(
        self, many: list[object], tmp_path: Path, signal_number: signal.Signals, code: int
    ) -> None:
        output = tmp_path / "out"
        process = start(*many)
        while len(list((output / ".communique" / "cells").glob("*/*.json"))) < 5:
            assert process.poll() is None, process.communicate()
            time.sleep(0.005)
        process.send_signal(signal_number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code
        assert (out, b"Traceback" in err) == (b"", False)
        assert "stopped as asked; what was finished is kept" in err.decode()
        store = Store(output)
        cells = list((store.state / "cells").glob("*/*.json"))
        assert all(store.has(path.parent.name, path.stem) for path in cells)
        assert not (output / "index.html").exists()
        kept = {path: path.stat().st_mtime_ns for path in cells}
        assert communique(*many).code == 0
        assert {path: path.stat().st_mtime_ns for path in cells} == kept
        assert len(jsonl(output / "verdicts.jsonl")) == 24

    def test_a_second_run_on_the_same_folder_says_who_holds_it(self, many: list[object], tmp_path: Path) -> None:
        with Store(tmp_path / "out").lock():
            process = start(*many)
            _, err = process.communicate(timeout=60)
            assert process.returncode == 2
            assert f"in use by process {os.getpid()}" in err.decode()
            assert f"process {os.getpid()}" in communique_status(tmp_path / "out")["running"]
        assert communique(*many, "--limit", 1).code == 0


def communique_status(output: Path) -> Any:
    Store(output).write_plan([])
    return communique("status", output, "--json").json


def test_starting_loads_none_of_the_heavy_libraries() -> None:
    heavy = ["torch", "transformers", "datasets", "pyarrow", "spacy", "lingua", "sacrebleu", "lxml", "jinja2"]
    code = f"import pipeline.cli, sys, json; print(json.dumps([name for name in {heavy} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
