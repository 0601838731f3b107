"""Lists of sentences with their translations: two line-aligned texts, or a TMX file."""

from itertools import zip_longest
from pathlib import Path

from pipeline.align import Row
from pipeline.elsewhere.sides import SideBySide, read_bytes
from pipeline.errors import InputError, TranslatorError
from pipeline.read.base import Limits
from pipeline.read.encoding import decode
from pipeline.read.formats import document_id
from pipeline.read.source_language import require_language
from pipeline.records import Block, Document
from pipeline.translate.tmx import read_entries


def read_lines(source: Path, target: Path, source_lang: str, limits: Limits) -> SideBySide:
    """Read two texts of which line i of the one translates line i of the other; empty lines count.

    Raises:
        InputError: One of them cannot be read, or they have not the same number of lines.
    """
    french, translated = (_lines(path, limits) for path in (source, target))
    if len(french) != len(translated):
        raise InputError(
            f"{source.name} has {len(french):,} lines, {target.name} {len(translated):,}",
            "give two texts with a translation on each line, or leave out --lines",
        )
    return _side_by_side(source, [*zip_longest(french, translated)], source_lang, limits)


def read_tmx(path: Path, source_lang: str, target_lang: str, limits: Limits) -> SideBySide:
    """Read the entries of a TMX file for a pair of languages.

    Raises:
        InputError: The file cannot be read, is hostile, or has no such entry.
    """
    pairs = []
    try:
        for entry in read_entries(path, source_lang, target_lang):
            pairs.append((entry.source, entry.target))
            if len(pairs) > limits.max_blocks:
                break
    except TranslatorError as error:
        raise InputError(error.message, error.remedy) from error
    if not pairs:
        raise InputError(f"{path.name}: no entry from {source_lang} into {target_lang}", "name its language with --to")
    return _side_by_side(path, pairs, source_lang, limits)


def _lines(path: Path, limits: Limits) -> list[str]:
    text, _ = decode(read_bytes(path, limits))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines


def _side_by_side(path: Path, pairs: list[tuple[str, str]], lang: str, limits: Limits) -> SideBySide:
    if len(pairs) > limits.max_blocks:
        raise InputError(
            f"{path.name}: more than the {limits.max_blocks:,} sentences allowed",
            "cut it into parts, or raise limits.max_blocks",
        )
    blocks = []
    rows = []
    for number, (source, target) in enumerate((pair[0].strip(), pair[1].strip()) for pair in pairs):
        if max(len(source), len(target)) > limits.max_block_chars:
            raise InputError(f"{path.name}: line {number + 1} is longer than {limits.max_block_chars:,} characters")
        blocks.append(Block(f"b{number}", "paragraph", source))
        rows.append(Row(f"b{number}", 0, len(source), target, number=number + 1))
    if not any(any(map(str.isalpha, block.text)) for block in blocks):
        raise InputError(f"{path.name}: no letter in the whole text", "give a file that holds a text")
    document = Document(document_id(tuple(blocks)), path.name, lang, "lines", tuple(blocks))
    require_language(document)
    return SideBySide(document, tuple(rows), aligned=False)
