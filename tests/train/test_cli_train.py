"""The commands that make models, as their users meet them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ConfigError
from pipeline.translate.tmx import Entry, write_tmx
from tests.train.test_adapt import APPROVED
from tests.train.tiny_training import MADE, learnt, write_recipe
from tests.translate.tiny_models import PAIRS


def call(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.strip()


def test_a_training_prints_the_folder_of_its_model(tmp_path: Path) -> None:
    recipe = write_recipe(tmp_path)
    assert call("train", recipe, "-o", tmp_path / "work", "--prepare", "--threads", "1") == (0, "")
    assert json.loads((tmp_path / "work" / "arrays" / "counts.json").read_text(encoding="utf-8"))["plain"] == len(
        PAIRS
    ) + len(MADE)
    words = ("train", recipe, "-o", tmp_path / "work", "--steps", "2", "--threads", "1")
    assert call(*words, "--slice-minutes", "0.000001") == (0, "")
    code, told = call(*words)
    assert code == 0
    assert Path(told.splitlines()[-1]) == tmp_path / "work" / "model" / "int8"
    assert (tmp_path / "work" / "model" / "int8" / "model.bin").is_file()


def test_a_budget_is_needed_and_only_one(tmp_path: Path) -> None:
    recipe = write_recipe(tmp_path)
    for more in ((), ("--minutes", "1", "--steps", "1")):
        with pytest.raises(ConfigError, match="give one of them"):
            call("train", recipe, "-o", tmp_path / "work", *more)


def test_a_model_that_became_no_better_ends_with_code_1(tmp_path: Path) -> None:
    known = [Entry(*pair) for pair in MADE]
    write_tmx(tmp_path / "a.tmx", known, "fr", "en")
    (tmp_path / "g.tsv").write_text("".join(f"{one.source}\t{one.target}\n" for one in APPROVED), encoding="utf-8")
    model = learnt() / "model" / "transformers"
    words = ("--memory", tmp_path / "a.tmx", "--general", tmp_path / "g.tsv", "-o", tmp_path / "out", "--steps", "2")
    assert call("adapt", model, *words) == (1, "")
    assert not (tmp_path / "out" / "model").exists()
