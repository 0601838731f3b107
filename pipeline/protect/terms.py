"""The termbase: what must be translated in one way, and what not at all.

In comes a CSV file that a press officer keeps in a spreadsheet; out comes a matcher that finds its entries in
French text. Entries stand in a trie of words, so that a text costs its length however long the termbase is.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ConfigError, LanguageError
from pipeline.languages import base, is_private
from pipeline.languages import normalise as normalise_tag
from pipeline.protect.normalise import normalise
from pipeline.records import Term

_WORD = re.compile(r"\w+|[^\w\s]")
_TOKEN = re.compile("[\ue000-\uf8ff]")
_FORBIDDEN = "!forbidden"


def load_termbase(path: Path) -> tuple[Term, ...]:
    """Read a termbase.

    The file is UTF-8 CSV, with commas or (as French spreadsheets write it) semicolons. Column `source` holds the
    French form, column `xx` the approved translation into xx, column `xx!forbidden` forms that must not appear,
    separated by `|`. Empty cells say nothing.

    Raises:
        ConfigError: The file cannot be read or used; every problem is listed with its line.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text; save it as CSV UTF-8"
        raise ConfigError([f"cannot be read: {reason}"], str(path)) from error
    problems: list[str] = []
    terms = tuple(_read_rows(content, problems))
    if problems:
        raise ConfigError(problems, str(path))
    return terms


def _read_rows(content: str, problems: list[str]) -> Iterator[Term]:
    header = content.partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    try:
        columns = _read_header(next(reader, []), problems)
        if problems:
            return
        lines: dict[str, int] = {}
        for row in reader:
            cells = [unicodedata.normalize("NFC", cell).strip() for cell in row]
            if not any(cells):
                continue
            line = reader.line_num
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                problems.append(f"line {line}: {len(cells)} cells, the header has {len(columns)}")
                continue
            term, faults = _read_term(dict(zip(columns, cells, strict=False)))
            if term.source in lines:
                faults.append(f"“{term.source}” stands already in line {lines[term.source]}; keep one of them")
            lines.setdefault(term.source, line)
            problems.extend(f"line {line}: {fault}" for fault in faults)
            yield term
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: not valid CSV: {error}")


def _read_header(names: Sequence[str], problems: list[str]) -> list[str]:
    """Check the header and return its columns with their tags in the usual form."""
    columns: list[str] = []
    for name in (name.strip() for name in names):
        tag, mark, rest = name.partition("!")
        try:
            column = name if name in {"source", ""} else normalise_tag(tag) + mark + rest
        except LanguageError:
            column = name
            problems.append(f"line 1: column “{name}” is not a language; use source, es, es{_FORBIDDEN} …")
        if mark and mark + rest != _FORBIDDEN:
            problems.append(f"line 1: column “{name}” is not known; did you mean {tag}{_FORBIDDEN}?")
        if column and column in columns:
            problems.append(f"line 1: column “{name}” stands twice; keep one of them")
        columns.append(column)
    if "source" not in columns:
        problems.append("line 1: no column “source”; it holds the French forms")
    return columns


def _read_term(cells: dict[str, str]) -> tuple[Term, list[str]]:
    source = cells.pop("source", "")
    targets: list[tuple[str, str]] = []
    forbidden: list[tuple[str, str]] = []
    for column, cell in cells.items():
        if not cell or not column:
            continue
        if column.endswith(_FORBIDDEN):
            tag = column.removesuffix(_FORBIDDEN)
            forbidden.extend((tag, form.strip()) for form in cell.split("|") if form.strip())
        else:
            targets.append((column, cell))
    faults = []
    if not _WORD.search(source):
        faults.append("no source term; fill the first column or delete the line")
    if any(_TOKEN.search(form) for _, form in [("", source), *targets, *forbidden]):
        faults.append("a private-use character, which means nothing in a text; remove it")
    faults.extend(
        f"“{form}” is both approved and forbidden for {tag}" for tag, form in targets if (tag, form) in forbidden
    )
    return Term(source, tuple(targets), tuple(forbidden)), faults


def approved(term: Term, target_lang: str) -> str:
    """Return a term's approved translation: for the tag itself, else for its language, else an empty string."""
    targets = dict(term.targets)
    return targets.get(target_lang, targets.get(base(target_lang), ""))


@dataclass(slots=True)
class _Node:
    """A place in the trie: the words that may follow, and the entries that end here, those with case kept first."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[tuple[tuple[str, ...] | None, Term]] = field(default_factory=list)


class TermMatcher:
    """Finds the entries that say something for one target language.

    An entry is matched on whole words (an elided `l'` or `d'` is a word of its own); its case is kept if it has an
    upper-case letter. Kinds of apostrophes and spaces are equal. The longest match wins. A do-not-translate
    string outranks a termbase entry of the same form. For a private target there are no entries.

    Args:
        terms: The termbase.
        do_not_translate: Strings that stay as they are.
        target_lang: BCP-47 tag.
    """

    def __init__(self, terms: Sequence[Term], do_not_translate: Sequence[str], target_lang: str) -> None:
        self.target_lang = target_lang
        self._root = _Node()
        if is_private(target_lang):
            return
        tags = {target_lang, base(target_lang)}
        for form in do_not_translate:
            self._add(Term(form, ((target_lang, form),)))
        for term in terms:
            if tags.intersection(tag for tag, _ in (*term.targets, *term.forbidden)):
                self._add(term)

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Return (start, end, entry) for every match, in order, without overlaps; offsets are the text's own."""
        plain = normalise(text)
        return [
            (plain.original(start), plain.original_end(end), term)
            for start, end, term in self.find_normalised(plain.text)
        ]

    def applicable(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """Return the entries that occur in any of the texts, each once, sorted by their source form."""
        found = {term.source: term for text in texts for _, _, term in self.find(text)}
        return tuple(found[source] for source in sorted(found))

    def find_normalised(self, text: str) -> list[tuple[int, int, Term]]:
        """Do what `find` does for a text that is normalised already."""
        if not self._root.following:
            return []
        words = list(_WORD.finditer(text))
        folded = [word[0].casefold() for word in words]
        matches = []
        first = 0
        while first < len(words):
            length, term = self._longest(words, folded, first)
            if term is None:
                first += 1
                continue
            matches.append((words[first].start(), words[first + length - 1].end(), term))
            first += length
        return matches

    def _longest(self, words: Sequence[re.Match[str]], folded: Sequence[str], first: int) -> tuple[int, Term | None]:
        node = self._root
        best: tuple[int, Term | None] = (0, None)
        for position in range(first, len(words)):
            following = node.following.get(folded[position])
            if following is None:
                break
            node = following
            if node.entries:
                length = position - first + 1
                seen = tuple(word[0] for word in words[first : position + 1])
                term = next((term for cased, term in node.entries if cased is None or cased == seen), None)
                best = (length, term) if term else best
        return best

    def _add(self, term: Term) -> None:
        words = tuple(_WORD.findall(normalise(term.source).text))
        if not words:
            return
        node = self._root
        for word in words:
            node = node.following.setdefault(word.casefold(), _Node())
        cased = words if term.source.lower() != term.source else None
        if all(known != cased for known, _ in node.entries):
            node.entries.append((cased, term))
            node.entries.sort(key=lambda entry: entry[0] is None)
