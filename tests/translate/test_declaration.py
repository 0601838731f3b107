"""A model's folder says how it wants placeables and terms, and is believed; models in the package go by name."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import SystemConfig
from pipeline.config_file import load_config
from pipeline.errors import TranslatorError
from pipeline.translate import build_translator
from pipeline.translate.checkpoint import find_checkpoint, find_text_files
from pipeline.translate.declaration import (
    DECLARATION,
    MASKS,
    MOST_MASKS,
    TERMS,
    declare,
    declared_masks,
    declared_terms,
    symbols,
)
from pipeline.translate.embedded import find_embedded, models_folder
from pipeline.translate.neural import NeuralTranslator
from tests.translate.tiny_models import checkpoint


def declare_in(folder: Path, value: object) -> Path:
    (folder / DECLARATION).write_text(json.dumps(value), encoding="utf-8")
    return folder


def test_what_is_declared_is_read_back(tmp_path: Path) -> None:
    folder = declare_in(tmp_path, declare())
    assert declared_masks(folder) == MASKS
    assert declared_terms(folder) == TERMS
    assert f"{MASKS.before}{MOST_MASKS}{MASKS.after}" in symbols()
    assert TERMS.write("loi", "law") == "⟪ loi ⇒ law ⟫"


def test_a_folder_may_declare_nothing(tmp_path: Path) -> None:
    assert declared_masks(tmp_path) is None
    assert declared_terms(declare_in(tmp_path, {"masks": {"before": "<", "after": ">"}})) is None


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"masks": []},
        {"masks": {"before": "<"}},
        {"masks": {"before": 1, "after": ">"}},
        {"masks": {"before": "", "after": "x" * 9}},
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(TranslatorError, match="get the model's files again"):
        declared_masks(declare_in(tmp_path, value))


def test_a_translator_writes_placeables_as_the_folder_says(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(checkpoint("marian"), tmp_path / "marian"))
    undeclared = build_translator(SystemConfig(name="m", backend="seq2seq", model=str(folder)))
    assert isinstance(undeclared, NeuralTranslator)
    assert undeclared._write("\ue000 mai")[0] == "⟦1⟧ mai"
    before = undeclared.signature("fr", "en")
    declare_in(folder, {"masks": {"before": "[x", "after": "]"}})
    declared = build_translator(SystemConfig(name="m", backend="seq2seq", model=str(folder)))
    assert isinstance(declared, NeuralTranslator)
    assert declared._write("\ue000 mai")[0] == "[x1] mai"
    assert declared.signature("fr", "en")["digest"] != before["digest"]


class TestEmbedded:
    @pytest.fixture
    def model(self) -> Iterator[str]:
        """Put a model into the package, and take it out again."""
        folder = models_folder() / "zz-test"
        folder.mkdir(parents=True)
        (folder / "model.bin").write_bytes(b"")
        yield "embedded:zz-test"
        (folder / "model.bin").unlink()
        folder.rmdir()
        if not any(models_folder().iterdir()):
            models_folder().rmdir()

    def test_a_model_in_the_package_is_found_by_its_name(self, model: str) -> None:
        assert find_embedded(model).name == "zz-test"
        assert find_text_files(model, "") == find_checkpoint(model, "") == find_embedded(model)

    @pytest.mark.parametrize("name", ["embedded:fr-xx", "embedded:", "embedded:../translate", "embedded:a/b"])
    def test_a_model_that_is_not_there_says_how_to_make_it(self, model: str, name: str) -> None:
        with pytest.raises(TranslatorError, match=r"docs/training\.md") as caught:
            find_embedded(name)
        assert model in str(caught.value)

    def test_its_name_is_no_path_beside_the_configuration(self, tmp_path: Path) -> None:
        file = tmp_path / "c.toml"
        file.write_text(
            '[[systems]]\nname = "own"\nbackend = "ctranslate2"\nmodel = "embedded:fr-en"\n', encoding="utf-8"
        )
        assert load_config(file).systems[0].model == "embedded:fr-en"
