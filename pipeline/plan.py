"""What a run will do: configuration and inputs in, every cell with its key out, before anything is translated.

Only the termbase and the approved texts ask for more than digests: an entry belongs to a shard's keys if it occurs in
the shard, so a run with any must have read its releases to know their keys.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline.check.dismissals import Dismissal, dismissals_for, load_dismissals
from pipeline.config import Config
from pipeline.errors import ConfigError, InputError, StoreError
from pipeline.fingerprint import fingerprint
from pipeline.graph import (
    Cell,
    Given,
    Job,
    Wording,
    fallback_jobs,
    find_jobs,
    index_cell,
    read_cell,
    source_cell,
    target_cells,
)
from pipeline.protect import ApprovedTexts, TermMatcher, load_boilerplate, load_termbase
from pipeline.read.base import Limits
from pipeline.read.inputs import Inputs, Shard, discover, require
from pipeline.records import Failure, PreparedDocument, Term
from pipeline.score import load_references
from pipeline.stage_version import Stage
from pipeline.stages import Prepared, applicable_terms, read_shard
from pipeline.store import PlannedCell, Store
from pipeline.summarize.edits import Edit, edits_for, load_edits
from pipeline.summarize.summarizers import Summarizer, make_summarizer
from pipeline.translate import build_translator
from pipeline.translate.base import Translator
from pipeline.translate.licences import check_licences, models_of

CellState = Literal["cached", "to do"]


@dataclass(frozen=True)
class Plan:
    """A run before it is run.

    Attributes:
        config: The configuration.
        inputs: What was found to read.
        translators: By name of the system, not started.
        jobs: Systems and languages that can be done.
        failures: What cannot be done at all: inputs and languages.
        terms: The termbase.
        boilerplate: Approved translations of whole paragraphs.
        unknown_licences: Models whose licence is not on record here.
        dismissed: Findings that reviewers dismissed.
        summarizer: What writes summaries, not started; None where they are drawn from the text.
        edits: Summaries that reviewers chose or wrote.
    """

    config: Config
    inputs: Inputs
    translators: dict[str, Translator]
    jobs: tuple[Job, ...]
    failures: tuple[Failure, ...]
    terms: tuple[Term, ...]
    boilerplate: tuple[Term, ...] = ()
    unknown_licences: tuple[str, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    summarizer: Summarizer | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def limits(self) -> Limits:
        """What is too large to be read."""
        return Limits(**self.config.limits.model_dump())

    @property
    def looks_into_texts(self) -> bool:
        """Tell whether keys depend on what stands in the releases: on terms or approved texts."""
        return bool(self.terms or self.config.terms.do_not_translate or self.boilerplate)

    @cached_property
    def dismissals(self) -> dict[str, dict[str, str]]:
        """What reviewers dismissed, by language and finding, with the reasons."""
        langs = (self.config.source_lang, *self.config.targets)
        return {lang: dismissals_for(self.dismissed, lang) for lang in langs}

    @cached_property
    def matchers(self) -> dict[str, TermMatcher]:
        """The termbase as each target language sees it."""
        fixed = self.config.terms.do_not_translate
        return {lang: TermMatcher(self.terms, fixed, lang) for lang in self.config.targets}

    def summary_key(self, lang: str, system: str) -> list[object]:
        """Return what changes summaries, in the source language where `system` is empty.

        The edits of a language are in the keys of all its shards, since which release an edit is of only reading it
        can tell; what was written is remembered, so that this costs no second writing.
        """
        config = self.config.summarize
        orders = config.orders if system else ()
        writes = self.summarizer if not system or "translate-then-summarize" in orders else None
        written = writes.signature(lang) if writes else None
        edits = sorted(edits_for(self.edits, lang, system).items())
        return [[channel.model_dump() for channel in config.channels], orders, written, edits]

    @cached_property
    def approved_texts(self) -> dict[str, ApprovedTexts]:
        """The approved paragraphs of each target language."""
        return {lang: ApprovedTexts(self.boilerplate, lang) for lang in self.config.targets}


@dataclass(frozen=True, slots=True)
class TargetCells:
    """A shard's cells for one system and language.

    Attributes:
        job: The system and language.
        fallbacks: What is asked where its output cannot be repaired otherwise.
        cells: By stage; `score` only where there is a reference.
        terms: The termbase's entries that occur in the shard, do-not-translate strings aside.
        do_not_translate: Those strings that occur in it.
    """

    job: Job
    fallbacks: tuple[Job, ...]
    cells: dict[Stage, Cell]
    terms: tuple[Term, ...]
    do_not_translate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShardCells:
    """All cells of a shard: reading it, its summaries in its own language, then one group a system and language."""

    read: Cell
    source: Cell
    targets: tuple[TargetCells, ...]

    def __iter__(self) -> Iterator[Cell]:
        yield self.read
        yield self.source
        for target in self.targets:
            yield from target.cells.values()


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """A line of `communique plan`: a cell, whether it must be made, and why."""

    cell: Cell
    state: CellState
    why: str


def make_plan(config: Config, limit: int | None = None, sample: int | None = None) -> Plan:
    """Find out what there is to read and what can be translated.

    Args:
        config: The configuration.
        limit: Take the first so many releases.
        sample: Take so many releases at random, the same ones each time.

    Raises:
        ConfigError: A system or the termbase cannot be used, or a model's licence forbids what it is used for.
        InputError: There is nothing to read.
    """
    translators = {}
    problems: list[str] = []
    for number, system in enumerate(config.systems):
        try:
            translators[system.name] = build_translator(system)
        except ConfigError as error:
            problems += [f"systems[{number}].{problem}" for problem in error.problems]
    summarizer = None
    try:
        summarizer = make_summarizer(config)
    except ConfigError as error:
        problems += error.problems
    if problems:
        raise ConfigError(problems, "the configuration")
    model = config.summarize.method.model
    writing = {"summarize.method.model": model} if model else {}
    unknown = check_licences(models_of(config.systems) | writing, config.use)
    terms = load_termbase(config.terms.termbase) if config.terms.termbase else ()
    boilerplate = load_boilerplate(config.boilerplate.file) if config.boilerplate.file else ()
    dismissed = load_dismissals(config.dismissals) if config.dismissals else ()
    jobs, untranslatable = find_jobs(config, translators)
    limits = Limits(**config.limits.model_dump())
    inputs = discover(config.inputs, config.columns, limits, limit, sample)
    require(inputs)
    failures = (*inputs.failures, *untranslatable)
    edits = load_edits(config.edits) if config.edits else ()
    return Plan(
        config, inputs, translators, tuple(jobs), failures, terms, boilerplate, unknown, dismissed, summarizer, edits
    )


def prepare_shard(plan: Plan, shard: Shard) -> Prepared:
    """Read a shard as the plan's configuration says."""
    return read_shard(shard, plan.config.source_lang, plan.limits, plan.config.columns)


