"""What is here and what is not: engines, language pairs, metrics, formats, checks, and how to add what is missing.

Takes a configuration; gives one `Capability` for everything that a run with it could use, and the languages that its
systems can translate into. Nothing is started, translated or printed.
"""

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from itertools import chain
from typing import Literal

from babel import Locale

from pipeline.check import BESIDE
from pipeline.check.coverage import coverage_table, what_is_checked
from pipeline.config import Config, SystemConfig
from pipeline.errors import LanguageError
from pipeline.languages import base, name, normalise
from pipeline.read.formats import FORMATS
from pipeline.read.rows import FILE_SOURCES
from pipeline.score import score_hypotheses
from pipeline.translate import TRANSLATORS, build_translator
from pipeline.translate.apertium_modes import MODES_FOLDER, find_modes
from pipeline.translate.apertium_routes import PACKAGES
from pipeline.translate.base import Route
from pipeline.translate.fake import PSEUDO_LANGUAGES

Area = Literal["engine", "language pair", "metric", "format", "check"]

APERTIUM_PACKAGES = ("apertium", *sorted(set(PACKAGES.values())))
"""All of the distribution's packages that a remedy can name."""

ENGINE_LIBRARIES = {
    "chat": ("httpx2",),
    "seq2seq": ("torch", "transformers", "safetensors", "sentencepiece"),
    "ctranslate2": ("ctranslate2", "torch", "transformers", "safetensors", "sentencepiece"),
}
"""What an engine needs of Python's packages, where it needs any."""

ROW_LIBRARIES = {".parquet": ("pyarrow",)}
"""What reads a dataset's file, by suffix, where Python itself does not."""

VERSION_SECONDS = 10.0

KNOWN_WELL = ("en", "es", "de", "it", "pt", "ca", "nl", "ar", "ru", "zh")
"""Languages for which facts are read."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that a run can use, or could.

    Attributes:
        area: What kind of thing it is.
        name: What it is called there: `apertium`, `fr→en (apertium)`, `BLEU`, `docx`, `numbers`.
        available: Whether it can be used here and now.
        detail: Its version, route, signature, suffixes or limits.
        remedy: What to do, the exact command where there is one; empty when it is here, or nothing helps.
    """

    area: Area
    name: str
    available: bool
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReachableLanguage:
    """A language that one of the configured systems can translate into, or could.

    Attributes:
        tag: BCP-47 tag, as `--to` takes it.
        name: Its English name.
        system: The system's name.
        available: Whether it can be translated into here and now.
        route: The languages that a text goes through, both ends included; empty where none is known.
        remedy: What opens the route; empty when it is open, or nothing does.
    """

    tag: str
    name: str
    system: str
    available: bool
    route: Route
    remedy: str = ""

    @property
    def detail(self) -> str:
        """The route for people, with the system that takes it."""
        return f"{' → '.join(self.route)} ({self.system})"


def examine(config: Config) -> list[Capability]:
    """Look at everything that a run with this configuration could use.

    Returns:
        Grouped by area: engines, language pairs (every target with every system), metrics, formats, checks.

    Raises:
        ConfigError: A system's translator cannot be built from its configuration.
    """
    return [*map(_engine, TRANSLATORS), *_pairs(config), *_metrics(config), *_formats(), *_checks(config)]


def reachable_languages(config: Config) -> list[ReachableLanguage]:
    """Return every language that the configured systems translate the source language into, open ones first.

    Languages that Apertium's packages would open are among them, with the command that installs those.

    Raises:
        ConfigError: A system's translator cannot be built from its configuration.
    """
    targets = [tag for tag in _known_tags() if base(tag) != base(config.source_lang)]
    found = [
        language
        for system in config.systems
        for language in _reach(system, config.source_lang, targets)
        if language.route
    ]
    return sorted(found, key=lambda language: (not language.available, language.name, language.system))


def checked_languages(config: Config) -> list[str]:
    """Return the columns of the table check × language: the targets, then the others that facts are read in."""
    return list(dict.fromkeys([*config.targets, *KNOWN_WELL]))


def _engine(backend: str) -> Capability:
    if backend == "apertium":
        return _apertium()
    return _python_capability("engine", backend, ENGINE_LIBRARIES.get(backend, ()), "part of communique")


def _apertium() -> Capability:
    program = shutil.which("apertium")
    if program is None:
        return Capability("engine", "apertium", False, "not installed", "apt-get install apertium")
    modes = find_modes()
    if not modes:
        remedy = f"apt-get install {PACKAGES['fr', 'ca']}"
        return Capability("engine", "apertium", False, f"no language pairs in {MODES_FOLDER}", remedy)
    said = subprocess.run([program, "-V"], capture_output=True, text=True, timeout=VERSION_SECONDS, check=False)
    version = said.stdout.strip() or "version unknown"
    return Capability("engine", "apertium", True, f"{version}, {len(modes)} directions")


