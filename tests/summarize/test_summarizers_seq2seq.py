"""Checkpoints of each family, tiny and untrained: what they write is noise, but every path to it is real."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.config import ChannelConfig, DecodingConfig, SystemConfig
from pipeline.errors import ConfigError, TranslatorError
from pipeline.summarize.summarizers import SUMMARIZERS, build_summarizer

pytest.importorskip("torch")
pytest.importorskip("transformers")

_spec = importlib.util.spec_from_file_location(
    "tiny_models", Path(__file__).parents[1] / "translate" / "tiny_models.py"
)
assert _spec and _spec.loader
tiny_models = sys.modules.get("tiny_models") or importlib.util.module_from_spec(_spec)
if "tiny_models" not in sys.modules:
    sys.modules["tiny_models"] = tiny_models
    _spec.loader.exec_module(tiny_models)

HEADLINE = ChannelConfig(name="headline", max_chars=90)
SENTENCES = [french for french, _ in tiny_models.PAIRS]
_FOLDER = TemporaryDirectory(prefix="tiny-summarizers-")


@cache
def checkpoint(family: str) -> Path:
    """Make a BART or PEGASUS checkpoint with a tokenizer of its own, or take one that the translators use."""
    if family in {"mbart50", "madlad"}:
        return tiny_models.checkpoint(family)
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

    folder = Path(_FOLDER.name) / family
    marks = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    tokenizer = Tokenizer(models.BPE(unk_token=marks["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.train_from_iterator(tiny_models.corpus(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks)
    fast.save_pretrained(folder)
    config_class = {"bart": transformers.BartConfig, "pegasus": transformers.PegasusConfig}[family]
    config = config_class(
        vocab_size=len(fast),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=96,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        init_std=0.3,
    )
    torch.manual_seed(3)
    transformers.AutoModelForSeq2SeqLM.from_config(config).save_pretrained(folder)
    return folder


def summarizer(family: str, **options):
    return build_summarizer(
        SystemConfig(
            name="writer",
            backend="seq2seq",
            model=str(checkpoint(family)),
            decoding=DecodingConfig(beam_size=1),
            device="cpu",
            threads=1,
            **options,
        )
    )


@pytest.mark.parametrize("family", ["bart", "pegasus", "mbart50", "madlad"])
def test_every_family_writes_something_about_each_release_and_the_same_again(family):
    writer = summarizer(family)
    first = writer.summarize([SENTENCES[:3], SENTENCES[3:5]], "fr", HEADLINE)
    assert len(first) == 2
    assert all(isinstance(text, str | TranslatorError) for text in first)
    assert "\n" not in "".join(filter(lambda text: isinstance(text, str), first))
    assert [str(one) for one in writer.summarize([SENTENCES[:3], SENTENCES[3:5]], "fr", HEADLINE)] == [
        str(one) for one in first
    ]
    writer.close()


def test_a_long_release_is_read_to_its_end():
    writer = summarizer("bart")
    long = SENTENCES[:16]
    writer.summarize([SENTENCES[:1]], "fr", HEADLINE)
    seen = []
    generate = writer._generate
    writer._generate = lambda texts, lang, most: seen.append(list(texts)) or generate(texts, lang, most)
    writer.summarize([long], "fr", HEADLINE)
    assert len(seen) >= 2
    assert " ".join(seen[0]).split() == " ".join(long).split()
    assert all(writer._count(window) <= writer._room for window in seen[0])
    assert len(seen[-1]) == 1


def test_nothing_to_summarize_is_an_error_that_costs_no_other_release():
    empty, other = summarizer("bart").summarize([[], SENTENCES[:2]], "fr", HEADLINE)
    assert isinstance(empty, TranslatorError)
    assert "nothing to summarize" in str(empty)
    assert isinstance(other, str)


def test_a_model_with_language_marks_knows_only_its_languages():
    assert summarizer("mbart50").supports("fr")
    assert summarizer("mbart50").supports("pt-BR")
    assert not summarizer("mbart50").supports("br")
    assert summarizer("bart").supports("br")


def test_the_signature_changes_with_what_changes_the_result_and_not_with_the_place(tmp_path):
    import shutil

    moved = shutil.copytree(checkpoint("bart"), tmp_path / "elsewhere")
    here = summarizer("bart").signature("fr")
    config = SystemConfig(name="writer", backend="seq2seq", model=str(moved), decoding=DecodingConfig(beam_size=1))
    assert build_summarizer(config).signature("fr") == here
    other = config.model_copy(update={"decoding": DecodingConfig(beam_size=2)})
    assert build_summarizer(other).signature("fr") != here


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"backend": "apertium", "model": "x"}, "there is no summarizer “apertium”; use one of seq2seq, chat"),
        ({"backend": "seq2seq"}, "model: missing"),
        ({"backend": "chat", "model": "x"}, "url: missing"),
    ],
)
def test_what_is_missing_is_said(options, told):
    with pytest.raises(ConfigError, match=told):
        build_summarizer(SystemConfig(name="writer", **options))
    assert list(SUMMARIZERS) == ["seq2seq", "chat"]


def test_a_folder_without_a_model_is_said(tmp_path):
    with pytest.raises(TranslatorError, match="there is no model folder"):
        build_summarizer(SystemConfig(name="w", backend="seq2seq", model=str(tmp_path / "none"))).summarize(
            [SENTENCES], "fr", HEADLINE
        )
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(TranslatorError, match="cannot be loaded"):
        build_summarizer(SystemConfig(name="w", backend="seq2seq", model=str(tmp_path))).supports("fr")
