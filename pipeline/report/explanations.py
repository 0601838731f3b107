"""Findings as a reader meets them: a letter at each place in the texts, and one explanation a check.

The same finding at several places, or said twice, has one letter and one message.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from pipeline.records import Finding, Severity
from pipeline.report.annotate import SEVERITIES, Mark

SHOWN_DIGITS = 10
"""Of a finding's id: enough to tell it from a million others."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Findings of one check in one place.

    Attributes:
        severity: Of all of them.
        check: That found them.
        messages: For each message its letter, where it is marked in the texts, and what it says.
        ids: For each message the ids by which its findings are dismissed.
        dismissed: The reason why they were dismissed; they have no letter then.
    """

    severity: Severity
    check: str
    messages: tuple[tuple[str, str], ...]
    ids: tuple[tuple[str, ...], ...]
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


def explain(findings: Sequence[Finding], labels: Labels, id_of: Callable[[Finding], str]) -> tuple[Explanation, ...]:
    """Gather findings by check, the gravest first, the same message once, what was dismissed last."""
    groups: dict[tuple[Severity, str, str], dict[str, str]] = defaultdict(dict)
    ids: dict[tuple[tuple[Severity, str, str], str], list[str]] = defaultdict(list)
    for finding in sorted(findings, key=lambda item: (bool(item.dismissed), SEVERITIES.index(item.severity))):
        letter = "" if finding.dismissed else labels.get((finding.system, _key(finding)), "")
        group = (finding.severity, finding.check, finding.dismissed)
        groups[group].setdefault(finding.message, letter)
        ids[group, finding.message].append(id_of(finding)[:SHOWN_DIGITS])
    return tuple(
        Explanation(
            severity=group[0],
            check=group[1],
            messages=tuple((letter, message) for message, letter in messages.items()),
            ids=tuple(tuple(dict.fromkeys(ids[group, message])) for message in messages),
            dismissed=group[2],
        )
        for group, messages in groups.items()
    )
