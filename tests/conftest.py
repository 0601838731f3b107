"""What tests of several parts share."""

import fcntl
import os
import sys
from pathlib import Path

import pytest

for folder in (".", "read"):
    sys.path.insert(0, str(Path(__file__).parent / folder))

from whole_runs import LANGUAGES, ROOT, communique  # noqa: E402

from pipeline.translate.apertium import ApertiumTranslator  # noqa: E402


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the embedded default over the example releases, made by whoever asks first."""
    if not all(ApertiumTranslator().supports("fr", lang) for lang in LANGUAGES):
        pytest.skip("needs Apertium's pairs")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    output = shared / "example-run"
    with (shared / "example-run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "index.html").exists():
            ended = communique("run", ROOT / "configs" / "default.toml", "--output", output)
            assert ended.code == 0, ended.err
            assert ended.out.splitlines()[-1] == str(output / "index.html")
    return output
