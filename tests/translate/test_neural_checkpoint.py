"""A model's files: what is read, what is refused, what is made of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import SystemConfig
from pipeline.errors import TranslatorError
from pipeline.translate import build_translator
from pipeline.translate import checkpoint as files
from pipeline.translate.ctranslate2_convert import convert_checkpoint, read_vocabulary
from tests.translate.tiny_models import PAIRS, checkpoint


def pickled(tmp_path: Path) -> Path:
    import torch
    from safetensors.torch import load_file

    folder = tmp_path / "pickled"
    shutil.copytree(checkpoint("marian"), folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    return folder


@pytest.mark.parametrize("backend", ["seq2seq", "ctranslate2"])
def test_pickled_weights_are_refused_with_the_way_to_convert_them(tmp_path: Path, backend: str) -> None:
    folder = pickled(tmp_path)
    config = SystemConfig(name="x", backend=backend, model=str(folder), device="cpu", threads=1)
    with pytest.raises(TranslatorError, match="pickled") as refused:
        build_translator(config).translate([PAIRS[0][0]], "fr", "en")
    command = re.search(r'python -c "(.*?)"', refused.value.remedy)
    assert command
    subprocess.run([sys.executable, "-c", command[1].replace("DIR", str(folder))], check=True, capture_output=True)
    safe = build_translator(config.model_copy(update={"model": str(checkpoint("marian"))}))
    assert build_translator(config).translate([PAIRS[0][0]], "fr", "en") == safe.translate([PAIRS[0][0]], "fr", "en")


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranslatorError, match=r"no \*\.safetensors"):
        files.find_checkpoint(str(tmp_path), "")


def test_the_digest_is_that_of_weights_and_tokenizer_wherever_they_lie(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(checkpoint("marian"), copy)
    (copy / "README.md").write_text("changes nothing", encoding="utf-8")
    digest = files.digest_checkpoint(checkpoint("marian"))
    assert files.digest_checkpoint(copy) == digest
    vocabulary = copy / "vocab.json"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert files.digest_checkpoint(copy) != digest


def test_a_large_file_is_read_again_only_when_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MEMO_BYTES", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "model"
    folder.mkdir()
    weights = folder / "model.safetensors"
    weights.write_bytes(b"one")
    first = files.digest_checkpoint(folder)
    memo = next((tmp_path / "cache" / "communique" / "digests").iterdir())
    assert files.digest_checkpoint(folder) == first
    memo.write_text("cut off", encoding="ascii")
    assert files.digest_checkpoint(folder) == first
    weights.write_bytes(b"two!")
    assert files.digest_checkpoint(folder) != first


def test_a_hub_that_cannot_be_reached_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import huggingface_hub

    def refuse(*arguments: object, **options: object) -> str:
        raise huggingface_hub.errors.LocalEntryNotFoundError("offline")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", refuse)
    config = SystemConfig(name="x", backend="ctranslate2", model="org/model", revision="0" * 40)
    with pytest.raises(TranslatorError, match="org/model at 000000000000 cannot be had"):
        build_translator(config).supports("fr", "en")
    with pytest.raises(TranslatorError, match="cannot be had"):
        files.find_checkpoint("org/model", "0" * 40)


def test_a_hub_model_is_asked_for_by_commit_and_without_anything_that_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import huggingface_hub

    asked: list[tuple[str, list[str]]] = []

    def download(model: str, *, revision: str, allow_patterns: list[str]) -> str:
        asked.append((revision, allow_patterns))
        if "*.safetensors" in allow_patterns:
            (tmp_path / "model.safetensors").write_bytes(b"")
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    files.find_text_files("org/model", "1" * 40)
    files.find_checkpoint("org/model", "1" * 40)
    assert {revision for revision, _ in asked} == {"1" * 40}
    assert "*.safetensors" not in asked[0][1]
    assert not any(pattern.endswith((".bin", ".pt", ".pickle")) for _, patterns in asked for pattern in patterns)
    assert not any(pattern.endswith(".py") or pattern == "*" for _, patterns in asked for pattern in patterns)


def test_a_conversion_is_made_once_and_published_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = checkpoint("m2m100")
    converted = convert_checkpoint(folder, "d", "float32")
    made = (converted / "model.bin").stat()
    assert convert_checkpoint(folder, "d", "float32") == converted
    assert (converted / "model.bin").stat().st_mtime_ns == made.st_mtime_ns
    assert convert_checkpoint(folder, "d", "int8_float32") != converted
    assert convert_checkpoint(folder, "e", "float32") != converted
    assert len(list(converted.parent.iterdir())) == 3
    tokens = read_vocabulary(converted, "source")
    assert tokens[-8:] == [f"madeupword{number}" for number in range(len(tokens) - 8, len(tokens))]
    assert tokens[-9] == "__zu__"


def test_a_conversion_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    broken = tmp_path / "broken"
    shutil.copytree(checkpoint("marian"), broken)
    (broken / "model.safetensors").write_bytes(b"not at all")
    with pytest.raises(TranslatorError, match="cannot be loaded"):
        convert_checkpoint(broken, "d", "float32")
    assert list((tmp_path / "cache" / "communique" / "ctranslate2").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(TranslatorError, match="XDG_CACHE_HOME"):
        convert_checkpoint(checkpoint("marian"), "d", "float32")


def test_a_converted_folder_without_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranslatorError, match="vocabulary"):
        read_vocabulary(tmp_path, "source")
