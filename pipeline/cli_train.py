"""The commands that make models: one from nothing, and one fitted to a team's approved translations."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import ConfigError


def train(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE.toml", help="What to learn, and how.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The work folder; the model comes out there.")],
    minutes: Annotated[float, typer.Option(min=0, help="How long to learn, all calls together.")] = 0,
    steps: Annotated[int, typer.Option(min=0, help="Instead of minutes: how many steps.")] = 0,
    slice_minutes: Annotated[float, typer.Option(min=0, help="Stop this call after so long; call again.")] = 0,
    save_seconds: Annotated[float, typer.Option(min=0, help="Time between two checkpoints.")] = 120,
    threads: Annotated[int, typer.Option(min=0, help="Processor cores to use; all by default.")] = 0,
    compiled: Annotated[bool, typer.Option("--compile", help="Compile the model first; needs a C++ compiler.")] = False,
    prepare: Annotated[bool, typer.Option("--prepare", help="Only clean, learn the vocabulary and tokenize.")] = False,
) -> None:
    """Train a translation model from sentence pairs; the same command goes on after a cut."""
    from pipeline.terminal import console
    from pipeline.train.recipe import load_recipe
    from pipeline.train.run import Call, prepare_corpus, run_training
    from pipeline.train.trainer import Budget

    screen = console()

    def say(text: str) -> None:
        screen.print(text, markup=False, soft_wrap=True)

    read = load_recipe(recipe)
    if prepare:
        prepare_corpus(read, output, say, threads)
        return
    if bool(minutes) == bool(steps):
        raise ConfigError(["--minutes or --steps: give one of them"], "the command line")
    budget = Budget(seconds=minutes * 60, steps=steps)
    reached = run_training(read, output, budget, say, Call(slice_minutes * 60, save_seconds, threads, compiled))
    if reached.exported is None:
        say(f"{reached.progress:.0%} of the budget is used: run the same command again to go on")
    else:
        typer.echo(reached.exported.int8)


def adapt(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="The folder of a Marian model for transformers.")],
    memory: Annotated[Path, typer.Option(help="Approved translations: TMX, JSONL, TSV.")],
    general: Annotated[list[Path], typer.Option(help="General pairs that keep it from forgetting; may be repeated.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The work folder; the model comes out there.")],
    steps: Annotated[int, typer.Option(min=1, help="The most steps; it stops when it helps no more.")] = 1000,
) -> None:
    """Fit a model to approved translations; one that became worse is not published, and the exit code is 1."""
    from pipeline.terminal import console
    from pipeline.train.adapt import Fitting, adapt_model

    screen = console()

    def say(text: str) -> None:
        screen.print(text, markup=False, soft_wrap=True)

    adaptation = adapt_model(model, memory, general, output, say, Fitting(steps=steps))
    say(adaptation.reason)
    if adaptation.exported is None:
        raise typer.Exit(1)
    typer.echo(adaptation.exported.int8)
