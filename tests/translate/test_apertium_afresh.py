"""A stage that runs its program anew for every line keeps the lines' order and passes its death on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.translate import apertium_afresh
from pipeline.translate.apertium_afresh import main, run_afresh

COUNT = ("sh", "-c", "printf '%s\\0' $(wc -c)")
"""A program that says how much it has been given, and so shows whether it was given anything before."""


def test_lines_come_back_in_order_each_from_a_new_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lengths = [3, 0, 12, 70_000, 5]
    given = tmp_path / "input"
    given.write_bytes(b"".join(b"x" * length + b"\0" for length in lengths) + b"unfinished")
    with given.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        main(COUNT)
    outputs = capfdbinary.readouterr().out.split(b"\0")
    assert [int(output) for output in outputs[:-1]] == [length + 1 for length in lengths]


def test_what_follows_the_line_is_dropped() -> None:
    assert run_afresh(("cat",), "été".encode()) == "été".encode()
    assert run_afresh(("sh", "-c", "cat; printf 'more\\0'"), b"line") == b"line"


def test_a_program_that_does_not_finish_its_line_is_an_error() -> None:
    with pytest.raises(ChildProcessError, match="false ended"):
        run_afresh(("false",), b"line")


@pytest.mark.parametrize(
    ("command", "output", "succeeds"), [(("tr", "a", "b"), b"bx\0b\0", True), (("false",), b"", False)]
)
def test_it_serves_as_a_program_of_its_own(command: tuple[str, ...], output: bytes, succeeds: bool) -> None:
    script = os.fspath(apertium_afresh.__file__)
    done = subprocess.run([sys.executable, script, *command], input=b"ax\0a\0", capture_output=True, check=False)
    assert done.stdout == output
    assert (done.returncode == 0) == succeeds
