"""Whole runs for tests: small releases, the command line in this process or in one of its own, and what came out."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from docx_samples import make_docx, paragraph, run

from pipeline import cli
from pipeline.store import Store

LANGUAGES = ("en", "es", "ca", "pt", "it")
"""Those of the embedded default."""

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "configs" / "example"
COMMUNIQUE = [sys.executable, "-m", "pipeline.cli"]

TITLE = "Une opération de police contre le trafic d’armes"
LEAD = "LYON – La police a arrêté 12 personnes mardi 4 mars 2025. Les enquêteurs ont saisi 250 armes."
SECOND = "« Le réseau est démantelé », a déclaré Mme Martin. Trois suspects sont encore recherchés."

TEXT = f"{TITLE}\n\n{LEAD}\n\n{SECOND}\n"
MARKDOWN = f"# {TITLE}\n\n{LEAD}\n\n{SECOND}\n\n- **Des armes** de poing\n- Des véhicules volés\n"
HTML = (
    f'<!DOCTYPE html>\n<html lang="fr"><head><title>{TITLE}</title></head>\n'
    f"<body><h1>{TITLE}</h1>\n<p>{LEAD}</p>\n<p>{SECOND} <b>La suite</b> demain.</p></body></html>\n"
)

FAKE = '[[systems]]\nname = "fake"\nbackend = "fake"\n'
TWO_FAKES = FAKE + '[[systems]]\nname = "other"\nbackend = "fake"\n'


def word(*texts: str) -> bytes:
    """Return a Word document with these paragraphs."""
    return make_docx("".join(paragraph(run(text)) for text in texts))


FOUR_FORMATS = {"a.txt": TEXT, "b.md": MARKDOWN, "c.html": HTML, "d.docx": word(*TEXT.split("\n\n"))}


def release(number: int) -> str:
    """Return a release of its own for each number."""
    return TEXT.replace("12", str(12 + number)).replace("mardi", "lundi" if number % 2 else "mardi")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed on standard output."""
        return json.loads(self.out)


def communique(*arguments: object, stdin: bytes = b"") -> Ended:
    """Run a command in this process."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="") for data in (stdin, b"", b""))
    code: Any = 0
    words = ["communique", *map(str, arguments)]
    with (
        patch.object(sys, "argv", words),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
    return Ended(code or 0, _text_of(out), _text_of(err))


def _text_of(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def start(*arguments: object, **more: Any) -> "subprocess.Popen[bytes]":
    """Start a command in a process of its own."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMUNIQUE, *map(str, arguments)], cwd=ROOT, **{**streams, **more})


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, with the folders that their names ask for."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def config_file(folder: Path, text: str = FAKE) -> Path:
    """Write a configuration, by default with the fake translator alone."""
    path = folder / "communique.toml"
    path.write_text(text, encoding="utf-8")
    return path


def jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def files_of(folder: Path) -> Iterator[str]:
    """Yield the files below a folder, cells and locks aside, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".communique/"):
            yield name


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file's inode and time of change; the lock, which every run takes, and the cache's aside."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(("lock", "segments.sqlite"))
    }


def published_cells(output: Path) -> set[tuple[str, str]]:
    """Return stage and key of every cell that stands in an output folder."""
    return {(path.parent.name, path.stem) for path in (Store(output).state / "cells").glob("*/*.json")}
