"""What is said of a translation: findings, scores, verdicts, and what could not be done at all."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.release import Span

Severity = Literal["blocker", "major", "minor"]
VerdictState = Literal["ready", "review", "blocked"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect, or the suspicion of one, with where it is in both texts.

    Attributes:
        check: Key of `pipeline.check.CHECKS`.
        severity: `blocker` (must not be published), `major` (a person must look) or `minor`.
        seg_id: The segment; empty for a finding about the whole release.
        doc_id: The release.
        target_lang: BCP-47 tag.
        system: The system whose output it is about.
        message: One sentence that a press officer understands.
        source_span: Where in `Segment.source`.
        target_span: Where in `Hypothesis.text`.
        dismissed: A reviewer's reason why it is no problem; empty where nobody has said so.
    """

    check: str
    severity: Severity
    seg_id: str
    doc_id: str
    target_lang: str
    system: str
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How good a segment's translation probably is; see `pipeline.estimate`.

    Attributes:
        seg_id: The segment.
        value: 0 to 100; None where nothing could be estimated.
        reason: Why not; empty where it could.
    """

    seg_id: str
    value: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What the checks found in one release's translation, and an estimate for each of its segments."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    findings: tuple[Finding, ...]
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A human translation of a whole document, one string a segment, aligned with `Segment.index`."""

    path: str
    target_lang: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value with the settings that give it a meaning.

    Attributes:
        metric: `BLEU`, `chrF2`, `TER` ….
        level: What `item_id` is.
        item_id: A `seg_id`, a `doc_id`, or the run's name.
        target_lang: BCP-47 tag.
        system: The system scored.
        value: In the metric's own unit (0–100 for BLEU and chrF; TER may pass 100).
        signature: The metric's signature, version included.
    """

    metric: str
    level: Literal["segment", "document", "corpus"]
    item_id: str
    target_lang: str
    system: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A release's scores against its reference."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a release's translation may be used for, and why.

    Attributes:
        doc_id: The release.
        target_lang: BCP-47 tag.
        system: The system judged.
        state: `ready`, `review` or `blocked`.
        reasons: One line each, the gravest first.
        seg_ids: The segments a person must look at.
        checked: What was looked for and how much of it was found, one line a check.
        not_checked: What nobody looked for.
        embargo: Until when it must not be published, in the French's words; empty for no embargo.
        coverage: One line on how much was looked for and found, and what was not checked.
        low_estimates: The segments whose quality is estimated to be low, the lowest first.
    """

    doc_id: str
    target_lang: str
    system: str
    state: VerdictState
    reasons: tuple[str, ...]
    seg_ids: tuple[str, ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    embargo: str = ""
    coverage: str = ""
    low_estimates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be done; the run goes on without it.

    Attributes:
        path: The input it is about; empty when it concerns a language for every release.
        target_lang: BCP-47 tag, or empty when the release could not be read at all.
        system: The system, or empty.
        stage: Where it happened.
        message: What is wrong, and where.
        remedy: What to do about it.
        retry: It may pass, so that the next run tries again.
    """

    path: str
    target_lang: str
    system: str
    stage: str
    message: str
    remedy: str
    retry: bool = False


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A release's verdict, and the translated file it was published as.

    Attributes:
        doc_id: The release.
        path: Its path in the input.
        verdict: What was decided.
        file: The published file, relative to the output folder; empty for a row of a dataset.
        dismissed: The places, among the findings of its `CheckedDocument`, of those that a reviewer dismissed, each
            with the reason.
    """

    doc_id: str
    path: str
    verdict: Verdict
    file: str
    dismissed: tuple[tuple[int, str], ...] = ()
