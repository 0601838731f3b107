"""The review page: one self-contained HTML file, written while it is read.

Rows and releases come in as iterables and go out one by one, so that a page of any size costs the memory of one
release. All text is hostile: templates escape it, a content security policy allows the page's own style and script
and nothing else, and no link leads out of the output folder. The same input gives the same page, byte for byte.
"""

import base64
import hashlib
import os
import shlex
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Html

from pipeline.report.annotate import printable
from pipeline.report.links import relative_link, section_id
from pipeline.report.model import IndexRow, ReleaseReport, RunInfo
from pipeline.report.summary_views import CHANNEL_NAMES
from pipeline.report.views import language_name, release_view

_TEMPLATES = Path(__file__).parent / "templates"

_SENTENCE = (("ready", "ready"), ("review", "to review"), ("blocked", "blocked"), ("failed", "failed"))


def write_index(path: Path, info: RunInfo, rows: Iterable[IndexRow], releases: Iterable[ReleaseReport]) -> None:
    """Write the page of a run: the table of verdicts, then each release.

    Args:
        path: The file to write; it appears when it is complete.
        info: What the page says about the run.
        rows: The table's lines, in the order in which they are shown, read once.
        releases: What to show below the table, read once; empty where every release has a page of its own.
    """
    shown = _Counted(rows)
    views = (release_view(info, release) for release in releases)
    _write(path, "index.html", info, {"rows": shown, "releases": views, "home": "#overview"})


def write_release_page(path: Path, info: RunInfo, release: ReleaseReport) -> None:
    """Write a page that shows one release; it links back to `../index.html`."""
    _write(path, "release_page.html", info, {"release": release_view(info, release), "home": "../index.html"})


def summary_line(info: RunInfo) -> str:
    """Say in one sentence how a run ended: `5 releases × 5 languages: 0 ready, 21 to review …`."""
    states = ", ".join(f"{number:,} {label}" for _, label, number in _states(info))
    return f"{_extent(info)}: {states}"


class _Counted:
    """The table's rows, counted as they pass."""

    def __init__(self, rows: Iterable[IndexRow]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[IndexRow]:
        for row in self._rows:
            self.number += 1
            yield row


def _write(path: Path, template: str, info: RunInfo, values: dict[str, Any]) -> None:
    """Render into a temporary file and rename it, so that no reader ever sees half a page."""
    states = _states(info)
    stream = (
        _environment()
        .get_template(template)
        .generate(
            info=info,
            extent=_extent(info),
            states=states,
            total=sum(number for _, _, number in states),
            others=[item for item in info.counts if item[0] not in {"releases", *dict(_SENTENCE)}],
            **values,
        )
    )
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as page:
            page.writelines(stream)
            page.flush()
            os.fsync(page.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _states(info: RunInfo) -> list[tuple[str, str, int]]:
    counts = dict(info.counts)
    return [(state, label, counts.get(state, 0)) for state, label in _SENTENCE]


def _extent(info: RunInfo) -> str:
    sizes = [(dict(info.counts).get("releases", 0), "release"), (len(info.targets), "language")]
    sizes += [(len(info.systems), "system")] if len(info.systems) > 1 else []
    return " × ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in sizes)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    environment.globals.update(
        style=style,
        script=script,
        policy=_policy(style, script),
        language_name=language_name,
        relative_link=relative_link,
        section_id=section_id,
    )
    environment.filters["channel"] = _channel_name
    environment.filters["argument"] = shlex.quote
    environment.filters["words"] = lambda name: name.replace("_", " ")
    return environment


def _channel_name(channel: str) -> str:
    """Name a channel within a sentence."""
    return CHANNEL_NAMES.get(channel, channel).lower()


def _finalize(value: object) -> object:
    """Make every text printable before it is escaped."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Html) else value


def _policy(style: str, script: str) -> str:
    """Allow the page's own style and script, by digest, and forbid all else."""
    own_style, own_script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{own_style}'; script-src 'sha256-{own_script}'; "
        "base-uri 'none'; form-action 'none'"
    )
