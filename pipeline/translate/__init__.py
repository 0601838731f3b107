"""Translators: masked French texts in, candidates in another language out.

`TRANSLATORS` holds every backend by its name in the configuration; `build_translator` makes the one that a system
asks for. Building is cheap and importing this package starts and loads nothing.
"""

from collections.abc import Callable
from typing import cast

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.base import Translator
from pipeline.translate.fake import FakeTranslator
from pipeline.translate.pivot import PivotTranslator


def _build_chat(config: SystemConfig) -> Translator:
    _require(config, "url", "model")
    from pipeline.translate.chat import ChatTranslator
    from pipeline.translate.chat_client import ChatClient

    client = ChatClient(
        config.url,
        allow_remote=config.allow_remote,
        api_key_env=config.api_key_env,
        timeout_seconds=config.timeout_seconds,
        requests_per_minute=config.requests_per_minute,
    )
    return ChatTranslator(client, config.model, config.concurrency)


def _build_memory(config: SystemConfig) -> Translator:
    _require(config, "memories", "then")
    from pipeline.translate.memory import MemoryTranslator

    then = build_translator(cast(SystemConfig, config.then))
    return MemoryTranslator(config.memories, then, config.fuzzy_threshold)


def _build_pivot(config: SystemConfig) -> Translator:
    _require(config, "first", "then")
    first, then = (build_translator(cast(SystemConfig, part)) for part in (config.first, config.then))
    return PivotTranslator(first, then, config.via[0])


def _build_seq2seq(config: SystemConfig) -> Translator:
    _require(config, "model")
    from pipeline.translate.seq2seq import build_seq2seq

    return build_seq2seq(config)


def _build_ctranslate2(config: SystemConfig) -> Translator:
    _require(config, "model")
    from pipeline.translate.ctranslate2_engine import build_ctranslate2

    return build_ctranslate2(config)


TRANSLATORS: dict[str, Callable[[SystemConfig], Translator]] = {
    "apertium": lambda config: ApertiumTranslator(via=config.via),
    "fake": lambda config: FakeTranslator(),
    "chat": _build_chat,
    "memory": _build_memory,
    "pivot": _build_pivot,
    "seq2seq": _build_seq2seq,
    "ctranslate2": _build_ctranslate2,
}
"""By backend name."""


def build_translator(config: SystemConfig) -> Translator:
    """Make a system's translator, without starting it.

    Raises:
        ConfigError: There is no such backend, the valid ones are listed; or the backend lacks what it needs.
    """
    if config.backend not in TRANSLATORS:
        raise ConfigError(
            [f"backend: there is no translator “{config.backend}”; use one of {', '.join(TRANSLATORS)}"],
            f"system “{config.name}”",
        )
    return TRANSLATORS[config.backend](config)


def _require(config: SystemConfig, *keys: str) -> None:
    """Refuse a system that lacks something which its backend cannot do without."""
    missing = [f"{key}: missing; {config.backend} needs it" for key in keys if not getattr(config, key)]
    if missing:
        raise ConfigError(missing, f"system “{config.name}”")
