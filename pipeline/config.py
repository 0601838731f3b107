"""Typed configuration: every table that a configuration may hold, with its defaults and what makes it valid.

Frozen, so that it can stand in a key. Nothing here looks at the disk; `pipeline.config_file` reads the file.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pipeline.errors import LanguageError
from pipeline.languages import normalise
from pipeline.records import SummaryOrder


def _tag(value: str) -> str:
    try:
        return normalise(value)
    except LanguageError as error:
        raise ValueError(str(error)) from error


def _name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", value):
        raise ValueError(f"expected up to 64 of the letters a to z, digits, dots, - and _, got “{value[:80]}”")
    return value


Name = Annotated[str, AfterValidator(_name)]
Tag = Annotated[str, AfterValidator(_tag)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]


Strictness = Literal["lenient", "normal", "strict"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


EXTRACTIVE = "extractive"
WRITING_BACKENDS = ("seq2seq", "chat")
"""What can write summaries in words of its own."""

NEURAL_BACKENDS = ("seq2seq", "ctranslate2")
NEURAL_OPTIONS = frozenset({"revision", "device", "compute_type", "batch_tokens", "threads", "decoding"})
"""What only the neural backends understand."""

EMBEDDED = "embedded:"
"""What the name of a model that comes with the package begins with; anything else is a folder or a hub's name."""


class DecodingConfig(_Section):
    """`[systems.decoding]`: how a neural model searches for its translation; all of it changes the result."""

    beam_size: Whole = Field(4, ge=1, le=64)
    length_penalty: Number = Field(1.0, ge=0, le=5)
    """The power of a translation's length that its log-probability is divided by; more favours longer ones."""
    no_repeat_ngram_size: Whole = Field(0, ge=0, le=20)
    """The shortest sequence of tokens that may not come twice; 0 for no such rule."""
    max_length_factor: Number = Field(2.0, gt=0, le=10)
    """The most output tokens for a source token."""
    n_best: Whole = Field(1, ge=1, le=64)
    """Candidates to keep."""

    @model_validator(mode="after")
    def _as_many_beams(self) -> "DecodingConfig":
        if self.n_best > self.beam_size:
            raise ValueError(f"n_best: {self.n_best} candidates need a beam_size of {self.n_best} at least")
        return self


