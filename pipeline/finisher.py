"""What follows a shard's translation: checks and repair, summaries, scores, verdicts, files.

Takes shards' cells for one system and language, makes those that are to do, in the order in which they read each
other, and publishes each. Checks are made for many shards at once, in several processes, and so are summaries, so that
a model gets full batches; all else shard by shard.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from pipeline import stages
from pipeline.cells import Cells
from pipeline.check import CheckSettings
from pipeline.check.dismissals import all_findings, find_dismissed, mark_dismissed
from pipeline.check.verdict import Maker, judge
from pipeline.check_pool import Checked, CheckPool, ToCheck
from pipeline.engines import Engines
from pipeline.errors import InputError, UnreadableError
from pipeline.graph import Job
from pipeline.plan import Plan, ShardCells, TargetCells
from pipeline.protect import TermMatcher
from pipeline.read.inputs import Release
from pipeline.records import (
    CheckedDocument,
    Failure,
    Finding,
    PreparedDocument,
    Reference,
    SummarizedDocument,
    TranslatedDocument,
    Verdict,
    WrittenDocument,
)
from pipeline.repair import Rung, repair_releases
from pipeline.report.publish import publish_review_copy, publish_summaries, publish_translation
from pipeline.score import load_references
from pipeline.store import PublishedFile
from pipeline.summarize.stage import SummarySettings, summarize_translations

Pairs = Sequence[tuple[PreparedDocument, TranslatedDocument]]


class Finisher:
    """Finishes shards.

    Args:
        plan: The plan.
        cells: The run's cells.
        engines: Who is asked again for broken sentences, and for the translation of French summaries.
        pool: Checks.
        summaries: How summaries are made.
    """

    def __init__(self, plan: Plan, cells: Cells, engines: Engines, pool: CheckPool, summaries: SummarySettings) -> None:
        self._plan = plan
        self._cells = cells
        self._engines = engines
        self._pool = pool
        self._summaries = summaries
        self._checked: dict[str, list[Checked]] = {}

    def check(self, window: Sequence[tuple[ShardCells, TargetCells]]) -> None:
        """Check what is to be checked of many shards, all releases together; `repair` goes on from there."""
        tasks: dict[str, list[ToCheck]] = {}
        for shard, target in window:
            cell = target.cells["check"]
            if self._cells.is_to_do(cell):
                settings = self._settings(target)
                pairs = self._pairs(shard, target)
                tasks[cell.key] = [ToCheck(prepared, translated, settings) for prepared, translated in pairs]
        with self._cells.watch.stage("check"):
            done = iter(self._pool.check(list(chain.from_iterable(tasks.values()))))
            self._checked = {key: [next(done) for _ in of_cell] for key, of_cell in tasks.items()}

    def repair(self, shard: ShardCells, target: TargetCells) -> None:
        """Repair what failed the checks of a shard, if these are to do."""
        if self._cells.is_to_do(target.cells["check"]):
            self._repair(shard, target)

    def summarize(self, job: Job, window: Sequence[tuple[ShardCells, TargetCells]]) -> None:
        """Make the summaries of those checked shards whose summaries are to do."""
        to_do = [pair for pair in window if self._cells.is_to_do(pair[1].cells["summarize"])]
        pairs = [pair for shard, target in to_do for pair in self._final_pairs(shard, target)]
        french = {
            item.path: item
            for shard, _ in to_do
            for item in self._cells.records(shard.source)
            if isinstance(item, SummarizedDocument)
        }
        targets = {release.path: target for shard, target in to_do for release in shard.read.shard.releases}
        releases = {done.path: release for release, done in pairs}
        translate = partial(self._translate, job, targets, releases)
        with self._cells.watch.stage("summarize"):
            made = summarize_translations(pairs, french, self._summaries, translate)
        for shard, target in to_do:
            paths = {release.path for release in shard.read.shard.releases}
            self._cells.publish(target.cells["summarize"], [item for item in made if item.path in paths])

    def finish(self, shard: ShardCells, target: TargetCells) -> None:
        """Make what is to do of a summarized shard's other cells."""
        to_do = {stage for stage, cell in target.cells.items() if self._cells.is_to_do(cell)}
        if not to_do:
            return
        pairs = self._final_pairs(shard, target)
        if "score" in to_do:
            with self._cells.watch.stage("score"):
                scored = stages.score_pairs(pairs, self._reference_in(target.job.target_lang))
            self._cells.publish(target.cells["score"], scored)
        if "write" in to_do:
            self._write(shard, target, pairs)

    def _pairs(self, shard: ShardCells, target: TargetCells) -> Pairs:
        prepared, translated = self._cells.records(shard.read), self._cells.records(target.cells["translate"])
        return list(stages.pair_up(prepared, translated))

    def _final_pairs(self, shard: ShardCells, target: TargetCells) -> Pairs:
        """Return those of a shard's releases that could be checked, and their translations as repair left them."""
        translated, checked = (self._cells.records(target.cells[stage]) for stage in ("translate", "check"))
        found = {item.path for item in checked if isinstance(item, CheckedDocument)}
        final = stages.final_translations(translated, checked)
        return [pair for pair in stages.pair_up(self._cells.records(shard.read), final) if pair[1].path in found]

    def _settings(self, target: TargetCells) -> CheckSettings:
        return stages.check_settings(self._plan.config.source_lang, target.terms, target.do_not_translate)

    def _repair(self, shard: ShardCells, target: TargetCells) -> None:
        results = self._checked.pop(target.cells["check"].key)
        failures = [item for item in results if isinstance(item, Failure)]
        checked = [item for item in results if isinstance(item, CheckedDocument)]
        found = {item.path for item in checked}
        pairs = [pair for pair in self._pairs(shard, target) if pair[1].path in found]
        with self._cells.watch.stage("repair"):
            changed, checked, log = repair_releases(pairs, checked, self._settings(target), self._rungs(target))
        self._cells.publish(target.cells["check"], [*checked, *changed, *log, *failures])

    def _rungs(self, target: TargetCells) -> list[Rung]:
        """Return the ways to try a broken sentence again: the job's own engine first, then those it falls back on."""
        own, other = self._engines.asker(target.job), self._engines.other_asker(target.job)
        ways = {
            "candidates": Rung("candidates", own, asks_anew=False),
            "clauses": Rung("clauses", own, in_clauses=True),
        }
        if other:
            ways["decoding"] = Rung("decoding", other)
        rungs = [ways[attempt] for attempt in self._plan.config.repair.attempts if attempt in ways]
        return rungs + [Rung(f"fallback {job.system.name}", self._engines.asker(job)) for job in target.fallbacks]

    def _translate(
        self,
        job: Job,
        targets: Mapping[str, TargetCells],
        releases: Mapping[str, PreparedDocument],
        texts: Sequence[PreparedDocument],
    ) -> list[TranslatedDocument | Failure]:
        """Translate French summaries as the releases themselves are, with the terms that occur in these alone.

        Args:
            job: The system and language.
            targets: The cells of each release, by its path.
            releases: The releases themselves, by their paths.
            texts: The summaries, as releases of the same paths.
        """
        masked = {}
        for text in texts:
            path = text.document.path
            terms = self._matcher(targets[path])
            names = job.translator.draft
            masked[path] = stages.protect_release(text, terms, job.system.name, names, releases[path])
        outcomes = self._engines.ask(job, texts, masked, self._plan.matchers[job.target_lang])
        return [
            masks
            if isinstance(masks := masked[path := text.document.path], Failure)
            else stages.restore_release(text, masks, outcomes[path], job.target_lang, job.system.name)
            for text in texts
        ]

    def _matcher(self, target: TargetCells) -> TermMatcher:
        if not self._plan.looks_into_texts:
            return self._plan.matchers[target.job.target_lang]
        return TermMatcher(target.terms, target.do_not_translate, target.job.target_lang)

    def _reference_in(self, target_lang: str) -> Callable[[str], Reference | None]:
        folder = self._plan.config.use_references
        return lambda path: load_references(folder, path, target_lang) if folder else None

    def _write(self, shard: ShardCells, target: TargetCells, pairs: Pairs) -> None:
        records = self._cells.records(target.cells["check"])
        checked = {item.path: item for item in records if isinstance(item, CheckedDocument)}
        made = self._cells.records(target.cells["summarize"])
        summaries = {item.path: item for item in made if isinstance(item, SummarizedDocument)}
        releases = {release.path: release for release in shard.read.shard.releases}
        written: list[WrittenDocument | Failure] = []
        files: list[PublishedFile] = []
        for prepared, translated in pairs:
            path = translated.path
            with self._cells.watch.stage("check"):
                job = target.job
                found = all_findings(checked[path], summaries[path])
                dismissed = find_dismissed(prepared, translated, found, self._plan.dismissals[job.target_lang])
                findings = mark_dismissed(found, dismissed)
                verdict = judge(
                    prepared,
                    translated,
                    replace(checked[path], findings=findings),
                    Maker(job.translator.draft, job.quality),
                    strictness=self._plan.config.strictness,
                    summaries=len(summaries[path].summaries),
                )
            with self._cells.watch.stage("write"):
                try:
                    put = self._put_files(releases[path], prepared, translated, findings, summaries[path], verdict)
                except InputError as error:
                    place = (path, translated.target_lang, translated.system, "write")
                    retry = isinstance(error, UnreadableError)
                    written.append(Failure(*place, error.message, error.remedy, retry))
                else:
                    files += put
                    name = put[0].path if put else ""
                    written.append(WrittenDocument(translated.doc_id, path, verdict, name, dismissed))
        self._cells.publish(target.cells["write"], written, files)

    def _put_files(
        self,
        release: Release,
        prepared: PreparedDocument,
        translated: TranslatedDocument,
        findings: Sequence[Finding],
        summarized: SummarizedDocument,
        verdict: Verdict,
    ) -> list[PublishedFile]:
        """Write a release's files, its translation first; none for a row of a dataset."""
        if release.row is not None:
            return []
        store, blocked = self._cells.store, verdict.state == "blocked"
        data = stages.read_release(release)
        place = f"{translated.target_lang}/{translated.system}"
        return [
            publish_translation(store, data, prepared, translated, blocked),
            *publish_review_copy(store, data, prepared, translated, findings, blocked),
            publish_summaries(store, summarized, place, blocked, verdict.embargo),
        ]
