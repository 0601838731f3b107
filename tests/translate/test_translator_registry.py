"""Backends are built by name, cheaply, and a wrong name lists the right ones."""

import subprocess
import sys

import pytest

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError
from pipeline.translate import TRANSLATORS, build_translator
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.chat import ChatTranslator
from pipeline.translate.fake import FakeTranslator
from pipeline.translate.memory import MemoryTranslator
from pipeline.translate.neural import NeuralTranslator
from pipeline.translate.pivot import PivotTranslator

BACKENDS: dict[str, tuple[type, dict[str, object]]] = {
    "apertium": (ApertiumTranslator, {}),
    "fake": (FakeTranslator, {}),
    "chat": (ChatTranslator, {"url": "http://localhost:8000/v1", "model": "a-model"}),
    "seq2seq": (NeuralTranslator, {"model": "a-folder"}),
    "ctranslate2": (NeuralTranslator, {"model": "a-folder"}),
    "memory": (MemoryTranslator, {"memories": ["approved.tmx"], "then": "fake"}),
    "pivot": (PivotTranslator, {"via": ["x-rot13"], "first": "fake", "then": "fake"}),
}
"""Each backend's class, and what its table must hold."""


@pytest.mark.parametrize("backend", TRANSLATORS)
def test_every_backend_is_built_by_its_name(backend: str) -> None:
    kind, settings = BACKENDS[backend]
    translator = build_translator(SystemConfig.model_validate({"name": "it", "backend": backend, **settings}))
    assert type(translator) is kind
    translator.close()


def test_an_unknown_backend_lists_the_valid_ones() -> None:
    with pytest.raises(ConfigError, match=r"(?s)“mine”.*“apertum”.*apertium, fake"):
        build_translator(SystemConfig(name="mine", backend="apertum"))


def test_importing_the_package_starts_nothing_and_loads_nothing_heavy() -> None:
    heavy = ("torch", "lingua", "pyarrow", "httpx2", "rapidfuzz")
    script = f"import sys, pipeline.translate; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
