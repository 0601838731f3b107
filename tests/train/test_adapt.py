"""A model is fitted to approved translations, and published only where that helped and harmed nothing."""

from itertools import product
from pathlib import Path

import pytest

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import InputError, TranslatorError
from pipeline.train.adapt import GENERAL, MEMORY, Adaptation, Fitting, adapt_model, is_acceptable
from pipeline.train.evaluate import DevScores
from pipeline.train.recipe import LearningRecipe
from pipeline.translate import build_translator
from pipeline.translate.tmx import Entry, write_tmx
from tests.train.tiny_training import DOES, MADE, WHO, learnt
from tests.translate.tiny_models import checkpoint

OBJECTS = (
    ("un musée", "a museum"),
    ("la gare", "the station"),
    ("une école", "a school"),
    ("le festival", "the festival"),
    ("la réunion", "the meeting"),
    ("le train", "the train"),
    ("un accord", "an agreement"),
    ("l'enquête", "the investigation"),
)
APPROVED = [
    Entry(*(f"{' '.join(side)}." for side in zip(*parts, strict=True))) for parts in product(WHO, DOES, OBJECTS)
]
GREEDY = DecodingConfig(beam_size=1)
LEARNING = LearningRecipe(
    rate=2e-3, warm_up=0.1, label_smoothing=0.0, step_tokens=2_000, batch_tokens=1_000, average=0.9
)


def adapt(folder: Path, entries: list[Entry], fitting: Fitting, told: list[str] | None = None) -> Adaptation:
    write_tmx(folder / "approved.tmx", entries, "fr", "en")
    lines = [f"{french}\t{english}\n" for french, english in MADE]
    (folder / "general.tsv").write_text("".join(lines), encoding="utf-8")
    told = [] if told is None else told
    model = str(learnt() / "model" / "transformers")
    return adapt_model(model, folder / "approved.tmx", [folder / "general.tsv"], folder / "out", told.append, fitting)


@pytest.mark.slow
def test_an_improvement_is_published(tmp_path: Path) -> None:
    told: list[str] = []
    made = adapt(tmp_path, APPROVED, Fitting(LEARNING, steps=120, evaluate_every=20), told)
    assert made.exported is not None
    assert made.after[MEMORY].chrf > made.before[MEMORY].chrf
    assert round(made.after[GENERAL].chrf, 1) >= round(made.before[GENERAL].chrf, 1)
    assert any(line.startswith("approved translations: kept 128") for line in told)
    card = (made.exported.int8 / "README.md").read_text(encoding="utf-8")
    assert f"{MEMORY}, before" in card
    assert f"{GENERAL}, after" in card
    translator = build_translator(
        SystemConfig(name="fitted", backend="ctranslate2", model=str(made.exported.int8), device="cpu", decoding=GREEDY)
    )
    [[candidate]] = translator.translate([APPROVED[3].source], "fr", "en")
    assert candidate.text == APPROVED[3].target
    translator.close()


def scores(memory: float, general: float) -> dict[str, DevScores]:
    return {MEMORY: DevScores(0, memory, ("", ""), 9), GENERAL: DevScores(0, general, ("", ""), 9)}


@pytest.mark.parametrize(
    ("memory", "general", "acceptable"),
    [
        (51.0, 60.0, True),
        (50.2, 61.0, True),
        (50.2, 59.96, True),
        (50.0, 61.0, False),
        (50.04, 61.0, False),
        (70.0, 59.9, False),
        (49.0, 61.0, False),
        (49.0, 59.0, False),
    ],
)
def test_worse_on_either_set_is_not_acceptable(memory: float, general: float, acceptable: bool) -> None:
    assert is_acceptable(scores(50.0, 60.0), scores(memory, general)) is acceptable


def test_a_ruined_model_is_refused(tmp_path: Path) -> None:
    ruinous = LEARNING.model_copy(update={"rate": 1.0, "average": 0.0})
    made = adapt(tmp_path, APPROVED, Fitting(ruinous, steps=15, evaluate_every=5))
    assert made.exported is None
    assert made.reason.startswith("refused")
    assert made.after[GENERAL].chrf < made.before[GENERAL].chrf
    assert not (tmp_path / "out" / "model").exists()


def test_learning_stops_when_it_helps_no_more(tmp_path: Path) -> None:
    told: list[str] = []
    adapt(tmp_path, APPROVED, Fitting(LEARNING.model_copy(update={"rate": 1e-9}), steps=50, evaluate_every=1), told)
    assert sum(line.startswith("step ") for line in told) == 4


def test_a_memory_that_is_too_small_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fewer than 50 entries"):
        adapt(tmp_path, APPROVED[:40], Fitting(LEARNING))


def test_general_pairs_are_needed(tmp_path: Path) -> None:
    write_tmx(tmp_path / "a.tmx", APPROVED, "fr", "en")
    (tmp_path / "general.tsv").write_text("Oui.\tYes.\n", encoding="utf-8")
    model = str(learnt() / "model" / "transformers")
    with pytest.raises(InputError, match="too few general pairs"):
        adapt_model(model, tmp_path / "a.tmx", [tmp_path / "general.tsv"], tmp_path / "out", print)


@pytest.mark.parametrize(
    ("model", "told"),
    [("int8", "which cannot learn"), ("nllb", "only Marian"), ("marian multilingual", "one source and one target")],
)
def test_models_that_cannot_be_fitted_are_refused(tmp_path: Path, model: str, told: str) -> None:
    folder = learnt() / "model" / "int8" if model == "int8" else checkpoint(model)
    with pytest.raises(TranslatorError, match=told):
        adapt_model(str(folder), tmp_path / "a.tmx", [], tmp_path / "out", print)
