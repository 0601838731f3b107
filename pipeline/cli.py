"""The command line: parse, call, print.

People's text goes to standard error; standard output carries data: `--json`, translated lines, and as the last line of
a run the page to open. Exit codes, the highest that applies: 2 something failed, 1 something reached `--fail-on`,
0 otherwise; 130 on Ctrl-C and 143 on SIGTERM, with everything finished kept.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pipeline import __version__
from pipeline.errors import CommuniqueError, ConfigError, InputError, Interrupted

app = typer.Typer(
    help="Translate French press releases, summarize them, and say honestly what survived.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Given = Annotated[
    list[str] | None, typer.Argument(metavar="[CONFIG.toml] [RELEASE]…", help="A configuration, releases, or both.")
]
Input = Annotated[list[str] | None, typer.Option("--input", "-i", help="A file, folder or dataset; may be repeated.")]
To = Annotated[str | None, typer.Option("--to", help="Target languages: en,es,…")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The folder for everything that comes out.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first so many releases.")]
Sample = Annotated[int | None, typer.Option(min=1, help="Take so many releases at random, always the same ones.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Make everything anew.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")]
FailOn = Literal["review", "blocked", "never"]


def main() -> None:
    """Run the command line and exit with its code."""
    from pipeline.terminal import console, say_error

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
    from pipeline.terminal import MOST_ROWS, console, make_reporter, outcome_table

    config = _configure(given, inputs, to, output, fail_on=fail_on, use_references=reference)
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
            }
            for outcome in report.table(sys.maxsize)
        ]
        _print_json({"index": str(report.index), "counts": dict(report.info.counts), "outcomes": rows})
    else:
        from pipeline.report.page import summary_line

        screen.print(outcome_table(outcomes, sum(report.states.values())))
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

    _show_plan(make_plan(_configure(given, inputs, to, output), limit, sample), force, as_json)


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
        _print_json({"running": holder, "stages": {stage: {"done": a, "of": b} for stage, (a, b) in done.items()}})
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
        _print_json({"cells": len(store.read_plan()), "problems": problems})
    else:
        screen = console()
        for problem in problems:
            screen.print(problem, markup=False, soft_wrap=True)
        screen.print(f"{len(store.read_plan()):,} cells, {len(problems):,} missing or damaged")
        if problems:
            screen.print("run again with the same configuration: they are made anew")
    raise typer.Exit(2 if problems else 0)


@app.command()
def doctor(given: Given = None, as_json: Json = False) -> None:
    """Say what is here — engines, language pairs, metrics — and the command that adds what is missing."""
    from pipeline.doctor import examine
    from pipeline.terminal import console, plain_table

    found = examine(_configure(given, None, None, None))
    if as_json:
        _print_json([asdict(item) for item in found])
        return
    rows = [[item.area, item.name, "yes" if item.available else "no", item.detail, item.remedy] for item in found]
    console().print(plain_table(["what", "name", "here", "detail", "to add it"], rows))


@app.command()
def languages(given: Given = None, as_json: Json = False) -> None:
    """List the languages that can be translated into here, and those that one more package would open."""
    from pipeline.doctor import reachable_languages
    from pipeline.terminal import console, plain_table

    found = reachable_languages(_configure(given, None, None, None))
    if as_json:
        _print_json([asdict(item) for item in found])
        return
    rows = [[item.tag, item.name, item.detail, item.remedy] for item in found]
    console().print(plain_table(["tag", "language", "how", "to add it"], rows))


@app.command()
def score(
    folder: Folder,
    reference: Annotated[Path, typer.Option(help="A folder with release.en.txt …, one line a sentence.")],
    as_json: Json = False,
) -> None:
    """Score a run's translations against human ones."""
    from pipeline.score.outputs import score_output
    from pipeline.terminal import console, plain_table

    results = score_output(folder, reference)
    if as_json:
        _print_json([asdict(result) for result in results])
        return
    rows = [
        [
            item.target_lang,
            item.system,
            str(len(item.releases)),
            str(item.segments),
            one.metric,
            f"{one.value:.1f}",
            one.signature,
        ]
        for item in results
        for one in item.scores
    ]
    screen = console()
    screen.print(plain_table(["to", "system", "releases", "segments", "metric", "value", "signature"], rows))
    for item in results:
        if not item.scores:
            screen.print(f"{item.target_lang}, {item.system}: not scored, no reference for {item.without} releases")


@app.command()
def translate(
    to: Annotated[str, typer.Option("--to", help="The target language.")],
    system: Annotated[str | None, typer.Option(help="A system of the configuration; the first by default.")] = None,
    config: Annotated[Path | None, typer.Option(help="A configuration file.")] = None,
) -> None:
    """Translate lines from standard input to standard output, one for one, in order."""
    from pipeline.lines import open_filter

    settings = _configure([str(config)] if config else None, None, to, None)
    with open_filter(settings, system) as translate_lines:
        for line in translate_lines(_input_lines()):
            sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
            sys.stdout.buffer.flush()


def _configure(
    given: list[str] | None, inputs: list[str] | None, to: str | None, output: Path | None, **more: Any
) -> Any:
    """Load the configuration that is named, if any, and lay over it what the command line says."""
    from pipeline.config import load_config

    files = [name for name in given or [] if name.endswith(".toml")]
    if len(files) > 1:
        raise ConfigError([f"{' and '.join(files)}: only one configuration can be used"], "the command line")
    releases = [Path(name) for name in (*(given or []), *(inputs or [])) if name not in files]
    targets = [tag for tag in to.split(",") if tag.strip()] if to else None
    overrides = {"inputs": releases or None, "targets": targets, "output": output, **more}
    return load_config(Path(files[0]) if files else None, overrides)


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
        _print_json({"cells": cells, "failures": [asdict(failure) for failure in prepared.failures]})
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


def _input_lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"line {number} is not UTF-8", "convert the input to UTF-8") from error


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


if __name__ == "__main__":
    main()
