"""Human translations to score against: found beside one another in a folder by their names.

For `news/release.docx` and English: `news/release.en.txt`, `news/en/release.txt`, `en/news/release.txt`, or the same
without `news/`. One line holds one segment; where there are more or fewer lines, the whole text is compared at once.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import InputError
from pipeline.languages import base
from pipeline.records import Reference

MAX_BYTES = 20_000_000
_ROW = re.compile(r"#\d+$")
_SOURCE_MARK = ".fr"


def load_references(folder: Path, path: str, target_lang: str) -> Reference | None:
    """Find a release's human translation.

    Args:
        folder: Where the translations are.
        path: The release's `Document.path`.
        target_lang: BCP-47 tag; a translation for its language alone (`pt` for `pt-BR`) does too.

    Returns:
        Its lines that are not empty, or None if there is no translation.

    Raises:
        InputError: The translation is no UTF-8 text, is empty or is too large.
    """
    for candidate in _candidates(path, target_lang):
        file = folder / candidate
        if file.is_file():
            return Reference(path, target_lang, _read_lines(file))
    return None


def _candidates(path: str, target_lang: str) -> Iterator[PurePosixPath]:
    """Yield where the translation may be, the most particular place first."""
    whole = PurePosixPath(path)
    inside = [part for part in whole.parts[:-1] if part not in {"..", "/"}] if not whole.is_absolute() else []
    for parent in dict.fromkeys((PurePosixPath(*inside), PurePosixPath())):
        for lang in dict.fromkeys((target_lang, base(target_lang))):
            for stem in _stems(whole.name):
                yield parent / f"{stem}.{lang}.txt"
                yield parent / lang / f"{stem}.txt"
                yield lang / parent / f"{stem}.txt"


def _stems(name: str) -> Iterator[str]:
    """Yield a file's name without its suffix (`release.fr`), then without the mark of its language (`release`).

    A dataset's row keeps its number: `rows.parquet#12` → `rows#12`.
    """
    row = _ROW.search(name)
    number = row[0] if row else ""
    stem = PurePosixPath(name.removesuffix(number)).stem
    yield stem + number
    if stem.endswith(_SOURCE_MARK):
        yield stem.removesuffix(_SOURCE_MARK) + number


def _read_lines(file: Path) -> tuple[str, ...]:
    if (size := file.stat().st_size) > MAX_BYTES:
        raise InputError(f"{file}: {size:,} bytes, more than {MAX_BYTES:,}", "give the translation of one release")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}", "save the translation as UTF-8 text") from error
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}", "make the file readable, or take it away") from error
    lines = tuple(stripped for line in text.splitlines() if (stripped := line.strip()))
    if not lines:
        raise InputError(f"{file}: empty", "fill it with the translation, one line a sentence, or take it away")
    return lines
