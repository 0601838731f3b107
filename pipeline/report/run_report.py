"""The report of a run: the review page, the exports, the datasets' rows and `run.json`, from published cells alone.

Releases pass through one at a time, so that a run of any size is reported in the memory of one shard.
"""

import json
import math
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from itertools import chain
from typing import Any

from pipeline import __version__
from pipeline.check.coverage import is_thin
from pipeline.check.dismissals import find_dismissed, mark_dismissed
from pipeline.plan import Plan, ShardCells, TargetCells
from pipeline.records import (
    SCHEMA_VERSION,
    CheckedDocument,
    Failure,
    Finding,
    PreparedDocument,
    Repair,
    ScoredDocument,
    SummarizedDocument,
    TranslatedDocument,
    WrittenDocument,
)
from pipeline.report.dataset_rows import write_datasets
from pipeline.report.exports import EXPORTS, Exports
from pipeline.report.links import anchor
from pipeline.report.model import IndexRow, MemoryMatch, ReleaseReport, RunInfo, SystemOutput
from pipeline.report.outcomes import (
    Outcome,
    count_states,
    found_in,
    iterate_outcomes,
    records_of,
    target_records,
    translated_documents,
    worst,
)
from pipeline.report.page import write_index, write_release_page
from pipeline.stopwatch import Stopwatch
from pipeline.store import PublishedFile, Store
from pipeline.translate.context import as_memory
from pipeline.translate.engine import EngineCounts

INDEX = "index.html"
RUN = "run.json"
ONE_PAGE_RELEASES = 500
"""Up to so many releases stand on the index itself; above, each has a page of its own."""

WORST_SHOWN = 200
"""Lines of the index's table when releases have pages of their own."""


