"""The benchmark of neural speed: every contender does the same work, and every bar has its line."""

import itertools
from pathlib import Path

import pytest

from pipeline.measure import neural_bench, neural_models
from pipeline.measure.neural_bench import Settings
from tests.translate.tiny_models import checkpoint


@pytest.fixture
def settings() -> Settings:
    ticks = itertools.count()
    return Settings(checkpoint("marian"), segments=12, rounds=2, clock=lambda: float(next(ticks)))


def test_texts_have_the_lengths_of_press_releases() -> None:
    texts = neural_models.make_texts(2_000, lambda text: text.count(" ") + 1)
    lengths = [len(text.split()) for text in texts]
    assert len(set(texts)) == 2_000
    assert 32 <= sum(lengths) / 2_000 <= 36
    assert max(lengths) == 140
    assert texts == neural_models.make_texts(2_000, lambda text: text.count(" ") + 1)


def test_the_model_is_a_marian_base_whose_outputs_are_as_long_as_they_may_be(tmp_path: Path) -> None:
    settings = Settings(neural_models.build_checkpoint(tmp_path / "base"))
    translator = settings.build("ctranslate2")
    translator.translate(["w00001 w00002"], "fr", "en")
    counts = translator.counts()
    assert counts.target_tokens >= counts.source_tokens + 8
    (batch,) = neural_bench.cut_batches([[400, 401, 402, 0]], 64)
    assert len(list(translator._engine.run([batch], [], settings.build("ctranslate2")._config.decoding))) == 1


def test_every_contender_takes_its_turn_in_every_round(settings: Settings) -> None:
    turns: list[str] = []
    runs = {name: lambda name=name: turns.append(name) for name in "abc"}
    assert neural_bench.take_turns(runs, settings) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert turns == list("abcabc")


def test_engines_are_compared_with_each_bar_beside_its_ratio(settings: Settings) -> None:
    lines = list(neural_bench.compare_engines(settings, with_torch=True))
    for what in ("pipeline ÷ raw", "ctranslate2 ÷ naive", "seq2seq, best type ÷ naive", "padding", "tokenize"):
        assert any(line.startswith(what) for line in lines)
    assert "12 segments" in lines[0]


def test_raw_and_ours_translate_the_same_sequences_into_the_same_tokens(settings: Settings) -> None:
    ours = settings.build("ctranslate2")
    texts = neural_models.make_texts(12, lambda text: len(ours._family.encode([text], "fr", "en")[0]))
    ours.translate(texts, "fr", "en")
    sequences = ours._family.encode(texts, "fr", "en")
    results = neural_bench.raw(ours, sequences, beam=1, budget=64)
    made = sum(len(result.hypotheses[0]) for result in results)
    assert len(results) == len(texts)
    assert abs(made - ours.counts().target_tokens) <= len(texts)  # end marks


def test_duplicates_are_compared(settings: Settings) -> None:
    saved, cost = neural_bench.compare_duplicates(settings)
    assert "at least 1.9" in saved
    assert "at most 2 %" in cost


def test_batches_have_the_rows_that_are_asked_for() -> None:
    batches = neural_bench.cut_batches([[0] * length for length in range(1, 11)], 4)
    assert [len(batch.rows) for batch in batches] == [4, 4, 2]
    assert [max(map(len, batch.sequences)) for batch in batches] == [10, 6, 2]
    assert sorted(row for batch in batches for row in batch.rows) == list(range(10))
