"""Plain text files: paragraphs, headlines, list items and hard-wrapped lines found by looking, and put back.

Plain text has no markup, so that structure is what a reader's eye sees. Lines are joined only where they are plainly
one wrapped paragraph; every other line is a block of its own, and no line of an address or a list can be lost in its
neighbour. Bullets, indents and blank lines stay as they are. A text that its encoding cannot hold in translation
(Polish in Windows-1252) is written in UTF-8.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.base import Limits
from pipeline.read.encoding import decode, encode
from pipeline.read.fields import WHITE_SPACE, Field, check_size, make_field, number_blocks, plain_pieces
from pipeline.read.weave import Patched, compose, find_spellings, is_unchanged, spell, tidy
from pipeline.records import Block, TargetBlock

_LINE = re.compile(r"[^\r\n]+")
_BLANK = re.compile(r"(?:\r\n|\r|\n)[ \t\f\v]*(?:\r|\n)")
_NEW_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*")
_BULLET = re.compile(
    r"(?P<sure>[•▪▫◦‣·●○■□➢✓][ \t\u00a0]*|[-*+][ \t\u00a0]+)"
    r"|(?:[–—]|\d{1,3}[.)]|[A-Za-z]\)|\(\d{1,3}\))[ \t\u00a0]+"
)
_DATE = re.compile(r"(?:[^\d\n]{0,30}[ ,])?\d{1,2}(?:er)?[ \u00a0]\w{3,10}[ \u00a0]\d{4}|[\d./-]{6,10}")
_FIRST_WORD = re.compile(r"(?:[«“(–—][ \u00a0\u202f])?[^ ]+")
_MIN_WIDTH, _MAX_WIDTH = 40, 120
_MAX_TITLE, _MAX_HEADING, _MIN_BODY = 200, 80, 80


@dataclass(slots=True)
class _Line:
    """A line that holds a letter or a digit.

    Attributes:
        start: Where its content starts: behind indent and bullet.
        end: Where its content ends.
        width: Its length with indent and bullet.
        indent: Width of the white space in front.
        bullet: Whether it starts a list item.
        follows: Whether it stands right under another such line.
    """

    start: int
    end: int
    width: int
    indent: int
    bullet: bool
    follows: bool


class TextFormat:
    """Plain text; see `pipeline.read.base.Format`."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, limits: Limits) -> tuple[Block, ...]:
        """Return paragraphs, headings and list items."""
        check_size(data, limits)
        text, _ = decode(data)
        return number_blocks(_find_fields(text), limits)

    def write(self, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
        """Return the text with other words in its blocks; `target_lang` leaves no trace in plain text."""
        text, encoding = decode(data)
        width = _wrap_width(text, _lines(text))
        parts = []
        at = 0
        for index, field in enumerate(_find_fields(text)):
            target = blocks.get(f"b{index}")
            if target and not is_unchanged(field, target):
                parts += [text[at : field.start], _render(text, field, tidy(field, target), width)]
                at = field.end
        return encode("".join([*parts, text[at:]]), encoding)


TEXT = TextFormat()


def _find_fields(text: str) -> list[Field]:
    fields = []
    indents: list[int] = []
    for lines in _paragraphs(text):
        first = lines[0]
        if first.bullet:
            indents = [indent for indent in indents if indent < first.indent] + [first.indent]
        pieces = plain_pieces(text, first.start, lines[-1].end)
        field = make_field(pieces, "list_item" if first.bullet else "paragraph", len(indents) if first.bullet else 0)
        if field:
            fields.append(field)
    return _mark_headings(text, fields)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = -1
    for match in _LINE.finditer(text):
        content = match[0].strip(WHITE_SPACE)
        if not any(character.isalnum() for character in content):
            continue
        start = match.start() + match[0].index(content)
        end = start + len(content)
        bullet = _BULLET.match(text, start, end)
        follows = at >= 0 and text[at : match.start()] in {"\n", "\r", "\r\n"}
        sure = bullet is not None and (bullet["sure"] is not None or not follows or _ends_thought(text, lines[-1]))
        shift = bullet.end() - start if bullet and sure and bullet.end() < end else 0
        lines.append(_Line(start + shift, end, end - match.start(), start - match.start(), shift > 0, follows))
        at = match.end()
    return lines


def _ends_thought(text: str, line: _Line) -> bool:
    return line.bullet or text[line.end - 1] in ".:;!?…»,"


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """Put lines together that are one wrapped paragraph or list item."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not _continues(text, paragraph, line, width):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """Return the width that a text's lines are wrapped at, or 0 where they are not."""
    pairs = [(upper, lower) for upper, lower in pairwise(lines) if lower.follows]
    width = max((upper.width for upper, _ in pairs if " " in text[upper.start : upper.end]), default=0)
    full = sum(1 for upper, lower in pairs if not lower.bullet and _is_full(text, upper, lower, width))
    return width if _MIN_WIDTH <= width <= _MAX_WIDTH and full >= 2 and 3 * full >= len(pairs) else 0


def _is_full(text: str, upper: _Line, lower: _Line, width: int) -> bool:
    """Tell whether the next line's first word had no room left on a line."""
    word = _FIRST_WORD.match(text, lower.start, lower.end)
    return word is not None and upper.width + 1 + len(word[0]) > width


def _continues(text: str, paragraph: list[_Line], line: _Line, width: int) -> bool:
    upper = paragraph[-1]
    if not line.follows or line.bullet:
        return False
    if paragraph[0].bullet and line.indent > paragraph[0].indent:
        return True
    if width and _is_full(text, upper, line, width):
        return True
    unfinished = text[upper.end - 1] not in ".!?:;…"
    return unfinished and text[line.start].islower() and _MIN_WIDTH <= upper.width <= _MAX_WIDTH


def _mark_headings(text: str, fields: list[Field]) -> list[Field]:
    """Call the first line that can be one the headline, and short lines that stand alone above a body headings."""
    marked = list(fields)
    titled = False
    for index, field in enumerate(fields):
        if field.layout == "list_item" or _DATE.fullmatch(field.text) or field.text[-1] in ".:;,…":
            titled = titled or len(field.text) > _MAX_TITLE
        elif not titled:
            titled = True
            if len(field.text) <= _MAX_TITLE:
                marked[index] = replace(field, layout="heading", level=1)
        elif _is_heading(text, fields, index):
            marked[index] = replace(field, layout="heading", level=2)
    return marked


def _is_heading(text: str, fields: list[Field], index: int) -> bool:
    field = fields[index]
    body = fields[index + 1] if index + 1 < len(fields) else None
    if body is None or len(field.text) > _MAX_HEADING or "\n" in text[field.start : field.end]:
        return False
    if not field.text[0].isupper() and field.text[0] not in "«“0123456789":
        return False
    if sum(map(str.isdigit, field.text)) > 5 or re.search(r"[@/!?]", field.text):
        return False
    above = text[fields[index - 1].end : field.start]
    alone = bool(_BLANK.search(above) and _BLANK.search(text[field.end : body.start]))
    shouted = field.text.isupper() and sum(map(str.isalpha, field.text)) >= 4
    return (alone and len(body.text) >= _MIN_BODY) or (shouted and bool(_BLANK.search(above)))


def _render(text: str, field: Field, target: TargetBlock, width: int) -> str:
    """Spell a translation as its source was, and wrap it anew where the source was wrapped and the words differ.

    Lines are as wide as the text's, not as this paragraph's alone: who reads the result must see where it is wrapped.
    """
    spelled = spell(target, find_spellings(text, field, ""))
    source = compose(
        field, target, [spelled.get(at, character) for at, character in enumerate(target.text)], Patched(text)
    )
    line_break = _NEW_LINE.search(text, field.start, field.end)
    lines_before, lines_now = (_NEW_LINE.split(lines) for lines in (text[field.start : field.end], source))
    if not line_break or list(map(len, lines_before)) == list(map(len, lines_now)):
        return source
    width = width or max(map(len, lines_before))
    lines: list[str] = []
    for word in " ".join(lines_now).split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return line_break[0].join(lines)
