"""The ledger of a release: everything checkable that its French says, each thing once, with the places of it.

Comes in: a release. Goes out: entries in the order in which it tells them: figures by value, names, acronyms,
quotations, addresses and telephone numbers. What a summary tells of them is looked up here, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.check import applies
from pipeline.check.base import ONE_SPELLING
from pipeline.check.name_search import is_found, read
from pipeline.check.quotation import find_quotations
from pipeline.check.speakers import SAID, speaker
from pipeline.facts.acronyms import family, find_acronyms
from pipeline.facts.base import Fact, FactKind
from pipeline.facts.names import find_names
from pipeline.facts.names_exonyms import gazetteer
from pipeline.facts.names_fold import fold
from pipeline.facts.values import find_value_facts
from pipeline.facts.words import find_words, names_in
from pipeline.languages import base
from pipeline.protect.placeables import find_placeables
from pipeline.records import PreparedDocument, Segment, Span, Summary
from pipeline.structure.signals import quoted_share

EntryKind = Literal[FactKind, "address", "phone", "file", "hashtag"]

CHECK_OF: dict[EntryKind, str] = {
    "number": "numbers",
    "percentage": "measures",
    "amount": "amounts",
    "measure": "measures",
    "date": "dates",
    "time": "dates",
    "person": "names",
    "organisation": "names",
    "place": "names",
    "acronym": "acronyms",
    "quotation": "quotation",
    "address": "placeables",
    "phone": "placeables",
    "file": "placeables",
    "hashtag": "placeables",
}
"""The check that looks for entries of each kind."""

_ADDRESS_KINDS: dict[str, EntryKind] = {
    "url": "address",
    "email": "address",
    "phone": "phone",
    "file": "file",
    "hashtag": "hashtag",
}
_HIDDEN = "\x1f"
_LONGEST_SAID = 5_000
"""Code points; who speaks in a longer paragraph is not looked for."""
_SHOWN = 70
"""Code points of a quotation that are shown."""


@dataclass(slots=True)
class Entry:
    """Something that the French says.

    Attributes:
        kind: What it is.
        value: One string for all that means the same; for names and addresses what they are looked for by.
        surface: The French's words where it stands first.
        qualifies: What it is said of, for a quotation who says it, or empty.
        places: Each place: segment, number of the sentence, span.
        name: The name as a fact, for names.
    """

    kind: EntryKind
    value: str
    surface: str
    qualifies: str = ""
    places: list[tuple[str, int, Span]] = field(default_factory=list)
    name: Fact | None = None


def read_ledger(prepared: PreparedDocument) -> list[Entry]:
    """Return what a release says, in the order in which it first says each thing."""
    entries: dict[tuple[str, str], Entry] = {}
    known = names_in(segment.source for segment in prepared.segments)
    speakers = _Speakers(prepared, known)
    for number, segment in enumerate(prepared.segments, start=1):
        found = _entries_of(segment.source, prepared.document.lang, known, speakers.of(segment))
        for entry, span in sorted(found, key=lambda item: (item[1].start, item[1].end)):
            entries.setdefault((entry.kind, entry.value), entry).places.append((segment.seg_id, number, span))
    return list(entries.values())


class _Speakers:
    """Who says the quotations of each paragraph, as the French names them.

    A paragraph that only goes on with the quotation before it has the speaker of that.
    """

    def __init__(self, prepared: PreparedDocument, known: frozenset[str]) -> None:
        self._names: dict[str, str] = {}
        goes_on = False
        last = ""
        for block in prepared.document.blocks:
            readable = len(block.text) <= _LONGEST_SAID
            found = speaker(block.text, find_names(block.text, known)) if readable else None
            last = found.surface if found else last if goes_on else ""
            self._names[block.block_id] = last
            goes_on = quoted_share(block.text, goes_on)[1]

    def of(self, segment: Segment) -> str:
        return self._names.get(segment.block_id, "")


def _entries_of(source: str, lang: str, known: frozenset[str], said_by: str) -> Iterator[tuple[Entry, Span]]:
    plain = source
    for stretch in find_placeables(source.translate(ONE_SPELLING)):
        surface = source[stretch.start : stretch.end]
        if stretch.kind in _ADDRESS_KINDS:
            yield Entry(_ADDRESS_KINDS[stretch.kind], surface, surface), Span(stretch.start, stretch.end)
            plain = plain[: stretch.start] + _HIDDEN * len(surface) + plain[stretch.end :]
    for fact in find_value_facts(source, lang):
        if fact.kind in CHECK_OF:
            yield Entry(fact.kind, fact.value, fact.surface, fact.qualifies), Span(fact.start, fact.end)
    for fact in find_names(plain, known):
        yield Entry(fact.kind, fact.value, fact.surface, name=fact), Span(fact.start, fact.end)
    for acronym, span in find_acronyms(plain):
        if (fold(acronym),) not in gazetteer("fr").keys:  # the city of a dateline is none, for all its capitals
            yield Entry("acronym", acronym, acronym), span
    yield from _quotations(source, said_by)


def _quotations(source: str, said_by: str) -> Iterator[tuple[Entry, Span]]:
    marks = find_quotations(source)
    events = sorted([*((place, True) for place in marks.opened), *((place, False) for place in marks.closed)])
    opened: list[int] = []
    for place, opens in events:
        if opens:
            opened.append(place)
        else:
            start = opened.pop() if opened else 0
            yield _quotation(source, Span(start, place + 1), said_by)
    for start in opened:
        yield _quotation(source, Span(start, len(source)), said_by)


def _quotation(source: str, span: Span, said_by: str) -> tuple[Entry, Span]:
    surface = source[span.start : span.end]
    shown = surface if len(surface) <= _SHOWN else f"{surface[: _SHOWN - 1].rstrip()}…"
    is_said = len(find_words(surface)) >= SAID
    return Entry("quotation", surface, shown, said_by if is_said else ""), span


class SummaryFacts:
    """What one summary tells.

    Args:
        summary: The text.
        lang: Its language.
    """

    def __init__(self, summary: Summary, lang: str) -> None:
        self.channel = summary.channel
        self._text, self._lang = summary.text, lang
        self._values = {fact.value for fact in find_value_facts(summary.text, lang)}
        self._acronyms = {acronym for acronym, _ in find_acronyms(summary.text)}
        self._quotes = find_quotations(summary.text).number > 0
        self._sources = {seg_id for sentence in summary.source_seg_ids for seg_id in sentence}

    def tells(self, entry: Entry) -> bool:
        """Tell whether the summary says an entry of the ledger."""
        if entry.name is not None:
            comparable = base(self._lang) == "fr" or applies("names", self._lang)
            return comparable and is_found(entry.name, read(self._text), self._lang)
        match CHECK_OF[entry.kind]:
            case "acronyms":
                return bool(family(entry.value) & self._acronyms)
            case "quotation":
                return self._quotes and any(seg_id in self._sources for seg_id, _, _ in entry.places)
            case "placeables":
                return entry.value in self._text
        return entry.value in self._values


def told_by(summaries: Sequence[Summary], lang: str) -> list[SummaryFacts]:
    """Read the summaries of one language."""
    return [SummaryFacts(summary, lang) for summary in summaries]
