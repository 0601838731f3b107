"""The scripts that set a machine up: once, again when something changed, and never half.

They run for real, in a folder of their own, but for a Python that only notes what it is asked to install.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.doctor import APERTIUM_PACKAGES
from pipeline.translate.apertium_routes import MEASURED_WAYS, PACKAGES

ROOT = Path(__file__).parents[1]
SCRIPTS = [*sorted((ROOT / "scripts").iterdir()), ROOT / ".ci" / "run"]

STUB = f"""#!/bin/sh
case "$*" in
*"-m venv"*) echo venv >>"$NOTES"; mkdir -p .venv/bin; cp "$STUB" .venv/bin/python
    printf '#!/bin/sh\\npwd; printf "%%s\\\\n" "$@"\\n' >.venv/bin/communique; chmod +x .venv/bin/communique ;;
*"-m pip"*) sleep "${{PIP_SECONDS:-0}}"; for last; do :; done; echo "$last" >>"$NOTES"; eval "${{PIP_ENDS:-exit 0}}" ;;
*realpath*) echo "$STUB" ;;
*) exec '{sys.executable}' "$@" ;;
esac
"""
PYPROJECT = """[project.optional-dependencies]
dev = []
gpu = []
[project.scripts]
"""


@dataclass
class Checkout:
    """A copy of the scripts beside a project that has no dependencies."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def start(self, *command: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        stub = self.folder.parent / "bin" / "python3"
        variables = {"NOTES": str(self.notes), "STUB": str(stub), **self.settings}
        environment = {**os.environ, "PATH": f"{stub.parent}:{os.environ['PATH']}", **variables}
        program = self.folder / "scripts" / command[0]
        return subprocess.Popen(
            [program, *command[1:]],
            cwd=cwd or self.folder.parent,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *command: str, status: int = 0, cwd: Path | None = None) -> tuple[str, str]:
        process = self.start(*command, cwd=cwd)
        output, complaints = process.communicate(timeout=60)
        assert process.returncode == status, complaints
        return output, complaints

    @property
    def notes(self) -> Path:
        return self.folder.parent / "notes"

    def take_notes(self) -> list[str]:
        """Return what was installed since the last time."""
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    folder = tmp_path / "a folder"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for packages in (folder / "scripts").glob("packages*.apt"):
        packages.write_text("# none\n")
    (folder / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "bin").mkdir()
    stub = tmp_path / "bin" / "python3"
    stub.write_text(STUB)
    stub.chmod(0o755)
    yield Checkout(folder)


