"""A whole run over a release under embargo with approved boilerplate: what no engine is asked for, and what says so."""

import json
from pathlib import Path

import pytest
from whole_runs import communique, jsonl

pytestmark = pytest.mark.apertium

ABOUT = "Créée en 2019, l’agence emploie 120 personnes. Elle travaille dans 41 pays."
APPROVED = "Founded in 2019, the agency has a staff of 120. It works in 41 countries."
RELEASE = f"""SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H

Trois hommes arrêtés à Londres

LONDRES (Royaume-Uni) – Trois hommes ont été arrêtés dans le port de Londres par les agents de la police nationale.

À propos de l’agence

{ABOUT}
"""
UNTIL = "SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H"


def run(folder: Path, approved: str = APPROVED) -> str:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "embargo.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "in" / "autre.txt").write_text("Un titre\n\nTrois hommes ont été arrêtés hier.\n", encoding="utf-8")
    (folder / "approved.csv").write_text(f'source,en\n"{ABOUT}","{approved}"\n', encoding="utf-8")
    (folder / "run.toml").write_text(
        'inputs = ["in"]\ntargets = ["en", "es"]\noutput = "out"\n[boilerplate]\nfile = "approved.csv"\n',
        encoding="utf-8",
    )
    ended = communique("run", folder / "run.toml")
    assert ended.code == 0, ended.err
    return str(ended.err)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled")
    said = run(folder)
    assert f"under embargo: embargo.txt — {UNTIL}" in said
    return folder


def test_rules_and_approved_texts_answer_before_the_engine(folder: Path) -> None:
    english = [item for item in jsonl(folder / "out" / "segments.jsonl") if item["target_lang"] == "en"]
    settled = {item["text"]: (item["origin"], item["state"]) for item in english if item["origin"] != "mt"}
    assert settled == {
        "EMBARGOED UNTIL FRIDAY, MAY 3, 2014, 10:00\u00a0AM": ("rule", "translated"),
        "LONDON, United Kingdom –": ("rule", "translated"),
        "Founded in 2019, the agency has a staff of 120.": ("tm", "final"),
        "It works in 41 countries.": ("tm", "final"),
    }


def test_the_embargo_stands_everywhere_and_in_no_summary(folder: Path) -> None:
    out = folder / "out"
    assert {item["path"]: item["embargo"] for item in jsonl(out / "verdicts.jsonl")} == {
        "embargo.txt": UNTIL,
        "autre.txt": "",
    }
    for summary in jsonl(out / "summaries.jsonl"):
        assert summary["embargo"] == (UNTIL if summary["path"] == "embargo.txt" else "")
        assert "embargo" not in summary["text"].lower()
    for place in ("fr.txt", "en/apertium.txt", "es/apertium.txt"):
        text = (out / "summaries" / "embargo.txt" / place).read_text(encoding="utf-8")
        assert text.startswith(f"UNDER EMBARGO: {UNTIL}\n")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count('class="embargoed" title=') == 2
    assert page.count('<p class="embargo">') == 1


def test_a_changed_approved_text_makes_only_its_own_language_anew(folder: Path) -> None:
    (folder / "approved.csv").write_text(f'source,en\n"{ABOUT}","{APPROVED.replace("41", "forty-one")}"\n', "utf-8")
    planned = communique("plan", folder / "run.toml", "--json")
    cells = json.loads(planned.out)
    cells = cells["cells"] if isinstance(cells, dict) else cells
    to_do = {(cell["stage"], cell["target_lang"]) for cell in cells if cell["state"] == "to do"}
    assert to_do == {(stage, "en") for stage in ("translate", "check", "summarize", "write")} | {("index", "")}
