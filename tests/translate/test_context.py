"""Passages: cut as a function of the release alone, keyed by all that a translator may see, cached text by text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import TranslatorError
from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import MaskedSegment, Placeable, Segment, Term
from pipeline.translate import context
from pipeline.translate.base import Candidate
from pipeline.translate.cache import SegmentCache, segment_keys
from pipeline.translate.context import (
    CONTEXT_TEXTS,
    PASSAGE_CHARS,
    PASSAGE_TEXTS,
    Outcome,
    Passage,
    PassageText,
    StandIn,
    as_context_translator,
    cut_passages,
    passage_keys,
    translate_cached,
)
from pipeline.translate.fake import FakeTranslator, rotate

TERMS = (Term("Interpol", (("es", "INTERPOL"),)), Term("maire", (), (("es", "mayor"),)))


def release(*blocks: Sequence[str]) -> list[Segment]:
    return [
        Segment(f"s{number}.{index}", "d", f"b{number}", index, 0, len(source), source)
        for number, block in enumerate(blocks)
        for index, source in enumerate(block)
    ]


def cut(segments: list[Segment]) -> list[Passage]:
    matcher = TermMatcher(TERMS, (), "es")
    masked = [protect_segment(segment, (), matcher) for segment in segments]
    return cut_passages(segments, masked, {term.source: term for term in TERMS})


class TestCutting:
    def test_a_short_release_is_one_passage(self) -> None:
        (passage,) = cut(release(["Titre"], ["Une phrase.", "Une autre."], ["Fin."]))
        assert [item.text for item in passage.texts] == ["Titre", "Une phrase.", "Une autre.", "Fin."]
        assert passage.before == passage.after == ()

    def test_nothing_is_no_passage(self) -> None:
        assert cut([]) == []

    def test_passages_end_with_blocks_and_show_their_neighbours(self) -> None:
        blocks = [[f"Phrase {block}.{index}." for index in range(5)] for block in range(8)]
        passages = cut(release(*blocks))
        assert [len(passage.texts) for passage in passages] == [15, 15, 10]
        everything = [sentence for block in blocks for sentence in block]
        assert passages[1].before == tuple(everything[15 - CONTEXT_TEXTS : 15])
        assert passages[1].after == tuple(everything[30 : 30 + CONTEXT_TEXTS])

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(st.integers(1, 700), min_size=1, max_size=40), max_size=20))
    def test_nothing_is_lost_and_no_passage_is_too_long(self, blocks: list[list[int]]) -> None:
        segments = release(*(["x" * length for length in block] for block in blocks))
        passages = cut(segments)
        assert [item.text for passage in passages for item in passage.texts] == [item.source for item in segments]
        for passage in passages:
            assert 1 <= len(passage.texts) <= PASSAGE_TEXTS
            assert len(passage.texts) == 1 or sum(len(item.text) for item in passage.texts) <= PASSAGE_CHARS

    def test_a_change_at_the_end_leaves_the_start_alone(self) -> None:
        blocks = [[f"Phrase {block}.{index}." for index in range(5)] for block in range(12)]
        before = cut(release(*blocks))
        after = cut(release(*blocks[:-1], ["Autre chose."]))
        assert before[0] == after[0]
        assert before[-1] != after[-1]

    def test_tokens_say_what_they_stand_for(self) -> None:
        (passage,) = cut(release(["Interpol écrit à a@b.fr."]))
        (item,) = passage.texts
        assert item.text == "\ue000 écrit à \ue001."
        assert item.stand_ins == (StandIn("\ue000", "Interpol", "INTERPOL"), StandIn("\ue001", "a@b.fr", "a@b.fr"))
        assert item.plain == "Interpol écrit à a@b.fr."

    def test_markup_stands_for_nothing(self) -> None:
        (segment,) = release(["Un mot."])
        placeables = (
            Placeable("\ue000", "markup_open", "0", 3, 3, "bold"),
            Placeable("\ue001", "markup_close", "0", 6, 6),
        )
        masked = MaskedSegment(segment.seg_id, "Un \ue000mot\ue001.", placeables)
        (passage,) = cut_passages([segment], [masked], {})
        assert passage.texts[0].plain == "Un mot."

    def test_terms_are_those_of_the_passage(self) -> None:
        blocks = [[f"Phrase {index}." for index in range(20)], ["Le maire parle.", "Interpol aussi."]]
        first, second = cut(release(*blocks))
        assert first.terms == ()
        assert [term.source for term in second.terms] == ["maire", "Interpol"]


class Reader(FakeTranslator):
    """Reads passages, fails where told to, and counts."""

    def __init__(self, fails: str = "") -> None:
        self.fails = fails
        self.asked: list[Passage] = []

    def translate_passages(
        self, passages: Sequence[Passage], source_lang: str, target_lang: str
    ) -> list[tuple[Outcome, ...]]:
        self.asked += passages
        return [
            tuple(
                TranslatorError("told to fail") if item.text == self.fails else (Candidate(rotate(item.text)),)
                for item in passage.texts
            )
            for passage in passages
        ]


ONE = Passage((PassageText("un"), PassageText("deux")), ("avant",), ("après",), TERMS, (("trois", "three"),))


class TestKeys:
    @pytest.mark.parametrize(
        "other",
        [
            replace(ONE, before=()),
            replace(ONE, after=("autre",)),
            replace(ONE, terms=TERMS[:1]),
            replace(ONE, examples=()),
            replace(ONE, texts=ONE.texts[::-1]),
            replace(ONE, texts=(replace(ONE.texts[0], stand_ins=(StandIn("\ue000", "a", "b"),)), ONE.texts[1])),
        ],
    )
    def test_hold_all_that_may_be_looked_at(self, other: Passage) -> None:
        assert not set(passage_keys(ONE, {}, "fr", "es")) & set(passage_keys(other, {}, "fr", "es"))

    def test_are_one_a_text_and_never_those_of_a_text_alone(self) -> None:
        keys = passage_keys(ONE, {"a": "b"}, "fr", "es")
        assert len(set(keys)) == 2
        assert keys == passage_keys(replace(ONE), {"a": "b"}, "fr", "es")
        assert not set(keys) & set(segment_keys(["un", "deux"], {"a": "b"}, "fr", "es"))

    def test_differ_by_languages_and_translator(self) -> None:
        keys = [passage_keys(ONE, {"a": a}, "fr", lang)[0] for a in "xy" for lang in ("es", "ca")]
        assert len(set(keys)) == 4


class TestCache:
    @pytest.fixture
    def cache(self, tmp_path: Path) -> SegmentCache:
        return SegmentCache(tmp_path / "cache.sqlite")

    def test_keeps_where_a_candidate_comes_from(self, cache: SegmentCache) -> None:
        candidates = (Candidate("a", 0.5, (), "tm"), Candidate("b"))
        cache.put({"k": candidates})
        assert cache.get(["k"]) == {"k": candidates}

    def test_a_passage_is_translated_once(self, cache: SegmentCache) -> None:
        reader = Reader()
        first = translate_cached(reader, cache, [ONE, ONE], "fr", "x-rot13")
        assert first == {ONE: ((Candidate("ha"),), (Candidate("qrhk"),))}
        assert translate_cached(reader, cache, [ONE], "fr", "x-rot13") == first
        assert reader.asked == [ONE]

    def test_what_failed_is_tried_again_and_not_kept(self, cache: SegmentCache) -> None:
        failed = translate_cached(Reader("deux"), cache, [ONE], "fr", "x-rot13")[ONE]
        assert isinstance(failed[1], TranslatorError)
        assert failed[0] == (Candidate("ha"),)
        reader = Reader()
        assert translate_cached(reader, cache, [ONE], "fr", "x-rot13")[ONE][1] == (Candidate("qrhk"),)
        assert reader.asked == [ONE]

    def test_an_interruption_costs_a_round_at_most(self, cache: SegmentCache, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(context, "ROUND_PASSAGES", 2)
        passages = [Passage((PassageText(str(number)),)) for number in range(6)]

        class Killed(Reader):
            def translate_passages(
                self, passages: Sequence[Passage], source_lang: str, target_lang: str
            ) -> list[tuple[Outcome, ...]]:
                if len(self.asked) == 4:
                    raise TranslatorError("gone")
                return super().translate_passages(passages, source_lang, target_lang)

        with pytest.raises(TranslatorError, match="gone"):
            translate_cached(Killed(), cache, passages, "fr", "x-rot13")
        reader = Reader()
        assert list(translate_cached(reader, cache, passages, "fr", "x-rot13")) == passages
        assert reader.asked == passages[4:]


def test_a_translator_of_single_texts_is_no_reader() -> None:
    assert as_context_translator(FakeTranslator()) is None
    reader = Reader()
    assert as_context_translator(reader) is reader
