"""The options of neural systems, and the configurations that come with the project."""

from pathlib import Path

import pytest

from pipeline.config import SystemConfig
from pipeline.config_file import load_config
from pipeline.errors import ConfigError
from pipeline.translate import build_translator
from tests.translate.tiny_models import PAIRS, checkpoint

CONFIGS = Path(__file__).parents[2] / "configs"
TINY = {
    "opus-mt-cpu": ["marian"],
    "nllb-gpu": ["nllb"],
    "madlad-gpu": ["madlad"],
    "compare": [None, "marian"],
}
"""The tiny checkpoint that stands in for each system's model; None for a system without one."""


@pytest.mark.parametrize("name", TINY)
def test_each_configuration_translates_with_a_tiny_model_in_place_of_the_named_one(name: str) -> None:
    config = load_config(CONFIGS / f"{name}.toml")
    assert len(config.systems) == len(TINY[name])
    for system, family in zip(config.systems, TINY[name], strict=True):
        if family is None:
            continue
        assert Path(system.model).parent == CONFIGS / "models"
        small = {"model": str(checkpoint(family)), "device": "cpu", "compute_type": "auto", "threads": 1}
        translator = build_translator(system.model_copy(update=small))
        for target in [target for target in config.targets if translator.supports("fr", target)]:
            made = translator.translate([french for french, _ in PAIRS[:3]], "fr", target)
            assert len(made) == 3
        assert translator.supports("fr", "en")


def problems(tmp_path: Path, system: str) -> list[str]:
    path = tmp_path / "run.toml"
    path.write_text(f'[[systems]]\nname = "x"\n{system}\n', encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        for configured in load_config(path).systems:
            build_translator(configured)
    return raised.value.problems


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ('backend = "seq2seq"', "model: missing; seq2seq needs it"),
        ('backend = "ctranslate2"', "model: missing; ctranslate2 needs it"),
        ('backend = "apertium"\nrevision = "' + "0" * 40 + '"', "revision: only for seq2seq and ctranslate2"),
        ('backend = "apertium"\n[systems.decoding]\nbeam_size = 2', "decoding: only for"),
        ('backend = "seq2seq"\nmodel = "m"\ncompute_type = "int8"', "seq2seq has no int8"),
        ('backend = "seq2seq"\nmodel = "a/b"\nrevision = "main"', "revision"),
        ('backend = "seq2seq"\nmodel = "m"\n[systems.decoding]\nbeam_size = 0', "decoding.beam_size"),
        ('backend = "seq2seq"\nmodel = "m"\n[systems.decoding]\nn_best = 9', "n_best: 9 candidates need"),
        ('backend = "seq2seq"\nmodel = "m"\n[systems.decoding]\nbeams = 9', "decoding.beams: no such key"),
        ('backend = "seq2seq"\nmodel = "m"\ndevice = "tpu"', "device"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, system: str, says: str) -> None:
    found = problems(tmp_path, system)
    assert len(found) == 1
    assert says in found[0]


def test_a_model_folder_is_beside_the_configuration_and_a_hub_name_stays(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    commit = "0123456789" * 4
    path.write_text(
        '[[systems]]\nname = "a"\nbackend = "seq2seq"\nmodel = "models/m"\n'
        f'[[systems]]\nname = "b"\nbackend = "ctranslate2"\nmodel = "org/m"\nrevision = "{commit}"\n',
        encoding="utf-8",
    )
    folder, hub = load_config(path).systems
    assert folder.model == str(tmp_path / "models" / "m")
    assert hub.model == "org/m"


def test_apertium_is_unaffected() -> None:
    assert SystemConfig(name="apertium", backend="apertium").decoding.beam_size == 4
