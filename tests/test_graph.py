import ast
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config
from pipeline.config_file import load_config
from pipeline.graph import STAGES, Cell, find_jobs, index_cell
from pipeline.plan import Plan, lay_out, prepare_shard
from pipeline.read.base import Limits
from pipeline.read.inputs import discover
from pipeline.records import PreparedDocument, Term
from pipeline.stage_version import ROOT, SOURCES, stage_files, stage_version
from pipeline.translate.fake import FakeTranslator

RELEASES = {
    "a.txt": "La police a arrêté 58 personnes à Manille.\n\nElles seront jugées en juillet par un tribunal.\n",
    "b.txt": "Le ministre a annoncé un accord sur le climat.\n\nLe sommet se tiendra en juin à Lyon, a-t-il dit.\n",
}
Keys = dict[tuple[str, str, str, str], str]


class AnyLanguage(FakeTranslator):
    """The fake translator under a real language's name, but for Zulu."""

    def __init__(self, revision: str = "1") -> None:
        self.revision = revision

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        return {"backend": "any", "revision": self.revision, "pair": f"{source_lang}→{target_lang}"}

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return target_lang != "zu"

    def remedy(self, source_lang: str, target_lang: str) -> str:
        return "learn it"


def system(name: str) -> dict[str, str]:
    return {"name": name, "backend": "fake"}


