"""Approved boilerplate: paragraphs whose translation the office has settled, used instead of translating them anew.

In comes a CSV file of the termbase's form: column `source` holds French paragraphs, column `xx` what they are in xx.
Out comes, for one language, the approved text of any block that is one of them, whatever its spaces, apostrophes and
hyphens. A cell may hold several paragraphs, with an empty line between them, if its translation has as many.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.protect.normalise import normalise
from pipeline.protect.terms import approved, load_termbase
from pipeline.records import Term

_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‒": "-"})


def load_boilerplate(path: Path) -> tuple[Term, ...]:
    """Read a table of approved texts, paragraph by paragraph.

    Raises:
        ConfigError: The file cannot be read or used; every problem is named.
    """
    problems: list[str] = []
    entries: list[Term] = []
    for entry in load_termbase(path):
        what = f"“{' '.join(entry.source.split())[:60]}”"
        if entry.forbidden:
            problems.append(f"{what}: forbidden forms have no meaning here; keep them in the termbase")
        paragraphs = _PARAGRAPH.split(entry.source)
        targets = [(tag, _PARAGRAPH.split(text)) for tag, text in entry.targets]
        problems += [
            f"{what}: {len(paragraphs)} paragraphs in French, {len(texts)} in {tag}; give as many"
            for tag, texts in targets
            if len(texts) != len(paragraphs)
        ]
        entries += (
            Term(paragraph, tuple((tag, texts[place]) for tag, texts in targets if place < len(texts)))
            for place, paragraph in enumerate(paragraphs)
        )
    if problems:
        raise ConfigError(problems, str(path))
    return tuple(entries)


class ApprovedTexts:
    """The approved texts of one language.

    Args:
        entries: The table.
        target_lang: BCP-47 tag.
    """

    def __init__(self, entries: Sequence[Term], target_lang: str) -> None:
        self._entries = {_plain(entry.source): entry for entry in entries if approved(entry, target_lang)}
        self._target_lang = target_lang

    def text_of(self, paragraph: str) -> str | None:
        """Return the approved translation of a paragraph, if there is one."""
        entry = self._entries.get(_plain(paragraph)) if self._entries else None
        return " ".join(approved(entry, self._target_lang).split()) if entry else None

    def applicable(self, paragraphs: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the French and the translation of the entries that occur, sorted: what a result depends on."""
        found = {_plain(paragraph) for paragraph in paragraphs} & self._entries.keys() if self._entries else ()
        return tuple(sorted((plain, approved(self._entries[plain], self._target_lang)) for plain in found))


def _plain(paragraph: str) -> str:
    return " ".join(normalise(paragraph).text.translate(_QUOTES).split()).replace('" ', '"').replace(' "', '"')
