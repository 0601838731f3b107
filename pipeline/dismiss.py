"""Putting findings aside: a run's folder, ids of findings and a reason in, lines in the file of dismissals out.

Which file that is the run's configuration says; the next run with it reads them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.check.dismissals import Dismissal, add_dismissals
from pipeline.errors import InputError
from pipeline.finished_run import configured_file, read_lines

FEWEST_DIGITS = 4
"""Of an id: as many as tell it from all others are enough, but not fewer than these."""


def dismiss(output: Path, ids: Sequence[str], reason: str) -> tuple[Path, list[Dismissal]]:
    """Dismiss findings of a run.

    Args:
        output: The run's output folder.
        ids: Their ids, or the first digits of these.
        reason: Why they are no problem; it is shown on the page.

    Returns:
        The file that was added to, and what was added.

    Raises:
        InputError: There is no reason, no such finding, no run, or no file of dismissals in its configuration.
    """
    if not reason.strip():
        raise InputError("a dismissal needs a reason", "say with --reason why the finding is no problem")
    path = configured_file(output, "dismissals", "dismissed.jsonl")
    findings = {item["finding_id"]: item for item in read_lines(output / "findings.jsonl")}
    chosen = [findings[_whole_id(wanted, findings)] for wanted in dict.fromkeys(ids)]
    texts = _texts(output, chosen)
    dismissals = [
        Dismissal(
            item["finding_id"],
            item["target_lang"],
            " ".join(reason.split()),
            item["check"],
            item["message"],
            *texts.get(_place(item), ("", "")),
        )
        for item in chosen
    ]
    add_dismissals(path, dismissals)
    return path, dismissals


def _whole_id(wanted: str, findings: dict[str, Any]) -> str:
    found = [item for item in findings if item.startswith(wanted.lower())] if len(wanted) >= FEWEST_DIGITS else []
    if len(found) == 1:
        return found[0]
    what = f"“{wanted}” is the start of {len(found)} findings’ ids" if found else f"there is no finding “{wanted}”"
    raise InputError(what, "take the finding_id from findings.jsonl")


def _texts(output: Path, chosen: Sequence[dict[str, Any]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return the French and the translation of the findings' segments."""
    wanted = {_place(item) for item in chosen}
    return {
        _place(item): (item["source"], item["text"])
        for item in read_lines(output / "segments.jsonl")
        if _place(item) in wanted
    }


def _place(item: dict[str, Any]) -> tuple[str, ...]:
    return item["path"], item["seg_id"], item["target_lang"], item["system"]
