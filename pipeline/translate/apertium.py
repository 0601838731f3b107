"""Apertium: rule-based translation with the distribution's packages, the default that needs no weights.

Takes masked texts and gives one candidate each, through one mode or several in a row. A text is sent line by line; a
line that does not come back whole (a token or a special sign lost, the programs dead) is cut and sent again in parts,
so that no token is ever lost here. Nothing of what comes out depends on what was translated before.
"""

import re
import shutil
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pipeline.errors import LanguageError, TranslatorError
from pipeline.fingerprint import digest, fingerprint
from pipeline.records import Span
from pipeline.translate.apertium_modes import MODES_FOLDER, Mode, Pair, find_modes
from pipeline.translate.apertium_numbers import as_read, before_leg
from pipeline.translate.apertium_process import LINE_SECONDS, ModeProcess
from pipeline.translate.apertium_routes import PACKAGES, find_route, missing_packages
from pipeline.translate.apertium_stream import decode, encode, lost_characters
from pipeline.translate.apertium_warmup import warm_up_words
from pipeline.translate.base import ENOUGH_TEXTS, Candidate, Candidates, Route
from pipeline.translate.pivot import keep_unknown

LINE_CHARS = 5_000
"""Longest line ever sent: longer ones are cut at a space."""

_TEXT_HANDLING = "2"
"""To be raised whenever the code between text and programs changes a result."""


