"""Licences: known models by any spelling of their name, and no commercial use where it is forbidden."""

import pytest

from pipeline.config import Config, SystemConfig
from pipeline.errors import ConfigError
from pipeline.translate.licences import check_licences, licence_of, models_of


@pytest.mark.parametrize(
    ("model", "licence", "commercial"),
    [
        ("facebook/nllb-200-distilled-600M", "CC-BY-NC-4.0", False),
        ("./models/nllb_200_1.3B", "CC-BY-NC-4.0", False),
        ("JustFrederik/NLLB-200-3.3B-ct2-int8", "CC-BY-NC-4.0", False),
        ("Unbabel/TowerInstruct-7B-v0.2", "CC-BY-NC-4.0", False),
        ("Unbabel/wmt22-cometkiwi-da", "CC-BY-NC-SA-4.0", False),
        ("CometKiwi", "CC-BY-NC-SA-4.0", False),
        ("Unbabel/XCOMET-XL", "CC-BY-NC-SA-4.0", False),
        ("Unbabel/wmt22-comet-da", "Apache-2.0", True),
        ("google/madlad400-3b-mt", "Apache-2.0", True),
        ("Helsinki-NLP/opus-mt-fr-es", "CC-BY-4.0 or Apache-2.0", True),
        ("Helsinki-NLP/opus-mt-tc-big-en-fr", "CC-BY-4.0 or Apache-2.0", True),
        ("facebook/m2m100_418M", "MIT", True),
        ("facebook/mbart-large-50-many-to-many-mmt", "MIT", True),
        ("opus-mt-fr-es-then-nllb-200", "CC-BY-NC-4.0", False),
    ],
)
def test_a_known_model_has_its_licence(model: str, licence: str, commercial: bool) -> None:
    found = licence_of(model)
    assert found is not None
    assert (found.name, found.commercial) == (licence, commercial)


@pytest.mark.parametrize("model", ["", "mine", "nllbish", "my-panllb", "facebook/wmt19-en-de", "opus", "llama-3"])
def test_an_unknown_one_has_none(model: str) -> None:
    assert licence_of(model) is None


CONFIG = Config.model_validate(
    {
        "systems": [
            {"name": "a", "backend": "chat", "model": "mine"},
            {"name": "b", "backend": "chat", "model": "TowerInstruct-7B"},
            {
                "name": "c",
                "backend": "memory",
                "then": {
                    "name": "d",
                    "backend": "memory",
                    "then": {"name": "e", "backend": "chat", "model": "facebook/nllb-200-3.3B"},
                },
            },
            {"name": "f", "backend": "apertium"},
            {
                "name": "g",
                "backend": "pivot",
                "via": ["en"],
                "first": {"name": "h", "backend": "ctranslate2", "model": "opus"},
                "then": {"name": "i", "backend": "chat", "model": "llama-3"},
            },
        ]
    }
)


def test_every_model_is_found_under_its_key() -> None:
    assert models_of(CONFIG.systems) == {
        "systems[0].model": "mine",
        "systems[1].model": "TowerInstruct-7B",
        "systems[2].then.then.model": "facebook/nllb-200-3.3B",
        "systems[4].first.model": "opus",
        "systems[4].then.model": "llama-3",
    }


def test_commercial_use_refuses_all_that_forbid_it_with_the_reason() -> None:
    with pytest.raises(ConfigError, match="2 problems") as failure:
        check_licences(models_of(CONFIG.systems) | {"metrics[0]": "Unbabel/wmt22-comet-da"}, "commercial")
    first, second = failure.value.problems
    assert first.startswith("systems[1].model: TowerInstruct-7B is under CC-BY-NC-4.0, which forbids commercial use")
    assert second.startswith("systems[2].then.then.model: facebook/nllb-200-3.3B is under")


def test_research_refuses_nothing_and_unknown_licences_are_named_once() -> None:
    models = models_of(CONFIG.systems) | {"metrics[0]": "mine", "metrics[1]": "other"}
    assert check_licences(models, "research") == ("mine", "opus", "llama-3", "other")


def test_commercial_use_of_unknown_models_is_left_to_people() -> None:
    assert check_licences(models_of([SystemConfig(name="a", backend="chat", model="mine")]), "commercial") == ("mine",)
