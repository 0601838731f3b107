"""Typed configuration: TOML in, one frozen `Config` out, or every problem at once with its path.

Paths in a file are relative to that file's folder. What the command line says stands above the file, and the
defaults below them both. Nothing here looks at the disk beyond the file itself.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from pipeline.errors import ConfigError, LanguageError
from pipeline.languages import normalise

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class SystemConfig(_Section):
    """One `[[systems]]` table: a translator under the name that it has in the outputs."""

    name: Name
    backend: str
    via: tuple[str, ...] = ()
    """Languages to go through where no direct pair exists, tried in this order; Apertium only."""
    model: str = ""
    """The model's name: at the endpoint for `chat`."""
    url: str = ""
    """An OpenAI-compatible endpoint's address up to its `/v1`; `chat` only, as are the next five."""
    allow_remote: bool = False
    """Whether the endpoint may be on another machine, so that releases leave this one."""
    api_key_env: str = Field("", pattern=r"^\w*$")
    """The environment variable that holds the endpoint's key; never the key itself."""
    concurrency: int = Field(8, ge=1, le=256)
    requests_per_minute: float | None = Field(None, gt=0)
    timeout_seconds: float = Field(120, gt=0)
    memories: tuple[Path, ...] = ()
    """TMX files and JSONL files of approved translations; `memory` only, as are the next two."""
    fuzzy_threshold: float = Field(0.75, ge=0.5, lt=1)
    """How alike, from 0 to 1, two sentences are whose translations help each other."""
    then: "SystemConfig | None" = None
    """What translates that which the memory does not have: a table like this one, or a backend's name."""

    @field_validator("then", mode="before")
    @classmethod
    def _then(cls, value: Any) -> Any:
        return {"name": value, "backend": value} if isinstance(value, str) else value


class TermsConfig(_Section):
    """`[terms]`: what must be translated in one way, and what not at all."""

    termbase: Path | None = None
    """A CSV with a column `source` and, for a language `xx`, the columns `xx` and `xx!forbidden`."""
    do_not_translate: tuple[str, ...] = ()


class ColumnsConfig(_Section):
    """`[columns]`: where a dataset keeps things."""

    text: str = "text"
    id: str = "id"
    title: str | None = None


class LimitsConfig(_Section):
    """`[limits]`: what is too large to be read; see `pipeline.read.base.Limits`."""

    max_bytes: int = Field(20_000_000, ge=1)
    max_unpacked_bytes: int = Field(100_000_000, ge=1)
    max_ratio: int = Field(100, ge=2)
    max_blocks: int = Field(20_000, ge=1)
    max_block_chars: int = Field(100_000, ge=1)


class ChannelConfig(_Section):
    """One `[[summarize.channels]]` table: a text to be made of each release."""

    name: Literal["headline", "post", "bullets", "abstract"]
    max_chars: int | None = Field(None, ge=20)
    max_words: int | None = Field(None, ge=5)
    items: int = Field(1, ge=1, le=10)


DEFAULT_CHANNELS = (
    ChannelConfig(name="headline", max_chars=90),
    ChannelConfig(name="post", max_chars=280),
    ChannelConfig(name="bullets", max_chars=120, items=3),
    ChannelConfig(name="abstract", max_words=120),
)


class SummarizeConfig(_Section):
    """`[summarize]`."""

    channels: tuple[ChannelConfig, ...] = DEFAULT_CHANNELS


class QualityRecord(_Section):
    """One `[[quality]]` table: what `communique score` measured, and what makes a system's output publishable."""

    system: Name
    system_digest: str
    """The digest of the translator's signature, as `run.json` gives it: a changed model is another system."""
    target_lang: str
    metric: str
    value: float
    signature: str
    segments: int = Field(ge=1)
    test_set: str


class Config(_Section):
    """The whole configuration of a run."""

    source_lang: str = "fr"
    targets: tuple[str, ...] = Field(("en", "es", "ca", "pt", "it"), min_length=1)
    inputs: tuple[Path, ...] = ()
    output: Path = Path("outputs/run")
    fail_on: Literal["review", "blocked", "never"] = "blocked"
    use: Literal["commercial", "research"] = "research"
    """What the translations are for: some models' licences allow no commercial use."""
    use_references: Path | None = None
    """A folder with `release.en.txt` …: human translations to score against, one a release and language."""
    systems: tuple[SystemConfig, ...] = Field((SystemConfig(name="apertium", backend="apertium"),), min_length=1)
    terms: TermsConfig = TermsConfig()
    columns: ColumnsConfig = ColumnsConfig()
    limits: LimitsConfig = LimitsConfig()
    summarize: SummarizeConfig = SummarizeConfig()
    quality: tuple[QualityRecord, ...] = ()

    @field_validator("source_lang")
    @classmethod
    def _source(cls, value: str) -> str:
        return _tag(value)

    @field_validator("targets")
    @classmethod
    def _targets(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_tag(value) for value in values))

    @model_validator(mode="after")
    def _consistent(self) -> "Config":
        names = [system.name for system in self.systems]
        if repeated := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"systems: the name “{repeated[0]}” stands twice; give each system its own")
        if self.source_lang in self.targets:
            raise ValueError(f"targets: {self.source_lang} is the source language; leave it out")
        return self


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
            values = tomllib.loads(path.read_text(encoding="utf-8"))
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


def _tag(value: str) -> str:
    try:
        return normalise(value)
    except LanguageError as error:
        raise ValueError(str(error)) from error


def _anchor(config: Config, folder: Path, given: frozenset[str]) -> Config:
    """Make the file's own relative paths relative to its folder, and leave the command line's alone."""

    def beside(path: Path) -> Path:
        return path if path.is_absolute() else Path(os.path.normpath(folder / path))

    changes: dict[str, Any] = {}
    if "inputs" not in given:
        changes["inputs"] = tuple(beside(path) for path in config.inputs)
    if "output" not in given and "output" in config.model_fields_set:
        changes["output"] = beside(config.output)
    if "use_references" not in given and config.use_references:
        changes["use_references"] = beside(config.use_references)
    if "systems" not in given:
        changes["systems"] = tuple(_anchor_system(system, folder) for system in config.systems)
    if config.terms.termbase:
        changes["terms"] = config.terms.model_copy(update={"termbase": beside(config.terms.termbase)})
    return config.model_copy(update=changes)


def _anchor_system(system: SystemConfig, folder: Path) -> SystemConfig:
    """Make a system's own relative paths relative to a folder, and those of what it falls back on."""
    changes: dict[str, Any] = {"memories": tuple(folder / path for path in system.memories)}
    if system.then:
        changes["then"] = _anchor_system(system.then, folder)
    return system.model_copy(update=changes)


def _describe(problem: Any) -> str:
    """One line for one of pydantic's problems: `systems[1].beam_size: … got "4"`."""
    path = ""
    for part in problem["loc"]:
        path += f"[{part}]" if isinstance(part, int) else (f".{part}" if path else str(part))
    if problem["type"] == "extra_forbidden":
        return f"{path}: no such key; remove it or correct its name"
    message = problem["msg"].removeprefix("Value error, ")
    return f"{path}: {message}, got {problem['input']!r}" if path else message