BASE: dict[str, Any] = {"targets": ["en", "es"], "systems": [system("one"), system("two")]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    for name, text in RELEASES.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def lay(
    folder: Path,
    values: dict[str, Any] | None = None,
    terms: Sequence[Term] = (),
    revisions: dict[str, str] | None = None,
) -> list[Cell]:
    """Return all cells of a run in their order."""
    config = load_config(None, {**BASE, "inputs": [folder], **(values or {})})
    translators = {item.name: AnyLanguage((revisions or {}).get(item.name, "1")) for item in config.systems}
    jobs, failures = find_jobs(config, translators)
    inputs = discover(config.inputs, config.columns, Limits(**config.limits.model_dump()))
    plan = Plan(config, inputs, translators, tuple(jobs), (*inputs.failures, *failures), tuple(terms))
    cells: list[Cell] = []
    for shard in inputs.shards:
        prepared = prepare_shard(plan, shard) if plan.looks_into_texts else []
        cells += lay_out(plan, shard, [item for item in prepared if isinstance(item, PreparedDocument)])
    return [*cells, index_cell(config, cells, plan.failures, {})]


def keys(folder: Path, *args: Any, **options: Any) -> Keys:
    """Return the keys of a run's cells, the page's aside, which is about all of them."""
    cells = lay(folder, *args, **options)
    found = {(cell.stage, cell.shard.name, cell.target_lang, cell.system): cell.key for cell in cells[:-1]}
    assert len(found) == len(cells) - 1
    assert len(set(found.values())) == len(found), "two cells have one key"
    return found


def changed(before: Keys, after: Keys) -> set[tuple[str, str, str, str]]:
    assert before.keys() == after.keys()
    return {cell for cell in before if before[cell] != after[cell]}


def part(
    found: Keys, *stages: str, shard: str = "", lang: str = "", system: str = ""
) -> set[tuple[str, str, str, str]]:
    """Return the cells of some stages, of one shard, target language or system only where that is given."""
    return {
        cell
        for cell in found
        if cell[0] in stages
        and cell[1] in {shard or cell[1]}
        and cell[2] in {lang or cell[2]}
        and cell[3] in {system or cell[3]}
    }


def test_every_stage_of_every_release_language_and_system_has_a_cell(folder: Path) -> None:
    found = keys(folder)
    expected = {("read", shard, "", "") for shard in RELEASES} | {("summarize", shard, "", "") for shard in RELEASES}
    for stage in ("translate", "summarize", "check", "write"):
        expected |= {
            (stage, shard, lang, name) for shard in RELEASES for lang in ("en", "es") for name in ("one", "two")
        }
    assert set(found) == expected


def test_cells_are_listed_in_an_order_in_which_they_can_be_made(folder: Path, tmp_path: Path) -> None:
    references = tmp_path / "references"
    references.mkdir()
    (references / "a.es.txt").write_text("Una.\nDos.\n")
    cells = lay(folder, {"use_references": references})
    made: set[str] = set()
    for cell in cells:
        assert {read.key for read in cell.reads} <= made
        made.add(cell.key)
    assert cells[-1].stage == "index"
    assert {cell.stage for cell in cells} == set(STAGES)


def test_a_cell_finds_what_it_reads_by_stage(folder: Path) -> None:
    cells = lay(folder)
    write = next(cell for cell in cells if cell.stage == "write")
    for stage in ("translate", "read", "check", "summarize"):
        assert write.read_from(stage).stage == stage
        assert write.read_from(stage).shard == write.shard
    summary = write.read_from("summarize")
    assert summary.target_lang == write.target_lang
    assert summary.read_from("summarize").target_lang == ""
    with pytest.raises(StopIteration):
        write.read_from("score")


def test_the_same_run_has_the_same_keys(folder: Path) -> None:
    assert [cell.key for cell in lay(folder)] == [cell.key for cell in lay(folder)]


@pytest.mark.parametrize(
    ("values", "new"),
    [
        ({"targets": ["en", "es", "it"]}, lambda cell: cell[2] == "it"),
        ({"targets": ["it", "es", "en"]}, lambda cell: cell[2] == "it"),
        ({"systems": [system("zero"), system("one"), system("two")]}, lambda cell: cell[3] == "zero"),
    ],
    ids=["language behind", "language in front", "system"],
)
def test_a_new_language_or_system_changes_no_other_key(
    folder: Path, values: dict[str, Any], new: Callable[[tuple[str, ...]], bool]
) -> None:
    before, after = keys(folder), keys(folder, values)
    assert before.items() <= after.items()
    added = after.keys() - before.keys()
    assert added
    assert all(new(cell) for cell in added)


def test_a_new_release_changes_no_other_key(folder: Path) -> None:
    before = keys(folder)
    (folder / "aa.txt").write_text("Un nouveau communiqué de presse.\n", encoding="utf-8")
    after = keys(folder)
    assert before.items() <= after.items()
    assert {cell[1] for cell in after.keys() - before.keys()} == {"aa.txt"}


def test_a_changed_release_changes_all_its_keys_and_no_other(folder: Path) -> None:
    before = keys(folder)
    (folder / "a.txt").write_text("Une correction du communiqué.\n", encoding="utf-8")
    assert changed(before, keys(folder)) == part(before, *STAGES, shard="a.txt")


ABSENT = Term("cryptomonnaie", (("es", "criptomoneda"),))
TRIBUNAL = Term("tribunal", (("es", "juzgado"),))


def test_a_term_that_does_not_occur_changes_no_key(folder: Path) -> None:
    before = keys(folder)
    assert keys(folder, terms=[ABSENT]) == before
    assert keys(folder, terms=[Term("polic", (("es", "x"),))]) == before
    assert keys(folder, {"terms": {"do_not_translate": ["INTERPOL"]}}) == before
    with_one = keys(folder, terms=[TRIBUNAL])
    assert keys(folder, terms=[ABSENT, TRIBUNAL]) == with_one


def test_a_term_that_occurs_changes_what_is_translated_with_it_and_no_more(folder: Path) -> None:
    before, after = keys(folder), keys(folder, terms=[TRIBUNAL])
    stages = ("translate", "check", "summarize", "write")
    assert changed(before, after) == part(before, *stages, shard="a.txt", lang="es")
    again = keys(folder, terms=[Term("tribunal", (("es", "juzgado"), ("en", "court")))])
    assert changed(after, again) == part(before, *stages, shard="a.txt", lang="en")
    forbidden = keys(folder, terms=[Term("tribunal", (("es", "juzgado"),), (("es", "tribunal"),))])
    assert changed(after, forbidden) == part(before, *stages, shard="a.txt", lang="es")


def test_a_name_that_is_not_translated_and_occurs_changes_every_language(folder: Path) -> None:
    before = keys(folder)
    after = keys(folder, {"terms": {"do_not_translate": ["Manille"]}})
    translated = {cell for cell in part(before, "translate", "check", "summarize", "write", shard="a.txt") if cell[2]}
    assert changed(before, after) == translated


def test_a_changed_channel_redoes_summaries_and_what_shows_them(folder: Path) -> None:
    before = keys(folder)
    after = keys(folder, {"summarize": {"channels": [{"name": "post", "max_chars": 200}]}})
    assert changed(before, after) == part(before, "summarize", "write")


def test_a_changed_repair_redoes_checks_and_what_follows(folder: Path) -> None:
    before = keys(folder)
    after = keys(folder, {"repair": {"attempts": ["candidates"]}})
    assert changed(before, after) == {cell for cell in part(before, "check", "summarize", "write") if cell[2]}


def test_a_fallback_is_part_of_the_keys_of_those_that_fall_back_on_it(folder: Path) -> None:
    before = keys(folder, {"repair": {"fallback": ["two"]}})
    after = keys(folder, {"repair": {"fallback": ["two"]}}, revisions={"two": "2"})
    own = part(before, "translate", "check", "summarize", "write", system="two")
    assert changed(before, after) == own | part(before, "check", "summarize", "write", system="one")
    assert changed(keys(folder), keys(folder, revisions={"two": "2"})) == own


@pytest.mark.parametrize(
    "values", [{"limits": {"max_blocks": 7}}, {"columns": {"text": "corps"}}, {"source_lang": "it"}]
)
def test_what_changes_reading_changes_everything(folder: Path, values: dict[str, Any]) -> None:
    before = keys(folder)
    assert changed(before, keys(folder, values)) == set(before)


@pytest.mark.parametrize(
    "values",
    [
        {"fail_on": "never"},
        {"output": Path("elsewhere")},
        {"targets": ["es", "en"]},
        {"systems": [system("two"), system("one")]},
        {"quality": []},
    ],
)
def test_what_changes_no_result_changes_no_key(folder: Path, values: dict[str, Any]) -> None:
    assert keys(folder, values) == keys(folder)


def test_a_measured_quality_changes_the_verdicts_of_that_very_system(folder: Path) -> None:
    before = keys(folder)
    jobs, _ = find_jobs(Config.model_validate(BASE), {"one": AnyLanguage(), "two": AnyLanguage()})
    right = next(job.digest for job in jobs if (job.system.name, job.target_lang) == ("one", "es"))
    assert len({job.digest for job in jobs}) == 2
    record = {"system": "one", "system_digest": right, "target_lang": "es", "metric": "chrF2", "value": 60.0}
    record |= {"signature": "v", "segments": 100, "test_set": "dev"}
    assert changed(before, keys(folder, {"quality": [record]})) == part(before, "write", lang="es", system="one")
    assert keys(folder, {"quality": [record | {"system_digest": "of another model"}]}) == before
    assert keys(folder, {"quality": [record | {"target_lang": "it"}]}) == before


def test_strictness_changes_every_verdict_and_nothing_else(folder: Path) -> None:
    before = keys(folder)
    assert changed(before, keys(folder, {"strictness": "strict"})) == part(before, "write")
    assert keys(folder, {"strictness": "normal"}) == before


def test_references_add_scores_and_change_nothing_else(folder: Path, tmp_path: Path) -> None:
    references = tmp_path / "references"
    references.mkdir()
    before = keys(folder, {"use_references": references})
    assert before == keys(folder)
    (references / "a.es.txt").write_text("Una.\nDos.\n")
    after = keys(folder, {"use_references": references})
    assert before.items() <= after.items()
    scores = {("score", "a.txt", "es", name) for name in ("one", "two")}
    assert after.keys() - before.keys() == scores
    (references / "a.es.txt").write_text("Una.\nTres.\n")
    assert changed(after, keys(folder, {"use_references": references})) == scores


def test_the_page_is_made_anew_when_anything_it_shows_is(folder: Path) -> None:
    def page(**options: Any) -> str:
        return lay(folder, **options)[-1].key

    runs: list[dict[str, Any]] = [
        {},
        {"values": {"targets": ["es", "en"]}},
        {"values": {"targets": ["en"]}},
        {"values": {"targets": ["en", "es", "zu"]}},
        {"values": {"summarize": {"channels": []}}},
        {"revisions": {"two": "2"}},
    ]
    pages = [page(**run) for run in runs]
    assert len(set(pages)) == len(pages)
    assert page() == pages[0]
    (folder / "bad.docx").symlink_to("nowhere")
    assert page() != pages[0]


def test_a_language_that_nothing_here_can_translate_is_named_with_its_remedy(folder: Path) -> None:
    config = Config.model_validate({**BASE, "targets": ["zu", "es"]})
    jobs, failures = find_jobs(config, {"one": AnyLanguage(), "two": AnyLanguage()})
    assert [(job.system.name, job.target_lang) for job in jobs] == [("one", "es"), ("two", "es")]
    assert [(failure.system, failure.target_lang, failure.message, failure.remedy) for failure in failures] == [
        ("one", "zu", "no translator fr→zu", "learn it"),
        ("two", "zu", "no translator fr→zu", "learn it"),
    ]
    assert keys(folder, {"targets": ["en", "es", "zu"]}) == keys(folder)


def imported(file: Path) -> set[Path]:
    """Return the project's files that a file imports, found by Python's own parser."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports are not followed"
            modules |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    places = [ROOT.joinpath(*module.split(".")[1:]) for module in modules if module.split(".")[0] == "pipeline"]
    return {path for place in places for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stages_version_covers_all_the_code_it_imports(stage: Any) -> None:
    files = set(stage_files(stage))
    assert files
    for file in files - {ROOT / "stages.py"}:
        if file.suffix == ".py":
            assert imported(file) <= files, file


def test_no_code_that_shapes_results_is_in_no_version() -> None:
    covered = {file for stage in STAGES for file in stage_files(stage)}
    shaping = ("read", "structure", "segment", "protect", "restore", "summarize", "check", "estimate", "facts")
    shaping += ("score", "report")
    files = {file for part in shaping for file in (ROOT / part).rglob("*") if file.suffix in SOURCES}
    outside = {file.relative_to(ROOT).as_posix() for file in files - covered}
    assert outside <= {"read/inputs.py", "read/__init__.py"}


@pytest.mark.parametrize(
    "file", ["estimate/weights.json", "estimate/language_models/en.npy", "facts/exonyms.tsv", "facts/lexicon/fr-en.tsv"]
)
def test_what_was_learnt_from_data_is_in_the_version_of_the_checks(file: str) -> None:
    assert ROOT / file in stage_files("check")


def test_each_stage_has_its_own_version() -> None:
    versions = [stage_version(stage) for stage in STAGES]
    assert len(set(versions)) == len(STAGES)
