"""From a finding in the exports to the next run's verdict."""

from pathlib import Path

import pytest
from whole_runs import communique, jsonl, write_files

from pipeline.dismiss import dismiss
from pipeline.errors import InputError
from pipeline.translate.apertium import ApertiumTranslator


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run whose translations have findings."""
    if not ApertiumTranslator().supports("fr", "en"):
        pytest.skip("needs Apertium's pairs")
    memory = '{"source": "%s", "target": "%s", "source_lang": "fr", "target_lang": "en"}\n'
    pairs = [("Le vol date de 2019 à Lyon.", "The theft was in 2091 in Lyon."), ("Il a 58 ans.", "He is 85.")]
    write_files(
        tmp_path,
        {
            "in/a.txt": "\n\n".join(source for source, _ in pairs),
            "memory.jsonl": "".join(memory % pair for pair in pairs),
            "run.toml": 'targets = ["en"]\ninputs = ["in"]\noutput = "out"\ndismissals = "kept/dismissed.jsonl"\n'
            '[repair]\nattempts = []\n[[systems]]\nname = "memory"\nbackend = "memory"\nmemories = ["memory.jsonl"]\n'
            'then = "apertium"\n',
        },
    )
    assert communique("run", tmp_path / "run.toml").code == 1
    return tmp_path


def verdict(folder: Path) -> dict[str, object]:
    (found,) = jsonl(folder / "out" / "verdicts.jsonl")
    return found


def test_a_dismissed_finding_is_put_aside_in_the_next_run_and_shown_with_its_reason(run: Path) -> None:
    findings = jsonl(run / "out" / "findings.jsonl")
    grave = [finding for finding in findings if finding["severity"] != "minor"]
    assert verdict(run)["state"] == "blocked"
    path, dismissed = dismiss(run / "out", [finding["finding_id"][:8] for finding in grave], "counted <again>")
    assert path == run / "kept" / "dismissed.jsonl"
    assert [item.finding_id for item in dismissed] == [finding["finding_id"] for finding in grave]
    assert all(item.source and item.target for item in dismissed)
    before = {path: path.stat().st_mtime_ns for path in (run / "out" / ".communique" / "cells").glob("check/*")}

    again = communique("run", run / "run.toml")
    assert again.code == 0
    assert f"{len(grave)} findings dismissed by a reviewer" in str(verdict(run)["reasons"])
    assert verdict(run)["state"] != "blocked"
    reasons = {finding["finding_id"]: finding["dismissed"] for finding in jsonl(run / "out" / "findings.jsonl")}
    assert reasons == {f["finding_id"]: "counted <again>" if f in grave else "" for f in findings}
    page = (run / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("Dismissed: <bdi>counted &lt;again&gt;</bdi>") >= 1
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert not (run / "out" / "translations" / "blocked").exists()


def test_a_new_problem_in_the_same_sentence_is_not_hidden(run: Path) -> None:
    findings = jsonl(run / "out" / "findings.jsonl")
    dismiss(run / "out", [finding["finding_id"] for finding in findings], "fine")
    memory = run / "memory.jsonl"
    memory.write_text(memory.read_text(encoding="utf-8").replace("He is 85.", "He is 86."), encoding="utf-8")
    assert communique("run", run / "run.toml").code == 1
    assert verdict(run)["state"] == "blocked"


@pytest.mark.parametrize(
    ("ids", "reason", "message"),
    [
        (["0123456789abcdef"], "fine", "there is no finding"),
        (["a"], "fine", "there is no finding"),
        ([], " ", "needs a reason"),
    ],
)
def test_what_cannot_be_dismissed_is_said(ids: list[str], reason: str, message: str, run: Path) -> None:
    with pytest.raises(InputError, match=message):
        dismiss(run / "out", ids, reason)
    assert not (run / "kept").exists()


def test_a_folder_without_a_run_or_a_file_of_dismissals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        dismiss(tmp_path, ["abcd"], "fine")
    (tmp_path / "run.json").write_text('{"config": {"dismissals": null}}', encoding="utf-8")
    with pytest.raises(InputError, match="names no file of dismissals"):
        dismiss(tmp_path, ["abcd"], "fine")
