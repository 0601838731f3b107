"""What holds for every text, every markup and every engine."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import Block, Hypothesis, Markup, Segment, Span, Term
from pipeline.restore import compose_block, quote_depths, restore_segment
from pipeline.translate.base import Candidate

FRENCH = "1er 2e XXe 14h30 14 h 30 n° 1 500,50 € 15 000 % M€ 2,5 l’ d' zut INTERPOL www.interpol.int a@b.fr +33 Mot mot"
ODD = ["sextorsion", "ﬁn", "e\u0301", "\u00ad", "\ue000", "\uf8ff", *":;!?.,…()–"]
WORDS = st.one_of(
    st.sampled_from([*"«»«»“”„‘’\"'¿", *FRENCH.split(), *ODD]), st.text(st.characters(codec="utf-8"), max_size=4)
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", " ", "\u00a0", "\u202f"])), max_size=14).map(
    lambda parts: "".join(word + space for word, space in parts)
)
LANGUAGES = st.sampled_from(["en", "es", "ca", "pt", "it", "de", "ar", "zh", "fr", "ru", "nl", "fi"])
TERMS = [Term("sextorsion", (("es", "sextorsión"), ("de", "Sextortion")))]


@st.composite
def nested_markup(draw: st.DrawFn, length: int) -> tuple[Markup, ...]:
    """Draw elements that nest, in the order that readers give: by start, outermost first, points anywhere."""
    spans: list[tuple[int, int]] = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
        if all(end <= a or b <= start or (a <= start and end <= b) or (start <= a and b <= end) for a, b in spans):
            spans.append((start, end))
    spans.sort(key=lambda span: (span[0], -span[1]))
    return tuple(Markup(ref, "break" if a == b else "bold", a, b) for ref, (a, b) in enumerate(spans))


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, list[Segment]]:
    """Draw a block cut into segments that neither start nor end with white space."""
    sources = [text.strip() for text in draw(st.lists(TEXTS, max_size=3))]
    sources = [text for text in sources if text]
    gaps = [draw(st.sampled_from(["", " ", "\u00a0", "\n", "  \t"])) for _ in range(len(sources) + 1)]
    text, segments = gaps[0], []
    for index, (source, gap) in enumerate(zip(sources, gaps[1:], strict=True)):
        segments.append(Segment(f"s{index}", "d", "b0", index, len(text), len(text) + len(source), source))
        text += source + gap
    return Block("b0", "paragraph", text, draw(nested_markup(len(text)))), segments


@settings(max_examples=400, deadline=None)
@given(blocks())
def test_the_source_as_its_own_translation_gives_the_block_back(drawn: tuple[Block, list[Segment]]) -> None:
    block, segments = drawn
    matcher = TermMatcher(TERMS, ["INTERPOL"], "x-rot13")
    hypotheses = []
    for segment in segments:
        masked = protect_segment(segment, block.markup, matcher)
        hypothesis = restore_segment(segment, masked, Candidate(masked.text), "x-rot13", "fake")
        assert (hypothesis.text, hypothesis.lost) == (segment.source, ())
        hypotheses.append(hypothesis)
    composed = compose_block(block, segments, hypotheses, "x-rot13")
    assert composed.text == block.text
    assert composed.markup == block.markup


@settings(max_examples=400, deadline=None)
@given(blocks(), LANGUAGES, st.data())
def test_whatever_an_engine_does_spans_are_valid_and_no_token_is_left(
    drawn: tuple[Block, list[Segment]], lang: str, data: st.DataObject
) -> None:
    block, segments = drawn
    matcher = TermMatcher(TERMS, ["INTERPOL"], lang)
    hypotheses: list[Hypothesis] = []
    for segment, depth in zip(segments, quote_depths(segments), strict=True):
        masked = protect_segment(segment, block.markup, matcher)
        pieces = [
            *masked.text,
            *data.draw(st.lists(st.sampled_from(["\ue000", "\ue001", "\uf000", " «", "» ", "1"]), max_size=3)),
        ]
        raw = data.draw(st.one_of(st.just(masked.text), st.permutations(pieces).map("".join), TEXTS))
        unknown = tuple(Span(*sorted(data.draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))) for _ in range(2))
        hypothesis = restore_segment(segment, masked, Candidate(raw, None, unknown), lang, "x", quote_depth=depth)
        text = hypothesis.text
        tokens = {character for character in text if "\ue000" <= character <= "\uf8ff"}
        assert tokens <= {p.surface for p in masked.placeables if p.kind == "literal"}
        assert all(0 <= span.start < span.end <= len(text) for span in hypothesis.unknown)
        assert all(0 <= element.start <= element.end <= len(text) for element in hypothesis.markup)
        for placeable in masked.placeables:
            if placeable.kind in {"url", "email", "hashtag"} and placeable not in hypothesis.lost:
                assert placeable.surface in text
        hypotheses.append(hypothesis)
    composed = compose_block(block, segments, hypotheses, lang)
    assert all(0 <= element.start <= element.end <= len(composed.text) for element in composed.markup)
    kinds = {element.ref: element.kind for element in block.markup}
    assert all(kinds[element.ref] == element.kind for element in composed.markup)


@settings(max_examples=300, deadline=None)
@given(TEXTS.map(str.strip), LANGUAGES)
def test_unknown_words_are_found_again_in_the_finished_text(source: str, lang: str) -> None:
    segment = Segment("s", "d", "b0", 0, 0, len(source), source)
    masked = protect_segment(segment, (), TermMatcher(TERMS, ["INTERPOL"], lang))
    unknown = tuple(Span(i, i + 3) for i in range(len(masked.text)) if masked.text[i : i + 3] == "zut")
    hypothesis = restore_segment(segment, masked, Candidate(masked.text, None, unknown), lang, "x")
    assert {hypothesis.text[span.start : span.end].lower() for span in hypothesis.unknown} <= {"zut"}


PLAIN = st.lists(
    st.sampled_from(["mot", "zut", "2014", "12 %", "l'un", "un : deux", "fin ;", "oui,", "(non)"]), min_size=1
)


@settings(max_examples=100, deadline=None)
@given(PLAIN.map(" ".join), st.sampled_from(["en", "es", "de", "it"]))
def test_restoring_a_finished_text_again_changes_nothing(raw: str, lang: str) -> None:
    segment = Segment("s", "d", "b0", 0, 0, 5, "Deux.")
    masked = protect_segment(segment, (), TermMatcher([], [], lang))
    once = restore_segment(segment, masked, Candidate(f"« {raw} « {raw} » »"), lang, "x").text
    assert restore_segment(segment, masked, Candidate(once), lang, "x").text == once