class RunReport:
    """What a run came to.

    Args:
        plan: The plan.
        store: The output folder.
        shards: The run's cells, in order.
        failures: What failed outside all cells.
    """

    def __init__(self, plan: Plan, store: Store, shards: Sequence[ShardCells], failures: tuple[Failure, ...]) -> None:
        self._plan = plan
        self._store = store
        self._shards = shards
        self._failures = failures
        self.index = store.output / INDEX

    @cached_property
    def states(self) -> dict[str, int]:
        """How many translations are ready, to review, blocked and failed."""
        return count_states(self._outcomes(findings=False))

    @property
    def info(self) -> RunInfo:
        """What the page and the last lines on the terminal say about the run."""
        config = self._plan.config
        counts: dict[str, int] = {"releases": self._plan.inputs.releases, **self.states}
        versions = {"communique": __version__, "python": platform.python_version()}
        return RunInfo(
            name=self._store.output.resolve().name,
            source_lang=config.source_lang,
            targets=config.targets,
            systems=tuple(system.name for system in config.systems),
            counts=tuple(counts.items()),
            versions=tuple(versions.items()),
        )

    def table(self, most: int) -> list[Outcome]:
        """Return the outcomes in the order of the releases, or the worst ones if there are more than `most`."""
        outcomes = self._outcomes(findings=True)
        if sum(self.states.values()) > most:
            return worst(outcomes, most)
        return sorted(outcomes, key=lambda outcome: (outcome.path, self._place(outcome)))

    def write_files(self, counts: Mapping[tuple[str, str], EngineCounts], watch: Stopwatch) -> list[PublishedFile]:
        """Write everything that is about the run as a whole, and say what a manifest says of it.

        Args:
            counts: What the engines did, by language and system.
            watch: The seconds of each stage.
        """
        paths = [f"{name}.jsonl" for name in EXPORTS]
        with Exports(self._store.output) as exports:
            for failure in self._all_failures():
                exports.add_failure(failure)
            for release in self._releases():
                exports.add_release(release)
        paths += write_datasets(self._plan, self._store, self._shards)
        paths += self._write_pages()
        run = json.dumps(self._run(counts, watch), ensure_ascii=False, indent=2) + "\n"
        return [*map(self._store.describe_file, paths), self._store.put_file(RUN, run.encode())]

    # --- pages

    def _write_pages(self) -> list[str]:
        info = self.info
        if self._plan.inputs.releases <= ONE_PAGE_RELEASES:
            rows = [self._row(outcome, "") for outcome in self.table(most=sys.maxsize)]
            write_index(self.index, info, rows, self._releases())
            return [INDEX]
        paths = [INDEX]
        for release in self._releases():
            path = _page(release.prepared.document.path)
            outputs = (replace(output, file=output.file and f"../{output.file}") for output in release.outputs)
            write_release_page(self._store.output / path, info, replace(release, outputs=tuple(outputs)))
            paths.append(path)
        rows = [self._row(outcome, _page(outcome.path)) for outcome in self.table(most=WORST_SHOWN)]
        write_index(self.index, info, rows, ())
        return paths

    def _row(self, outcome: Outcome, page: str) -> IndexRow:
        severities = [finding.severity for finding in outcome.findings]
        return IndexRow(
            path=outcome.path or "every release",
            doc_id=outcome.written.doc_id if outcome.written else "",
            target_lang=outcome.target_lang,
            system=outcome.system,
            state=outcome.state,
            reason=" — ".join(filter(None, (outcome.reason, outcome.remedy))),
            blockers=severities.count("blocker"),
            majors=severities.count("major"),
            minors=severities.count("minor"),
            page=page if outcome.written else "",
            checks=tuple(sorted({finding.check for finding in outcome.findings})),
            embargo=outcome.embargo,
            is_thin=outcome.written is not None and is_thin(outcome.target_lang),
        )

    # --- what the cells hold

    def _outcomes(self, findings: bool) -> Iterator[Outcome]:
        return iterate_outcomes(self._store, self._shards, self._failures, findings)

    def _all_failures(self) -> Iterator[Failure]:
        yield from self._failures
        for shard in self._shards:
            yield from chain.from_iterable(records_of(self._store, cell, Failure) for cell in shard)

    def _place(self, outcome: Outcome) -> tuple[int, int]:
        config = self._plan.config
        systems = [system.name for system in config.systems]
        return (
            config.targets.index(outcome.target_lang) if outcome.target_lang else -1,
            systems.index(outcome.system) if outcome.system else -1,
        )

    def _releases(self) -> Iterator[ReleaseReport]:
        """Yield every release that was read, shard by shard, with all that was made of it."""
        for cells in self._shards:
            source = {item.path: item for item in records_of(self._store, cells.source, SummarizedDocument)}
            outputs: dict[str, list[SystemOutput]] = {}
            for target in cells.targets:
                for output in self._outputs(cells, target):
                    outputs.setdefault(output.translated.path, []).append(output)
            for prepared in records_of(self._store, cells.read, PreparedDocument):
                path = prepared.document.path
                own = source.get(path)
                yield ReleaseReport(
                    prepared,
                    own.summaries if own else (),
                    tuple(outputs.get(path, ())),
                    self._marked(prepared, own.findings) if own else (),
                )

    def _marked(self, prepared: PreparedDocument, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return what was found in French summaries, with the reasons of what was dismissed."""
        dismissals = self._plan.dismissals[self._plan.config.source_lang]
        return mark_dismissed(findings, find_dismissed(prepared, None, findings, dismissals))

    def _outputs(self, cells: ShardCells, target: TargetCells) -> Iterator[SystemOutput]:
        written = {item.path: item for item in target_records(self._store, target, "write", WrittenDocument)}
        checked = target_records(self._store, target, "check", CheckedDocument)
        estimates = {item.path: item.estimates for item in checked}
        findings = found_in(self._store, target)
        scores = {item.path: item.scores for item in target_records(self._store, target, "score", ScoredDocument)}
        summaries = {
            item.path: item.summaries for item in target_records(self._store, target, "summarize", SummarizedDocument)
        }
        repairs: dict[str, list[Repair]] = {}
        for repair in target_records(self._store, target, "check", Repair):
            repairs.setdefault(repair.doc_id, []).append(repair)
        prepared = {item.document.path: item for item in records_of(self._store, cells.read, PreparedDocument)}
        for translated in translated_documents(self._store, target):
            path = translated.path
            if path in written:
                item = written[path]
                yield SystemOutput(
                    translated,
                    mark_dismissed(findings[path], item.dismissed),
                    item.verdict,
                    summaries[path],
                    scores.get(path, ()),
                    item.file,
                    tuple(repairs.get(translated.doc_id, ())),
                    estimates[path],
                    tuple(self._similar(target, prepared[path], translated)),
                )

    def _similar(
        self, target: TargetCells, prepared: PreparedDocument, translated: TranslatedDocument
    ) -> Iterator[MemoryMatch]:
        """Yield what the system's memory, if it has one, knows of sentences like those that it did not have."""
        memory = as_memory(target.job.translator)
        if memory is None:
            return
        for segment, hypothesis in zip(prepared.segments, translated.hypotheses, strict=True):
            if hypothesis.origin != "tm":
                for match in memory.matches(segment.source, prepared.document.lang, target.job.target_lang):
                    percent = math.floor(100 * match.similarity)
                    yield MemoryMatch(segment.seg_id, percent, match.entry.source, match.entry.target)

    # --- run.json

    def _run(self, counts: Mapping[tuple[str, str], EngineCounts], watch: Stopwatch) -> dict[str, Any]:
        plan = self._plan
        source_lang = plan.config.source_lang
        return {
            "schema_version": SCHEMA_VERSION,
            "versions": dict(self.info.versions),
            "config": plan.config.model_dump(mode="json"),
            "systems": [
                {
                    "name": job.system.name,
                    "target_lang": job.target_lang,
                    "digest": job.digest,
                    "signature": job.translator.signature(source_lang, job.target_lang),
                    "engine": asdict(counts[key]) if (key := (job.target_lang, job.system.name)) in counts else None,
                }
                for job in plan.jobs
            ],
            "models": {
                name: {**asdict(model), "padding_efficiency": round(model.padding_efficiency, 3)}
                for name, translator in plan.translators.items()
                if (model := translator.counts()) and model.loads
            },
            "unknown_licences": plan.unknown_licences,
            "counts": {**dict(self.info.counts), "ignored_files": len(plan.inputs.ignored)},
            "seconds": {stage: round(seconds, 3) for stage, seconds in sorted(watch.seconds.items())},
        }


def _page(path: str) -> str:
    return f"releases/{anchor(path)}.html"
