"""A mode's programs keep their lines in order, forget what came before, and are replaced when they die or hang."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import TranslatorError
from pipeline.translate.apertium_modes import Mode, find_modes
from pipeline.translate.apertium_process import ModeProcess
from pipeline.translate.apertium_stream import encode
from pipeline.translate.apertium_warmup import warm_up_words

MODES = find_modes()
needs_apertium = pytest.mark.skipif(("es", "it") not in MODES, reason="needs apertium-spa-ita")

ECHO = """
import sys, time
data = b""
while chunk := sys.stdin.buffer.read1(65536):
    data += chunk
    *lines, data = data.split(b"\\0")
    for line in lines:
        if b"DIE" in line: sys.exit(3)
        if b"ONCE" in line:
            try: open(sys.argv[1], "x").close(); sys.exit(3)
            except FileExistsError: pass
        if b"HANG" in line: time.sleep(600)
        if b"CHATTER" in line:
            while True: sys.stdout.buffer.write(b"x" * 1000); sys.stdout.buffer.flush(); time.sleep(0.01)
        sys.stdout.buffer.write(line[::-1] + b"\\0"); sys.stdout.buffer.flush()
"""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[ModeProcess]:
    """Two programs that each reverse every line, and can be told to die or hang."""
    stage = (sys.executable, "-c", ECHO, str(tmp_path / "died"))
    process = ModeProcess(Mode("mirror", (stage, stage)), ["warm"], line_seconds=1.0)
    yield process
    process.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_as_many_outputs_as_lines_in_their_order(mirror: ModeProcess) -> None:
    lines = [f"ligne {number} é" for number in range(3_000)]
    outputs = mirror.run(lines)
    assert outputs == lines
    assert mirror.run([]) == []


def test_lines_larger_than_any_pipe_do_not_block(mirror: ModeProcess) -> None:
    lines = ["x" * 1_000_000, "", "y" * 300_000]
    assert mirror.run(lines) == lines


def test_programs_start_only_when_needed_and_once(mirror: ModeProcess) -> None:
    assert mirror.stage_pids == ()
    mirror.run(["a"])
    first = mirror.stage_pids
    mirror.run(["b"])
    assert mirror.stage_pids == first
    assert len(first) == 2


@pytest.mark.parametrize("deadly", ["DIE", "HANG", "CHATTER"])
def test_a_line_that_kills_the_programs_costs_only_itself(mirror: ModeProcess, deadly: str) -> None:
    assert mirror.run(["a", "b", deadly, "c", "d"]) == ["a", "b", None, "c", "d"]


def test_a_line_at_which_the_programs_died_once_is_tried_again(mirror: ModeProcess) -> None:
    assert mirror.run(["a", "ONCE", "b"]) == ["a", "ONCE", "b"]


@pytest.mark.parametrize("stage", [0, 1])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_killed_or_stopped_programs_are_replaced(mirror: ModeProcess, stage: int, number: int) -> None:
    mirror.run(["a"])
    before = mirror.stage_pids
    os.kill(before[stage], number)
    lines = [f"ligne {number}" for number in range(500)]
    assert mirror.run(lines) == lines
    assert not set(before) & set(mirror.stage_pids)
    assert not any(map(is_alive, before))


def test_closing_leaves_no_process_and_no_open_file(mirror: ModeProcess) -> None:
    before = open_files()
    for _ in range(3):
        mirror.run(["a", "DIE", "b"])
        pids = mirror.stage_pids
        mirror.close()
        assert not any(map(is_alive, pids))
    assert open_files() == before
    assert mirror.run(["encore"]) == ["encore"]


def test_programs_that_hang_at_the_end_are_ended(mirror: ModeProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.translate.apertium_process.CLOSING_SECONDS", 0.5)
    mirror.run(["a"])
    pids = mirror.stage_pids
    os.kill(pids[1], signal.SIGSTOP)
    mirror.close()
    assert not any(map(is_alive, pids))


def test_a_program_that_cannot_be_started_is_an_error_that_says_so() -> None:
    process = ModeProcess(Mode("absent", (("cat",), ("no-such-program-here",))), [])
    with pytest.raises(TranslatorError, match=r"absent cannot be started.*apt-get install --reinstall"):
        process.run(["a"])
    assert process.stage_pids == ()


def test_a_program_that_dies_at_once_is_an_error_that_says_so() -> None:
    process = ModeProcess(Mode("broken", (("false",), ("cat",))), ["warm"])
    with pytest.raises(TranslatorError, match="broken dies as soon as it is started"):
        process.run(["a"])
    assert process.stage_pids == ()


def test_programs_end_when_their_user_is_killed() -> None:
    script = (
        "import sys, time\n"
        "from pipeline.translate.apertium_modes import Mode\n"
        "from pipeline.translate.apertium_process import ModeProcess\n"
        f"stage = (sys.executable, '-c', {ECHO!r}, '')\n"
        "process = ModeProcess(Mode('mirror', (stage, stage)), [])\n"
        "process.run(['a'])\n"
        "print(*process.stage_pids, flush=True)\n"
        "time.sleep(60)\n"
    )
    user = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert user.stdout
    pids = [int(pid) for pid in user.stdout.readline().split()]
    assert len(pids) == 2
    user.kill()
    user.wait()
    user.stdout.close()
    deadline = time.monotonic() + 10
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, pids))


UNTRAINED = [encode(word).text for word in ("titular", "casi", "vista", "velas", "etcétera", "para", "entre", "debido")]
NAMES = [encode(f"La operación {name} sirve para Interpol.").text for name in ("Strikeback", "Purisima", "Bulacan")]


@pytest.mark.apertium
@needs_apertium
def test_without_warm_up_the_tagger_remembers() -> None:
    process = ModeProcess(MODES["es", "it"], [])
    before = process.run(NAMES)
    process.run(UNTRAINED)
    after = process.run(NAMES)
    process.close()
    assert before != after


@pytest.mark.apertium
@needs_apertium
@pytest.mark.parametrize("order", [1, -1])
def test_after_the_warm_up_nothing_changes_the_tagger(order: int) -> None:
    process = ModeProcess(MODES["es", "it"], [encode(word).text for word in warm_up_words("es")])
    before = process.run(NAMES)
    process.run(UNTRAINED[::order])
    after = process.run(NAMES)
    process.close()
    assert before == after
    assert "per" in str(before[0]).split()
