"""Backends are built by name, cheaply, and a wrong name lists the right ones."""

import subprocess
import sys

import pytest

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError
from pipeline.translate import TRANSLATORS, build_translator


@pytest.mark.parametrize("backend", TRANSLATORS)
def test_every_backend_is_built_by_its_name(backend: str) -> None:
    translator = build_translator(SystemConfig(name="it", backend=backend))
    assert translator.signature()["backend"] == backend
    translator.close()


def test_an_unknown_backend_lists_the_valid_ones() -> None:
    with pytest.raises(ConfigError, match=r"(?s)“mine”.*“apertum”.*apertium, fake"):
        build_translator(SystemConfig(name="mine", backend="apertum"))


def test_importing_the_package_starts_nothing_and_loads_nothing_heavy() -> None:
    script = "import sys, pipeline.translate; print([m for m in ('torch', 'lingua', 'pyarrow') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
