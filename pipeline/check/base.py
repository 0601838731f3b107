"""What every check takes and gives: a pair of segments in, defects out.

A check says what is wrong in one pair and how many things of its kind the French holds; it knows nothing of other
pairs, of verdicts or of reports. `pipeline.check.check_document` turns its defects into `Finding`s.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.languages import is_private, name
from pipeline.records import Block, Hypothesis, MaskedSegment, Placeable, Segment, Severity, Span, Term

ONE_SPELLING = str.maketrans("\u00a0\u202f\u2009\u2007’‑", "    '-")
"""For `str.translate`: one code point for one, so that offsets stay."""
MARKUP_KINDS = frozenset({"markup_open", "markup_close", "point"})
_HIDDEN = "\x1f"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What checks need to know of a run.

    Attributes:
        source_lang: BCP-47 tag.
        languages: Every target language of the run: what a text may be mistaken for.
        terms: The termbase.
        do_not_translate: Strings that stay as they are.
    """

    source_lang: str
    languages: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    do_not_translate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A segment beside what a system made of it.

    Attributes:
        block: The block that the segment was cut from.
        names: Words, in lower case, that the release writes with a capital inside a sentence: no vocabulary.
        terms: The termbase entries that apply in this segment.
    """

    segment: Segment
    block: Block
    masked: MaskedSegment
    hypothesis: Hypothesis
    settings: CheckSettings
    names: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()

    @property
    def source(self) -> str:
        """The French text."""
        return self.segment.source

    @property
    def target(self) -> str:
        """The translation's text."""
        return self.hypothesis.text

    @property
    def target_lang(self) -> str:
        """The translation's BCP-47 tag."""
        return self.hypothesis.target_lang

    @property
    def language(self) -> str:
        """The target language's name for people."""
        return name(self.target_lang)


@dataclass(frozen=True, slots=True)
class Defect:
    """What a check saw, before it is known whose release it is; see `pipeline.records.Finding`."""

    severity: Severity
    message: str
    source_span: Span | None = None
    target_span: Span | None = None


Unit = Literal["items", "sentences"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        what: What it looks for, for people: `quotations`, `sentences left in French` ….
        find: Yields the defects of one pair, in any order.
        count: How many things it looks for in the French of a pair; a check of whole sentences returns 1 or 0.
        unit: Whether `count` counts things in the text or whole sentences.
        applies: Whether it can be made in a target language at all.
        across: Yields what is wrong between the pairs of a release, each with the pair that it is reported of.
        prepare: Does once for all pairs of a release what is cheaper together; `find` gives the same without it.
    """

    what: str
    find: Callable[[SegmentPair], Iterable[Defect]]
    count: Callable[[SegmentPair], int]
    unit: Unit
    applies: Callable[[str], bool]
    prepare: Callable[[Sequence[SegmentPair]], None] | None = None
    across: Callable[[Sequence[SegmentPair]], Iterable[tuple[SegmentPair, Defect]]] | None = None


def in_every_language(_lang: str) -> bool:
    """Tell that a check needs to know nothing of the target language."""
    return True


def in_real_languages(lang: str) -> bool:
    """Tell that a check needs a language that people write: no pseudo-language."""
    return not is_private(lang)


def one_sentence(pair: SegmentPair) -> int:
    """Count for a check of whole sentences: any that has a letter or a digit."""
    return int(any(map(str.isalnum, pair.source)))


def hide_placeables(text: str, masked: MaskedSegment) -> str:
    """Blank out what travels as it is (addresses, file names …), so that its digits count as no numbers.

    The result is as long as `text`.
    """
    for placeable in content_placeables(masked):
        for surface in (placeable.surface, placeable.replacement):
            if surface:
                text = text.replace(surface, _HIDDEN * len(surface))
    return text


def content_placeables(masked: MaskedSegment) -> list[Placeable]:
    """Return what travels as it is: every placeable but markup."""
    return [placeable for placeable in masked.placeables if placeable.kind not in MARKUP_KINDS]


def occurrences(text: str, surface: str, ignore_case: bool = False) -> list[Span]:
    """Find a string where it stands as whole words, whatever spaces and apostrophes it is written with."""
    before = r"(?<!\w)" if surface[:1].isalnum() else ""
    after = r"(?!\w)" if surface[-1:].isalnum() else ""
    pattern = before + re.escape(surface.translate(ONE_SPELLING)) + after
    flags = re.IGNORECASE if ignore_case else 0
    return [Span(*match.span()) for match in re.finditer(pattern, text.translate(ONE_SPELLING), flags)]


def quoted(text: str, limit: int = 60) -> str:
    """Put a piece of text between quotation marks for a message, cut where it is long."""
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= limit else f"“{flat[: limit - 1].rstrip()}…”"