def lay_out(plan: Plan, shard: Shard, prepared: Iterable[PreparedDocument]) -> ShardCells:
    """Name a shard's cells.

    Args:
        plan: The plan.
        shard: The shard.
        prepared: Its releases; only looked at if there are terms or approved texts.
    """
    read = read_cell(shard, plan.config)
    source = source_cell(read, plan.summary_key(plan.config.source_lang, ""))
    fixed = set(plan.config.terms.do_not_translate)
    releases = list(prepared) if plan.looks_into_texts else []
    targets = []
    paragraphs = [block.text for release in releases for block in release.document.blocks]
    for job in plan.jobs:
        approved_texts = plan.approved_texts[job.target_lang].applicable(paragraphs)
        terms = applicable_terms(releases, plan.matchers[job.target_lang]) if releases else ()
        fallbacks = fallback_jobs(job, plan.jobs, plan.config)
        given = Given(
            fallbacks,
            Wording(terms, approved_texts),
            _reference_digest(plan, shard, job.target_lang),
            plan.dismissals[job.target_lang],
            plan.summary_key(job.target_lang, job.system.name),
        )
        cells = target_cells(read, source, job, plan.config, given)
        targets.append(
            TargetCells(
                job,
                fallbacks,
                {cell.stage: cell for cell in cells},
                tuple(term for term in terms if term.source not in fixed),
                tuple(term.source for term in terms if term.source in fixed),
            )
        )
    return ShardCells(read, source, tuple(targets))


def planned(cells: Iterable[Cell]) -> list[PlannedCell]:
    """Return cells as the store's plan remembers them."""
    return [PlannedCell(cell.stage, cell.key, cell.shard.name, cell.target_lang, cell.system) for cell in cells]


def explain(plan: Plan, store: Store, force: bool = False) -> Iterator[PlannedWork]:
    """Say of every cell whether it must be made, and why, without making any."""
    earlier = _Earlier(store)
    cells: list[Cell] = []
    anew: dict[str, Stage] = {}

    def look_at(cell: Cell) -> PlannedWork:
        cells.append(cell)
        made_anew = next((anew[read.key] for read in cell.reads if read.key in anew), "")
        here = store.has(cell.stage, cell.key)
        if here and not force and not (cell.stage == "index" and made_anew):
            return PlannedWork(cell, "cached", "")
        anew[cell.key] = cell.stage
        why = f"{made_anew} is made anew" if here else earlier.why(cell, made_anew)
        return PlannedWork(cell, "to do", "forced" if force else why)

    for shard in plan.inputs.shards:
        prepared = prepare_shard(plan, shard) if plan.looks_into_texts else []
        yield from map(look_at, lay_out(plan, shard, (item for item in prepared if isinstance(item, PreparedDocument))))
    yield look_at(index_cell(plan.config, cells, plan.failures, plan.dismissals[plan.config.source_lang]))


class _Earlier:
    """What the folder's latest run planned, to tell what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        try:
            cells = store.read_plan()
        except StoreError:
            cells = []  # nothing was ever planned here, or nobody can tell
        self._keys = {cell.key for cell in cells}
        self._shards = {cell.shard for cell in cells}
        self._jobs = {(cell.target_lang, cell.system) for cell in cells}

    def why(self, cell: Cell, made_anew: str) -> str:
        if self._store.is_published(cell.stage, cell.key):
            return "failed, damaged or missing"
        if cell.key in self._keys:
            return "not finished"
        if cell.shard.name not in self._shards:
            return "new input"
        if (cell.target_lang, cell.system) not in self._jobs:
            return "new language or system"
        return f"{made_anew} is made anew" if made_anew else "input, settings or code changed"


def _reference_digest(plan: Plan, shard: Shard, target_lang: str) -> str:
    """Return the digest of a shard's references in a language; empty if it has none."""
    folder = plan.config.use_references
    if folder is None:
        return ""
    found = [_reference_lines(folder, release.path, target_lang) for release in shard.releases]
    return fingerprint(found) if any(found) else ""


def _reference_lines(folder: Path, path: str, target_lang: str) -> Sequence[str]:
    try:
        reference = load_references(folder, path, target_lang)
    except InputError as error:
        return (error.message,)
    return reference.segments if reference else ()
