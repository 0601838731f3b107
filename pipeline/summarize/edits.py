"""Summaries that a reviewer chose or wrote: made ones and edits in, the edited ones, checked again, out.

Edits stand in a file of JSON lines. Each belongs to a release by its content, a language, a system, a channel and an
order; a changed release is another one, so that no edit ever lands on a text that its reviewer has not read. Limits
stay hard: an edit beyond them is set aside. What an edit says beyond the release stands, since a person wrote it, with
a finding that asks for a second look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import ChannelConfig
from pipeline.records import Finding, Summary, SummaryChoice
from pipeline.review_file import add_decisions, load_decisions
from pipeline.summarize.limits import describe_length, keeps_limits, with_reserve, without_reserve
from pipeline.summarize.story import tidy
from pipeline.summarize.support import find_unsupported
from pipeline.summarize.written import Reviewed, Telling, as_choice, cut_written, describe, finding_on, take, trace

STANDS = "; it stands as the reviewer left it"

Place = tuple[str, str, str]
"""Release, channel and order."""

Edits = Mapping[Place, str]
"""The texts of one language and system, by their place."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the file; what stands behind `order` is there for people.

    Attributes:
        doc_id: The release.
        lang: BCP-47 tag of the summary.
        channel: What it is for.
        text: What it is to say; an empty one takes an earlier edit back.
        system: The system whose translation it is of; empty for the French.
        order: As in `Summary`; empty for the French.
        path: The release's path.
        replaces: What was made.
    """

    doc_id: str
    lang: str
    channel: str
    text: str
    system: str = ""
    order: str = ""
    path: str = ""
    replaces: str = ""


def load_edits(path: Path) -> tuple[Edit, ...]:
    """Read the file of edits; one that does not exist yet holds none, and of two for one place the later counts.

    Raises:
        ConfigError: It cannot be read, or some lines are no edits; all of them are named.
    """
    found = load_decisions(path, Edit, ("doc_id", "lang", "channel"))
    latest = {(edit.doc_id, edit.lang, edit.system, edit.channel, edit.order): edit for edit in found}
    return tuple(edit for edit in latest.values() if edit.text.strip())


def add_edit(path: Path, edit: Edit) -> None:
    """Add a line to the file."""
    add_decisions(path, [edit])


def edits_for(edits: Iterable[Edit], lang: str, system: str) -> dict[Place, str]:
    """Return the edits of one language and system, by their place."""
    return {
        (edit.doc_id, edit.channel, edit.order): edit.text
        for edit in edits
        if (edit.lang, edit.system) == (lang, system)
    }


def apply_edits(
    release: Telling, summaries: Sequence[Summary], channels: Mapping[str, ChannelConfig], edits: Edits
) -> Reviewed:
    """Put what reviewers chose or wrote in the place of what was made.

    Args:
        release: The release in the language of the summaries.
        summaries: What was made of it.
        channels: The limits, by channel.
        edits: Those of the language and system.

    Returns:
        The summaries, and what is wrong with the edited ones.
    """
    edited: list[Summary] = []
    findings: list[Finding] = []
    for summary in summaries:
        text = edits.get((summary.doc_id, summary.channel, summary.order))
        if text is None:
            edited.append(summary)
        else:
            channel = channels[summary.channel]
            changed, found = _edit(release, summary, whole(text, channel), channel)
            edited.append(changed)
            findings += found
    return tuple(edited), tuple(findings)


def whole(text: str, channel: ChannelConfig) -> str:
    """Return an edited text on tidy lines, with what its channel reserves behind it, which it may have already."""
    lines = [tidy(line) for line in text.splitlines()]
    between = "\n" if channel.name == "bullets" else " "
    return with_reserve(without_reserve(between.join(filter(None, lines)), channel), channel)


def _edit(release: Telling, summary: Summary, text: str, channel: ChannelConfig) -> tuple[Summary, list[Finding]]:
    bare = without_reserve(text, channel)
    if not keeps_limits(bare, channel, release.lang):
        length = describe_length(text, channel.name, release.lang)
        what = f"that a reviewer wrote is beyond the limit of its channel ({length})"
        return summary, [finding_on(summary, what, "major", "; the one that was made stands in its place")]
    chosen = next((choice for choice in summary.alternatives if choice.text == text), None)
    if chosen is None:
        sentences = cut_written(bare, channel, release.lang) or [bare]
        traces = tuple(trace(sentence, release.told, release.lang) for sentence in sentences)
        choice = SummaryChoice(text, traces, "edited by a reviewer")
    else:
        choice = replace(chosen, note="; ".join(filter(None, ("chosen by a reviewer", chosen.note))))
    others = (as_choice(summary), *summary.alternatives)
    changed = replace(take(summary, choice, others), state="reviewed")
    found = find_unsupported(bare, release.lang, release.source)
    return changed, [finding_on(changed, f"that a reviewer wrote {describe(one)}", "major", STANDS) for one in found]
