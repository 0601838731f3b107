"""A Markdown file's text in, the contents of its paragraphs, headings, list items and cells out, with their places.

A content is what is left of some lines without the marks of lists, quotations and tables around it. Code, raw HTML,
link definitions and a front matter are none: they stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from pipeline.errors import InputError
from pipeline.read.front_matter import front_matter_end
from pipeline.read.markdown_parser import MAX_NESTING, Environment, parser
from pipeline.records import BlockKind, Layout

Shape = Literal["paragraph", "heading", "closed heading", "underlined", "cell", "first cell"]
"""How a content stands in its lines, which decides what must be escaped in it. A `first cell` starts its line."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_CLOSING_MARKS = re.compile(r"(?<=[ \t])#+[ \t]*\Z")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Content:
    """Inline content and where its lines stand in the source.

    Attributes:
        text: The lines, joined by line feeds.
        lines: Start and end of each in the source.
        shape: How it stands there.
        layout: As in `Block`.
        level: As in `Block`.
        kind: As in `Block`.
    """

    text: str
    lines: tuple[tuple[int, int], ...]
    shape: Shape
    layout: Layout = "paragraph"
    level: int = 0
    kind: BlockKind = "paragraph"

    def embed(self, source: str, text: str) -> str:
        """Return the source of another text in this one's place, between the marks that stand around its lines."""
        if self.shape in {"cell", "first cell"}:
            return text.replace("|", r"\|")
        breaks = [source[end:start] for (_, end), (start, _) in pairwise(self.lines)]
        first, *others = text.split("\n")
        return first + "".join(breaks[min(at, len(breaks) - 1)] + line for at, line in enumerate(others))


def find_contents(source: str) -> tuple[list[Content], Environment]:
    """Return a file's contents in reading order, and what they share.

    Raises:
        InputError: Lists and quotations are nested too deep.
    """
    environment: Environment = {"rows": {}}
    tokens = parser().parse(_without_front_matter(source), environment)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        message = f"lists and quotations are nested too deep (more than {MAX_NESTING // 2 - 1} lists)"
        raise InputError(message, "make the structure flatter")
    lines = _line_spans(source)
    return list(_Outline(source, lines, environment).run(tokens)), environment


def holds(text: str, shape: Shape) -> bool:
    """Tell whether a text is read as one content of its shape, and as nothing else."""
    if shape in {"cell", "first cell"} and "\n" in text:
        return False
    if shape == "cell":
        return True
    before, after, what = {
        "paragraph": ("", "", "paragraph"),
        "first cell": ("", "", "paragraph"),
        "heading": ("# ", "", "heading"),
        "closed heading": ("# ", " #", "heading"),
        "underlined": ("", "\n===", "heading"),
    }[shape]
    tokens = parser().parse(before + text + after, {"rows": {}})
    if [token.type for token in tokens] != [f"{what}_open", "inline", f"{what}_close"]:
        return False
    return _bare_lines(tokens[1].content) == _bare_lines(text)


def _bare_lines(text: str) -> str:
    return "\n".join(line.lstrip(" \t") for line in text.split("\n"))


def _without_front_matter(source: str) -> str:
    """Blank a YAML front matter out, line by line."""
    end = front_matter_end(source)
    return "\n" * len(_LINE_BREAK.findall(source, 0, end)) + source[end:]


def _line_spans(source: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for match in _LINE_BREAK.finditer(source):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, len(source))]


class _Outline:
    """One way through the block tokens."""

    def __init__(self, source: str, lines: list[tuple[int, int]], environment: Environment) -> None:
        self.source = source
        self.lines = lines
        self.rows: dict[int, int] = environment["rows"]
        self.lists = 0
        self.level = 0
        self.shape: Shape = "paragraph"
        self.cells: list[tuple[int, int]] = []

    def run(self, tokens: list[Token]) -> Iterator[Content]:
        for token in tokens:
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                self.lists += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                self.lists -= 1
            elif token.type == "heading_open":
                self.shape = "heading" if token.markup.startswith("#") else "underlined"
                self.level = int(token.tag[1])
            elif token.type == "paragraph_open":
                self.shape = "paragraph"
            elif token.type == "tr_open" and token.map:
                self.cells = self._split_row(token.map[0])
            elif token.type == "tr_close":
                self.cells = []
            elif token.type == "inline" and token.map:
                cell = self.cells.pop(0) if self.cells else None
                if token.content:
                    yield self._cell(token, token.map[0], cell) if cell else self._content(token, token.map[0])

    def _split_row(self, line: int) -> list[tuple[int, int]]:
        """Return the start and end of each cell of a table's row."""
        end = self.lines[line][1]
        start = end - self.rows[line]
        row = self.source[start:end].strip(MD_TRIM_CHARS)
        start += self.source[start:end].index(row)
        cuts = [-1, *(match.start() for match in _CELL_END.finditer(row)), len(row)]
        spans = [(first + 1, last) for first, last in pairwise(cuts)]
        spans = spans[1:] if spans[0] == (0, 0) else spans
        spans = spans[:-1] if spans and spans[-1] == (len(row), len(row)) else spans
        return [_trimmed(self.source, start + first, start + last) for first, last in spans]

    def _cell(self, token: Token, line: int, span: tuple[int, int]) -> Content:
        if self.source[slice(*span)].replace(r"\|", "|") != token.content:
            raise _lost(line)
        starts_line = span[0] == self.lines[line][1] - self.rows[line]
        return Content(token.content, (span,), "first cell" if starts_line else "cell", "cell")

    def _content(self, token: Token, line: int) -> Content:
        """Find each line of a content in the source: it is what the source's line ends with."""
        last = token.map[1] if token.map else line
        if self.shape == "heading" and self._closing_marks(line):
            self.shape = "closed heading"
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        number = line
        for text in token.content.split("\n"):
            while (span := self._find_line(text, number)) is None:
                number += 1
                if number >= last:
                    raise _lost(line)
            texts.append(self.source[slice(*span)])
            spans.append(span)
            number += 1
        layout: Layout = "list_item" if self.lists else "paragraph"
        level = self.lists
        if self.shape != "paragraph":
            layout, level = "heading", self.level
        return Content("\n".join(texts), tuple(spans), self.shape, layout, level)

    def _find_line(self, text: str, number: int) -> tuple[int, int] | None:
        """Return where a line of a content stands in a line of the source, if it does.

        A content has lost the white space at its ends, and an indent that a list or a tab had a part in.
        """
        start, end = self.lines[number]
        end -= len(self._closing_marks(number)) if self.shape == "closed heading" else 0
        bare_end = start + len(self.source[start:end].rstrip(MD_TRIM_CHARS))
        for wanted in (text, text.lstrip(" \t")):
            for stop in (end, bare_end):
                if self.source.endswith(wanted, start, stop):
                    return stop - len(wanted), stop
        return None

    def _closing_marks(self, number: int) -> str:
        """Return the `##` that closes a heading's line, with the white space behind it."""
        match = _CLOSING_MARKS.search(self.source[slice(*self.lines[number])])
        return match[0] if match else ""


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    text = source[start:end]
    bare = text.strip(MD_TRIM_CHARS)
    start += text.index(bare)
    return start, start + len(bare)


def _lost(line: int) -> InputError:
    return InputError(f"line {line + 1}: its text cannot be told from the marks around it", "write it more simply")
