"""What is made of a release in another language, from the masked segment to the repaired hypothesis."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.release import Markup, Span

PlaceableKind = Literal[
    "markup_open", "markup_close", "point", "url", "email", "phone", "file", "hashtag", "term", "name", "literal"
]
"""`point` is an empty inline element (line break, image, footnote anchor); `literal` a character that collides
with our own tokens; `term` a do-not-translate string; `name` somebody's own, which a rule-based engine would take for
words."""
Origin = Literal["mt", "tm", "repair", "copy", "rule"]
"""`rule` is what no engine was asked for: dates, datelines and embargoes, written as each language writes them."""
State = Literal["initial", "translated", "reviewed", "final"]


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the termbase.

    Attributes:
        source: The French form, matched on word boundaries, case kept when it has an upper-case letter.
        targets: Approved translation for each BCP-47 tag; the same string as `source` means "do not translate".
        forbidden: For each BCP-47 tag, forms that must not appear.
    """

    source: str
    targets: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Placeable:
    """Something in a segment that must come through translation as it is.

    Attributes:
        token: The private-use character that stands for it in `MaskedSegment.text`.
        kind: What it is.
        surface: The original text, or for markup and points the decimal `Markup.ref`.
        start: Where the surface starts in `Segment.source`; where a markup tag stands.
        end: Where it ends; equal to `start` for markup and points.
        replacement: What stands in the target instead of the surface, for terms with an approved translation; for
            markup and points the `Markup.kind`; empty where the surface itself comes back.
    """

    token: str
    kind: PlaceableKind
    surface: str
    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class MaskedSegment:
    """A segment as translators see it.

    Attributes:
        seg_id: The segment it was made from.
        text: Normalised source (NFC, no soft hyphens, ligatures undone, plain spaces and apostrophes) with one
            private-use character for each placeable.
        placeables: In the order of their tokens in `text`.
        outer: Markup that covers the whole segment, and points at its very start or end, offsets in `Segment.source`:
            taken off before translation, put back after it.
        term_sources: Source forms of the termbase entries that apply here.
    """

    seg_id: str
    text: str
    placeables: tuple[Placeable, ...] = ()
    outer: tuple[Markup, ...] = ()
    term_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What one system made of one segment.

    Attributes:
        seg_id: The segment.
        target_lang: BCP-47 tag.
        system: Name from the configuration.
        text: Finished target text: no token of ours, no engine's mark.
        origin: Where the text comes from.
        state: How far it has come towards publication.
        markup: Inline elements over `text`.
        unknown: Words of `text` that the engine said it did not know.
        lost: Placeables of the source that did not come back.
    """

    seg_id: str
    target_lang: str
    system: str
    text: str
    origin: Origin = "mt"
    state: State = "translated"
    markup: tuple[Markup, ...] = ()
    unknown: tuple[Span, ...] = ()
    lost: tuple[Placeable, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """What one system made of one release in one language; `masked` and `hypotheses` run beside its segments."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    masked: tuple[MaskedSegment, ...]
    hypotheses: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class TargetBlock:
    """A block's translation, as a format's writer takes it."""

    block_id: str
    text: str
    markup: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to repair a sentence.

    Attributes:
        name: `candidates`, `clauses`, or `fallback` and a system's name.
        text: What it gave; empty if it could not be made.
        blockers: Findings of that severity in it.
        majors: Findings of that severity in it.
        error: Why it could not be made, or empty.
    """

    name: str
    text: str
    blockers: int
    majors: int
    error: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What was tried on a sentence whose translation failed a check.

    Attributes:
        doc_id: The release.
        seg_id: The segment.
        target_lang: BCP-47 tag.
        system: The system whose output it was.
        before: The translation that failed.
        attempts: What was tried, in order.
        kept: The attempt that gave the translation that stands now; empty where none was better.
    """

    doc_id: str
    seg_id: str
    target_lang: str
    system: str
    before: str
    attempts: tuple[Attempt, ...]
    kept: str
