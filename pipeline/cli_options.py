"""What the commands share: their options, the configuration behind them, data in and data out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pipeline.config import Config
from pipeline.config_file import load_config
from pipeline.errors import ConfigError, InputError

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


def configure(
    given: list[str] | None, inputs: list[str] | None, to: str | None, output: Path | None, **more: Any
) -> Config:
    """Load the configuration that is named, if any, and lay over it what the command line says."""
    files = [name for name in given or [] if name.endswith(".toml")]
    if len(files) > 1:
        raise ConfigError([f"{' and '.join(files)}: only one configuration can be used"], "the command line")
    releases = [Path(name) for name in (*(given or []), *(inputs or [])) if name not in files]
    targets = [tag for tag in to.split(",") if tag.strip()] if to else None
    overrides = {"inputs": releases or None, "targets": targets, "output": output, **more}
    return load_config(Path(files[0]) if files else None, overrides)


def input_lines() -> Iterator[str]:
    """Yield standard input's lines without their line feeds.

    Raises:
        InputError: A line is not UTF-8; the message names it.
    """
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"line {number} is not UTF-8", "convert the input to UTF-8") from error


def print_json(value: Any) -> None:
    """Print a value as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
