"""Every configuration that comes with the project, run from the command line as it stands, on a tiny local model."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from whole_runs import ROOT, Ended, communique, jsonl, word, write_files

from pipeline.read.base import Limits
from pipeline.read.formats import read_document
from tests.translate.chat_server import ChatServer, say
from tests.translate.tiny_models import PAIRS, checkpoint, learnt

CONFIGS = ROOT / "configs"
FRENCH = "\n\n".join(f"{PAIRS[first][0]} {PAIRS[first + 1][0]}" for first in (0, 6, 8))
RELEASES = {
    "a.txt": FRENCH,
    "b.md": f"# {PAIRS[5][0]}\n\n{FRENCH}\n",
    "c.html": f'<html lang="fr"><body><h1>{PAIRS[5][0]}</h1><p>{FRENCH}</p></body></html>',
    "d.docx": word(*FRENCH.split("\n\n")),
}
"""Sentences that the learnt model knows by heart, in every format."""


def run(folder: Path, name: str, *more: object, releases: dict[str, Any] = RELEASES, **replaced: str) -> Ended:
    """Run a configuration with its model's place and its device changed, and nothing else."""
    text = (CONFIGS / f"{name}.toml").read_text(encoding="utf-8")
    for what, by in {'device = "cuda"': 'device = "cpu"', **replaced}.items():
        text = text.replace(what, by)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    write_files(folder / "in", releases)
    return communique("run", path, "--input", folder / "in", "--output", folder / "out", *more)


def told(folder: Path) -> Any:
    return json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))


def require_everything(folder: Path, targets: list[str], systems: list[str]) -> dict[tuple[str, str], list[str]]:
    """Assert that each release came out in each language from each system; return the texts by path and system."""
    rows = jsonl(folder / "out" / "verdicts.jsonl")
    assert sorted((row["path"], row["target_lang"], row["system"]) for row in rows) == sorted(
        (path, lang, system) for path in RELEASES for lang in targets for system in systems
    )
    assert {row["state"] for row in rows} <= {"ready", "review", "blocked"}
    assert sum(told(folder)["counts"][state] for state in ("ready", "review", "blocked")) == len(rows)
    texts = {}
    for row in rows:
        file = folder / "out" / row["file"]
        assert file.suffix == Path(row["path"]).suffix
        blocks = read_document(file.name, file.read_bytes(), row["target_lang"], Limits()).blocks
        texts[row["path"], row["system"]] = [block.text for block in blocks]
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert all(path in page for path in RELEASES)
    return texts


def require_one_load(folder: Path, system: str) -> None:
    """Assert what the model's counts say whatever the machine: it was loaded once, and batches were full enough."""
    model = told(folder)["models"][system]
    engines = [one["engine"] for one in told(folder)["systems"] if one["name"] == system]
    assert model["loads"] == 1
    assert model["halvings"] == 0
    assert model["sequences"] >= sum(engine["translated"] for engine in engines) > 0
    assert model["source_tokens"] <= model["computed_tokens"]
    assert all(engine["distinct"] == engine["cached"] + engine["translated"] for engine in engines)


@pytest.mark.slow
def test_opus_mt_says_what_it_has_learnt_in_every_format(tmp_path: Path) -> None:
    ended = run(tmp_path, "opus-mt-cpu", **{"models/opus-mt-fr-en": str(learnt("marian"))})
    assert ended.code == 0
    texts = require_everything(tmp_path, ["en"], ["opus-mt"])
    expected = " ".join(PAIRS[first + more][1] for first in (0, 6, 8) for more in (0, 1))
    assert {path: " ".join(blocks[-3:]) for (path, _), blocks in texts.items() if path != "c.html"} == dict.fromkeys(
        ("a.txt", "b.md", "d.docx"), expected
    )
    assert texts["c.html", "opus-mt"][0] == PAIRS[5][1]
    assert {row["state"] for row in jsonl(tmp_path / "out" / "verdicts.jsonl")} == {"review"}
    require_one_load(tmp_path, "opus-mt")


def test_nllb_loads_one_model_for_all_languages(tmp_path: Path) -> None:
    ended = run(tmp_path, "nllb-gpu", "--to", "en,ar", **{"models/nllb-200-distilled-1.3B": str(checkpoint("nllb"))})
    assert ended.code == 1
    require_everything(tmp_path, ["en", "ar"], ["nllb"])
    require_one_load(tmp_path, "nllb")
    tried = {attempt["name"] for row in jsonl(tmp_path / "out" / "repairs.jsonl") for attempt in row["attempts"]}
    assert "decoding" in tried


def test_madlad_names_the_languages_that_its_vocabulary_lacks(tmp_path: Path) -> None:
    replaced = {"models/madlad400-3b-mt": str(checkpoint("madlad")), 'compute_type = "bfloat16"': ""}
    ended = run(tmp_path, "madlad-gpu", "--to", "es,ru", **replaced)
    assert ended.code == 2
    require_everything(tmp_path, ["es"], ["madlad"])
    (failure,) = jsonl(tmp_path / "out" / "failures.jsonl")
    assert (failure["target_lang"], failure["system"]) == ("ru", "madlad")
    require_one_load(tmp_path, "madlad")


@contextmanager
def chat_server() -> Iterator[str]:
    with ChatServer() as server:
        yield server.url


def test_chat_asks_its_server(tmp_path: Path) -> None:
    with chat_server() as url:
        ended = run(tmp_path, "chat-vllm", "--to", "en,de", **{"http://localhost:8000/v1": url})
    assert ended.code == 0
    texts = require_everything(tmp_path, ["en", "de"], ["eurollm"])
    assert {row["state"] for row in jsonl(tmp_path / "out" / "verdicts.jsonl")} == {"review"}
    assert any("ceésrg" in text for text in texts["a.txt", "eurollm"])  # the server shifts letters: "préfet"
    assert told(tmp_path)["models"] == {}


@pytest.mark.apertium
@pytest.mark.slow
def test_compare_shows_both_systems_beside_the_french(tmp_path: Path) -> None:
    ended = run(tmp_path, "compare", **{"models/opus-mt-fr-en": str(learnt("marian"))})
    assert ended.code in {0, 1}
    texts = require_everything(tmp_path, ["en"], ["apertium", "opus-mt"])
    assert texts["a.txt", "apertium"] != texts["a.txt", "opus-mt"]
    require_one_load(tmp_path, "opus-mt")


@pytest.mark.apertium
def test_written_summaries_come_in_both_orders(tmp_path: Path) -> None:
    with ChatServer() as server:
        server.always = say(json.dumps({"sentences": [PAIRS[0][0]]}))
        ended = run(tmp_path, "summaries", "--to", "es", **{"http://localhost:8000/v1": server.url})
    assert ended.code == 0
    made = [row for row in jsonl(tmp_path / "out" / "summaries.jsonl") if row["path"] == "a.txt"]
    french = {row["channel"]: row for row in made if row["lang"] == "fr"}
    assert french["headline"]["text"] == PAIRS[0][0].rstrip(".")
    assert french["post"]["text"].endswith("#Police https://example.org/news")
    assert {row["order"] for row in made if row["lang"] == "es" and row["channel"] == "headline"} == {
        "translate-then-summarize",
        "summarize-then-translate",
    }


def test_there_is_a_run_for_every_configuration() -> None:
    tried = {"opus-mt-cpu", "nllb-gpu", "madlad-gpu", "chat-vllm", "compare", "summaries"}
    assert {path.stem for path in CONFIGS.glob("*.toml")} == tried | {"default"}