def _pairs(config: Config) -> Iterator[Capability]:
    for system in config.systems:
        for language in _reach(system, config.source_lang, config.targets):
            pair = f"{config.source_lang}→{language.tag} ({system.name})"
            route = " → ".join(language.route) or "no way open here"
            yield Capability("language pair", pair, language.available, route, language.remedy)


def _reach(system: SystemConfig, source_lang: str, targets: Iterable[str]) -> Iterator[ReachableLanguage]:
    """Yield what a system can do for each target language; without a route where that is nothing."""
    translating = _innermost(system)
    missing = _missing(_libraries(translating))
    translator = None if missing else build_translator(translating)
    route: Route
    for tag in targets:
        if translator is None:
            route, remedy = (), _pip_install(missing)
        elif translator.supports(source_lang, tag):
            route, remedy = translator.route(source_lang, tag), ""
        else:
            route, remedy = translator.route(source_lang, tag, installable=True), translator.remedy(source_lang, tag)
        yield ReachableLanguage(tag, name(tag), system.name, bool(route) and not remedy, route, remedy)


def _innermost(system: SystemConfig) -> SystemConfig:
    """Return what translates in the end: a memory reaches the languages of what stands behind it."""
    return _innermost(system.then) if system.then and system.backend == "memory" else system


def _libraries(system: SystemConfig) -> tuple[str, ...]:
    """Return the libraries that a system's engine needs, and those of its parts."""
    own = ENGINE_LIBRARIES.get(system.backend, ())
    return tuple(dict.fromkeys((*own, *chain.from_iterable(map(_libraries, system.parts.values())))))


def _known_tags() -> list[str]:
    """Return every language that can be asked for, and the regional ones that Apertium has pairs of their own for."""
    tags = {tag for tag in map(str, Locale("en").languages) if "_" not in tag}
    tags |= {target for _, target in (*find_modes(), *PACKAGES)}
    return [*sorted(filter(_can_be_asked_for, tags)), *PSEUDO_LANGUAGES]


def _can_be_asked_for(tag: str) -> bool:
    try:
        return normalise(tag) == tag
    except LanguageError:
        return False


def _metrics(config: Config) -> Iterator[Capability]:
    library = _python_capability("metric", "BLEU, chrF2, TER", ("sacrebleu",), "")
    if not library.available:
        yield library
        return
    targets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in config.targets:
        for score in score_hypotheses(["."], ["."], target, "none", "none", "corpus"):
            targets[score.metric, score.signature].append(target)
    for (metric, signature), of_signature in targets.items():
        where = "" if len(of_signature) == len(config.targets) else f" ({', '.join(of_signature)})"
        yield Capability("metric", f"{metric}{where}", True, signature)


def _formats() -> Iterator[Capability]:
    for kind in dict.fromkeys(FORMATS.values()):
        yield Capability("format", kind.name, True, f"releases: {' '.join(kind.suffixes)}")
    for suffix in FILE_SOURCES:
        libraries = ROW_LIBRARIES.get(suffix, ())
        yield _python_capability("format", suffix.removeprefix("."), libraries, f"rows: {suffix}")
    what = "rows: folders saved by datasets, hf:owner/name[:split]"
    yield _python_capability("format", "datasets", ("datasets", "pyarrow"), what)


def _checks(config: Config) -> Iterator[Capability]:
    for check, in_language in coverage_table(config.targets).items():
        without = [target for target, can_be_made in in_language.items() if not can_be_made]
        detail = what_is_checked(check) + (f"; not in {', '.join(without)}" if without else "")
        yield Capability("check", check, any(in_language.values()), detail)
    for check, what in BESIDE.items():
        yield Capability("check", check, True, what)


def _python_capability(area: Area, called: str, libraries: Iterable[str], what: str) -> Capability:
    """Say of something that needs nothing but Python libraries whether they are here, and in which versions."""
    if missing := _missing(libraries):
        return Capability(area, called, False, f"not installed: {', '.join(missing)}", _pip_install(missing))
    versions = [f"{library} {metadata.version(library)}" for library in libraries]
    return Capability(area, called, True, "; ".join([what, *versions]))


def _missing(libraries: Iterable[str]) -> list[str]:
    return [library for library in libraries if not any(metadata.distributions(name=library))]


def _pip_install(libraries: Iterable[str]) -> str:
    """Return the command that installs libraries, in the versions that we pin where those are known."""
    ours = next(iter(metadata.distributions(name="communique")), None)
    pins = [requirement.split(";")[0].strip() for requirement in (ours and ours.requires) or []]
    pinned = {pin.split("==")[0]: pin for pin in pins}
    return f"pip install {' '.join(pinned.get(library, library) for library in libraries)}"
