"""What the review page is made of: one release with everything known about it, one line of the table of verdicts.

They hold no time, date or duration, so that the same results always give the same page, byte for byte.
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.records import (
    Estimate,
    Finding,
    PreparedDocument,
    Repair,
    Score,
    Summary,
    TranslatedDocument,
    Verdict,
)

RowState = Literal["ready", "review", "blocked", "failed"]
"""A verdict's state, or `failed` for what could not be made at all."""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """The approved translation of a sentence like one of the release's, for its reviewer.

    Attributes:
        seg_id: The release's sentence.
        percent: How alike the two French sentences are, below 100.
        source: The other French sentence.
        text: Its translation.
    """

    seg_id: str
    percent: int
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class SystemOutput:
    """What one system made of one release in one language, and what is thought of it.

    Attributes:
        translated: The hypotheses, one a segment of the release.
        findings: What the checks found in it.
        verdict: What it may be used for.
        summaries: The texts drawn from it.
        scores: Its scores; empty where there is no reference.
        file: The translated file, relative to the page that links to it; empty where no file is written.
        repairs: What was tried on sentences that failed a check.
        estimates: How good each segment's translation probably is.
        memory: Similar sentences that were translated before, for those that are not from the memory.
    """

    translated: TranslatedDocument
    findings: tuple[Finding, ...]
    verdict: Verdict
    summaries: tuple[Summary, ...]
    scores: tuple[Score, ...]
    file: str
    repairs: tuple[Repair, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    memory: tuple[MemoryMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """One release with all its translations.

    Attributes:
        prepared: The French.
        source_summaries: The texts drawn from the French.
        outputs: In order of target language, then system.
        source_findings: What was found in the French summaries.
    """

    prepared: PreparedDocument
    source_summaries: tuple[Summary, ...]
    outputs: tuple[SystemOutput, ...]
    source_findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One line of the table of verdicts.

    Attributes:
        path: The release's path in the input.
        doc_id: The release; empty when it could not be read.
        target_lang: BCP-47 tag; empty when the release could not be read.
        system: The system; empty when none was asked.
        state: The verdict, or `failed`.
        reason: Why, in one sentence.
        blockers: Findings of that severity.
        majors: Findings of that severity.
        minors: Findings of that severity.
        page: The page that shows the release, relative to the index; empty when the index shows it itself.
        checks: The checks that found something, to filter by.
        embargo: Until when the release must not be published, in its own words, or empty.
        is_thin: Whether some of what a release says is not looked for in the language.
    """

    path: str
    doc_id: str
    target_lang: str
    system: str
    state: RowState
    reason: str
    blockers: int
    majors: int
    minors: int
    page: str
    checks: tuple[str, ...] = ()
    embargo: str = ""
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the page says about the run as a whole.

    Attributes:
        name: The run's name.
        source_lang: BCP-47 tag.
        targets: BCP-47 tags, in the order in which languages are shown.
        systems: Names, as configured.
        counts: Totals, in the order in which they are shown. `releases`, `ready`, `review`, `blocked` and `failed`
            make up the page's first sentence; any others (`segments` …) follow it.
        versions: What made it: (name, version) pairs.
        made_elsewhere: Whether it shows a translation that was not made here: nothing can be dismissed.
    """

    name: str
    source_lang: str
    targets: tuple[str, ...]
    systems: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    versions: tuple[tuple[str, str], ...]
    made_elsewhere: bool = False
