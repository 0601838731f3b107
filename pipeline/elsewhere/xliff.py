"""XLIFF 1.2 (OASIS, 2008) and 2.x (OASIS, 2014–2018): a file of units with their translations in, rows out.

A unit becomes a block, and its segments rows, as the file itself says. What is marked as not to be translated is left
out. The file is parsed as hostile: see `pipeline.read.xml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.align import Row
from pipeline.align.documents import clip_markup
from pipeline.elsewhere.sides import SideBySide, read_bytes
from pipeline.elsewhere.xliff_inline import Flat, Flattener
from pipeline.errors import InputError, LanguageError
from pipeline.languages import base, name, normalise
from pipeline.read.base import Limits, has_content
from pipeline.read.formats import document_id
from pipeline.read.source_language import require_language
from pipeline.read.xml import Element, parse_xml
from pipeline.records import Block, Document, State

_STATES: dict[str, State] = {
    "new": "initial",
    "needs-translation": "initial",
    "initial": "initial",
    "signed-off": "reviewed",
    "reviewed": "reviewed",
    "final": "final",
}
"""States of both versions by their names; all others are `translated`."""
_LANGUAGES = (("source-language", "srcLang"), ("target-language", "trgLang"))
_FOREIGN_ROOT = "give an XLIFF 1.2 or 2.x file"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment of a unit, with where it stands in the unit's texts."""

    source: tuple[int, int]
    target: tuple[int, int]
    state: State


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's texts and segments."""

    source: Flat
    target: Flat
    pieces: list[_Piece]


def read_xliff(path: Path, source_lang: str, target_lang: str, limits: Limits) -> SideBySide:
    """Read an XLIFF file.

    Raises:
        InputError: It cannot be read, is hostile, or is in other languages.
    """
    root = parse_xml(read_bytes(path, limits), path.name).getroot()
    if etree.QName(root).localname != "xliff":
        raise InputError(f"{path.name}: not an XLIFF file", _FOREIGN_ROOT)
    _require_languages(root, path.name, (source_lang, target_lang))
    blocks: list[Block] = []
    rows: list[Row] = []
    for unit in _units(root, path.name):
        block_id = f"b{len(blocks)}"
        own = [row for piece in unit.pieces if (row := _row(unit, piece, block_id, len(rows) + 1))]
        if not own:
            continue
        if len(blocks) == limits.max_blocks or len(unit.source.text) > limits.max_block_chars:
            raise InputError(f"{path.name}: more units, or a longer one, than allowed", "raise the limits in [limits]")
        blocks.append(Block(block_id, "paragraph", unit.source.text, tuple(unit.source.markup)))
        for row in own:
            rows.append(Row(row.block_id, row.start, row.end, row.target, row.markup, row.state, len(rows) + 1))
    if not rows:
        raise InputError(f"{path.name}: no text to translate in it", _FOREIGN_ROOT)
    document = Document(document_id(tuple(blocks)), path.name, source_lang, "xliff", tuple(blocks))
    require_language(document)
    return SideBySide(document, tuple(rows), aligned=False)


def _require_languages(root: Element, name_of_file: str, wanted: tuple[str, str]) -> None:
    elements = [root, *root.iter("{*}file")]
    for attributes, tag in zip(_LANGUAGES, wanted, strict=True):
        for said in {element.get(attribute) for element in elements for attribute in attributes} - {None, ""}:
            try:
                same = base(normalise(str(said))) == base(tag)
            except LanguageError:
                same = False
            if not same:
                raise InputError(f"{name_of_file}: it says “{said}” where {name(tag)} is wanted", "correct --to")


def _units(root: Element, file_name: str) -> Iterator[_Unit]:
    version = root.get("version", "")
    if version.startswith("1."):
        for unit in root.iter("{*}trans-unit"):
            if _is_translatable(unit):
                yield _unit_of_1(unit)
    elif version.startswith("2."):
        for unit in root.iter("{*}unit"):
            if _is_translatable(unit):
                yield _unit_of_2(unit)
    else:
        raise InputError(f"{file_name}: XLIFF of version “{version}”", _FOREIGN_ROOT)


def _is_translatable(unit: Element) -> bool:
    for element in (unit, *unit.iterancestors()):
        if element.get("translate"):
            return element.get("translate") != "no"
    return True


def _unit_of_1(unit: Element) -> _Unit:
    flattener = Flattener()
    source, target = Flat(), Flat()
    translation = unit.find("{*}target")
    cut = unit.find("{*}seg-source")
    flattener.add(source, cut if cut is not None else unit.find("{*}source"))
    flattener.add(target, translation)
    state = _state("" if translation is None else translation.get("state", ""))
    pieces = [_Piece(span, target.segments.get(mid, (0, 0)), state) for mid, span in source.segments.items()]
    if not _covers(source) or not _covers(target):
        # Text stands outside the segments: the unit is one.
        pieces = [_Piece((0, len(source.text)), (0, len(target.text)), state)]
    return _Unit(source, target, pieces)


def _unit_of_2(unit: Element) -> _Unit:
    flattener = Flattener()
    source, target = Flat(), Flat()
    pieces = []
    for part in unit.iterchildren("{*}segment", "{*}ignorable"):
        of_source = flattener.add(source, part.find("{*}source"))
        translation = part.find("{*}target")
        of_target = flattener.add(target, translation)
        if etree.QName(part).localname == "segment":
            state = part.get("state") or ("translated" if translation is not None else "initial")
            pieces.append(_Piece(of_source, of_target, _state(state)))
        elif translation is None:
            target.text += source.text[of_source[0] : of_source[1]]
    return _Unit(source, target, pieces)


def _covers(flat: Flat) -> bool:
    """Tell whether nothing but white space and marks stands outside a text's segments."""
    outside, at = "", 0
    for start, end in flat.segments.values():
        outside += flat.text[at:start]
        at = max(at, end)
    return not has_content(outside + flat.text[at:])


def _state(said: str) -> State:
    return _STATES.get(said, "translated")


def _row(unit: _Unit, piece: _Piece, block_id: str, number: int) -> Row | None:
    start, end = _stripped(unit.source.text, *piece.source)
    first, behind = _stripped(unit.target.text, *piece.target)
    target = unit.target.text[first:behind]
    if not has_content(unit.source.text[start:end]) and not has_content(target):
        return None
    return Row(block_id, start, end, target, clip_markup(unit.target.markup, first, behind), piece.state, number)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends."""
    inside = text[start:end]
    first = start + len(inside) - len(inside.lstrip())
    return first, max(first, start + len(inside.rstrip()))
