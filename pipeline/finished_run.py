"""What a finished run left behind, for commands that start from it: its configuration and its exports, line by line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import InputError


def configured_file(output: Path, key: str, example: str) -> Path:
    """Return the file that a run's configuration names for reviewers' decisions.

    Args:
        output: The run's output folder.
        key: `dismissals` or `edits`.
        example: A name that it could have.

    Raises:
        InputError: It names none, or there is no run.
    """
    named = run_config(output).get(key)
    if not named:
        raise InputError(f"{output}: its configuration names no file of {key}", f'add the line {key} = "{example}"')
    return Path(named)


def run_config(output: Path) -> dict[str, Any]:
    """Return the configuration of a run, defaults included.

    Raises:
        InputError: There is no run.
    """
    config: dict[str, Any] = next(read_lines(output / "run.json", whole=True)).get("config", {})
    return config


def read_lines(path: Path, whole: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the objects of a run's export; with `whole`, the one that the file is.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open(encoding="utf-8", errors="surrogatepass") as file:
            for line in [file.read()] if whole else file:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read", "name the output folder of a finished run") from error
