"""The example releases through Apertium into five languages: what goes in is what comes out, in its own format."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from whole_runs import EXAMPLES, LANGUAGES, ROOT, communique, files_of, jsonl, snapshot

from pipeline.protect.placeables import find_placeables
from pipeline.read.base import Limits
from pipeline.read.formats import read_document
from pipeline.records import Block, Document, PreparedDocument, TranslatedDocument
from pipeline.report.exports import EXPORTS
from pipeline.store import Store

pytestmark = pytest.mark.apertium

RELEASES = sorted(path.name for path in EXAMPLES.iterdir())
MARKUP_OF_WORDS = {"bold", "italic", "link"}


@dataclass(frozen=True)
class Made:
    """An example with one of its translations, as records and as the file that was written."""

    prepared: PreparedDocument
    translated: TranslatedDocument
    file: Path

    @property
    def read_back(self) -> Document:
        return read_document(self.file.name, self.file.read_bytes(), self.translated.target_lang, Limits())


@pytest.fixture(scope="module")
def made(example_run: Path) -> dict[tuple[str, str], Made]:
    store = Store(example_run)
    records = [item for cell in store.read_plan() for item in store.load(cell.stage, cell.key)]
    prepared = {item.document.path: item for item in records if isinstance(item, PreparedDocument)}
    files = {(row["path"], row["target_lang"]): row["file"] for row in jsonl(example_run / "verdicts.jsonl")}
    return {
        (item.path, item.target_lang): Made(prepared[item.path], item, example_run / files[item.path, item.target_lang])
        for item in records
        if isinstance(item, TranslatedDocument)
    }


def addresses(blocks: Iterable[Block]) -> Counter[str]:
    """Count the addresses and telephone numbers that stand in blocks."""
    found: Counter[str] = Counter()
    for block in blocks:
        text = block.text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
        found.update(text[place.start : place.end] for place in find_placeables(text))
    return found


def layouts(blocks: Iterable[Block], plain: bool) -> list[tuple[str, int]]:
    """Return what each block is; in plain text, which has no marks, what is a heading depends on the words."""
    return [
        ("paragraph", 0) if block.layout == "heading" and plain else (block.layout, block.level) for block in blocks
    ]


def each_example_and_language(test: pytest.MarkDecorator) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("lang", LANGUAGES)(pytest.mark.parametrize("release", RELEASES)(test))


def test_there_are_five_examples_in_four_formats() -> None:
    assert Counter(Path(name).suffix for name in RELEASES) == {".txt": 2, ".html": 1, ".docx": 1, ".md": 1}


@each_example_and_language
def test_every_block_comes_out_as_what_it_was(made: dict[tuple[str, str], Made], release: str, lang: str) -> None:
    one = made[release, lang]
    assert one.file.suffix == Path(release).suffix
    plain = one.file.suffix == ".txt"
    assert layouts(one.read_back.blocks, plain) == layouts(one.prepared.document.blocks, plain)


@each_example_and_language
def test_every_sentence_comes_out(made: dict[tuple[str, str], Made], release: str, lang: str) -> None:
    one = made[release, lang]
    segments, hypotheses = one.prepared.segments, one.translated.hypotheses
    assert [item.seg_id for item in hypotheses] == [item.seg_id for item in segments]
    sentences: dict[int, list[str]] = defaultdict(list)
    numbers = {block.block_id: number for number, block in enumerate(one.prepared.document.blocks)}
    for segment, hypothesis in zip(segments, hypotheses, strict=True):
        sentences[numbers[segment.block_id]].append(hypothesis.text)
    for number, block in enumerate(one.read_back.blocks):
        text, position = " ".join(block.text.split()), 0
        for sentence in sentences[number]:
            assert sentence.strip()
            position = text.index(" ".join(sentence.split()), position) + 1


@each_example_and_language
def test_every_placeable_comes_out(made: dict[tuple[str, str], Made], release: str, lang: str) -> None:
    one = made[release, lang]
    assert [lost for hypothesis in one.translated.hypotheses for lost in hypothesis.lost] == []
    assert addresses(one.read_back.blocks) == addresses(one.prepared.document.blocks)


@each_example_and_language
def test_every_bold_word_and_link_comes_out(made: dict[tuple[str, str], Made], release: str, lang: str) -> None:
    one = made[release, lang]

    def styles(blocks: Iterable[Block]) -> Counter[str]:
        return Counter(item.kind for block in blocks for item in block.markup if item.kind in MARKUP_OF_WORDS)

    assert styles(one.read_back.blocks) == styles(one.prepared.document.blocks)


def test_the_exports_tell_of_every_release_language_and_sentence(
    example_run: Path, made: dict[tuple[str, str], Made]
) -> None:
    told = Counter((row["path"], row["target_lang"]) for row in jsonl(example_run / "segments.jsonl"))
    assert told == {key: len(one.prepared.segments) for key, one in made.items()}
    assert {row["lang"] for row in jsonl(example_run / "summaries.jsonl")} == {"fr", *LANGUAGES}
    assert all(
        row["schema_version"] == 1 for name in ("verdicts", "findings") for row in jsonl(example_run / f"{name}.jsonl")
    )
    assert jsonl(example_run / "failures.jsonl") == []


def test_a_draft_engine_is_never_ready(example_run: Path) -> None:
    assert {row["state"] for row in jsonl(example_run / "verdicts.jsonl")} == {"review"}


def test_the_run_says_what_it_did_in_numbers(example_run: Path, made: dict[tuple[str, str], Made]) -> None:
    told = json.loads((example_run / "run.json").read_text(encoding="utf-8"))
    assert told["counts"]["releases"] == len(RELEASES)
    assert {"read", "protect", "translate", "restore", "summarize", "check", "write", "publish", "report"} <= set(
        told["seconds"]
    )
    for system in told["systems"]:
        expected = sum(
            hypothesis.origin != "rule"  # dates and datelines ask no engine
            for (_, lang), one in made.items()
            if lang == system["target_lang"]
            for hypothesis in one.translated.hypotheses
        )
        assert system["engine"]["texts"] >= expected  # repairs ask for more
        engine = system["engine"]
        assert (engine["translated"] + engine["cached"], engine["failed"]) == (engine["distinct"], 0)


def test_a_second_run_starts_no_engine_and_writes_no_file(example_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(example_run)

    def refuse(*arguments: object, **more: object) -> None:
        raise AssertionError(f"a process was started: {arguments}")

    monkeypatch.setattr("subprocess.Popen", refuse)
    ended = communique("run", ROOT / "configs" / "default.toml", "--output", example_run)
    assert ended.code == 0
    assert snapshot(example_run) == before


def test_everything_published_is_proved_and_finished(example_run: Path) -> None:
    ended = communique("verify", example_run, "--json")
    assert (ended.code, ended.json["problems"]) == (0, [])
    stages = communique("status", example_run, "--json").json["stages"]
    assert {"read", "translate", "summarize", "check", "write", "index"} == set(stages)
    assert all(stage["done"] == stage["of"] for stage in stages.values())
    assert "unfinished" not in communique("status", example_run).err


def test_real_output_is_scored_against_references(example_run: Path, tmp_path: Path) -> None:
    rows = [row for row in jsonl(example_run / "segments.jsonl") if row["path"] == "interpol-2014-05-02.txt"]
    spanish = [row["text"] for row in rows if row["target_lang"] == "es"]
    (tmp_path / "interpol-2014-05-02.es.txt").write_text("\n".join(spanish) + "\n", encoding="utf-8")
    results = communique("score", example_run, "--reference", tmp_path, "--json").json
    by_lang = {result["target_lang"]: result for result in results}
    values = {score["metric"]: score["value"] for score in by_lang["es"]["scores"]}
    assert values["BLEU"] == pytest.approx(100)
    assert values["TER"] == 0
    assert by_lang["es"]["segments"] == len(spanish)
    assert by_lang["en"]["scores"] == []
    table = communique("score", example_run, "--reference", tmp_path).err
    assert "en, apertium: not scored" in table


def test_nothing_stands_in_the_folder_but_what_is_said(example_run: Path) -> None:
    tops = {name.split("/")[0] for name in files_of(example_run)}
    exports = {f"{name}.jsonl" for name in EXPORTS}
    assert tops == {"index.html", "run.json", "translations", "summaries", *exports}
