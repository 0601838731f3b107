"""Checks in other processes: the same findings in the same order, and nothing lost when a process dies."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import check_pool
from pipeline.check import CheckSettings
from pipeline.check_pool import CheckPool, ToCheck
from pipeline.measure.processes import descendants, is_running
from pipeline.protect import TermMatcher
from pipeline.records import Block, CheckedDocument, Document, Failure, PreparedDocument
from pipeline.segment import segment_document
from pipeline.stages import protect_release, restore_release
from pipeline.translate.base import Candidate
from tests.check_pool_hostile import check_or_die

SETTINGS = CheckSettings("fr", ("en", "es"))


def task(number: int, french: str = "", english: str = "") -> ToCheck:
    """Return a release whose translation has a number wrong when its own is odd."""
    source = french or f"La police a arrêté {12 + number} personnes mardi. Trois suspects sont encore recherchés."
    target = english or f"The police arrested {12 + number + number % 2} people on Tuesday."
    document = Document(f"d{number}", f"{number}.txt", "fr", "text", (Block("b0", "paragraph", source),))
    prepared = PreparedDocument(document, segment_document(document))
    masked = protect_release(prepared, TermMatcher((), (), "en"), "s", names=False)
    outcomes = {
        mask.seg_id: (Candidate("Three suspects are still wanted." if index else target),)
        for index, mask in enumerate(masked)
    }
    return ToCheck(prepared, restore_release(prepared, masked, outcomes, "en", "s"), SETTINGS)


@pytest.fixture
def pool() -> Iterator[CheckPool]:
    pool = CheckPool(processes=2, fewest_segments=0)
    yield pool
    pool.close()


def processes() -> set[int]:
    return set(descendants(os.getpid()))


def test_other_processes_find_the_same_in_the_same_order(pool: CheckPool) -> None:
    tasks = [task(number) for number in range(12)]
    before = processes()
    here = CheckPool(processes=0).check(tasks)
    assert processes() == before
    assert pool.check(tasks) == here
    assert len(processes() - before) >= 2
    assert pool.check(tasks[::-1]) == here[::-1]
    assert [any(finding.check == "numbers" for finding in found.findings) for found in here] == [False, True] * 6


def test_no_process_is_started_for_little() -> None:
    before = processes()
    pool = CheckPool(processes=2, fewest_segments=8)
    for number in range(4):
        pool.check([task(number)])
    assert processes() == before
    pool.check([task(5), task(6)])
    started = processes() - before
    assert started
    pool.close()
    assert not any(map(is_running, started - {_resource_tracker()}))


def _resource_tracker() -> int:
    from multiprocessing import resource_tracker

    return resource_tracker._resource_tracker._pid or 0  # which the library keeps until the end


def test_a_release_at_which_the_process_dies_fails_alone(pool: CheckPool, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [task(number) for number in range(9)]
    expected = pool.check(tasks)
    monkeypatch.setattr(check_pool, "_check", check_or_die)
    tasks[4] = task(4, french="Mortelle est cette phrase.", english="Deadly is this sentence.")
    results = pool.check(tasks)
    assert isinstance(results[4], Failure)
    assert (results[4].path, results[4].stage, results[4].retry) == ("4.txt", "check", True)
    assert results[:4] + results[5:] == expected[:4] + expected[5:]
    monkeypatch.undo()
    assert all(isinstance(result, CheckedDocument) for result in pool.check(tasks))


def test_a_killed_process_costs_nothing(pool: CheckPool) -> None:
    tasks = [task(number) for number in range(6)]
    before = processes()
    expected = pool.check(tasks)
    for process in processes() - before - {_resource_tracker()}:
        os.kill(process, signal.SIGKILL)
    assert pool.check(tasks) == expected


def test_where_no_process_can_be_started_checks_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_pool, "_begin_process", os.abort)
    pool = CheckPool(processes=2, fewest_segments=0)
    tasks = [task(number) for number in range(3)]
    assert pool.check(tasks) == CheckPool(processes=0).check(tasks)
    pool.close()


def test_the_processes_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            """
            import time
            from pipeline.check_pool import CheckPool
            from tests.test_check_pool import task

            if __name__ == "__main__":
                pool = CheckPool(processes=2, fewest_segments=0)
                pool.check([task(number) for number in range(4)])
                print("ready", flush=True)
                time.sleep(600)
            """
        )
    )
    root = Path(__file__).parent.parent
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=settings) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children = list(descendants(parent.pid))
        assert len(children) >= 2
        parent.kill()
    for _ in range(600):
        if not any(map(is_running, children)):
            break
        time.sleep(0.05)
    assert not any(map(is_running, children))
