"""How every release came out, in every language and system: what the final table and the page's table say.

Takes a run's cells; gives one outcome for each translation that was made or failed, and for each release that could
not be read. Only verdicts and findings are looked at, so that a table costs little.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypeVar

from pipeline.check.dismissals import all_findings, mark_dismissed
from pipeline.graph import Cell
from pipeline.plan import ShardCells, TargetCells
from pipeline.records import CheckedDocument, Failure, Finding, SummarizedDocument, TranslatedDocument, WrittenDocument
from pipeline.report.model import RowState
from pipeline.stage_version import Stage
from pipeline.store import Store

STATES: tuple[RowState, ...] = ("failed", "blocked", "review", "ready")
"""The worst first."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one release came out in one language from one system.

    Attributes:
        path: The release; empty for a language that failed for all of them.
        target_lang: BCP-47 tag; empty when the release could not be read.
        system: The system; empty likewise.
        state: The verdict's state, or `failed`.
        reason: The gravest reason.
        file: The published file, relative to the output folder, or empty.
        written: What was written; None for a failure.
        findings: What the checks found and no reviewer dismissed.
        remedy: What to do about a failure.
    """

    path: str
    target_lang: str
    system: str
    state: RowState
    reason: str
    file: str = ""
    written: WrittenDocument | None = None
    findings: tuple[Finding, ...] = ()
    remedy: str = ""

    @property
    def embargo(self) -> str:
        """Until when the release must not be published, in its own words, or empty."""
        return self.written.verdict.embargo if self.written else ""

    @property
    def gravity(self) -> tuple[int, int, int, str, str, str]:
        """For sorting, the worst first."""
        severities = Counter(finding.severity for finding in self.findings)
        counts = (-severities["blocker"], -severities["major"])
        return (STATES.index(self.state), *counts, self.path, self.target_lang, self.system)


def iterate_outcomes(
    store: Store, shards: Iterable[ShardCells], failures: Iterable[Failure], findings: bool
) -> Iterator[Outcome]:
    """Yield the outcomes of a run, shard by shard.

    Args:
        store: The output folder.
        shards: The run's cells.
        failures: What failed outside all cells.
        findings: Whether to look up the findings too.
    """
    yield from map(failed, failures)
    for cells in shards:
        yield from map(failed, records_of(store, cells.read, Failure))
        for target in cells.targets:
            for stage in target.cells:
                yield from map(failed, target_records(store, target, stage, Failure))
            found = found_in(store, target) if findings else {}
            for item in target_records(store, target, "write", WrittenDocument):
                yield _judged(item, found.get(item.path, ()))


def records_of(store: Store, cell: Cell, kind: type[Record]) -> Iterator[Record]:
    """Yield a cell's records of some kind; none if it was never made."""
    if store.is_published(cell.stage, cell.key):
        yield from (record for record in store.load(cell.stage, cell.key) if isinstance(record, kind))


def target_records(store: Store, target: TargetCells, stage: Stage, kind: type[Record]) -> Iterator[Record]:
    """Yield the records of some kind of one of a target's cells; none if it has no such cell."""
    if stage in target.cells:
        yield from records_of(store, target.cells[stage], kind)


def found_in(store: Store, target: TargetCells) -> dict[str, tuple[Finding, ...]]:
    """Return what was found in a target's translations and their summaries, by the release's path."""
    summarized = {item.path: item for item in target_records(store, target, "summarize", SummarizedDocument)}
    checked = target_records(store, target, "check", CheckedDocument)
    return {item.path: all_findings(item, summarized[item.path]) for item in checked if item.path in summarized}


def translated_documents(store: Store, target: TargetCells) -> Iterator[TranslatedDocument]:
    """Yield a target's translations as they were left by repair."""
    repaired = {item.path: item for item in target_records(store, target, "check", TranslatedDocument)}
    for item in target_records(store, target, "translate", TranslatedDocument):
        yield repaired.get(item.path, item)


def failed(failure: Failure) -> Outcome:
    """Turn a failure into an outcome."""
    reason = failure.message
    return Outcome(failure.path, failure.target_lang, failure.system, "failed", reason, remedy=failure.remedy)


def count_states(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count outcomes by state, in the order in which people read them."""
    counts = Counter(outcome.state for outcome in outcomes)
    return {state: counts[state] for state in reversed(STATES)}


def exit_code(states: Mapping[str, int], fail_on: str) -> int:
    """Return 2 if something failed, 1 if a verdict reached `fail_on`, 0 otherwise."""
    if states["failed"]:
        return 2
    reached = {"never": 0, "blocked": states["blocked"], "review": states["blocked"] + states["review"]}
    return int(reached[fail_on] > 0)


def worst(outcomes: Iterable[Outcome], most: int) -> list[Outcome]:
    """Return the gravest outcomes, at most so many, in the memory of those alone."""
    return nsmallest(most, outcomes, key=lambda outcome: outcome.gravity)


def _judged(item: WrittenDocument, findings: tuple[Finding, ...]) -> Outcome:
    verdict = item.verdict
    reason = verdict.reasons[0] if verdict.reasons else ""
    standing = tuple(finding for finding in mark_dismissed(findings, item.dismissed) if not finding.dismissed)
    return Outcome(item.path, verdict.target_lang, verdict.system, verdict.state, reason, item.file, item, standing)
