"""What surrounds a neural model: pieces, batches, counts, signatures, memory."""

import random
from pathlib import Path

import pytest

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import TranslatorError
from pipeline.translate import build_translator
from pipeline.translate.neural import NeuralTranslator
from pipeline.translate.out_of_memory import BatchHalver
from pipeline.translate.token_batches import TokenBatch, length_class, plan_batches
from tests.translate.tiny_models import PAIRS, checkpoint, corpus


def build(backend: str = "ctranslate2", family: str = "marian", **options: object) -> NeuralTranslator:
    settings = {"device": "cpu", "threads": 1, "decoding": DecodingConfig(beam_size=2, max_length_factor=1), **options}
    config = SystemConfig.model_validate(
        {"name": "tiny", "backend": backend, "model": str(checkpoint(family)), **settings}
    )
    translator = build_translator(config)
    assert isinstance(translator, NeuralTranslator)
    return translator


def batch_of(*lengths: int) -> TokenBatch:
    return TokenBatch(tuple(range(len(lengths))), tuple((1,) * length for length in lengths), max(lengths))


def test_an_integer_model_gives_bit_for_bit_what_it_gives_for_a_text_alone() -> None:
    translator = build(decoding=DecodingConfig(beam_size=4, n_best=2))
    texts = corpus()[::9]
    together = translator.translate(texts, "fr", "en")
    assert translator.translate(texts[::-1], "fr", "en") == together[::-1]
    assert [translator.translate([text], "fr", "en")[0] for text in texts] == together


@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_counts_tell_what_was_done(backend: str) -> None:
    translator = build(backend, compute_type="float32")
    assert translator.counts().loads == 0
    texts = corpus()[:60]
    translator.translate(texts, "fr", "en")
    translator.translate(texts[:1], "fr", "en")
    counts = translator.counts()
    assert (counts.loads, counts.sequences, counts.halvings) == (1, 61, 0)
    assert 0.7 <= counts.padding_efficiency <= 1  # few texts: their fillers weigh
    assert counts.target_tokens > 61
    assert counts.load_seconds > 0
    assert counts.compute_seconds > 0
    assert counts.peak_memory_bytes > 10_000_000
    translator.close()
    translator.translate(texts[:1], "fr", "en")
    assert translator.counts().loads == 2


@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_what_is_too_long_is_cut_and_nothing_is_left_out(backend: str) -> None:
    translator = build(backend)
    sentence = PAIRS[0][0]
    short = translator.translate([sentence], "fr", "en")[0][0].text
    long = translator.translate([f"{sentence}  {sentence} " * 40], "fr", "en")[0][0]
    assert long.text == f"{short}  {short} " * 40
    clauses = "la route est fermée ; " * 60
    before = translator.counts()
    translator.translate([clauses], "fr", "en")
    after = translator.counts()
    assert after.sequences > before.sequences + 1
    limit = load_limit(translator)
    assert after.source_tokens - before.source_tokens <= limit * (after.sequences - before.sequences)
    words = after.source_tokens - before.source_tokens
    alone = len(translator._encode(["la route est fermée ;"], "fr", "en")[0]) - 1
    assert words >= 60 * alone


def load_limit(translator: NeuralTranslator) -> int:
    return translator._family.limit


def test_n_best_candidates_are_kept_best_first() -> None:
    candidates = build(decoding=DecodingConfig(beam_size=4, n_best=3)).translate([PAIRS[0][0]], "fr", "en")[0]
    assert len({candidate.text for candidate in candidates}) == 3
    scores = [candidate.score or 0 for candidate in candidates]
    assert scores == sorted(scores, reverse=True)


def test_another_decoding_uses_the_same_loaded_model() -> None:
    translator = build()
    translator.translate([PAIRS[0][0]], "fr", "en")
    other = translator.with_decoding(DecodingConfig(beam_size=4, n_best=4))
    assert len(other.translate([PAIRS[0][0]], "fr", "en")[0]) == 4
    assert other.counts().loads == 1
    assert translator.other_decoding() is translator.other_decoding()
    again = translator.other_decoding().translate([PAIRS[0][0]], "fr", "en")
    assert len(again[0]) == 4
    assert translator.counts().loads == 1
    assert translator.counts().sequences == 2  # its own and the other decoding's
    assert other.signature("fr", "en") != translator.signature("fr", "en")


def test_the_signature_holds_what_changes_the_result_and_nothing_else() -> None:
    def signature(**options: object) -> dict[str, str]:
        return build(**options).signature("fr", "en")

    assert signature() == signature(batch_tokens=64, threads=2, device="cpu")
    assert signature() == build().signature("fr", "en")
    for change in (
        {"decoding": {"beam_size": 3}},
        {"decoding": {"beam_size": 2, "length_penalty": 0.5}},
        {"compute_type": "float32"},
        {"family": "mbart50"},
        {"backend": "seq2seq"},
    ):
        assert signature(**change) != signature()
    assert len(signature()["digest"]) == 64


