from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Interrupted, LanguageError, TranslatorError
from pipeline.translate.base import ENOUGH_TEXTS, Candidate, Candidates
from pipeline.translate.cache import SegmentCache
from pipeline.translate.context import SomeFailedError
from pipeline.translate.engine import GIVE_UP_AFTER, Engine, EngineCounts
from pipeline.translate.fake import FakeTranslator, rotate


class Recorder(FakeTranslator):
    """The fake translator, which remembers what it was sent and stumbles over what it is told to stumble over."""

    def __init__(self, stumbles: Sequence[str] = (), revision: str = "1") -> None:
        self.batches: list[list[str]] = []
        self.stumbles = frozenset(stumbles)
        self.revision = revision

    @property
    def seen(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        return super().signature(source_lang, target_lang) | {"revision": self.revision}

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        self.batches.append(list(texts))
        if bad := self.stumbles.intersection(texts):
            raise TranslatorError(f"died at {min(bad)}", "shorten it")
        return super().translate(texts, source_lang, target_lang)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SegmentCache]:
    with SegmentCache(tmp_path / "segments.sqlite") as cache:
        yield cache


def engine(cache: SegmentCache, translator: FakeTranslator, target_lang: str = "x-rot13") -> Engine:
    return Engine(translator, cache, "fr", target_lang)


def numbered(count: int) -> list[str]:
    return [f"phrase {number}" for number in range(count)]


def test_each_distinct_text_is_translated_once(cache: SegmentCache) -> None:
    translator = Recorder()
    first = engine(cache, translator)
    results = first.translate(["un", "deux", "un", "trois", "un"])
    assert results == {text: (Candidate(rotate(text)),) for text in ("un", "deux", "trois")}
    assert sorted(translator.seen) == ["deux", "trois", "un"]
    assert first.translate(["trois", "quatre"]).keys() == {"trois", "quatre"}
    assert sorted(translator.seen) == ["deux", "quatre", "trois", "un"]
    assert first.counts == EngineCounts(texts=7, distinct=5, cached=1, translated=4, failed=0)


def test_what_another_engine_translated_starts_no_translator(cache: SegmentCache) -> None:
    before = engine(cache, Recorder()).translate(["un", "deux"])
    translator = Recorder()
    assert engine(cache, translator).translate(["deux", "un"]) == before
    assert translator.batches == []


def test_no_text_starts_no_translator(cache: SegmentCache) -> None:
    translator = Recorder()
    assert engine(cache, translator).translate([]) == {}
    assert translator.batches == []


def test_another_translator_or_language_has_its_own_translations(cache: SegmentCache) -> None:
    engine(cache, Recorder()).translate(["un"])
    for translator, target_lang in ((Recorder(revision="2"), "x-rot13"), (Recorder(), "x-accent")):
        engine(cache, translator, target_lang).translate(["un"])
        assert translator.seen == ["un"]


@pytest.mark.parametrize("count", [1, ENOUGH_TEXTS, ENOUGH_TEXTS + 1, 2 * ENOUGH_TEXTS + 5])
def test_texts_go_out_in_batches_of_like_length_and_each_batch_is_told(cache: SegmentCache, count: int) -> None:
    translator = Recorder()
    told: list[int] = []
    Engine(translator, cache, "fr", "x-rot13", after_batch=told.append).translate(numbered(count))
    assert [len(batch) for batch in translator.batches] == told
    assert max(told) <= ENOUGH_TEXTS
    assert sum(told) == count
    lengths = [len(text) for text in translator.seen]
    assert lengths == sorted(lengths, reverse=True)


@given(st.lists(st.sampled_from(numbered(12)), max_size=15), st.sets(st.sampled_from(numbered(12)), max_size=4))
@settings(max_examples=50, deadline=None)
def test_failing_texts_are_reported_and_all_others_translated(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], stumbles: set[str]
) -> None:
    with SegmentCache(tmp_path_factory.mktemp("engine") / "segments.sqlite") as cache:
        tried = engine(cache, Recorder(sorted(stumbles)))
        results = tried.translate(texts)
        assert results.keys() == set(texts)
        for text, result in results.items():
            if text in stumbles:
                assert isinstance(result, TranslatorError)
                assert (result.message, result.remedy) == (f"died at {text}", "shorten it")
            else:
                assert result == (Candidate(rotate(text)),)
        failed = len(stumbles.intersection(texts))
        assert (tried.counts.failed, tried.counts.translated) == (failed, len(set(texts)) - failed)


def test_a_text_that_failed_is_tried_again_next_time(cache: SegmentCache) -> None:
    engine(cache, Recorder(["deux"])).translate(["un", "deux"])
    translator = Recorder()
    assert engine(cache, translator).translate(["un", "deux"])["deux"] == (Candidate(rotate("deux")),)
    assert translator.seen == ["deux"]


