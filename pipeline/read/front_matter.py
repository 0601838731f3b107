"""A Markdown file's text in, the title and description of its YAML front matter out as fields, and back.

Only values on one line are taken: quoted ones, and plain ones without anything that means something in YAML. All
else in a front matter is for machines and stays as it is.
"""

import re
from collections.abc import Iterator

from pipeline.read.fields import Field, Piece, make_field, plain_pieces
from pipeline.read.weave import Edit, Patched, compose, find_spellings, is_unchanged, spell, tidy
from pipeline.records import Layout, TargetBlock

_FRONT_MATTER = re.compile(r"---[ \t]*(?>\r\n|\r|\n)(?:[^\r\n]*(?>\r\n|\r|\n))*?(?:---|\.\.\.)[ \t]*(?>\r\n|\r|\n|\Z)")
_PLAIN_VALUE = r"[^\W\d_][^:#\"'\\{}\[\]\r\n]*+"
_VALUE = re.compile(
    r"(?:^|(?<=[\r\n]))(?P<name>title|subtitle|description|summary):[ \t]+"
    r"(?:\"(?P<double>(?:[^\"\\\r\n]|\\[\"\\])*+)\"|'(?P<single>(?:[^'\r\n]|'')*+)'|(?P<plain>" + _PLAIN_VALUE + r"))"
    r"[ \t]*(?=[\r\n])"
)
_ESCAPED = {"double": re.compile(r"\\[\"\\]"), "single": re.compile("''"), "plain": re.compile(r"(?!)")}
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Plain values that YAML takes for something else than text."""


def front_matter_end(source: str) -> int:
    """Return where a front matter ends, or 0 where there is none."""
    match = _FRONT_MATTER.match(source)
    return match.end() if match else 0


def find_front_fields(source: str) -> list[Field]:
    """Return the values that people read, in their order."""
    fields = []
    for match in _VALUE.finditer(source, 0, front_matter_end(source)):
        style = match.lastgroup or ""
        start, end = match.span(style)
        layout: Layout = "title" if match["name"] == "title" else "attribute"
        field = make_field(_pieces(source, start, end, _ESCAPED[style]), layout, 0, "other", style)
        if field:
            fields.append(field)
    return fields


def edit_front_field(source: str, field: Field, target: TargetBlock) -> Edit:
    """Return a value's new source; a plain one that would mean something else is quoted."""
    if is_unchanged(field, target):
        return Edit(field.start, field.end, source[field.start : field.end])
    target = tidy(field, target)
    spelled = spell(target, find_spellings(source, field, ""))
    escapes = {"single": {"'": "''"}}.get(field.context, {'"': r"\"", "\\": r"\\"})
    is_plain = field.context == "plain" and (
        re.fullmatch(_PLAIN_VALUE, target.text) is not None and target.text.lower() not in _WORDS
    )
    if is_plain:
        escapes = {}
    characters = [escapes.get(character) or spelled.get(at, character) for at, character in enumerate(target.text)]
    text = compose(field, target, characters, Patched(source))
    return Edit(field.start, field.end, text if is_plain or field.context != "plain" else f'"{text}"')


def _pieces(source: str, start: int, end: int, escaped: re.Pattern[str]) -> Iterator[Piece]:
    at = start
    for match in escaped.finditer(source, start, end):
        yield from plain_pieces(source, at, match.start())
        yield Piece(match.start(), match.end(), "text", match[0][-1])
        at = match.end()
    yield from plain_pieces(source, at, end)
