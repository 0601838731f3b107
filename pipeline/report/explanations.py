"""Findings as a reader meets them: a letter at each place in the texts, and one explanation a check.

The same finding at several places, or said twice, has one letter and one message.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from pipeline.records import Finding, Severity
from pipeline.report.annotate import SEVERITIES, Mark


@dataclass(frozen=True, slots=True)
class Explanation:
    """Findings of one check in one place: a letter, where it is marked in the texts, and a message each.

    What was dismissed has a reason in `dismissed`, and no letter.
    """

    severity: Severity
    check: str
    messages: tuple[tuple[str, str], ...]
    dismissed: str = ""


_Key = tuple[Severity, str, str]

Labels = dict[tuple[str, _Key], str]
"""For a system and what one of its findings says, the letter that stands at its places."""


def _key(finding: Finding) -> _Key:
    return (finding.severity, finding.check, finding.message)


def label_findings(findings: Sequence[Finding]) -> Labels:
    """Give a letter to each distinct finding of a sentence that points somewhere in it."""
    labels: Labels = {}
    unused = (letters(place) for place in count())
    for finding in standing(findings):
        if (finding.source_span or finding.target_span) and (finding.system, _key(finding)) not in labels:
            labels[finding.system, _key(finding)] = next(unused)
    return labels


def standing(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that nobody dismissed."""
    return [finding for finding in findings if not finding.dismissed]


def letters(place: int) -> str:
    """Number in letters, which nobody takes for a part of an amount: a … z, aa, ab …."""
    text = ""
    while place >= 0:
        text = chr(ord("a") + place % 26) + text
        place = place // 26 - 1
    return text


def marks_of(findings: Sequence[Finding], labels: Labels, side: Literal["source", "target"]) -> list[Mark]:
    """Return the places in one of the two texts that findings point at."""
    marks = []
    for finding in standing(findings):
        span = finding.source_span if side == "source" else finding.target_span
        if span is not None:
            marks.append(Mark(labels[finding.system, _key(finding)], finding.severity, span))
    return marks


def explain(findings: Sequence[Finding], labels: Labels) -> tuple[Explanation, ...]:
    """Gather findings by check, the gravest first, the same message once, what was dismissed last."""
    groups: dict[tuple[Severity, str, str], dict[str, str]] = defaultdict(dict)
    for finding in sorted(findings, key=lambda item: (bool(item.dismissed), SEVERITIES.index(item.severity))):
        letter = "" if finding.dismissed else labels.get((finding.system, _key(finding)), "")
        groups[finding.severity, finding.check, finding.dismissed].setdefault(finding.message, letter)
    return tuple(
        Explanation(severity, check, tuple((letter, message) for message, letter in messages.items()), dismissed)
        for (severity, check, dismissed), messages in groups.items()
    )