def test_a_translator_that_always_fails_is_given_up(cache: SegmentCache) -> None:
    texts = numbered(ENOUGH_TEXTS)
    translator = Recorder(texts)
    with pytest.raises(TranslatorError, match="died at"):
        engine(cache, translator).translate(texts)
    alone = [batch for batch in translator.batches if len(batch) == 1]
    assert len(alone) == GIVE_UP_AFTER
    assert len(translator.batches) < 4 * GIVE_UP_AFTER


def test_one_failure_less_is_no_reason_to_give_up(cache: SegmentCache) -> None:
    texts = numbered(GIVE_UP_AFTER - 1)
    results = engine(cache, Recorder(texts)).translate(texts)
    assert all(isinstance(result, TranslatorError) for result in results.values())


def test_a_success_between_failures_starts_the_count_again(cache: SegmentCache) -> None:
    texts = numbered(64)
    tried = engine(cache, Recorder(texts[::2]))
    tried.translate(texts)
    assert (tried.counts.failed, tried.counts.translated) == (32, 32)


class TooFew(FakeTranslator):
    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return super().translate(texts, source_lang, target_lang)[1:]


class TooMany(FakeTranslator):
    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return super().translate([*texts, "encore"], source_lang, target_lang)


class Nothing(FakeTranslator):
    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return [(), *super().translate(texts[1:], source_lang, target_lang)]


@pytest.mark.parametrize(
    ("backend", "message"),
    [
        (TooFew, "TooFew gave 2 results, 0 of them empty, for 3 texts"),
        (TooMany, "TooMany gave 4 results, 0 of them empty, for 3 texts"),
        (Nothing, "Nothing gave 3 results, 1 of them empty, for 3 texts"),
    ],
)
def test_a_broken_contract_is_an_error_and_nothing_of_it_is_kept(
    cache: SegmentCache, backend: type[FakeTranslator], message: str
) -> None:
    texts = ["un", "deux", "trois"]
    with pytest.raises(TranslatorError, match=message):
        engine(cache, backend()).translate(texts)
    translator = Recorder()
    engine(cache, translator).translate(texts)
    assert sorted(translator.seen) == sorted(texts)


def test_an_interrupted_run_keeps_every_finished_batch(cache: SegmentCache) -> None:
    texts = numbered(3 * ENOUGH_TEXTS)

    def stop_after_two(_: int) -> None:
        if len(first.batches) == 2:
            raise Interrupted(15)

    first, second = Recorder(), Recorder()
    with pytest.raises(Interrupted):
        Engine(first, cache, "fr", "x-rot13", after_batch=stop_after_two).translate(texts)
    assert len(first.seen) == 2 * ENOUGH_TEXTS
    results = engine(cache, second).translate(texts)
    assert sorted(first.seen + second.seen) == sorted(texts)
    assert results == {text: (Candidate(rotate(text)),) for text in texts}


@given(st.permutations(numbered(30)))
@settings(max_examples=10, deadline=None)
def test_order_changes_nothing(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    with SegmentCache(tmp_path_factory.mktemp("engine") / "segments.sqlite") as cache:
        stumbles = numbered(30)[::7]
        results = engine(cache, Recorder(stumbles)).translate(texts)
    expected = {text: None if text in stumbles else (Candidate(rotate(text)),) for text in texts}
    assert {text: result if isinstance(result, tuple) else None for text, result in results.items()} == expected


def test_a_text_without_a_letter_is_copied_and_never_sent(cache: SegmentCache) -> None:
    translator = Recorder()
    texts = ["12:30", "\ue000", "", "« 58 % »", "un"]
    results = engine(cache, translator).translate(texts)
    assert list(results) == texts
    assert [results[text] for text in texts[:-1]] == [(Candidate(text, origin="copy"),) for text in texts[:-1]]
    assert translator.seen == ["un"]


class SomeFail(FakeTranslator):
    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        made = super().translate(texts, source_lang, target_lang)
        error = TranslatorError("refused", "say it otherwise")
        raise SomeFailedError([error if text == "deux" else done for text, done in zip(texts, made, strict=True)])


def test_a_translator_that_says_itself_which_texts_failed_is_not_asked_again(cache: SegmentCache) -> None:
    tried = engine(cache, SomeFail())
    results = tried.translate(["un", "deux", "trois"])
    assert str(results["deux"]) == "refused — say it otherwise"
    assert results["un"] == (Candidate(rotate("un")),)
    assert (tried.counts.translated, tried.counts.failed) == (2, 1)
    translator = Recorder()
    engine(cache, translator).translate(["un", "deux", "trois"])
    assert translator.seen == ["deux"]


def test_a_pair_that_cannot_be_translated_is_a_language_error(cache: SegmentCache) -> None:
    with pytest.raises(LanguageError):
        engine(cache, FakeTranslator(), "es").translate(["un"])
