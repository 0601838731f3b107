"""A recipe is read whole, or every problem in it is said."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.train.recipe import load_recipe

ROOT = Path(__file__).parents[2]


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_recipe_that_comes_with_the_project_can_be_read() -> None:
    recipe = load_recipe(ROOT / "configs" / "train" / "fr-en.toml")
    assert (recipe.model.encoder_layers, recipe.model.decoder_layers, recipe.vocabulary.size) == (6, 2, 16_000)
    assert recipe.learning.step_tokens >= 100_000
    assert recipe.augmentation["terms"] == 0.1


def test_paths_are_relative_to_the_recipe(tmp_path: Path) -> None:
    recipe = load_recipe(write(tmp_path, '[data]\npairs = ["a.tsv"]\ndev_source = "d.fr"\ndev_reference = "d.en"'))
    assert recipe.data.pairs == (str(tmp_path / "a.tsv"),)
    assert recipe.data.dev_source == str(tmp_path / "d.fr")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "data"),
        ("[data]\npairs = []", "data.pairs"),
        ('[data]\npairs = ["a"]\ndev_source = "b"', "give both or neither"),
        ('[data]\npairs = ["a"]\n[augmentation]\nbackwards = 0.1', "there is no “backwards”"),
        ('[data]\npairs = ["a"]\n[augmentation]\nupper = 1.5', "augmentation.upper"),
        ('[data]\npairs = ["a"]\n[model]\nwidth = 100\nheads = 8', "cannot be divided"),
        ('[data]\npairs = ["a"]\n[model]\nlayers = 8', "model.layers"),
        ("[data", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        load_recipe(write(tmp_path, text))


def test_a_missing_recipe_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="give the path"):
        load_recipe(tmp_path / "none.toml")
