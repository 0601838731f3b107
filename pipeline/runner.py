"""Skip, run, resume: the cells of a plan, made in order, each published as soon as it is done.

What was published is left alone, so that a second run does nothing and a killed one goes on where it was. First all
shards are read, then each system translates into each language, a window of shards at a time: the distinct texts of a
window go to the engine together, and memory holds one window whatever the run's size.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pipeline import stages
from pipeline.cells import Cells
from pipeline.check_pool import CheckPool
from pipeline.engines import Engines
from pipeline.errors import LanguageError, TranslatorError
from pipeline.finisher import Finisher
from pipeline.graph import Job, fallback_jobs, index_cell
from pipeline.interrupt import Interrupt
from pipeline.plan import Plan, ShardCells, TargetCells, lay_out, planned, prepare_shard
from pipeline.records import (
    Failure,
    MaskedSegment,
    PreparedDocument,
    SummarizedDocument,
)
from pipeline.report.publish import publish_summaries
from pipeline.report.run_report import RunReport
from pipeline.restore import Settled, settle_release
from pipeline.store import Store
from pipeline.structure.embargoes import embargo_of
from pipeline.summarize.remembered import RememberingSummarizer
from pipeline.summarize.stage import SummarySettings, summarize_sources
from pipeline.translate.cache import SegmentCache

WINDOW_RELEASES = 64
"""Releases whose texts go to the engine together: enough for full batches, little enough for any memory."""

CACHE_FILE = "segments.sqlite"


class Reporter(Protocol):
    """Who is told how far a run is."""

    def begin(self, label: str, total: int) -> None:
        """Say that so many releases are to pass through something."""
        ...

    def advance(self, releases: int) -> None:
        """Say that some of them are done."""
        ...

    def note(self, text: str) -> None:
        """Say what is being done right now."""
        ...

    def end(self) -> None:
        """Say that all of them are done."""
        ...


def run(plan: Plan, store: Store, reporter: Reporter, force: bool = False) -> RunReport:
    """Do what a plan says and the store does not hold already.

    Args:
        plan: The plan.
        store: The output folder.
        reporter: Who is told.
        force: Make everything anew.

    Raises:
        StoreError: Another run holds the folder.
        Interrupted: The run was asked to stop; everything finished is kept.
    """
    interrupt = Interrupt()
    with store.lock(), interrupt.listening():
        store.sweep()
        if force:
            for end in ("", "-wal", "-shm"):  # a killed run leaves a log, which a new database would take for its own
                (store.state / f"{CACHE_FILE}{end}").unlink(missing_ok=True)
        with SegmentCache(store.state / CACHE_FILE) as cache:
            pool = CheckPool()
            try:
                return _Run(plan, Cells(store, force), reporter, interrupt, cache, pool).execute()
            finally:
                pool.close()
                for model in (*plan.translators.values(), plan.summarizer):
                    if model is not None:
                        model.close()


class _Run:
    """One run over one plan."""

    def __init__(
        self,
        plan: Plan,
        cells: Cells,
        reporter: Reporter,
        interrupt: Interrupt,
        cache: SegmentCache,
        pool: CheckPool,
    ) -> None:
        self.plan = plan
        self.cells = cells
        self.store = cells.store
        self.reporter = reporter
        self.interrupt = interrupt
        self.engines = Engines(cache, plan.config.source_lang, self._after_batch)
        self.pool = pool
        config = plan.config.summarize
        writer = plan.summarizer and RememberingSummarizer(plan.summarizer, cache, self._after_summaries)
        self.summaries = SummarySettings(config.channels, config.orders, writer, plan.edits)
        self.failures = list(plan.failures)

    def execute(self) -> RunReport:
        shards = self._read()
        config, cells = self.plan.config, [cell for shard in shards for cell in shard]
        index = index_cell(config, cells, self.plan.failures, self.plan.dismissals[config.source_lang])
        self.store.write_plan(planned([*(cell for shard in shards for cell in shard), index]))
        for window in _windows([shard for shard in shards if self.cells.is_to_do(shard.source)]):
            self._summarize_sources(window)
        numbers = self._by_system()
        for place, number in enumerate(numbers):
            self._translate_all(number, self.plan.jobs[number], shards)
            self._close_idle([self.plan.jobs[later] for later in numbers[place + 1 :]])
        report = RunReport(self.plan, self.store, shards, tuple(self.failures))
        if self.cells.published or self.cells.is_to_do(index):
            self.reporter.note("writing the page")
            with self.cells.watch.stage("report"):
                files = report.write_files(self.engines.counts, self.cells.watch)
            self.cells.publish(index, self.failures, files)
        return report

    # --- reading

    def _read(self) -> list[ShardCells]:
        shards = []
        self.reporter.begin("Reading", self.plan.inputs.releases)
        for shard in self.plan.inputs.shards:
            cells = lay_out(self.plan, shard, ())
            if self.cells.is_to_do(cells.read):
                with self.cells.watch.stage("read"):
                    items = prepare_shard(self.plan, shard)
                self.cells.publish(cells.read, items)
            if self.plan.looks_into_texts:
                with self.cells.watch.stage("protect"):
                    cells = lay_out(self.plan, shard, self._prepared(cells))
            shards.append(cells)
            self.cells.put_down()
            self.reporter.advance(len(shard.releases))
            self.interrupt.check()
        self.reporter.end()
        return shards

    def _prepared(self, cells: ShardCells) -> Iterator[PreparedDocument]:
        return (item for item in self.cells.records(cells.read) if isinstance(item, PreparedDocument))

    def _summarize_sources(self, window: Sequence[ShardCells]) -> None:
        prepared = [release for cells in window for release in self._prepared(cells)]
        with self.cells.watch.stage("summarize"):
            made = summarize_sources(prepared, self.summaries)
        embargoes = {release.document.path: embargo_of(release.document.blocks) for release in prepared}
        for cells in window:
            paths = {release.path for release in cells.read.shard.releases}
            own = [item for item in made if item.path in paths]
            files = []
            if not _is_rows(cells):
                done = [item for item in own if isinstance(item, SummarizedDocument)]
                with self.cells.watch.stage("write"):
                    files = [
                        publish_summaries(self.store, item, item.lang, False, embargoes[item.path]) for item in done
                    ]
            self.cells.publish(cells.source, own, files)
        self.cells.put_down()
        self.interrupt.check()

    # --- one system and language

    def _translate_all(self, number: int, job: Job, shards: Sequence[ShardCells]) -> None:
        self.reporter.begin(f"{job.target_lang}, {job.system.name}", self.plan.inputs.releases)
        finisher = Finisher(self.plan, self.cells, self.engines, self.pool, self.summaries)
        for window in _windows(shards):
            pairs = [(cells, cells.targets[number]) for cells in window]
            try:
                self._translate(job, [pair for pair in pairs if self.cells.is_to_do(pair[1].cells["translate"])])
            except (TranslatorError, LanguageError) as error:
                place = ("", job.target_lang, job.system.name, "translate")
                self.failures.append(Failure(*place, error.message, error.remedy, retry=True))
                break
            finisher.check(pairs)
            for cells, target in pairs:
                finisher.repair(cells, target)
                self.interrupt.check()
            finisher.summarize(job, pairs)
            for cells, target in pairs:
                finisher.finish(cells, target)
                self.reporter.advance(len(cells.read.shard.releases))
                self.interrupt.check()
            self.cells.put_down()
        self.reporter.end()

    def _by_system(self) -> list[int]:
        """Return the jobs' numbers, a system's languages in a row: its model is loaded once."""
        systems = list(self.plan.translators)
        return sorted(range(len(self.plan.jobs)), key=lambda number: systems.index(self.plan.jobs[number].system.name))

    def _close_idle(self, later: Sequence[Job]) -> None:
        """Stop what no later job needs, itself or to fall back on."""
        plan = self.plan
        needed = [other.translator for job in later for other in (job, *fallback_jobs(job, plan.jobs, plan.config))]
        for translator in plan.translators.values():
            if translator not in needed:
                translator.close()

    def _translate(self, job: Job, pairs: Sequence[tuple[ShardCells, TargetCells]]) -> None:
        masked: dict[str, tuple[MaskedSegment, ...] | Failure] = {}
        settled: dict[str, Settled] = {}
        matcher = self.plan.matchers[job.target_lang]
        with self.cells.watch.stage("protect"):
            for cells, _ in pairs:
                for release in self._prepared(cells):
                    path = release.document.path
                    masks = stages.protect_release(release, matcher, job.system.name, job.translator.draft)
                    masked[path], settled[path] = masks, {}
                    if not isinstance(masks, Failure):
                        approved = self.plan.approved_texts[job.target_lang]
                        settled[path] = settle_release(release, masks, job.target_lang, job.system.name, approved)
        releases = [release for cells, _ in pairs for release in self._prepared(cells)]
        with self.cells.watch.stage("translate"):
            outcomes = self.engines.ask(job, releases, masked, matcher, settled)
        for cells, target in pairs:
            with self.cells.watch.stage("restore"):
                items: stages.Translated = [
                    masks
                    if isinstance(masks := masked[path := release.document.path], Failure)
                    else stages.restore_release(
                        release, masks, outcomes[path], job.target_lang, job.system.name, settled[path]
                    )
                    for release in self._prepared(cells)
                ]
            self.cells.publish(target.cells["translate"], items)

    def _after_batch(self, sentences: int) -> None:
        self.reporter.note(f"{sentences:,} sentences more")
        self.interrupt.check()

    def _after_summaries(self, texts: int) -> None:
        self.reporter.note(f"{texts:,} summaries more")
        self.interrupt.check()


def _is_rows(cells: ShardCells) -> bool:
    return cells.read.shard.releases[0].row is not None


def _windows(shards: Sequence[ShardCells]) -> Iterator[list[ShardCells]]:
    window: list[ShardCells] = []
    releases = 0
    for cells in shards:
        more = len(cells.read.shard.releases)
        if window and releases + more > WINDOW_RELEASES:
            yield window
            window, releases = [], 0
        window.append(cells)
        releases += more
    if window:
        yield window
