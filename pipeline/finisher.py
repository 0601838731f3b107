"""What follows a shard's translation: checks and repair, summaries, scores, verdicts, files.

Takes shards' cells for one system and language, makes those that are to do, in the order in which they read each
other, and publishes each. Checks are made for many shards at once, in several processes; all else shard by shard.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from pipeline import stages
from pipeline.cells import Cells
from pipeline.check import CheckSettings
from pipeline.check.dismissals import find_dismissed, mark_dismissed
from pipeline.check.verdict import judge
from pipeline.check_pool import Checked, CheckPool, ToCheck
from pipeline.engines import Engines
from pipeline.errors import InputError, UnreadableError
from pipeline.plan import Plan, ShardCells, TargetCells
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

Pairs = Sequence[tuple[PreparedDocument, TranslatedDocument]]


class Finisher:
    """Finishes shards.

    Args:
        plan: The plan.
        cells: The run's cells.
        engines: Who is asked again for broken sentences.
    """

    def __init__(self, plan: Plan, cells: Cells, engines: Engines, pool: CheckPool) -> None:
        self._plan = plan
        self._cells = cells
        self._engines = engines
        self._pool = pool
        self._checked: dict[str, list[Checked]] = {}

    def check(self, window: Sequence[tuple[ShardCells, TargetCells]]) -> None:
        """Check what is to be checked of many shards, all releases together; `finish` goes on from there."""
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

    def finish(self, shard: ShardCells, target: TargetCells) -> None:
        """Make what is to do of a shard's cells behind `translate`."""
        to_do = {stage for stage, cell in target.cells.items() if self._cells.is_to_do(cell)}
        if not to_do:
            return
        prepared, translated = self._cells.records(shard.read), self._cells.records(target.cells["translate"])
        if "check" in to_do:
            self._repair(shard, target)
        final = stages.final_translations(translated, self._cells.records(target.cells["check"]))
        pairs = list(stages.pair_up(prepared, final))
        if "summarize" in to_do:
            self._summarize(shard, target, pairs)
        if "score" in to_do:
            with self._cells.watch.stage("score"):
                scored = stages.score_pairs(pairs, self._reference_in(target.job.target_lang))
            self._cells.publish(target.cells["score"], scored)
        if "write" in to_do:
            self._write(shard, target, pairs)

    def _pairs(self, shard: ShardCells, target: TargetCells) -> Pairs:
        prepared, translated = self._cells.records(shard.read), self._cells.records(target.cells["translate"])
        return list(stages.pair_up(prepared, translated))

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

    def _summarize(self, shard: ShardCells, target: TargetCells, pairs: Pairs) -> None:
        rankings = {item.path: item.ranking for item in self._cells.records(shard.source)}
        with self._cells.watch.stage("summarize"):
            summarized = stages.summarize_pairs(pairs, rankings, self._plan.config.summarize.channels)
        self._cells.publish(target.cells["summarize"], summarized)

    def _reference_in(self, target_lang: str) -> Callable[[str], Reference | None]:
        folder = self._plan.config.use_references
        return lambda path: load_references(folder, path, target_lang) if folder else None

    def _write(self, shard: ShardCells, target: TargetCells, pairs: Pairs) -> None:
        records = self._cells.records(target.cells["check"])
        checked = {item.path: item for item in records if isinstance(item, CheckedDocument)}
        summaries = {item.path: item for item in self._cells.records(target.cells["summarize"])}
        releases = {release.path: release for release in shard.read.shard.releases}
        written: list[WrittenDocument | Failure] = []
        files: list[PublishedFile] = []
        for prepared, translated in pairs:
            path = translated.path
            with self._cells.watch.stage("check"):
                job = target.job
                found = checked[path].findings
                dismissed = find_dismissed(prepared, translated, found, self._plan.dismissals[job.target_lang])
                findings = mark_dismissed(found, dismissed)
                marked = replace(checked[path], findings=findings)
                strictness = self._plan.config.strictness
                verdict = judge(prepared, translated, marked, job.translator.draft, job.quality, strictness=strictness)
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
            publish_summaries(store, translated.path, place, summarized.summaries, blocked, verdict.embargo),
        ]
