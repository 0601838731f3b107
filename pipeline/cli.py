"""The command line: parse, call, print.

People's text goes to standard error; standard output carries data: `--json`, translated lines, and as the last line of
a run the page to open. Exit codes, the highest that applies: 2 something failed, 1 something reached `--fail-on`,
0 otherwise; 130 on Ctrl-C and 143 on SIGTERM, with everything finished kept.
"""

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import __version__
from pipeline.cli_options import (
    FailOn,
    Folder,
    Force,
    Given,
    Input,
    Json,
    Limit,
    Output,
    Sample,
    To,
    configure,
    print_json,
)
from pipeline.cli_tools import check, dismiss, doctor, edit, languages, score, summarize, translate
from pipeline.cli_train import adapt, train
from pipeline.errors import CommuniqueError, Interrupted

app = typer.Typer(
    help="Translate French press releases, summarize them, and say honestly what survived.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line and exit with its code."""
    from pipeline.terminal import console, say_error

    # The sentence encoder's matrices are small: several threads on each cost four times what they bring.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app(standalone_mode=True)
    except Interrupted as stopped:
        say_error(console(), stopped)
        sys.exit(128 + stopped.signal_number)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except CommuniqueError as error:
        say_error(console(), error)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.command()
def run(
    given: Given = None,
    inputs: Input = None,
    to: To = None,
    output: Output = None,
    reference: Annotated[Path | None, typer.Option(help="A folder of human translations to score against.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="The verdict from which the exit code is 1.")] = None,
    limit: Limit = None,
    sample: Sample = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Translate, summarize, check and report."""
    from pipeline.plan import make_plan
    from pipeline.report.outcomes import exit_code
    from pipeline.runner import run as execute
    from pipeline.store import Store
    from pipeline.terminal import MOST_ROWS, console, embargo_lines, make_reporter, outcome_table

    config = configure(given, inputs, to, output, fail_on=fail_on, use_references=reference)
    prepared = make_plan(config, limit, sample)
    if dry_run:
        _show_plan(prepared, force, as_json)
        return
    screen = console()
    _say_failures(screen, prepared)
    with make_reporter(screen) as reporter:
        report = execute(prepared, Store(config.output), reporter, force)
    outcomes = report.table(MOST_ROWS)
    if as_json:
        rows = [
            {
                "path": outcome.path,
                "target_lang": outcome.target_lang,
                "system": outcome.system,
                "state": outcome.state,
                "reason": outcome.reason,
                "file": outcome.file,
                "embargo": outcome.embargo,
            }
            for outcome in report.table(sys.maxsize)
        ]
        print_json({"index": str(report.index), "counts": dict(report.info.counts), "outcomes": rows})
    else:
        from pipeline.report.page import summary_line

        screen.print(outcome_table(outcomes, sum(report.states.values())))
        for line in embargo_lines(outcomes):
            screen.print(line, soft_wrap=True)
        screen.print(summary_line(report.info))
        typer.echo(report.index)
    raise typer.Exit(exit_code(report.states, config.fail_on))


@app.command()
def plan(
    given: Given = None,
    inputs: Input = None,
    to: To = None,
    output: Output = None,
    limit: Limit = None,
    sample: Sample = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Say what a run would do, and why, without doing it."""
    from pipeline.plan import make_plan

    _show_plan(make_plan(configure(given, inputs, to, output), limit, sample), force, as_json)


@app.command()
def status(folder: Folder, as_json: Json = False) -> None:
    """Say how far the run in a folder is."""
    from pipeline.store import Store
    from pipeline.terminal import console, plain_table

    store = Store(folder)
    done: dict[str, list[int]] = {}
    for cell in store.read_plan():
        counts = done.setdefault(cell.stage, [0, 0])
        counts[0] += store.has(cell.stage, cell.key)
        counts[1] += 1
    holder = store.holder()
    if as_json:
        print_json({"running": holder, "stages": {stage: {"done": a, "of": b} for stage, (a, b) in done.items()}})
        return
    screen = console()
    screen.print(plain_table(["stage", "done", "of"], [[stage, str(a), str(b)] for stage, (a, b) in done.items()]))
    if holder:
        screen.print(f"in use by {holder}")


@app.command()
def verify(folder: Folder, as_json: Json = False) -> None:
    """Prove that every published file is what it was when it was published."""
    from pipeline.store import Store
    from pipeline.terminal import console

    store = Store(folder)
    problems = store.verify()
    if as_json:
        print_json({"cells": len(store.read_plan()), "problems": problems})
    else:
        screen = console()
        for problem in problems:
            screen.print(problem, markup=False, soft_wrap=True)
        screen.print(f"{len(store.read_plan()):,} cells, {len(problems):,} missing or damaged")
        if problems:
            screen.print("run again with the same configuration: they are made anew")
    raise typer.Exit(2 if problems else 0)


def _show_plan(prepared: Any, force: bool, as_json: bool) -> None:
    from collections import Counter

    from pipeline.plan import explain
    from pipeline.store import Store
    from pipeline.terminal import console, plain_table

    works = list(explain(prepared, Store(prepared.config.output), force))
    if as_json:
        cells = [
            {
                "stage": work.cell.stage,
                "shard": work.cell.shard.name,
                "target_lang": work.cell.target_lang,
                "system": work.cell.system,
                "key": work.cell.key,
                "state": work.state,
                "why": work.why,
            }
            for work in works
        ]
        print_json({"cells": cells, "failures": [asdict(failure) for failure in prepared.failures]})
        return
    counts = Counter((work.cell.target_lang or "–", work.cell.stage, work.state, work.why) for work in works)
    screen = console()
    rows = [[lang, stage, f"{number:,}", state, why] for (lang, stage, state, why), number in counts.items()]
    screen.print(plain_table(["to", "stage", "cells", "state", "why"], rows))
    _say_failures(screen, prepared)
    to_do = sum(work.state == "to do" for work in works)
    screen.print(f"{len(works):,} cells, {to_do:,} to do")


def _say_failures(screen: Any, prepared: Any) -> None:
    for failure in prepared.failures:
        where = failure.path or failure.target_lang
        told = " — ".join(filter(None, (failure.message, failure.remedy)))
        screen.print(f"failed: {where}: {told}", markup=False, soft_wrap=True)


for tool in (doctor, languages, score, translate, summarize, check, dismiss, edit, train, adapt):
    app.command()(tool)


if __name__ == "__main__":
    main()
