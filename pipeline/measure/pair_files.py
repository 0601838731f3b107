"""Sentence pairs to learn from: a folder of `fr-LANG*.tsv.xz`, one tab-separated pair a line, in; pairs out.

What is learnt replaces data of the package, so a folder or a language without pairs is refused before anything is
written.
"""

import argparse
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path


def read_arguments(description: str, langs: Iterable[str]) -> dict[str, list[Path]]:
    """Read a command line of a folder and languages; return each language's files, exit 2 where one has none.

    Args:
        description: What the command does.
        langs: The languages that are meant where none is named.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path, help="where fr-LANG*.tsv.xz are")
    parser.add_argument("langs", nargs="*", metavar="LANG", help=f"by default {' '.join(langs)}")
    options = parser.parse_args()
    files = {lang: sorted(options.folder.glob(f"fr-{lang}*.tsv.xz")) for lang in options.langs or langs}
    if absent := [lang for lang, paths in files.items() if not paths]:
        parser.error(
            f"{options.folder} holds no fr-{absent[0]}*.tsv.xz; name the folder with the pairs, or other languages"
        )
    return files


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield a file's pairs; a line that is none is left out."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            sides = line.rstrip("\n").split("\t")
            if len(sides) == 2:
                yield sides[0], sides[1]
