"""The recipe of a training: a TOML file in, one frozen `Recipe` out, or every problem at once with its path.

What stands here changes the model. How long it may take and where it is made is said on the command line.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.config import Number, Tag, Whole
from pipeline.errors import ConfigError
from pipeline.train.augment import AUGMENTATIONS

Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataRecipe(_Section):
    """`[data]`: what is learnt, and what must not be."""

    pairs: tuple[str, ...] = Field(min_length=1)
    """Files and folders (`pipeline.train.pairs`), relative to the recipe; the last part may hold `*`."""
    every: Whole = Field(1, ge=1)
    """Only every so many-th pair is taken."""
    exclude: tuple[str, ...] = ()
    """Texts that are measured on: none of their lines is learnt."""
    dev_source: str = ""
    dev_reference: str = ""
    """Line-aligned texts that the training is watched on."""
    dev_sentences: Whole = Field(500, ge=1)
    """Lines of them, spread over the whole."""
    licences: tuple[str, ...] = ()
    """Where the pairs come from and under what licence, one line each, for the model's card."""
    limits: tuple[str, ...] = ()
    """What a model of these pairs is not good for, for its card."""

    @model_validator(mode="after")
    def _both(self) -> "DataRecipe":
        if bool(self.dev_source) != bool(self.dev_reference):
            raise ValueError("dev_source and dev_reference: give both or neither")
        return self


class VocabularyRecipe(_Section):
    """`[vocabulary]`: the SentencePiece model, one for both languages."""

    size: Whole = Field(16_000, ge=400, le=65_000)
    sentences: Whole = Field(1_000_000, ge=100)
    """Sentences, drawn from both sides, that it is learnt from."""


class ModelRecipe(_Section):
    """`[model]`: the Marian architecture's sizes."""

    width: Whole = Field(512, ge=16)
    inner: Whole = Field(2048, ge=16)
    heads: Whole = Field(8, ge=1)
    encoder_layers: Whole = Field(6, ge=1)
    decoder_layers: Whole = Field(2, ge=1)
    dropout: Number = Field(0.1, ge=0, lt=1)
    longest: Whole = Field(200, ge=16, le=512)
    """Tokens of the longest sequence, the end mark included."""

    @model_validator(mode="after")
    def _divisible(self) -> "ModelRecipe":
        if self.width % (2 * self.heads):
            raise ValueError(f"width: {self.width} cannot be divided by twice the number of heads, {self.heads}")
        return self


class LearningRecipe(_Section):
    """`[learning]`: how the weights are found."""

    rate: Number = Field(1e-3, gt=0)
    """The learning rate at its highest."""
    warm_up: Share = 0.06
    """Part of the budget in which the rate rises."""
    label_smoothing: Number = Field(0.1, ge=0, lt=1)
    step_tokens: Whole = Field(100_000, ge=1)
    """Source and target tokens of one step, padding included, at least."""
    batch_tokens: Whole = Field(101_000, ge=16)
    """Tokens that the device computes at once, at most; a step is as many batches as it needs. For a step of one batch
    it is a little more than the step's, because rows are whole and no batch is filled to its last token."""
    average: Number = Field(0.999, ge=0, lt=1)
    """How much of the averaged weights stays at each step."""
    clip: Number = Field(1.0, gt=0)
    """The longest gradient, as a norm."""


class Recipe(_Section):
    """A whole recipe."""

    source_lang: Tag = "fr"
    target_lang: Tag = "en"
    seed: Whole = 1
    data: DataRecipe
    vocabulary: VocabularyRecipe = VocabularyRecipe()
    augmentation: dict[str, Share] = Field(default_factory=dict)
    """By an augmentation's name, the share of the pairs that also get a copy changed by it."""
    model: ModelRecipe = ModelRecipe()
    learning: LearningRecipe = LearningRecipe()

    @field_validator("augmentation")
    @classmethod
    def _known(cls, shares: dict[str, float]) -> dict[str, float]:
        if strays := sorted(set(shares) - set(AUGMENTATIONS)):
            raise ValueError(f"there is no “{strays[0]}”; use {', '.join(AUGMENTATIONS)}")
        return shares


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; its paths become relative to the current folder.

    Raises:
        ConfigError: The file cannot be read, or some of its values cannot be used; all problems are listed.
    """
    try:
        values: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError([f"{error.strerror}: give the path of a recipe"], str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"not valid TOML: {error}"], str(path)) from error
    try:
        recipe = Recipe.model_validate(values)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc'])) or 'recipe'}: {one['msg']}" for one in error.errors()]
        raise ConfigError(problems, str(path)) from error
    return _anchor(recipe, path.parent)


def _anchor(recipe: Recipe, folder: Path) -> Recipe:
    def beside(name: str) -> str:
        return os.path.normpath(folder / name) if name else ""

    data = recipe.data
    changes = {
        "pairs": tuple(map(beside, data.pairs)),
        "exclude": tuple(map(beside, data.exclude)),
        "dev_source": beside(data.dev_source),
        "dev_reference": beside(data.dev_reference),
    }
    return recipe.model_copy(update={"data": data.model_copy(update=changes)})
