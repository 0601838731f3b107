"""The commands beside the run: what is here, scores, and texts that pass through one stage alone."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_options import FailOn, Folder, Given, Json, configure, input_lines, print_json
from pipeline.errors import ConfigError


def doctor(given: Given = None, as_json: Json = False) -> None:
    """Say what is here — engines, language pairs, metrics — and the command that adds what is missing."""
    from pipeline.check.coverage import coverage_table, is_thin
    from pipeline.doctor import checked_languages, examine
    from pipeline.terminal import console, plain_table

    settings = configure(given, None, None, None)
    found = examine(settings)
    if as_json:
        print_json([asdict(item) for item in found])
        return
    rows = [[item.area, item.name, "yes" if item.available else "no", item.detail, item.remedy] for item in found]
    screen = console()
    screen.print(plain_table(["what", "name", "here", "detail", "to add it"], rows))
    targets = checked_languages(settings)
    table = coverage_table(targets)
    screen.print("\nWhat is looked for in which language:")
    checks = [
        [check, *("yes" if here else "–" for here in by_language.values())] for check, by_language in table.items()
    ]
    screen.print(plain_table(["check", *targets], checks))
    if thin := [target for target in targets if is_thin(target)]:
        screen.print(f"thinly checked: {', '.join(thin)}; verdicts and the page say so")


def languages(given: Given = None, as_json: Json = False) -> None:
    """List the languages that can be translated into here, and those that one more package would open."""
    from pipeline.doctor import reachable_languages
    from pipeline.terminal import console, plain_table

    found = reachable_languages(configure(given, None, None, None))
    if as_json:
        print_json([asdict(item) for item in found])
        return
    rows = [[item.tag, item.name, item.detail, item.remedy] for item in found]
    console().print(plain_table(["tag", "language", "how", "to add it"], rows))


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
        print_json([asdict(result) for result in results])
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


def translate(
    to: Annotated[str, typer.Option("--to", help="The target language.")],
    system: Annotated[str | None, typer.Option(help="A system of the configuration; the first by default.")] = None,
    config: Annotated[Path | None, typer.Option(help="A configuration file.")] = None,
) -> None:
    """Translate lines from standard input to standard output, one for one, in order."""
    from pipeline.lines import open_filter

    settings = configure([str(config)] if config else None, None, to, None)
    with open_filter(settings, system) as translate_lines:
        for line in translate_lines(input_lines()):
            sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
            sys.stdout.buffer.flush()


def check(
    source: Annotated[Path, typer.Argument(help="The French release, or an XLIFF or TMX file.")],
    to: Annotated[str, typer.Option("--to", help="The translation's language.")],
    target: Annotated[Path | None, typer.Argument(help="Its translation; none for XLIFF and TMX.")] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Line by line: two texts of as many lines.")] = False,
    config: Annotated[Path | None, typer.Option(help="A configuration file: terms, limits, dismissals.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the page.")] = Path("outputs/check"),
    fail_on: Annotated[FailOn | None, typer.Option(help="The verdict from which the exit code is 1.")] = None,
    as_json: Json = False,
) -> None:
    """Check a translation that was made elsewhere."""
    from pipeline.elsewhere import as_lines, check_translation, estimate_line, table_rows, write_page
    from pipeline.report.outcomes import exit_code
    from pipeline.terminal import console, plain_table

    settings = configure([str(config)] if config else None, None, to, None, fail_on=fail_on)
    checked = check_translation(settings, source, target, lines)
    page = output / f"{(target or source).name}.html"
    write_page(checked, page)
    screen = console()
    screen.print(plain_table(["segment", "severity", "check", "finding"], table_rows(checked)))
    screen.print(estimate_line(checked), markup=False, soft_wrap=True)
    screen.print(f"{checked.verdict.state}: {'; '.join(checked.verdict.reasons)}", markup=False, soft_wrap=True)
    screen.print(checked.verdict.coverage, markup=False, soft_wrap=True)
    for line in as_lines(checked) if as_json else ():
        typer.echo(json.dumps(line, ensure_ascii=False))
    if not as_json:
        typer.echo(page)
    raise typer.Exit(exit_code(checked.states, settings.fail_on))


def dismiss(
    folder: Folder,
    findings: Annotated[list[str], typer.Argument(metavar="FINDING…", help="Ids from findings.jsonl.")],
    reason: Annotated[str, typer.Option(help="Why they are no problem.")],
) -> None:
    """Put findings aside, with a reason, for the runs to come."""
    from pipeline.dismiss import dismiss as put_aside

    path, dismissed = put_aside(folder, findings, reason)
    typer.echo(f"{len(dismissed)} dismissed in {path}")


def edit(
    folder: Folder,
    release: Annotated[str, typer.Option("--release", help="Its path, as the page and the exports give it.")],
    channel: Annotated[str, typer.Option("--channel", help="headline, post, bullets …")],
    lang: Annotated[str | None, typer.Option("--lang", help="Its language; the releases' own if not given.")] = None,
    system: Annotated[str | None, typer.Option(help="The system, where there are several.")] = None,
    order: Annotated[str | None, typer.Option(help="translate-then-summarize or summarize-then-translate.")] = None,
    number: Annotated[int | None, typer.Option("--pick", help="Take this candidate.")] = None,
    shorten: Annotated[int | None, typer.Option("--shorten", min=20, help="Cut to so many characters.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Take this text; an empty one undoes an edit.")] = None,
) -> None:
    """Pick, shorten or write a summary, for the runs to come; alone, show what there is to pick from."""
    from pipeline.edit import edit as put_in_place
    from pipeline.edit import find_choice, pick, shorten_to
    from pipeline.terminal import console, plain_table

    of = system if lang else ""
    choice = find_choice(folder, {"path": release, "channel": channel, "lang": lang, "system": of, "order": order})
    changes = [change for change in (number, shorten, text) if change is not None]
    if len(changes) > 1:
        raise ConfigError(["give only one of --pick, --shorten and --text"], "the command line")
    if not changes:
        console().print(plain_table(["pick", "length", "text"], choice.rows))
        return
    if text is None:
        text = pick(choice, number) if number is not None else shorten_to(choice, shorten or 0)
    path = put_in_place(folder, choice, text)
    typer.echo(f"{path}: {text}" if text else f"{path}: as it was made")


def summarize(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]…", help="Releases, in any format.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="headline, post …; may be repeated.")] = None,
    max_words: Annotated[int | None, typer.Option("--max-words", help="The most words.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of the texts.")] = "fr",
    lines: Annotated[bool, typer.Option("--lines", help="Lines or JSONL in, JSONL out.")] = False,
    config: Annotated[Path | None, typer.Option(help="A configuration file.")] = None,
    as_json: Json = False,
) -> None:
    """Summarize releases without translating them."""
    from pipeline.summarize.stage import SummarySettings
    from pipeline.summarize.standalone import as_fields, as_text, pick_channels, summarize_file, summarize_lines
    from pipeline.summarize.summarizers import make_summarizer
    from pipeline.terminal import console

    configured = configure([str(config)] if config else None, None, None, None)
    if bool(files) == lines:
        raise ConfigError(["give releases, or --lines and lines on standard input"], "the command line")
    channels = pick_channels(configured.summarize.channels, channel, max_words)
    settings = SummarySettings(channels, summarizer=make_summarizer(configured))
    try:
        if lines:
            for line in summarize_lines(input_lines(), settings, lang):
                typer.echo(line)
            return
        made = [(path, summarize_file(path, settings, lang)) for path in files or []]
    finally:
        if settings.summarizer:
            settings.summarizer.close()
    if as_json:
        print_json([{"path": str(path), **as_fields(found)} for path, found in made])
        return
    screen = console()
    for path, found in made:
        typer.echo(as_text(path.name, found))
        for finding in found.findings:
            screen.print(f"{path.name}: {finding.message}", markup=False, soft_wrap=True)