def test_batches_hold_everything_once_within_the_budget_longest_first() -> None:
    lengths = [1 + (7 * n) % 140 for n in range(500)]
    batches = plan_batches([[0] * length for length in lengths], 256)
    assert sorted(row for batch in batches for row in batch.rows) == list(range(500))
    assert all(batch.computed_tokens <= 256 for batch in batches)
    assert [b.length_class for b in batches] == sorted((b.length_class for b in batches), reverse=True)
    for batch in batches:
        assert all(len(s) <= batch.length_class for s in batch.sequences)
    efficiency = sum(b.useful_tokens for b in batches) / sum(b.computed_tokens for b in batches)
    assert efficiency >= 0.85


def test_what_a_batch_is_computed_with_depends_on_its_class_alone() -> None:
    for batch in plan_batches([[5] * (length - 1) + [2] for length in (12, 11, 31, 29, 64)], 4_096):
        longest = max(map(len, batch.sequences))
        assert len(batch.filler) == (batch.length_class if longest < batch.length_class else 0)
        assert max(longest, len(batch.filler)) == batch.length_class
        assert set(batch.filler[longest:]) <= {2}
        for half in batch.halves():
            assert half.length_class == batch.length_class


@pytest.mark.parametrize("beam_size", [1, 4])
def test_padding_is_little_with_the_lengths_that_texts_have(beam_size: int) -> None:
    numbers = random.Random(3)  # noqa: S311 - no secrets here
    lengths = [min(140, max(3, round(numbers.lognormvariate(3.34, 0.6)))) for _ in range(2_000)]
    for backend in ("ctranslate2", "seq2seq"):
        engine = build(backend, decoding=DecodingConfig(beam_size=beam_size))._engine
        batches = plan_batches([[0] * length for length in lengths], engine.batch_tokens)
        filler = sum(len(batch.filler) for batch in batches) * engine.needs_filler
        assert sum(lengths) / (sum(batch.computed_tokens for batch in batches) + filler) >= 0.8


def test_length_classes_hold_their_lengths_and_waste_little() -> None:
    for length in range(1, 600):
        size = length_class(length)
        assert length <= size <= max(length + 7, 1.25 * length)
        assert length_class(size) == size


def test_a_sequence_beyond_the_budget_has_a_batch_of_its_own() -> None:
    assert [len(batch.rows) for batch in plan_batches([[0] * 50] * 3, 20)] == [1, 1, 1]


def test_a_full_memory_halves_the_batch_goes_on_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    halver = BatchHalver()
    asked: list[int] = []

    def compute(batch: TokenBatch) -> list[int]:
        asked.append(len(batch.rows))
        if batch.computed_tokens > 30:
            raise RuntimeError("CUDA out of memory. Tried to allocate …")
        return list(batch.rows)

    batch = batch_of(*[10] * 16)
    assert halver.run(batch, compute) == list(range(16))
    assert asked[:4] == [16, 8, 4, 2]
    failures = halver.halvings
    assert failures == 3
    asked.clear()
    assert halver.run(batch, compute) == list(range(16))
    assert max(asked) == 2
    assert halver.halvings == failures
    assert len(caplog.records) == 1


def test_a_single_text_that_is_too_much_is_reported() -> None:
    def compute(batch: TokenBatch) -> list[int]:
        raise MemoryError

    with pytest.raises(TranslatorError, match="single text of 10 tokens"):
        BatchHalver().run(batch_of(10, 10), compute)


def test_other_failures_are_not_taken_for_a_full_memory() -> None:
    def compute(batch: TokenBatch) -> list[int]:
        raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes"):
        BatchHalver().run(batch_of(10, 10), compute)


@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_a_device_that_is_not_there_is_named(backend: str) -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("there is a graphics card")
    with pytest.raises(TranslatorError, match="cuda"):
        build(backend, device="cuda", compute_type="float32").translate(["Le feu."], "fr", "en")


def test_placeables_are_cut_around_where_the_tokenizer_carries_no_mark() -> None:
    translator = build()
    translator.__dict__["_notation"] = None
    text = translator.translate(["La police \ue000 arrête \ue001."], "fr", "en")[0][0].text
    assert [character for character in text if character in "\ue000\ue001"] == ["\ue000", "\ue001"]
    assert " \ue000 " in text


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    config = SystemConfig(name="x", backend="seq2seq", model=str(tmp_path / "nowhere"))
    with pytest.raises(TranslatorError, match="nowhere"):
        build_translator(config).supports("fr", "en")
