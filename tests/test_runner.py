"""Whole runs: what is done again and what is not, what fails alone, and where everything ends up."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from whole_runs import (
    FAKE,
    FOUR_FORMATS,
    TEXT,
    TWO_FAKES,
    Ended,
    communique,
    config_file,
    files_of,
    jsonl,
    published_cells,
    release,
    snapshot,
    write_files,
)

from pipeline.errors import TranslatorError
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.fake import FakeTranslator


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ended]:
    """A run of `in` to `out` with the fake translator."""
    config_file(tmp_path)

    def run(*more: object, to: str = "x-rot13", command: str = "run") -> Ended:
        config, source = tmp_path / "communique.toml", tmp_path / "in"
        return communique(command, config, "--input", source, "--to", to, "--output", tmp_path / "out", *more)

    return run


def outcomes(ended: Ended) -> dict[str, str]:
    return {outcome["path"]: outcome["state"] for outcome in ended.json["outcomes"]}


def planned(ended: Ended) -> set[tuple[str, str]]:
    """Return what a plan says is to do."""
    return {(cell["stage"], cell["key"]) for cell in ended.json["cells"] if cell["state"] == "to do"}


class TestDoingAgain:
    @pytest.fixture
    def done(self, tmp_path: Path, run: Callable[..., Ended]) -> Callable[..., Ended]:
        write_files(tmp_path / "in", FOUR_FORMATS)
        assert run().code == 0
        return run

    def test_a_second_run_translates_nothing_and_writes_nothing(
        self, done: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = snapshot(tmp_path / "out")

        def refuse(*_: object) -> None:
            raise AssertionError("translated again")

        monkeypatch.setattr(FakeTranslator, "translate", refuse)
        assert done().code == 0
        assert snapshot(tmp_path / "out") == before
        assert planned(done("--json", command="plan")) == set()

    @pytest.mark.parametrize(
        ("change", "to", "stages", "reason"),
        [
            ("language", "x-rot13,x-accent", {"translate", "summarize", "check", "write", "index"}, "new language"),
            ("release", "x-rot13", {"read", "summarize", "translate", "check", "write", "index"}, "new input"),
            ("changed release", "x-rot13", {"read", "summarize", "translate", "check", "write", "index"}, "changed"),
            ("lost file", "x-rot13", {"write", "index"}, "missing"),
        ],
    )
    def test_a_change_redoes_what_it_touches_as_the_plan_says_before(
        self, done: Callable[..., Ended], tmp_path: Path, change: str, to: str, stages: set[str], reason: str
    ) -> None:
        output = tmp_path / "out"
        match change:
            case "release":
                write_files(tmp_path / "in", {"e.txt": release(1)})
            case "changed release":
                write_files(tmp_path / "in", {"a.txt": release(1)})
            case "lost file":
                next((output / "translations").rglob("a.x-rot13.txt")).unlink()
        plan = done("--json", to=to, command="plan")
        before, unchanged = published_cells(output), snapshot(output)
        assert done("--fail-on", "never", to=to).code == 0
        assert {stage for stage, _ in planned(plan)} == stages
        assert any(reason in cell["why"] for cell in plan.json["cells"])
        if change != "lost file":
            assert published_cells(output) - before == planned(plan)
        made = {path for path, stamp in snapshot(output).items() if unchanged.get(path) != stamp}
        touched = "e.txt" if change == "release" else "a.txt"
        for path in made:
            if path.startswith(("translations/", "summaries/")):
                assert ("x-accent" if change == "language" else touched) in path, path
        assert planned(done("--json", to=to, command="plan")) == set()
        assert communique("verify", output).code == 0

    def test_going_back_costs_the_index_alone(self, done: Callable[..., Ended], tmp_path: Path) -> None:
        assert done(to="x-accent,x-rot13").code == 1  # brackets are traces of the machine
        assert {stage for stage, _ in planned(done("--json", command="plan"))} == {"index"}

    def test_force_makes_everything_anew_and_the_same(self, done: Callable[..., Ended], tmp_path: Path) -> None:
        output = tmp_path / "out"
        before = {name: (output / name).read_bytes() for name in files_of(output) if name != "run.json"}
        stamps = snapshot(output)
        assert done("--force").code == 0
        told = json.loads((output / "run.json").read_text(encoding="utf-8"))
        assert told["systems"][0]["engine"]["cached"] == 0
        assert all(stamps[name] != stamp for name, stamp in snapshot(output).items() if name != ".communique/plan.json")
        assert {name: (output / name).read_bytes() for name in files_of(output) if name != "run.json"} == before

    def test_a_dry_run_does_nothing(self, done: Callable[..., Ended], tmp_path: Path) -> None:
        before = snapshot(tmp_path / "out")
        ended = done("--dry-run", to="x-rot13,x-accent")
        assert (ended.code, ended.out) == (0, "")
        assert "new language or system" in ended.err
        assert snapshot(tmp_path / "out") == before


@pytest.mark.apertium
@pytest.mark.skipif(not ApertiumTranslator().supports("fr", "es"), reason="needs apertium-fr-es")
def test_a_new_term_redoes_the_sentences_that_it_stands_in(tmp_path: Path, run: Callable[..., Ended]) -> None:
    apertium = '[[systems]]\nname = "apertium"\nbackend = "apertium"\n'
    config_file(tmp_path, apertium)
    write_files(tmp_path / "in", {"a.txt": TEXT, "b.txt": f"{TEXT}\nLa brigade fluviale est arrivée.\n"})
    assert run(to="es").code == 0
    before = snapshot(tmp_path / "out")
    write_files(tmp_path, {"terms.csv": "source,es\nbrigade fluviale,patrulla del río\n"})
    config_file(tmp_path, f'{apertium}[terms]\ntermbase = "terms.csv"\n')
    plan = run("--json", to="es", command="plan")
    cells = {(cell["shard"], cell["stage"]) for cell in plan.json["cells"] if cell["state"] == "to do"}
    assert cells == {("", "index"), *(("b.txt", stage) for stage in ("translate", "summarize", "check", "write"))}
    published = published_cells(tmp_path / "out")
    assert run(to="es").code == 0
    assert published_cells(tmp_path / "out") - published == planned(plan)
    assert "patrulla del río" in next((tmp_path / "out").rglob("b.es.txt")).read_text(encoding="utf-8")
    changed = {path for path, stamp in snapshot(tmp_path / "out").items() if before.get(path) != stamp}
    assert {path for path in changed if path.startswith("translations/")} == {"translations/b.txt/es/apertium/b.es.txt"}
    engine = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["systems"][0]["engine"]
    assert (engine["translated"], engine["cached"]) == (1, engine["distinct"] - 1)


def test_systems_translate_side_by_side(tmp_path: Path, run: Callable[..., Ended]) -> None:
    write_files(tmp_path / "in", {"a.txt": TEXT})
    config_file(tmp_path, TWO_FAKES)
    assert {row["system"] for row in run("--json").json["outcomes"]} == {"fake", "other"}
    files = [name for name in files_of(tmp_path / "out") if name.startswith("translations/")]
    assert files == [f"translations/a.txt/x-rot13/{name}/a.x-rot13.txt" for name in ("fake", "other")]
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [system["engine"]["translated"] > 0 for system in told["systems"]] == [True, False]


@pytest.mark.parametrize(("option", "expected"), [("--limit", ["a.txt", "b.md"]), ("--sample", None)])
def test_some_releases_can_be_chosen(
    tmp_path: Path, run: Callable[..., Ended], option: str, expected: list[str] | None
) -> None:
    write_files(tmp_path / "in", FOUR_FORMATS)
    chosen = sorted(outcomes(run(option, 2, "--json")))
    assert len(chosen) == 2
    assert chosen == sorted(outcomes(run(option, 2, "--json")))
    assert expected is None or chosen == expected


class TestNames:
    def test_equal_stems_and_equal_contents_are_all_written_and_translated_once(
        self, tmp_path: Path, run: Callable[..., Ended]
    ) -> None:
        names = ["release.txt", "release.md", "north/release.txt", "south/release.txt", "blocked/release.txt"]
        write_files(tmp_path / "in", dict.fromkeys(names, TEXT))
        assert run().code == 0
        rows = jsonl(tmp_path / "out" / "verdicts.jsonl")
        assert sorted(row["path"] for row in rows) == sorted(names)
        assert len({row["file"] for row in rows}) == len(names)
        assert all((tmp_path / "out" / row["file"]).is_file() for row in rows)
        assert len({row["doc_id"] for row in rows if row["path"].endswith(".txt")}) == 1
        engine = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["systems"][0]["engine"]
        assert engine["translated"] == engine["texts"] / len(names)
        assert not any(row["file"].startswith("translations/blocked/") for row in rows)

    def test_a_folder_given_twice_under_two_names_is_read_once(self, tmp_path: Path, run: Callable[..., Ended]) -> None:
        write_files(tmp_path / "in", {"a.txt": TEXT})
        (tmp_path / "again").symlink_to(tmp_path / "in")
        assert list(outcomes(run("--input", tmp_path / "again", "--json"))) == ["a.txt"]

    @pytest.mark.parametrize(
        "name",
        [
            "communiqué d’été.txt",
            "a 'b' \"c\".txt",
            "50%20#1?x=1&y.txt",
            "-rf.txt",
            "nom\nen deux lignes.txt",
            "<script>alert(1)<script>.txt",
            "{{ 7 * 7 }}.txt",
            "é" * 125 + ".txt",
            "x" * 251 + ".txt",
            "release.fr.txt",
            ".txt.txt",
        ],
        ids=lambda name: name[:12],
    )
    def test_any_name_is_kept_and_leads_from_the_page_to_the_file(
        self, tmp_path: Path, run: Callable[..., Ended], name: str
    ) -> None:
        write_files(tmp_path / "in", {name.lstrip("."): TEXT})
        ended = run()
        assert ended.code == 0, ended.err
        (row,) = jsonl(tmp_path / "out" / "verdicts.jsonl")
        assert row["path"] == name.lstrip(".")
        assert (tmp_path / "out" / row["file"]).read_text(encoding="utf-8").startswith("Har bcéengvba")
        page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        assert "<script>alert" not in page
        assert communique("verify", tmp_path / "out").code == 0


def test_hostile_content_is_shown_as_text(tmp_path: Path, run: Callable[..., Ended]) -> None:
    attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'><svg/onload=alert(3)> {{ config }}"
    write_files(tmp_path / "in", {"<img onerror=alert(4)>.txt": f"{TEXT}\nLa police a trouvé ceci : {attack} hier.\n"})
    config_file(
        tmp_path, f'{FAKE}[terms]\ndo_not_translate = ["<script>alert(1)</script>", "<img src=x onerror=alert(2)>"]\n'
    )
    assert run("--fail-on", "never").code == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    for tag in ("<script>alert", "<img", "<svg"):
        assert tag not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_is_blocked_lies_apart_and_moves_with_its_verdict(tmp_path: Path, run: Callable[..., Ended]) -> None:
    contact = f"{TEXT}\nContact : presse@example.org\n"
    write_files(tmp_path / "in", {"a.txt": TEXT, "b.txt": contact})

    def files() -> list[str]:
        return [name for name in files_of(tmp_path / "out") if "/x-rot13/" in name]

    ended = run("--json")
    assert (ended.code, outcomes(ended)) == (1, {"a.txt": "review", "b.txt": "blocked"})
    apart = [
        "summaries/a.txt/x-rot13/fake.txt",
        "summaries/blocked/b.txt/x-rot13/fake.txt",
        "translations/a.txt/x-rot13/fake/a.x-rot13.txt",
        "translations/blocked/b.txt/x-rot13/fake/b.x-rot13.txt",
    ]
    assert files() == apart
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "translations/blocked/b.txt/x-rot13/fake/b.x-rot13.txt" in page
    write_files(tmp_path / "in", {"b.txt": TEXT})
    ended = run("--json")
    assert (ended.code, outcomes(ended)) == (0, {"a.txt": "review", "b.txt": "review"})
    assert files() == [name.replace("blocked/", "") for name in apart]
    assert not any("blocked" in path.name for path in (tmp_path / "out").rglob("*"))
    write_files(tmp_path / "in", {"b.txt": contact})
    assert outcomes(run("--json")) == {"a.txt": "review", "b.txt": "blocked"}
    assert files() == apart
    assert communique("verify", tmp_path / "out").code == 0


def test_a_language_that_nothing_translates_into_is_named_and_the_others_are_done(
    tmp_path: Path, run: Callable[..., Ended]
) -> None:
    write_files(tmp_path / "in", {"a.txt": TEXT})
    plan = run(to="ar,x-rot13", command="plan")
    assert "failed: ar: no translator fr→ar — ask for x-accent or x-rot13" in plan.err
    ended = run(to="ar,x-rot13")
    assert ended.code == 2
    assert "no translator fr→ar" in ended.err
    assert ended.err.index("no translator fr→ar") < ended.err.index("x-rot13, fake: 1 release,")
    assert outcomes(run("--json", to="ar,x-rot13")) == {"": "failed", "a.txt": "review"}
    (failure,) = jsonl(tmp_path / "out" / "failures.jsonl")
    assert (failure["target_lang"], failure["stage"], failure["remedy"]) == (
        "ar",
        "translate",
        "ask for x-accent or x-rot13",
    )
    assert "no translator fr→ar" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_translator_that_gives_up_costs_its_own_language_alone(
    tmp_path: Path, run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", FOUR_FORMATS)
    works = FakeTranslator.translate

    def fails(self: FakeTranslator, texts: list[str], source_lang: str, target_lang: str) -> object:
        if target_lang == "x-accent":
            raise TranslatorError("the engine is out of order", "start it")
        return works(self, texts, source_lang, target_lang)

    with monkeypatch.context() as patch:
        patch.setattr(FakeTranslator, "translate", fails)
        ended = run("--json", to="x-accent,x-rot13")
    assert ended.code == 2
    assert ended.json["counts"]["failed"] == 1
    assert {row["target_lang"] for row in ended.json["outcomes"] if row["state"] != "failed"} == {"x-rot13"}
    assert "out of order" in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8")
    again = run("--json", "--fail-on", "never", to="x-accent,x-rot13")
    assert (again.code, again.json["counts"]["failed"]) == (0, 0)


def test_a_sentence_that_fails_costs_its_own_release_alone_and_is_tried_again(
    tmp_path: Path, run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", {"a.txt": TEXT, "b.txt": f"{TEXT}\nLa formule magique est prononcée.\n"})
    works = FakeTranslator.translate

    def fails(self: FakeTranslator, texts: list[str], *languages: str) -> object:
        if any("magique" in text for text in texts):
            raise TranslatorError("cannot be translated", "shorten it")
        return works(self, texts, *languages)

    with monkeypatch.context() as patch:
        patch.setattr(FakeTranslator, "translate", fails)
        ended = run("--json")
        assert (ended.code, outcomes(ended)) == (2, {"a.txt": "review", "b.txt": "failed"})
        (failure,) = jsonl(tmp_path / "out" / "failures.jsonl")
        assert "La formule magique" in failure["message"]
        assert run().code == 2
    assert outcomes(run("--json")) == {"a.txt": "review", "b.txt": "review"}
