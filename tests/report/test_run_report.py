"""The report of whole runs: tables, exports, `run.json`, and one page a release when there are many."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from whole_runs import FAKE, TEXT, TWO_FAKES, Ended, communique, config_file, files_of, jsonl, release, write_files

from pipeline.report import run_report

CONTACT = f"{TEXT}\nContact : presse@example.org\n"


def run(folder: Path, *more: object, to: str = "x-rot13,x-accent", config: str = TWO_FAKES) -> Ended:
    words = ["--input", folder / "in", "--to", to, "--output", folder / "out", "--fail-on", "never"]
    return communique("run", config_file(folder, config), *words, *more)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a good, a blocked and a bad release into two languages by two systems."""
    folder = tmp_path_factory.mktemp("report")
    write_files(folder / "in", {"a.txt": TEXT, "b.txt": CONTACT, "bad.txt": ""})
    write_files(folder / "human", {"a.x-rot13.txt": "\n".join(["Bhv."] * 6)})
    assert run(folder, "--reference", folder / "human").code == 2
    return folder / "out"


def test_every_export_has_its_lines(output: Path) -> None:
    verdicts = jsonl(output / "verdicts.jsonl")
    keys = [(row["path"], row["target_lang"], row["system"]) for row in verdicts]
    assert keys == [
        (path, lang, system)
        for path in ("a.txt", "b.txt")
        for lang in ("x-rot13", "x-accent")
        for system in ("fake", "other")
    ]
    assert all((output / row["file"]).is_file() for row in verdicts)
    segments = Counter((row["path"], row["target_lang"], row["system"]) for row in jsonl(output / "segments.jsonl"))
    assert set(segments) == set(keys)
    channels = Counter((row["path"], row["lang"], row["system"]) for row in jsonl(output / "summaries.jsonl"))
    assert channels == dict.fromkeys([*keys, ("a.txt", "fr", ""), ("b.txt", "fr", "")], 4)
    assert [row["path"] for row in jsonl(output / "failures.jsonl")] == ["bad.txt"]
    found = {row["doc_id"] for row in jsonl(output / "findings.jsonl")}
    assert found <= {row["doc_id"] for row in verdicts}


def test_scores_stand_where_there_are_references(output: Path) -> None:
    scores = jsonl(output / "scores.jsonl")
    assert {(row["path"], row["target_lang"]) for row in scores} == {("a.txt", "x-rot13")}
    assert {row["metric"] for row in scores} >= {"BLEU", "chrF2", "TER"}
    assert all(row["signature"] for row in scores)


def test_run_json_holds_configuration_versions_systems_counts_and_seconds(output: Path) -> None:
    told = json.loads((output / "run.json").read_text(encoding="utf-8"))
    assert told["config"]["targets"] == ["x-rot13", "x-accent"]
    assert set(told["versions"]) >= {"communique", "python"}
    assert [(one["name"], one["target_lang"]) for one in told["systems"]] == [
        (system, lang) for lang in ("x-rot13", "x-accent") for system in ("fake", "other")
    ]
    assert all(len(one["digest"]) == 64 and one["signature"]["backend"] == "fake" for one in told["systems"])
    assert {"releases", "ready", "review", "blocked", "failed"} <= set(told["counts"])
    assert {"read", "translate", "check", "write", "report"} <= set(told["seconds"])


def test_a_page_links_to_files_that_are_there_and_to_nothing_else(output: Path) -> None:
    page = (output / "index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'(?:href|src)="([^"#]+)', page))
    assert len(links) == 8
    assert all((output / link).is_file() for link in links)


def test_many_releases_have_a_page_each_and_the_index_shows_the_worst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_report, "ONE_PAGE_RELEASES", 3)
    monkeypatch.setattr(run_report, "WORST_SHOWN", 3)
    texts = {f"{number}.txt": release(number) for number in range(4)}
    write_files(tmp_path / "in", {**texts, "é #1/x.txt": CONTACT, "empty.txt": ""})
    assert run(tmp_path, to="x-rot13", config=FAKE).code == 2
    output = tmp_path / "out"
    pages = {name for name in files_of(output) if name.startswith("releases/")}
    assert len(pages) == 5
    index = (output / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="\./(releases/[^"#]+)', index)
    assert len(links) == 2 and set(links) <= pages
    assert index.index("empty.txt") < index.index("é #1/x.txt")
    assert index.count("<tr") <= 1 + 3
    page = (output / links[0]).read_text(encoding="utf-8")
    targets = [output / "releases" / unquote(link) for link in re.findall(r'href="([^"#]+)', page)]
    assert {path.resolve() for path in targets} >= {
        output / "index.html",
        *(output / "translations").rglob("x.x-rot13.txt"),
    }
    assert all(path.is_file() for path in targets)
    assert communique("verify", output).code == 0


def test_the_same_releases_give_the_same_report_wherever_they_lie(output: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": TEXT, "b.txt": CONTACT, "bad.txt": ""})
    write_files(tmp_path / "human", {"a.x-rot13.txt": "\n".join(["Bhv."] * 6)})
    assert run(tmp_path, "--reference", tmp_path / "human").code == 2
    for name in files_of(output):
        if name != "run.json":
            assert (tmp_path / "out" / name).read_bytes() == (output / name).read_bytes(), name
