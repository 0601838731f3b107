"""What people see: progress, tables, errors. Everything here goes to standard error; standard output is for data.

On a terminal a bar shows how far the run is and how long it will take; elsewhere each step is one plain line, so that
a log stays readable.
"""

import time
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.errors import CommuniqueError
from pipeline.languages import name
from pipeline.report.outcomes import Outcome

COLOURS = {"ready": "green", "review": "yellow", "blocked": "red", "failed": "bold red"}
MOST_ROWS = 60
"""Lines of the final table; of a longer one the worst are shown."""

PLAIN_WIDTH = 160
"""Columns of a table that goes to a file or a pipe."""


def console() -> Console:
    """Return the console for people's text, as wide as the terminal."""
    found = Console(stderr=True, highlight=False)
    return found if found.is_terminal else Console(stderr=True, highlight=False, width=PLAIN_WIDTH)


class BarReporter:
    """Progress bars with an estimate of the time left.

    Args:
        screen: The terminal.
    """

    def __init__(self, screen: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=screen,
        )
        self._task = self._progress.add_task("", visible=False, note="")

    def __enter__(self) -> "BarReporter":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, label: str, total: int) -> None:
        """Show a new bar."""
        self._task = self._progress.add_task(label, total=total, note="")

    def advance(self, releases: int) -> None:
        """Move the bar on."""
        self._progress.update(self._task, advance=releases, note="")

    def note(self, text: str) -> None:
        """Show what is being done beside the bar."""
        self._progress.update(self._task, note=text)

    def end(self) -> None:
        """Let the bar rest."""
        self._progress.update(self._task, note="")


class LineReporter:
    """One plain line a step.

    Args:
        screen: Where to.
    """

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self._label = ""
        self._total = self._done = 0
        self._since = self._last = 0.0

    def __enter__(self) -> "LineReporter":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, label: str, total: int) -> None:
        """Start a step."""
        self._label, self._total, self._done = label, total, 0
        self._since = self._last = time.monotonic()

    def advance(self, releases: int) -> None:
        """Count on; say so about twice a minute."""
        self._done += releases
        if time.monotonic() - self._last > 30:
            self._last = time.monotonic()
            self._say(f"{self._done:,} of {self._total:,}")

    def note(self, text: str) -> None:
        """Say nothing: details are for terminals."""

    def end(self) -> None:
        """Say that the step is done."""
        noun = "release" if self._done == 1 else "releases"
        self._say(f"{self._done:,} {noun}, {time.monotonic() - self._since:.1f} s")

    def _say(self, text: str) -> None:
        self._screen.print(Text(f"{self._label}: {text}"), soft_wrap=True)


def make_reporter(screen: Console) -> BarReporter | LineReporter:
    """Return bars for a terminal, lines for anything else."""
    return BarReporter(screen) if screen.is_terminal else LineReporter(screen)


def outcome_table(outcomes: Sequence[Outcome], total: int) -> Table:
    """Show how every release came out."""
    caption = f"the {len(outcomes):,} worst of {total:,}" if total > len(outcomes) else None
    several = len({outcome.system for outcome in outcomes if outcome.system}) > 1
    table = Table(caption=caption, box=None, pad_edge=False, header_style="bold")
    for heading in ("release", "to", *(["system"] if several else []), "verdict", "blockers", "major", "minor"):
        table.add_column(heading, no_wrap=heading == "to", justify="right" if heading in _NUMBERS else "left")
    table.add_column("first reason", overflow="fold")
    previous = None
    for outcome in outcomes:
        severities = [finding.severity for finding in outcome.findings]
        counts = [str(severities.count(kind) or "·") for kind in ("blocker", "major", "minor")]
        reason = " — ".join(filter(None, (outcome.reason, outcome.remedy)))
        table.add_row(
            Text("" if outcome.path == previous else outcome.path or "every release"),
            Text(outcome.target_lang),
            *([Text(outcome.system)] if several else []),
            Text(outcome.state, style=COLOURS[outcome.state]),
            *(counts if outcome.state != "failed" else ["", "", ""]),
            Text(reason),
        )
        previous = outcome.path
    return table


def embargo_lines(outcomes: Iterable[Outcome]) -> list[Text]:
    """Say of each release under embargo until when, a line each."""
    embargoes = {outcome.path: outcome.embargo for outcome in outcomes if outcome.embargo}
    style = "bold " + COLOURS["blocked"]
    return [Text.assemble(("under embargo: ", style), f"{path} — {said}") for path, said in embargoes.items()]


_NUMBERS = frozenset({"blockers", "major", "minor"})


def plain_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Show rows of text under headings."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def language_names(tags: Iterable[str]) -> str:
    """Name languages for people: “English, Spanish and Italian”."""
    names = [name(tag) for tag in tags]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "no language"


def say_error(screen: Console, error: CommuniqueError) -> None:
    """Say what is wrong and what to do."""
    screen.print(Text.assemble(("error: ", "bold red"), error.message), soft_wrap=True)
    if error.remedy:
        screen.print(Text(f"       {error.remedy}"), soft_wrap=True)
