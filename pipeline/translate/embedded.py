"""Models that come with the package: a name such as `embedded:fr-en` in, the folder of that model out."""

import re
from importlib.resources import files
from pathlib import Path

from pipeline.config import EMBEDDED
from pipeline.errors import TranslatorError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def is_embedded(model: str) -> bool:
    """Tell whether a configuration's `model` names one that comes with the package."""
    return model.startswith(EMBEDDED)


def find_embedded(model: str) -> Path:
    """Return the folder of a model that comes with the package.

    Raises:
        TranslatorError: This package has no such model; those that it has are listed.
    """
    name = model.removeprefix(EMBEDDED)
    folder = models_folder() / name
    if _NAME.fullmatch(name) and folder.is_dir():
        return folder
    here = ", ".join(sorted(f"{EMBEDDED}{path.name}" for path in models_folder().glob("*/"))) or "none"
    raise TranslatorError(
        f"the package has no model “{model[:60]}” (it has: {here})",
        "make it as docs/training.md says and copy its int8 folder to pipeline/models/, or name a model's folder",
    )


def models_folder() -> Path:
    """Return the package's folder for models."""
    return Path(str(files("pipeline"))) / "models"
