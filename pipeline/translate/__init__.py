"""Translators: masked French texts in, candidates in another language out.

`TRANSLATORS` holds every backend by its name in the configuration; `build_translator` makes the one that a system
asks for. Building is cheap and importing this package starts and loads nothing.
"""

from collections.abc import Callable

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.base import Translator
from pipeline.translate.fake import FakeTranslator

TRANSLATORS: dict[str, Callable[[SystemConfig], Translator]] = {
    "apertium": lambda config: ApertiumTranslator(via=config.via),
    "fake": lambda config: FakeTranslator(),
}
"""By backend name."""


def build_translator(config: SystemConfig) -> Translator:
    """Make a system's translator, without starting it.

    Raises:
        ConfigError: There is no such backend; the valid ones are listed.
    """
    if config.backend not in TRANSLATORS:
        raise ConfigError(
            [f"backend: there is no translator “{config.backend}”; use one of {', '.join(TRANSLATORS)}"],
            f"system “{config.name}”",
        )
    return TRANSLATORS[config.backend](config)
