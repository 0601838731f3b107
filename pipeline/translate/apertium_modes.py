"""Apertium's installed modes: which pairs of languages are here, and the programs that each one chains.

Takes the folder where the distribution's packages put their mode files and gives each pair's `Mode`. A mode file is
one shell line, `program 'data' | program 'data' | …`; it is read as words and never given to a shell.
"""

import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

MODES_FOLDER = Path("/usr/share/apertium/modes")

_MODE_NAME = re.compile(r"([a-z]{2,3})-([a-z]{2,3})(?:_([A-Z]{2}))?")
"""`fr-es` and `spa-eng_US`. Any other suffix (`_valencia`, `_pre2017`, `-old`) is a variant that no tag asks for."""

_TWO_LETTERS = {
    "arg": "an",
    "cat": "ca",
    "eng": "en",
    "epo": "eo",
    "fra": "fr",
    "glg": "gl",
    "ita": "it",
    "oci": "oc",
    "por": "pt",
    "ron": "ro",
    "spa": "es",
    "srd": "sc",
}
"""Apertium names languages in ISO 639-1 or 639-3 as each pair's authors chose; BCP-47 wants the shorter."""

_AFRESH = (sys.executable, str(Path(__file__).with_name("apertium_afresh.py")))

Pair = tuple[str, str]
"""Source and target, both BCP-47."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One direction of one language pair.

    Attributes:
        name: As Apertium calls it: `fra-cat`.
        stages: One command line for each program, without a shell's placeholders.
        grammar_remembers: Whether `cg-proc` gives a line another reading after other lines, so that it must be started
            anew for each. The constraint grammars of Catalan do, for one line in a thousand, and no warm-up helps
            (cat-spa, cat-ita, cat-eng, cat-por and cat-srd; 2,000 lines in five orders, before and after up to 2,500
            others). That of French, which takes most of fra-cat's time, did not for any of 11,000 lines in four orders.
    """

    name: str
    stages: tuple[tuple[str, ...], ...]
    grammar_remembers: bool = False

    @property
    def commands(self) -> tuple[tuple[str, ...], ...]:
        """What to start."""
        return tuple(
            (*_AFRESH, *stage) if self.grammar_remembers and stage[0] == "cg-proc" else stage for stage in self.stages
        )

    @property
    def data_files(self) -> tuple[Path, ...]:
        """The dictionaries, rules and models that the programs read."""
        return tuple(Path(word) for stage in self.stages for word in stage[1:] if word.startswith("/"))

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs, each once."""
        return tuple(dict.fromkeys(stage[0] for stage in self.stages))

    def is_complete(self) -> bool:
        """Tell whether every program and every data file is here."""
        return all(shutil.which(program) for program in self.programs) and all(map(Path.is_file, self.data_files))


def find_modes(folder: Path = MODES_FOLDER) -> dict[Pair, Mode]:
    """Return every mode that can be run here; none where Apertium is not installed."""
    modes: dict[Pair, Mode] = {}
    for path in sorted(folder.glob("*.mode")):
        if pair := _pair(path.stem):
            mode = Mode(path.stem, _stages(path.read_text(encoding="utf-8")), grammar_remembers=pair[0] == "ca")
            if mode.stages and mode.is_complete():
                modes[pair] = mode
    return modes


def _pair(name: str) -> Pair | None:
    if not (match := _MODE_NAME.fullmatch(name)):
        return None
    source, target, territory = match.groups()
    target = _TWO_LETTERS.get(target, target)
    return _TWO_LETTERS.get(source, source), f"{target}-{territory}" if territory else target


def _stages(line: str) -> tuple[tuple[str, ...], ...]:
    """Read a mode's line: unknown words are marked (`$1`), the tagger just tags (`$2`), and all flush on NUL."""
    replacements = {"$1": ["-g"], "$2": []}
    words = shlex.shlex(line, posix=True, punctuation_chars="|")
    words.whitespace_split = True
    stages: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            stages.append([])
        else:
            stages[-1] += replacements.get(word, [word])
    return tuple((stage[0], "-z", *stage[1:]) for stage in stages if stage)
