"""What known models and metrics may be used for: a model's name in, its licence out.

A press office that sells something must not publish what a research model wrote. Names are recognised wherever they
stand in a hub's name or a folder's path; the licences are those on the models' own pages. A name that is not known
here is never a reason to refuse, and is always named: somebody has to look.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError

Use = Literal["commercial", "research"]


@dataclass(frozen=True, slots=True)
class Licence:
    """What a model may be used under.

    Attributes:
        name: SPDX identifier, or the licence's own name.
        commercial: Whether it allows commercial use.
    """

    name: str
    commercial: bool


_APACHE = Licence("Apache-2.0", True)
_MIT = Licence("MIT", True)
_BY_NC = Licence("CC-BY-NC-4.0", False)
_BY_NC_SA = Licence("CC-BY-NC-SA-4.0", False)

LICENCES: dict[str, Licence] = {
    "nllb": _BY_NC,
    "seamless-m4t": _BY_NC,
    "towerbase": _BY_NC,
    "towerinstruct": _BY_NC,
    "tower-plus": _BY_NC_SA,
    "aya-23": _BY_NC,
    "aya-expanse": _BY_NC,
    "command-r": _BY_NC,
    "cometkiwi": _BY_NC_SA,
    "xcomet": _BY_NC_SA,
    "opus-mt": Licence("CC-BY-4.0 or Apache-2.0", True),
    "madlad": _APACHE,
    "m2m100": _MIT,
    "mbart-large-50": _MIT,
    "mbart-large-cc25": _MIT,
    "eurollm": _APACHE,
    "salamandra": _APACHE,
    "qwen3": _APACHE,
    "wmt20-comet-da": _APACHE,
    "wmt22-comet-da": _APACHE,
    "eamt22-cometinho-da": _APACHE,
    "metricx": _APACHE,
    "bleurt": _APACHE,
    "labse": _APACHE,
}
"""By what the names of a family's models have in common, in lower case."""


def licence_of(model: str) -> Licence | None:
    """Return a model's or a metric's licence, None where it is not known here.

    Args:
        model: Its name on a hub, at an endpoint, or the path of its folder.
    """
    words = re.sub(r"[_\s]+", "-", model.lower())
    matches = [known for known in LICENCES if re.search(rf"(?<![a-z]){re.escape(known)}(?![a-z])", words)]
    # A path may name several things: what forbids the most counts.
    return min((LICENCES[known] for known in matches), key=lambda licence: licence.commercial, default=None)


def models_of(systems: Iterable[SystemConfig], path: str = "systems") -> dict[str, str]:
    """Return every model that some systems or their parts name, by its key in the configuration."""
    models: dict[str, str] = {}
    for index, system in enumerate(systems):
        models |= _models_in(system, f"{path}[{index}]")
    return models


def _models_in(system: SystemConfig, key: str) -> dict[str, str]:
    models = {f"{key}.model": system.model} if system.model else {}
    for name, part in system.parts.items():
        models |= _models_in(part, f"{key}.{name}")
    return models


def check_licences(models: Mapping[str, str], use: Use) -> tuple[str, ...]:
    """Refuse models that must not be used for the purpose, and return the names of those whose licence is not known.

    Args:
        models: Names of models and metrics, by the key that names each in the configuration.
        use: What the translations are for.

    Raises:
        ConfigError: A licence forbids commercial use, and that is what they are for; all such models are listed.
    """
    licences = {key: licence_of(model) for key, model in models.items()}
    refused = [
        f"{key}: {models[key]} is under {licence.name}, which forbids commercial use; take another model, or set "
        'use = "research" if that is what it is'
        for key, licence in licences.items()
        if use == "commercial" and licence is not None and not licence.commercial
    ]
    if refused:
        raise ConfigError(refused, 'use = "commercial"')
    return tuple(dict.fromkeys(models[key] for key, licence in licences.items() if licence is None))
