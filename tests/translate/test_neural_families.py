"""Every family of checkpoints, loaded by path, through both engines."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import LanguageError, TranslatorError
from pipeline.translate import build_translator
from pipeline.translate.neural import NeuralTranslator
from pipeline.translate.seq2seq_families import load_family
from tests.translate.tiny_models import FAMILIES, PAIRS, checkpoint

TEXTS = [french for french, _ in PAIRS[:6]]


def build(family: str, backend: str, compute_type: str = "float32", **decoding: float) -> NeuralTranslator:
    config = SystemConfig(
        name="tiny",
        backend=backend,
        model=str(checkpoint(family)),
        device="cpu",
        threads=1,
        compute_type=compute_type,
        decoding=DecodingConfig(**{"beam_size": 3, "n_best": 3, "max_length_factor": 1, **decoding}),
    )
    translator = build_translator(config)
    assert isinstance(translator, NeuralTranslator)
    return translator


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("decoding", [{"beam_size": 1, "n_best": 1}, {"length_penalty": 0.6}])
def test_both_engines_say_the_same_with_the_same_scores(family: str, decoding: dict[str, float]) -> None:
    made = [build(family, backend, **decoding).translate(TEXTS, "fr", "en") for backend in ("seq2seq", "ctranslate2")]
    for ours, theirs in zip(*made, strict=True):
        assert [candidate.text for candidate in ours] == [candidate.text for candidate in theirs]
        for one, other in zip(ours, theirs, strict=True):
            assert one.score == pytest.approx(other.score, abs=5e-4)


@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_what_may_not_repeat_does_not(backend: str) -> None:
    free = build("m2m100", backend).translate(TEXTS, "fr", "en")
    bound = build("m2m100", backend, no_repeat_ngram_size=1).translate(TEXTS, "fr", "en")
    assert free != bound
    for candidates in bound:
        words = candidates[0].text.split()
        assert len(words) == len(set(words))


@pytest.mark.parametrize("family", FAMILIES)
def test_scores_are_those_of_transformers_itself(family: str) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(checkpoint(family)).eval()
    tokens = load_family(checkpoint(family))
    ids = tokens.encode(TEXTS[:1], "fr", "en")
    prompt = [model.config.decoder_start_token_id, *tokens.decoder_prefix("en")]
    generated = model.generate(
        input_ids=torch.tensor(ids),
        decoder_input_ids=torch.tensor([prompt]),
        num_beams=3,
        early_stopping=True,
        length_penalty=1.0,
        max_new_tokens=9,
        bad_words_ids=[[model.config.pad_token_id]],
        output_scores=True,
        return_dict_in_generate=True,
        forced_eos_token_id=None,
    )
    logits = model(input_ids=torch.tensor(ids), decoder_input_ids=generated.sequences[:, :-1]).logits[0]
    spread = logits[:, [n for n in range(logits.shape[1]) if family[:6] != "marian" or n != model.config.pad_token_id]]
    written = generated.sequences[0, len(prompt) :]
    chosen = logits[range(len(prompt) - 1, len(logits)), written] - spread[len(prompt) - 1 :].logsumexp(1)
    with_padding = logits[range(len(prompt) - 1, len(logits)), written] - logits[len(prompt) - 1 :].logsumexp(1)
    assert generated.sequences_scores[0].item() == pytest.approx(with_padding.mean().item(), abs=1e-3)

    translator = build(family, "ctranslate2", n_best=1)
    engine_score = score_of(translator, written.tolist(), ids[0], prompt[1:])
    assert engine_score == pytest.approx(chosen.mean().item(), abs=1e-3)


def score_of(translator: NeuralTranslator, written: list[int], source: list[int], prefix: list[int]) -> float:
    """Let CTranslate2 score a given output."""
    translator.translate(TEXTS[:1], "fr", "en")
    engine = translator._engine
    names = [[engine._tokens[token] for token in ids] for ids in (source, [*prefix, *written])]
    scored = engine._translator.score_batch([names[0]], [[name for name in names[1] if name != "</s>"]])[0]
    log_probs = scored.log_probs[len(prefix) :][: len(written)]
    return sum(log_probs) / len(log_probs)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_codes_and_special_tokens_are_never_in_the_output(family: str, backend: str) -> None:
    tokens = load_family(checkpoint(family))
    marks = [*tokens.language_tokens.values(), *tokens.tokenizer.all_special_tokens]
    for candidates in build(family, backend).translate(TEXTS, "fr", "en"):
        for candidate in candidates:
            assert not [mark for mark in marks if mark in candidate.text]
    ids = tokens.tokenizer.convert_tokens_to_ids(marks[:50])
    assert tokens.decode([ids]) == [""]


@pytest.mark.parametrize("family", FAMILIES)
def test_codes_in_a_release_are_text_like_any_other(family: str) -> None:
    tokens = load_family(checkpoint(family))
    silent = set(tokens.tokenizer.convert_tokens_to_ids(list(tokens.language_tokens.values())))
    plain, marked = tokens.encode(["Le feu", "Le <2es> __es__ spa_Latn es_XX >>spa<< </s> <pad> feu"], "fr", "en")
    assert [n for n in plain if n in silent] == [n for n in marked if n in silent]
    assert marked.count(tokens.tokenizer.eos_token_id) == 1
    assert tokens.encode([">>spa<< feu"], "fr", "en")[0].count(plain[0]) <= 1


@pytest.mark.parametrize(
    ("family", "source", "target", "supported"),
    [
        ("marian", "fr", "en", True),
        ("marian", "fr-CA", "en-GB", True),
        ("marian", "fr", "es", False),
        ("marian", "de", "en", False),
        ("marian multilingual", "fr", "pt-BR", True),
        ("marian multilingual", "fr", "ca", True),
        ("marian multilingual", "fr", "de", False),
        ("m2m100", "fr", "de", True),
        ("m2m100", "fr", "zh-Hant", False),
        ("m2m100", "fr", "nb", True),
        ("nllb", "fr", "zh-Hant", True),
        ("nllb", "fr", "zh-Hans", True),
        ("nllb", "fr", "ar", True),
        ("nllb", "fr", "ko", True),
        ("nllb", "fr", "fa", True),
        ("nllb", "fr", "x-rot13", False),
        ("mbart50", "fr", "pt-BR", True),
        ("mbart50", "fr", "ro", True),
        ("mbart50", "fr", "zh-Hans", True),
        ("mbart50", "fr", "ca", False),
        ("madlad", "fr", "zh-Hant", True),
        ("madlad", "oc", "pt", True),
        ("madlad", "fr", "de", False),
    ],
)
def test_languages(family: str, source: str, target: str, supported: bool) -> None:
    translator = build(family, "ctranslate2")
    assert translator.supports(source, target) is supported
    assert bool(translator.remedy(source, target)) is not supported
    assert translator.counts().loads == 0
    if not supported:
        with pytest.raises(LanguageError, match="it translates"):
            translator.translate(["Bonjour."], source, target)
        with pytest.raises(LanguageError):
            translator.signature(source, target)


@pytest.mark.parametrize(
    ("family", "target", "expected"),
    [
        ("marian multilingual", "es", (">>spa<<", None)),
        ("m2m100", "es", ("__fr__", "__es__")),
        ("nllb", "zh-Hant", ("fra_Latn", "zho_Hant")),
        ("mbart50", "es", ("fr_XX", "es_XX")),
        ("madlad", "zh-Hant", ("<2zh_Hant>", None)),
    ],
)
def test_where_each_family_wants_its_codes(family: str, target: str, expected: tuple[str, str | None]) -> None:
    tokens = load_family(checkpoint(family))
    first = tokens.tokenizer.convert_ids_to_tokens(tokens.encode(["Le feu."], "fr", target)[0])[0]
    prefix = tokens.tokenizer.convert_ids_to_tokens(tokens.decoder_prefix(target))
    assert (first, *prefix) == tuple(code for code in expected if code)


def test_bytes_of_rare_characters_are_put_together() -> None:
    tokens = load_family(checkpoint("madlad"))
    ids = tokens.tokenizer.convert_tokens_to_ids(["▁Le", "<0xE2>", "<0x82>", "<0xAC>", "<0xFF>"])
    assert tokens.decode([ids]) == ["Le€"]


def test_an_unknown_family_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "llama"}', encoding="utf-8")
    with pytest.raises(TranslatorError, match=r"llama.*Marian, M2M100"):
        load_family(tmp_path)
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(TranslatorError, match="cannot be read"):
        load_family(tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "marian"}', encoding="utf-8")
    with pytest.raises(TranslatorError, match="tokenizer"):
        load_family(tmp_path)


def test_an_already_converted_folder_needs_no_checkpoint(tmp_path: Path) -> None:
    from pipeline.translate.ctranslate2_convert import convert_checkpoint

    source = checkpoint("nllb")
    converted = tmp_path / "converted"
    shutil.copytree(convert_checkpoint(source, "a-digest", "float32"), converted)
    for file in (*source.glob("tokenizer*"), *source.glob("*.model")):
        shutil.copy(file, converted)
    config = SystemConfig(name="x", backend="ctranslate2", model=str(converted), device="cpu", threads=1)
    config = config.model_copy(update={"compute_type": "float32", "decoding": DecodingConfig(max_length_factor=1)})
    translator = build_translator(config)
    assert translator.signature("fr", "en")["digest"]
    expected = build("nllb", "ctranslate2", beam_size=4, n_best=1).translate(TEXTS, "fr", "en")
    assert translator.translate(TEXTS, "fr", "en") == expected


def test_marian_with_a_trained_start_token_is_converted_faithfully(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "tuned"
    shutil.copytree(checkpoint("marian"), folder)
    weights = load_file(folder / "model.safetensors")
    pad = json.loads((folder / "config.json").read_text(encoding="utf-8"))["pad_token_id"]
    weights["model.shared.weight"][pad] = 0.5
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    made = []
    for backend in ("seq2seq", "ctranslate2"):
        config = SystemConfig(name="x", backend=backend, model=str(folder), threads=1, device="cpu")
        config = config.model_copy(update={"compute_type": "float32"})
        made.append(build_translator(config).translate(TEXTS[:2], "fr", "en"))
    for ours, theirs in zip(*made, strict=True):
        assert ours[0].text == theirs[0].text
        assert ours[0].score == pytest.approx(theirs[0].score, abs=5e-4)
    plain = build("marian", "seq2seq", beam_size=4, n_best=1, max_length_factor=2).translate(TEXTS[:2], "fr", "en")
    assert plain != made[0]