class ApertiumTranslator:
    """Translates with the Apertium modes installed here.

    Args:
        via: The only languages to go through where there is no direct pair, in order of preference; none for all.
        folder: Where the mode files are.
        line_seconds: How long the programs may take for one line before they are taken to hang.
    """

    draft = True
    batch_texts = ENOUGH_TEXTS

    def __init__(
        self, via: Sequence[str] = (), folder: Path = MODES_FOLDER, line_seconds: float = LINE_SECONDS
    ) -> None:
        self._via = tuple(via)
        self._folder = folder
        self._line_seconds = line_seconds
        self._processes: dict[Pair, ModeProcess] = {}
        self._signatures: dict[Route, dict[str, str]] = {}

    @cached_property
    def _modes(self) -> dict[Pair, Mode]:
        return find_modes(self._folder)

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: the data and the programs on the pair's way, by content, and how they are fed.

        Raises:
            LanguageError: There is no way between the languages.
        """
        route = self._require_route(source_lang, target_lang)
        if route not in self._signatures:
            self._signatures[route] = _sign([self._modes[pair] for pair in pairwise(route)], route)
        return dict(self._signatures[route])

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether the installed pairs make a way."""
        return bool(self.route(source_lang, target_lang))

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Give the command that installs what is missing; empty when nothing is, or no package helps."""
        if self.supports(source_lang, target_lang):
            return ""
        packages = missing_packages(self._modes, source_lang, target_lang, self._via)
        return f"apt-get install {' '.join(packages)}" if packages else ""

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return the languages that a text goes through, with the installed pairs or with all that there are."""
        pairs = {*self._modes, *PACKAGES} if installable else self._modes
        return find_route(pairs, source_lang, target_lang, self._via)

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate texts, through as many modes as the way has.

        Raises:
            LanguageError: There is no way between the languages.
            TranslatorError: The programs cannot be started, or die at a text however small it is cut.
        """
        route = self._require_route(source_lang, target_lang)
        candidates = [Candidate(text) for text in texts]
        for pair in pairwise(route):
            sent = [before_leg(candidate, pair) for candidate in candidates]
            made = _translate_texts(self._process(pair), [candidate.text for candidate in sent])
            candidates = [keep_unknown(before, after) for before, after in zip(sent, made, strict=True)]
        return [(as_read(candidate, route[-1]),) for candidate in candidates]

    def other_decoding(self) -> None:
        """Offer nothing: rules have one answer."""

    def counts(self) -> None:
        """Count nothing: there is no model."""

    def close(self) -> None:
        """End all programs."""
        for process in self._processes.values():
            process.close()
        self._processes.clear()

    def _require_route(self, source_lang: str, target_lang: str) -> Route:
        if route := self.route(source_lang, target_lang):
            return route
        raise LanguageError(
            f"no Apertium pairs lead from {source_lang} to {target_lang}", self.remedy(source_lang, target_lang)
        )

    def _process(self, pair: Pair) -> ModeProcess:
        if pair not in self._processes:
            warm_up = [encode(word).text for word in warm_up_words(pair[0])]
            self._processes[pair] = ModeProcess(self._modes[pair], warm_up, self._line_seconds)
        return self._processes[pair]


def _sign(modes: Sequence[Mode], route: Route) -> dict[str, str]:
    programs = sorted({path for mode in modes for name in mode.programs if (path := shutil.which(name))})
    return {
        "backend": "apertium",
        "modes": " ".join(f"{mode.name}@{_digest_files(mode.data_files, mode.stages)[:16]}" for mode in modes),
        "programs": _digest_files(map(Path, programs))[:16],
        "text_handling": _TEXT_HANDLING,
        "warm_up": fingerprint([warm_up_words(source) for source in route[:-1]])[:16],
    }


def _translate_texts(process: ModeProcess, texts: Sequence[str]) -> list[Candidate]:
    """Translate what has letters in it; line feeds, white space at the ends and all the rest are copied."""
    texts_pieces = [_pieces(text) for text in texts]
    lines = [piece for pieces in texts_pieces for piece in pieces if _has_words(piece)]
    translations = iter(_translate_lines(process, lines))
    return [
        _join(next(translations) if _has_words(piece) else Candidate(piece) for piece in pieces)
        for pieces in texts_pieces
    ]


def _translate_lines(process: ModeProcess, lines: Sequence[str]) -> list[Candidate]:
    sent = [encode(line) for line in lines]
    outputs = process.run([line.text for line in sent])
    translations: list[Candidate] = []
    for line, output in zip(sent, outputs, strict=True):
        translation = decode(line, output) if output is not None else None
        lost = lost_characters(line.source, translation.text) if translation else frozenset()
        if translation is None or lost:
            parts = _cut(line.source, lost)
            if len(parts) < 2:
                raise TranslatorError(
                    f"Apertium's {process.mode.name} does not survive “{line.source[:80]}”",
                    "put this into other words, or leave it out of what is translated",
                )
            translation = _join(_translate_texts(process, parts))
        translations.append(translation)
    return translations


def _has_words(piece: str) -> bool:
    return any(character.isalpha() for character in piece)


def _pieces(text: str) -> list[str]:
    """Cut a text into lines without white space at their ends, and what stands between them."""
    pieces: list[str] = []
    for line in text.split("\n"):
        core = line.strip()
        start = line.index(core)
        pieces += [line[:start], *_shorten(core), line[start + len(core) :], "\n"]
    return pieces[:-1]


def _shorten(line: str) -> list[str]:
    """Cut a line that is longer than any ever sent, at spaces as far as it has some."""
    parts: list[str] = []
    start = 0
    while len(line) - start > LINE_CHARS:
        space = line.rfind(" ", start + 1, start + LINE_CHARS)
        end = space if space > 0 else start + LINE_CHARS
        parts += [line[start:end], line[end : space + 1]]
        start = max(end, space + 1)
    return [*parts, line[start:]]


def _cut(line: str, lost: frozenset[str]) -> list[str]:
    """Cut a line at the characters that got lost, which become parts of their own, or else at its middle space."""
    if lost:
        return [part for part in re.split(f"([{re.escape(''.join(sorted(lost)))}])", line) if part]
    spaces = [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", line)]
    if not spaces:
        return [line]
    middle = min(spaces, key=lambda at: abs(at - len(line) // 2))
    return [line[:middle], line[middle:]]


def _join(parts: Iterable[Candidate]) -> Candidate:
    text = ""
    unknown: list[Span] = []
    for part in parts:
        unknown += [Span(span.start + len(text), span.end + len(text)) for span in part.unknown]
        text += part.text
    return Candidate(text, unknown=tuple(unknown))


def _digest_files(paths: Iterable[Path], more: object = ()) -> str:
    contents = [digest(path.read_bytes()) for path in paths]
    return fingerprint([contents, more])