class SystemConfig(_Section):
    """One `[[systems]]` table: a translator under the name that it has in the outputs."""

    name: Name
    backend: str
    via: tuple[Tag, ...] = ()
    """Languages to go through: those that Apertium tries, in this order, where it has no direct pair; the one that
    `pivot` always goes through."""
    model: str = ""
    """The model's name at the endpoint for `chat`; for neural models a folder, `embedded:fr-en`, or with
    `revision` a hub name."""
    revision: str = Field("", pattern=r"^([0-9a-f]{40})?$")
    """The commit of a hub model, 40 digits; `seq2seq` and `ctranslate2` only, as are the next five."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    compute_type: Literal[
        "auto", "float32", "float16", "bfloat16", "int8", "int8_float32", "int8_float16", "int8_bfloat16"
    ] = "auto"
    """What the model computes in; `auto` is the fastest that the machine does well."""
    batch_tokens: Whole | None = Field(None, ge=1)
    """The most source tokens in a batch; by the device if not given."""
    threads: Whole | None = Field(None, ge=1)
    """Processor cores to use; all that the process may if not given."""
    decoding: DecodingConfig = DecodingConfig()
    url: str = ""
    """An OpenAI-compatible endpoint's address up to its `/v1`; `chat` only, as are the next five."""
    allow_remote: Flag = False
    """Whether the endpoint may be on another machine, so that releases leave this one."""
    api_key_env: str = Field("", pattern=r"^\w*$")
    """The environment variable that holds the endpoint's key; never the key itself."""
    concurrency: Whole = Field(8, ge=1, le=256)
    requests_per_minute: Number | None = Field(None, gt=0)
    timeout_seconds: Number = Field(120, gt=0)
    memories: tuple[Path, ...] = ()
    """TMX files and JSONL files of approved translations; `memory` only, as are the next two."""
    fuzzy_threshold: Number = Field(0.75, ge=0.5, lt=1)
    """How alike, from 0 to 1, two sentences are whose translations help each other."""
    first: "SystemConfig | None" = None
    """What translates into the language in between: a table like this one, or a backend's name; `pivot` only."""
    then: "SystemConfig | None" = None
    """Likewise, what translates that which a `memory` does not have, or what the first half of a `pivot` made."""

    @property
    def parts(self) -> "dict[str, SystemConfig]":
        """The systems that this one is made of, by key."""
        return {key: part for key, part in (("first", self.first), ("then", self.then)) if part is not None}

    @field_validator("first", "then", mode="before")
    @classmethod
    def _part(cls, value: Any) -> Any:
        return {"name": value, "backend": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fitting(self) -> "SystemConfig":
        strays = sorted(NEURAL_OPTIONS & self.model_fields_set)
        if strays and self.backend not in NEURAL_BACKENDS:
            raise ValueError(f"{strays[0]}: only for {' and '.join(NEURAL_BACKENDS)}, not for {self.backend}")
        if self.backend == "seq2seq" and self.compute_type.startswith("int8"):
            raise ValueError(f"compute_type: seq2seq has no {self.compute_type}; use ctranslate2, or another type")
        if self.backend == "pivot" and len(self.via) != 1:
            raise ValueError(f"via: pivot goes through one language, got {len(self.via)}")
        if self.first is not None and self.backend != "pivot":
            raise ValueError(f"first: only for pivot, not for {self.backend}")
        return self


def _require_distinct(names: Iterable[str]) -> None:
    if repeated := [name for name, times in Counter(names).items() if times > 1]:
        raise ValueError(f"the name {' and '.join(f'“{name}”' for name in repeated)} stands twice; give each its own")


class TermsConfig(_Section):
    """`[terms]`: what must be translated in one way, and what not at all."""

    termbase: Path | None = None
    """A CSV with a column `source` and, for a language `xx`, the columns `xx` and `xx!forbidden`."""
    do_not_translate: tuple[str, ...] = ()


class BoilerplateConfig(_Section):
    """`[boilerplate]`: paragraphs whose translation is approved and used as it is."""

    file: Path | None = None
    """A CSV with a column `source` of French paragraphs and a column `xx` of what they are in xx."""


class ColumnsConfig(_Section):
    """`[columns]`: where a dataset keeps things."""

    text: str = "text"
    id: str = "id"
    title: str | None = None


class LimitsConfig(_Section):
    """`[limits]`: what is too large to be read; see `pipeline.read.base.Limits`."""

    max_bytes: Whole = Field(20_000_000, ge=1)
    max_unpacked_bytes: Whole = Field(100_000_000, ge=1)
    max_ratio: Whole = Field(100, ge=2)
    max_blocks: Whole = Field(20_000, ge=1)
    max_block_chars: Whole = Field(100_000, ge=1)


class ChannelConfig(_Section):
    """One `[[summarize.channels]]` table: a text to be made of each release."""

    name: Literal["headline", "post", "bullets", "abstract", "standfirst"]
    max_chars: Whole | None = Field(None, ge=20)
    max_weighted: Whole | None = Field(None, ge=40)
    """The most as networks weigh a post: an address counts 23, `€`, `…` and CJK characters 2, most letters 1."""
    max_words: Whole | None = Field(None, ge=5)
    max_sentences: Whole | None = Field(None, ge=1, le=20)
    items: Whole = Field(1, ge=1, le=10)
    reserve: str = Field("", max_length=200)
    """What always stands at the end and is counted in the limits, such as `#INTERPOL https://example.org/news`."""

    @field_validator("reserve")
    @classmethod
    def _one_line(cls, reserve: str) -> str:
        return " ".join(reserve.split())

    @model_validator(mode="after")
    def _takes_reserve(self) -> "ChannelConfig":
        if self.reserve and self.name in {"headline", "bullets"}:
            raise ValueError(f"reserve: a {self.name} channel ends with its own text; use post, standfirst or abstract")
        return self


DEFAULT_CHANNELS = (
    ChannelConfig(name="headline", max_chars=90),
    ChannelConfig(name="post", max_weighted=280),
    ChannelConfig(name="bullets", max_chars=120, items=3),
    ChannelConfig(name="abstract", max_words=120),
)


class SummarizeConfig(_Section):
    """`[summarize]`."""

    channels: tuple[ChannelConfig, ...] = DEFAULT_CHANNELS
    method: SystemConfig = SystemConfig(name=EXTRACTIVE, backend=EXTRACTIVE)
    """`extractive`, or a table like one of `[[systems]]` whose backend, `seq2seq` or `chat`, writes summaries."""
    order: Literal["translate-then-summarize", "summarize-then-translate", "both"] = "translate-then-summarize"
    """Whether summaries are made of the translation, or are the French ones translated."""

    @field_validator("channels")
    @classmethod
    def _channels(cls, channels: tuple[ChannelConfig, ...]) -> tuple[ChannelConfig, ...]:
        _require_distinct(channel.name for channel in channels)
        return channels

    @field_validator("method", mode="before")
    @classmethod
    def _method(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"name": value, "backend": value}
        return {"name": value.get("backend"), **value} if isinstance(value, dict) else value

    @field_validator("method")
    @classmethod
    def _writes(cls, method: SystemConfig) -> SystemConfig:
        if method.backend not in {EXTRACTIVE, *WRITING_BACKENDS}:
            known = ", ".join([EXTRACTIVE, *WRITING_BACKENDS])
            raise ValueError(f"no summaries can be made with “{method.backend}”; use one of {known}")
        return method

    @property
    def orders(self) -> tuple[SummaryOrder, ...]:
        """The orders in which summaries are made, the first one's leading."""
        return ("translate-then-summarize", "summarize-then-translate") if self.order == "both" else (self.order,)


class RepairConfig(_Section):
    """`[repair]`: what is tried on a sentence whose translation fails a check, in this order."""

    attempts: tuple[Literal["candidates", "decoding", "clauses"], ...] = ("candidates", "decoding", "clauses")
    """The engine's other candidates; the same model searching in another way; the sentence cut into clauses."""
    fallback: tuple[Name, ...] = ()
    """Systems that are asked at last."""


class QualityRecord(_Section):
    """One `[[quality]]` table: what `communique score` measured, and what makes a system's output publishable."""

    system: Name
    system_digest: str
    """The digest of the translator's signature, as `run.json` gives it: a changed model is another system."""
    target_lang: Tag
    metric: str
    value: Number
    signature: str
    segments: Whole = Field(ge=1)
    test_set: str


class Config(_Section):
    """The whole configuration of a run."""

    source_lang: Tag = "fr"
    targets: tuple[Tag, ...] = Field(("en", "es", "ca", "pt", "it"), validate_default=True)
    inputs: tuple[Path, ...] = ()
    output: Path = Path("outputs/run")
    fail_on: Literal["review", "blocked", "never"] = "blocked"
    strictness: Strictness = "normal"
    """What asks for a person; see `pipeline.check.verdict.STRICTNESS`."""
    use: Literal["commercial", "research"] = "research"
    """What the translations are for: some models' licences allow no commercial use."""
    use_references: Path | None = None
    """A folder with `release.en.txt` …: human translations to score against, one a release and language."""
    systems: tuple[SystemConfig, ...] = (SystemConfig(name="apertium", backend="apertium"),)
    terms: TermsConfig = TermsConfig()
    boilerplate: BoilerplateConfig = BoilerplateConfig()
    columns: ColumnsConfig = ColumnsConfig()
    limits: LimitsConfig = LimitsConfig()
    repair: RepairConfig = RepairConfig()
    summarize: SummarizeConfig = SummarizeConfig()
    quality: tuple[QualityRecord, ...] = ()
    dismissals: Path | None = None
    """A file of findings that a reviewer dismissed, one JSON object a line; see `pipeline.check.dismissals`."""
    edits: Path | None = None
    """A file of summaries that a reviewer chose or wrote, one JSON object a line; see `pipeline.summarize.edits`."""

    @field_validator("targets")
    @classmethod
    def _targets(cls, tags: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not tags:
            raise ValueError("empty; name at least one language")
        if info.data.get("source_lang") in tags:
            raise ValueError(f"{info.data['source_lang']} is the source language; leave it out")
        return tuple(dict.fromkeys(tags))

    @field_validator("systems")
    @classmethod
    def _systems(cls, systems: tuple[SystemConfig, ...]) -> tuple[SystemConfig, ...]:
        if not systems:
            raise ValueError("empty; name at least one translator")
        _require_distinct(system.name for system in systems)
        return systems

    @field_validator("repair")
    @classmethod
    def _repair(cls, repair: RepairConfig, info: ValidationInfo) -> RepairConfig:
        names = {system.name for system in info.data.get("systems", ())}
        if names and (strays := [name for name in repair.fallback if name not in names]):
            raise ValueError(f"fallback: there is no system “{strays[0]}”; name one of {', '.join(sorted(names))}")
        return repair
