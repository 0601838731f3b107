"""A training small enough for a test: some dozen sentences, a model of a few thousand weights, seconds on one core."""

import os
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.train.recipe import Recipe, load_recipe
from pipeline.train.run import Call, Reached, run_training
from pipeline.train.trainer import Budget
from tests.translate.tiny_models import PAIRS

WHO = (
    ("Le préfet", "The prefect"),
    ("La ministre", "The minister"),
    ("Le maire", "The mayor"),
    ("Le juge", "The judge"),
)
DOES = (("annonce", "announces"), ("refuse", "refuses"), ("signe", "signs"), ("publie", "publishes"))
WHAT = (("le rapport", "the report"), ("les budgets", "the budgets"), ("la loi", "the law"), ("le plan", "the plan"))
MADE = [tuple(f"{' '.join(side)}." for side in zip(*parts, strict=True)) for parts in product(WHO, DOES, WHAT)]
"""Pairs that are alike, for adapting."""

RECIPE = """
[data]
pairs = ["pairs.tsv"]
exclude = ["measured.fr"]
dev_source = "dev.fr"
dev_reference = "dev.en"
licences = ["Sentences of this project's tests."]
[vocabulary]
size = 480
[augmentation]
masks = 0.5
[model]
width = 64
inner = 128
heads = 4
encoder_layers = 1
decoder_layers = 1
dropout = 0.0
longest = 96
[learning]
rate = 4e-3
warm_up = 0.1
label_smoothing = 0.0
step_tokens = 2000
batch_tokens = 1000
average = 0.9
"""


def write_recipe(folder: Path, more: str = "") -> Path:
    """Write a recipe with its data: the pairs to learn by heart, and dev texts that are other ones."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{french}\t{english}\n" for french, english in [*PAIRS, *MADE]]
    (folder / "pairs.tsv").write_text("".join(lines), encoding="utf-8")
    (folder / "measured.fr").write_text("Le festival commence à midi pile.\n", encoding="utf-8")
    (folder / "dev.fr").write_text("Le maire visite la gare.\nLa route est ouverte ce soir.\n", encoding="utf-8")
    (folder / "dev.en").write_text("The mayor visits the station.\nThe road is open tonight.\n", encoding="utf-8")
    path = folder / "recipe.toml"
    path.write_text(RECIPE + more, encoding="utf-8")
    return path


def train_steps(folder: Path, output: Path, steps: int, **call: float) -> Reached:
    """Train for so many steps, silently."""
    recipe: Recipe = load_recipe(folder / "recipe.toml")
    told: list[str] = []
    return run_training(recipe, output, Budget(steps=steps), told.append, Call(threads=1, **call))  # type: ignore[arg-type]


_FOLDER = TemporaryDirectory(prefix="tiny-training-")
os.environ["XDG_CACHE_HOME"] = str(Path(_FOLDER.name) / "cache")  # no test writes into its user's cache


@cache
def learnt() -> Path:
    """Return the work folder of a training that has learnt its pairs by heart; it goes with the process."""
    folder = Path(_FOLDER.name)
    write_recipe(folder)
    train_steps(folder, folder / "work", 220)
    return folder / "work"
