"""Releases and translations, built by hand from pairs of sentences."""

from collections.abc import Callable, Sequence

import pytest

from pipeline.check import CheckSettings, SegmentPair
from pipeline.facts.words import names_in
from pipeline.records import (
    Block,
    Document,
    Hypothesis,
    MaskedSegment,
    Placeable,
    PreparedDocument,
    Segment,
    Span,
    Term,
    TranslatedDocument,
)

LANGUAGES = ("en", "es", "ca", "pt", "it")


def build_placeable(source: str, surface: str, kind: str, replacement: str = "") -> Placeable:
    start = source.index(surface)
    return Placeable("\ue000", kind, surface, start, start + len(surface), replacement)


def build_pair(
    source: str,
    target: str,
    lang: str = "en",
    *,
    placeables: Sequence[tuple[str, ...]] = (),
    unknown: Sequence[str] = (),
    lost: Sequence[Placeable] = (),
    terms: Sequence[Term] = (),
    do_not_translate: Sequence[str] = (),
    block: Block | None = None,
) -> SegmentPair:
    segment = Segment("s0", "d0", "b0", 0, 0, len(source), source)
    masked = MaskedSegment(
        "s0",
        source,
        tuple(build_placeable(source, *placeable) for placeable in placeables),
        term_sources=tuple(term.source for term in terms),
    )
    spans = tuple(Span(target.index(word), target.index(word) + len(word)) for word in unknown)
    hypothesis = Hypothesis("s0", lang, "engine", target, unknown=spans, lost=tuple(lost))
    settings = CheckSettings("fr", LANGUAGES, tuple(terms), tuple(do_not_translate))
    block = block or Block("b0", "paragraph", source)
    return SegmentPair(segment, block, masked, hypothesis, settings, names_in([source]), tuple(terms))


def build_release(
    sentences: Sequence[tuple[str, str]], lang: str = "en", system: str = "engine"
) -> tuple[PreparedDocument, TranslatedDocument]:
    blocks = tuple(Block(f"b{n}", "paragraph", source) for n, (source, _) in enumerate(sentences))
    segments = tuple(
        Segment(f"s{n}", "d0", f"b{n}", n, 0, len(source), source) for n, (source, _) in enumerate(sentences)
    )
    masked = tuple(MaskedSegment(segment.seg_id, segment.source) for segment in segments)
    hypotheses = tuple(Hypothesis(f"s{n}", lang, system, target) for n, (_, target) in enumerate(sentences))
    prepared = PreparedDocument(Document("d0", "release.txt", "fr", "txt", blocks), segments)
    return prepared, TranslatedDocument("d0", "release.txt", lang, system, masked, hypotheses)


@pytest.fixture(scope="session")
def make_pair() -> Callable[..., SegmentPair]:
    return build_pair


@pytest.fixture(scope="session")
def make_release() -> Callable[..., tuple[PreparedDocument, TranslatedDocument]]:
    return build_release
