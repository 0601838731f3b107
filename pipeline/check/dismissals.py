"""Dismissals: findings that a reviewer looked at and put aside, with the reason, for the runs to come.

They stand in a file of JSON lines, one a finding. A finding is known by its content: check, language, the French and
its translation, what it says and where it points. Any change of these makes another finding, so that a dismissal never
hides a different problem; the same sentence in another release is the same finding.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.fingerprint import fingerprint
from pipeline.records import Finding, PreparedDocument, TranslatedDocument

ID_DIGITS = 16
"""Hexadecimal digits of a finding's id."""
MAX_LINE_BYTES = 1_000_000

Dismissals = Mapping[str, str]
"""Reasons by the id of the finding."""

DismissedFindings = tuple[tuple[int, str], ...]
"""The places of dismissed findings among a release's, each with its reason."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One line of the file; what stands behind `reason` is there for people.

    Attributes:
        finding_id: See `finding_id`.
        target_lang: BCP-47 tag.
        reason: Why the finding is no problem.
        check: The check that found it.
        message: What the finding says.
        source: The French sentence.
        target: Its translation.
    """

    finding_id: str
    target_lang: str
    reason: str
    check: str = ""
    message: str = ""
    source: str = ""
    target: str = ""


class SegmentTexts:
    """The French and the translation that a release's findings are about."""

    def __init__(self, prepared: PreparedDocument, translated: TranslatedDocument) -> None:
        self._sources = {segment.seg_id: segment.source for segment in prepared.segments}
        self._targets = {hypothesis.seg_id: hypothesis.text for hypothesis in translated.hypotheses}

    def of(self, finding: Finding) -> tuple[str, str]:
        """Return both texts of a finding's segment, or of the whole release where it has none."""
        if finding.seg_id in self._sources:
            return self._sources[finding.seg_id], self._targets.get(finding.seg_id, "")
        return "\n".join(self._sources.values()), "\n".join(self._targets.values())


def finding_id(finding: Finding, texts: SegmentTexts) -> str:
    """Return the id that a finding has wherever it is found again: 16 hexadecimal digits."""
    spans = [[span.start, span.end] if span else None for span in (finding.source_span, finding.target_span)]
    content = [finding.check, finding.severity, finding.target_lang, *texts.of(finding), finding.message, spans]
    return fingerprint(content)[:ID_DIGITS]


def load_dismissals(path: Path) -> tuple[Dismissal, ...]:
    """Read the file of dismissals; one that does not exist yet holds none.

    Raises:
        ConfigError: It cannot be read, or some lines are no dismissals; all of them are named.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ConfigError([f"cannot be read: {error.strerror}"], str(path)) from error
    problems: list[str] = []
    found: dict[tuple[str, str], Dismissal] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                dismissal = _read(line)
                found[dismissal.finding_id, dismissal.target_lang] = dismissal
            except ValueError as error:
                problems.append(f"line {number}: {error}")
    if problems:
        raise ConfigError(problems, str(path))
    return tuple(found.values())


def add_dismissals(path: Path, dismissals: Iterable[Dismissal]) -> None:
    """Add lines to the file; a later reason for the same finding stands above an earlier one."""
    lines = [json.dumps(_as_dict(dismissal), ensure_ascii=False) + "\n" for dismissal in dismissals]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.seek(0, 2)
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                lines.insert(0, "\n")
        file.write("".join(lines).encode("utf-8", "surrogatepass"))


def dismissals_for(dismissals: Iterable[Dismissal], target_lang: str) -> dict[str, str]:
    """Return the reasons for one language, by finding: what can change a verdict there."""
    return {item.finding_id: item.reason for item in dismissals if item.target_lang == target_lang}


def find_dismissed(
    prepared: PreparedDocument, translated: TranslatedDocument, findings: Sequence[Finding], dismissals: Dismissals
) -> DismissedFindings:
    """Return which of a release's findings are dismissed, and why."""
    if not dismissals:
        return ()
    texts = SegmentTexts(prepared, translated)
    ids = (finding_id(finding, texts) for finding in findings)
    return tuple((place, dismissals[item]) for place, item in enumerate(ids) if item in dismissals)


def mark_dismissed(findings: Sequence[Finding], dismissed: DismissedFindings) -> tuple[Finding, ...]:
    """Return the findings with the reasons of those that are dismissed."""
    reasons = dict(dismissed)
    return tuple(
        replace(finding, dismissed=reasons[place]) if place in reasons else finding
        for place, finding in enumerate(findings)
    )


def _read(line: bytes) -> Dismissal:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"longer than {MAX_LINE_BYTES:,} bytes")
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(values, dict):
        raise ValueError("not an object")
    fields = {name: values.get(name, "") for name in Dismissal.__slots__}
    for name, value in fields.items():
        if not isinstance(value, str):
            raise ValueError(f"“{name}” is no text")
    for name in ("finding_id", "target_lang", "reason"):
        if not fields[name].strip():
            raise ValueError(f"no “{name}”; a dismissal needs all of finding_id, target_lang and reason")
    return Dismissal(**fields)


def _as_dict(dismissal: Dismissal) -> dict[str, str]:
    return {name: getattr(dismissal, name) for name in Dismissal.__slots__}
