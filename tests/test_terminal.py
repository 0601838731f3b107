"""What people see while a run goes on: bars on a terminal, plain lines anywhere else."""

import io
import re
import signal
import subprocess
import sys

import pytest
from rich.console import Console
from whole_runs import ROOT

from pipeline.records import Verdict, WrittenDocument
from pipeline.report.outcomes import Outcome
from pipeline.terminal import BarReporter, LineReporter, embargo_lines, make_reporter


def work(screen: Console) -> None:
    with make_reporter(screen) as reporter:
        reporter.begin("Reading", 3)
        reporter.advance(2)
        reporter.note("512 sentences more")
        reporter.advance(1)
        reporter.end()


def test_a_terminal_gets_a_bar_with_counts_and_time_left() -> None:
    text = io.StringIO()
    screen = Console(file=text, force_terminal=True, width=100)
    assert isinstance(make_reporter(screen), BarReporter)
    work(screen)
    assert "Reading" in text.getvalue()
    assert "3/3" in text.getvalue()
    assert "0:00:00" in text.getvalue()


def test_a_file_gets_one_line_a_step_without_control_characters() -> None:
    text = io.StringIO()
    screen = Console(file=text, force_terminal=False)
    assert isinstance(make_reporter(screen), LineReporter)
    work(screen)
    assert re.fullmatch(r"Reading: 3 releases, \d+\.\d s\n", text.getvalue())


def test_one_release_is_not_many() -> None:
    text = io.StringIO()
    reporter = LineReporter(Console(file=text))
    reporter.begin("Reading", 1)
    reporter.advance(1)
    reporter.end()
    assert text.getvalue().startswith("Reading: 1 release, ")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_the_second_signal_acts_at_once(number: signal.Signals, code: int) -> None:
    script = (
        "import os, sys, time\n"
        "from pipeline.interrupt import Interrupt\n"
        "interrupt = Interrupt()\n"
        "try:\n"
        "    with interrupt.listening():\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "        print('goes on', flush=True)\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "        print('never said')\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("goes on\n", code)


def test_each_release_under_embargo_is_named_once() -> None:
    verdicts = [Verdict("d", lang, "s", "ready", (), (), (), (), "SOUS EMBARGO") for lang in ("en", "es")]
    written = [WrittenDocument("d", "a.txt", verdict, "") for verdict in verdicts]
    outcomes = [Outcome("a.txt", item.verdict.target_lang, "s", "ready", "", written=item) for item in written]
    free = Outcome("b.txt", "en", "s", "ready", "")
    assert [line.plain for line in embargo_lines([*outcomes, free])] == ["under embargo: a.txt — SOUS EMBARGO"]