def packages(name: str) -> list[str]:
    lines = (ROOT / "scripts" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_second_call_does_nothing(checkout: Checkout) -> None:
    checkout.run("setup")
    assert checkout.take_notes() == ["venv", "."]
    output, complaints = checkout.run("setup")
    assert checkout.take_notes() == []
    assert (output, complaints) == ("", "")


def test_an_extra_is_added_and_kept(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.run("setup", "dev")
    checkout.run("setup", "gpu", "dev")
    assert checkout.take_notes() == ["venv", ".", ".[dev]", ".[dev,gpu]"]
    for extras in ([], ["dev"], ["gpu"], ["dev", "gpu"]):
        checkout.run("setup", *extras)
    assert checkout.take_notes() == []


def test_changed_dependencies_are_installed_with_the_extras_that_were_there(checkout: Checkout) -> None:
    checkout.run("setup", "dev")
    checkout.take_notes()
    (checkout.folder / "pyproject.toml").write_text(PYPROJECT + "# changed\n")
    checkout.run("setup")
    assert checkout.take_notes() == [".[dev]"]


def test_an_interrupted_setup_is_made_anew(checkout: Checkout) -> None:
    checkout.settings["PIP_ENDS"] = "kill -9 $$"
    checkout.run("setup", status=1)
    checkout.settings.clear()
    checkout.run("setup")
    assert checkout.take_notes() == ["venv", ".", "venv", "."]


def test_a_setup_that_failed_says_why_and_goes_on_where_it_was(checkout: Checkout) -> None:
    checkout.settings["PIP_ENDS"] = "echo no route to host; exit 1"
    _, complaints = checkout.run("setup", status=1)
    assert "no route to host" in complaints
    assert complaints.splitlines()[-1].startswith("setup: the Python packages could not be installed")
    checkout.settings.clear()
    checkout.run("setup")
    assert checkout.take_notes() == ["venv", ".", "."]


def test_a_moved_folder_is_set_up_anew(checkout: Checkout) -> None:
    checkout.run("setup", "dev")
    moved = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    Checkout(moved).run("setup")
    assert checkout.take_notes() == ["venv", ".[dev]", "venv", ".[dev]"]


def test_an_environment_made_by_hand_is_kept(checkout: Checkout) -> None:
    checkout.run("setup")
    (checkout.folder / ".venv" / "setup.stamp").unlink()
    (checkout.folder / ".venv" / "by-hand").touch()
    checkout.run("setup")
    assert checkout.take_notes() == ["venv", ".", "."]
    assert (checkout.folder / ".venv" / "by-hand").exists()


@pytest.mark.skipif(not shutil.which("flock"), reason="without flock, nobody waits")
def test_the_second_of_two_at_once_waits(checkout: Checkout) -> None:
    checkout.settings["PIP_SECONDS"] = "0.5"
    both = [checkout.start("setup"), checkout.start("setup")]
    complaints = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert checkout.take_notes() == ["venv", "."]
    assert sum("Waiting for another set-up" in text for text in complaints) == 1


def test_an_unknown_extra_is_refused(checkout: Checkout) -> None:
    _, complaints = checkout.run("setup", "dve", status=1)
    assert complaints == "setup: 'dve' is none of the optional dependencies in pyproject.toml\n"
    assert checkout.take_notes() == []


def test_an_old_python_is_refused(checkout: Checkout) -> None:
    for name in ("python", "python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        stub = checkout.folder.parent / "bin" / name
        stub.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
        stub.chmod(0o755)
    _, complaints = checkout.run("setup", status=1)
    assert "needs Python 3.11 or newer, here is Python 3.9.2" in complaints.splitlines()[-1]


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="only Debian's packages can be asked for")
def test_packages_that_cannot_be_had_are_named_and_not_tried_again(checkout: Checkout) -> None:
    for program in ("apt-get", "apt-cache"):
        stub = checkout.folder.parent / "bin" / program
        stub.write_text('#!/bin/sh\necho "$0" >>"$NOTES"; exit 1\n')
        stub.chmod(0o755)
    (checkout.folder / "scripts" / "packages.apt").write_text("# why\nbash\ncommunique-needs-this\n")
    for tried in (os.geteuid() == 0, False):
        _, complaints = checkout.run("setup")
        assert complaints.splitlines()[-1].endswith("apt-get install communique-needs-this")
        assert any("apt-" in note for note in checkout.take_notes()) == tried


def test_run_without_arguments_runs_the_example(checkout: Checkout) -> None:
    output, _ = checkout.run("run")
    assert output.splitlines() == [str(checkout.folder), "run", "configs/default.toml"]


def test_run_passes_its_arguments_and_stays_where_it_is(checkout: Checkout, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    output, _ = checkout.run("run", "my release.docx", "--to", "es", cwd=elsewhere)
    assert output.splitlines() == [str(elsewhere), "run", "my release.docx", "--to", "es"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_can_be_run_and_lists_cannot(path: Path) -> None:
    assert os.access(path, os.X_OK) == (path.suffix != ".apt")


def test_the_package_list_is_what_the_default_languages_need() -> None:
    listed = packages("packages.apt")
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(APERTIUM_PACKAGES)
    needed = {"apertium"}
    for target in Config().targets:
        for way in MEASURED_WAYS.get(("fr", target), ((),)):
            needed.update(PACKAGES[leg] for leg in pairwise(("fr", *way, target)))
    assert set(listed) == needed


def test_every_other_list_belongs_to_an_extra() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for path in (ROOT / "scripts").glob("packages-*.apt"):
        assert path.stem.removeprefix("packages-") in extras
        assert packages(path.name)
