"""The configuration's file: TOML in, one frozen `Config` out, or every problem at once with its path.

Paths in a file are relative to that file's folder. What the command line says stands above the file, and the defaults
below them both.
"""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.config import EMBEDDED, NEURAL_BACKENDS, Config, SystemConfig
from pipeline.errors import ConfigError


def load_config(path: Path | None, overrides: dict[str, Any] | None = None) -> Config:
    """Read a configuration file and lay the command line's wishes over it.

    Args:
        path: A TOML file; None for the defaults alone.
        overrides: Top-level keys that replace the file's.

    Raises:
        ConfigError: The file cannot be read, or some of its values cannot be used; all problems are listed.
    """
    values: dict[str, Any] = {}
    source = "the command line"
    if path is not None:
        source = str(path)
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise ConfigError([f"{error.strerror}: give the path of a TOML file"], source) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError([f"not valid TOML: {error}"], source) from error
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    try:
        config = Config.model_validate({**values, **given})
    except ValidationError as error:
        raise ConfigError([_describe(problem) for problem in error.errors()], source) from error
    return config if path is None else _anchor(config, path.parent, frozenset(given))


def _anchor(config: Config, folder: Path, given: frozenset[str]) -> Config:
    """Make the file's own relative paths relative to its folder, and leave the command line's alone."""

    def beside(path: Path) -> Path:
        if path.is_absolute() or str(path).startswith("hf:"):
            return path
        return Path(os.path.normpath(folder / path))

    changes: dict[str, Any] = {}
    if "inputs" not in given:
        changes["inputs"] = tuple(beside(path) for path in config.inputs)
    if "output" not in given and "output" in config.model_fields_set:
        changes["output"] = beside(config.output)
    if "use_references" not in given and config.use_references:
        changes["use_references"] = beside(config.use_references)
    if "dismissals" not in given and config.dismissals:
        changes["dismissals"] = beside(config.dismissals)
    if "edits" not in given and config.edits:
        changes["edits"] = beside(config.edits)
    if config.summarize.method.model:
        method = _anchor_system(config.summarize.method, folder)
        changes["summarize"] = config.summarize.model_copy(update={"method": method})
    if "systems" not in given:
        changes["systems"] = tuple(_anchor_system(system, folder) for system in config.systems)
    if config.terms.termbase:
        changes["terms"] = config.terms.model_copy(update={"termbase": beside(config.terms.termbase)})
    if config.boilerplate.file:
        changes["boilerplate"] = config.boilerplate.model_copy(update={"file": beside(config.boilerplate.file)})
    return config.model_copy(update=changes)


def _anchor_system(system: SystemConfig, folder: Path) -> SystemConfig:
    """Make a system's own relative paths relative to a folder, and those of what it falls back on."""
    changes: dict[str, Any] = {"memories": tuple(folder / path for path in system.memories)}
    if system.backend in NEURAL_BACKENDS and not system.revision and not system.model.startswith(EMBEDDED):
        changes["model"] = str(folder / Path(system.model).expanduser()) if system.model else ""
    changes |= {key: _anchor_system(part, folder) for key, part in system.parts.items()}
    return system.model_copy(update=changes)


_EXPECTED = {
    "model_type": "expected a table",
    "tuple_type": "expected a list",
    "string_type": "expected a text",
    "path_type": "expected a path",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "finite_number": "expected a finite number",
    "bool_type": "expected true or false",
    "literal_error": "expected {expected}",
    "greater_than": "expected a number > {gt}",
    "greater_than_equal": "expected a number ≥ {ge}",
    "less_than": "expected a number < {lt}",
    "less_than_equal": "expected a number ≤ {le}",
    "string_pattern_mismatch": "expected what fits {pattern}",
}
"""Pydantic's problems in the words of whoever writes the file; those that are not here keep pydantic's own."""


def _describe(problem: Any) -> str:
    """One line for one of pydantic's problems: `systems[1].concurrency: expected a whole number, got "4"`."""
    path = ""
    for part in problem["loc"]:
        path += f"[{part}]" if isinstance(part, int) else (f".{part}" if path else str(part))
    kind = problem["type"]
    if kind == "extra_forbidden":
        return f"{path}: no such key; remove it or correct its name"
    if kind == "missing":
        return f"{path}: missing; give it a value"
    if kind == "value_error":
        return f"{path}: {problem['msg'].removeprefix('Value error, ')}"
    expected = _EXPECTED[kind].format(**problem.get("ctx", {})) if kind in _EXPECTED else problem["msg"]
    given = json.dumps(problem["input"], ensure_ascii=False, default=str)
    return f"{path}: {expected}, got {given if len(given) <= 80 else given[:79] + '…'}"
