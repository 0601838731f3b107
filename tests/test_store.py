import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.lasting_files import file_digest, write_atomically
from pipeline.records import Failure, Span
from pipeline.store import PlannedCell, Store

ROOT = Path(__file__).parent.parent
KEY = "ab" * 32
RECORDS = [Span(1, 2), Span(3, 4), Failure("a.txt", "es", "", "read", "« é »\u2028", "")]
FILE = "translations/a/es/apertium/a.es.txt"
CONTENT = "Operación coordinada\n".encode() * 3


def fill(store: Store, retry: bool = False) -> None:
    store.publish("write", KEY, RECORDS, [store.put_file(FILE, CONTENT), store.put_file("b.txt", b"")], retry)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "out")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One cell and its plan, for tests that leave them as they were."""
    store = Store(tmp_path_factory.mktemp("published"))
    fill(store)
    store.write_plan([PlannedCell("write", KEY, "a.txt", "es", "apertium")])
    return store


def paths(store: Store) -> dict[str, Path]:
    folder = store.state / "cells" / "write"
    return {
        "payload": folder / f"{KEY}.jsonl",
        "manifest": folder / f"{KEY}.json",
        "file": store.output / FILE,
        "plan": store.state / "plan.json",
    }


def is_found(store: Store, what: str) -> bool:
    """Tell whether `has` and `verify` both notice the damage; a plan is no part of a cell."""
    try:
        verified = bool(store.verify())
    except StoreError as error:
        verified = "plan.json" in error.message
    return verified and store.has("write", KEY) == (what == "plan")


@contextmanager
def changed(path: Path, data: bytes) -> Iterator[None]:
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)


def in_child(work: Callable[[], None]) -> int:
    """Run something in a forked process and return how it ended, as `subprocess` says it."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Run something in a process that is killed when it asks the system for the step-th time; tell whether it was."""
    asked = []

    def watch(event: str, _: object) -> None:
        asked.append(event)
        if len(asked) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched() -> None:
        sys.addaudithook(watch)
        work()

    ended = in_child(watched)
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


def test_a_published_cell_comes_back(store: Store) -> None:
    assert not store.has("write", KEY)
    assert store.manifest("write", KEY) is None
    assert not store.is_published("write", KEY)
    fill(store)
    assert store.has("write", KEY)
    assert store.is_published("write", KEY)
    assert list(store.load("write", KEY)) == RECORDS
    manifest = store.manifest("write", KEY)
    assert manifest is not None
    assert (manifest.stage, manifest.key, manifest.records, manifest.retry) == ("write", KEY, 3, False)
    assert [(file.path, file.size) for file in manifest.files] == [(FILE, len(CONTENT)), ("b.txt", 0)]
    assert (store.output / FILE).read_bytes() == CONTENT


def test_a_cell_without_records_is_a_cell(store: Store) -> None:
    store.publish("score", KEY, [])
    assert store.has("score", KEY)
    assert list(store.load("score", KEY)) == []


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    stores = [Store(tmp_path / name) for name in "ab"]
    for store in stores:
        fill(store)
    for one, other in zip(*(list(paths(store).values())[:3] for store in stores), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_cell_is_another_one_under_another_stage_or_key(store: Store) -> None:
    fill(store)
    assert not store.has("read", KEY)
    assert not store.has("write", KEY[::-1])


def test_a_cell_that_is_to_be_tried_again_is_not_served(store: Store) -> None:
    fill(store, retry=True)
    assert not store.has("write", KEY)
    assert store.is_published("write", KEY)
    assert list(store.load("write", KEY)) == RECORDS
    fill(store)
    assert store.has("write", KEY)


def test_what_was_never_published_cannot_be_loaded(store: Store) -> None:
    with pytest.raises(StoreError, match="run again"):
        next(store.load("write", KEY))


def test_a_payload_without_its_manifest_is_no_cell(store: Store) -> None:
    fill(store)
    paths(store)["manifest"].unlink()
    assert not store.has("write", KEY)
    with pytest.raises(StoreError, match="damaged"):
        next(store.load("write", KEY))


def test_a_kill_at_any_step_leaves_the_cell_whole_or_absent(tmp_path: Path) -> None:
    whole = []
    for step in count(1):
        store = Store(tmp_path / str(step))
        killed = killed_at(step, partial(fill, store))
        whole.append(store.has("write", KEY))
        if whole[-1]:
            assert list(store.load("write", KEY)) == RECORDS
        shown = store.output / FILE
        assert not shown.exists() or shown.read_bytes() == CONTENT
        if not killed:
            break
        fill(store)
        assert store.has("write", KEY)
        store.sweep()
        assert not list(store.output.rglob("*.part"))
    assert whole.count(False) > 10
    assert whole == sorted(whole), "what is whole at one step is whole at every later one"


def test_a_kill_while_a_cell_is_made_again_never_leaves_the_old_manifest_over_new_records(tmp_path: Path) -> None:
    store = Store(tmp_path)
    absent = 0
    for step in count(1):
        store.publish("read", KEY, [Span(0, 0)])
        killed = killed_at(step, partial(store.publish, "read", KEY, [Span(1, 1)]))
        if store.has("read", KEY):
            assert list(store.load("read", KEY)) in ([Span(0, 0)], [Span(1, 1)])
        else:
            absent += 1
            with pytest.raises(StoreError):
                list(store.load("read", KEY))
        if not killed:
            break
    assert absent


@given(what=st.sampled_from(["payload", "manifest", "file", "plan"]), place=st.integers(0), bits=st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_a_flipped_byte_anywhere_is_found(published: Store, what: str, place: int, bits: int) -> None:
    path = paths(published)[what]
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= bits
    with changed(path, bytes(data)):
        assert is_found(published, what)
    assert published.has("write", KEY)
    assert published.verify() == []


@given(what=st.sampled_from(["payload", "manifest", "file", "plan"]), length=st.integers(0))
@settings(max_examples=100, deadline=None)
def test_truncation_anywhere_is_found(published: Store, what: str, length: int) -> None:
    path = paths(published)[what]
    data = path.read_bytes()
    with changed(path, data[: length % len(data)]):
        assert is_found(published, what)


@pytest.mark.parametrize("what", ["payload", "manifest", "file", "plan"])
@pytest.mark.parametrize("more", [b"\n", b" ", b"x", b"{}\n"])
def test_bytes_at_the_end_are_found(published: Store, what: str, more: bytes) -> None:
    path = paths(published)[what]
    with changed(path, path.read_bytes() + more):
        assert is_found(published, what)


@pytest.mark.parametrize("what", ["payload", "manifest", "file"])
def test_a_missing_file_is_found(store: Store, what: str) -> None:
    fill(store)
    store.write_plan([PlannedCell("write", KEY)])
    assert store.verify() == []
    paths(store)[what].unlink()
    assert is_found(store, what)


@pytest.mark.parametrize("what", ["payload", "manifest", "file", "plan"])
def test_a_folder_in_the_place_of_a_file_is_found(store: Store, what: str) -> None:
    fill(store)
    store.write_plan([PlannedCell("write", KEY)])
    paths(store)[what].unlink()
    paths(store)[what].mkdir()
    assert is_found(store, what)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"7",
        b'"sealed"',
        b"[" * 100_000,
        b'{"sealed":{"records":1e999}}',
        b'{"sealed":{"key":"\\ud800"}}',
        b'{"sealed":7,"sha256":""}',
    ],
)
def test_a_manifest_that_is_something_else_is_damaged(published: Store, data: bytes) -> None:
    with changed(paths(published)["manifest"], data), pytest.raises(StoreError, match="damaged"):
        published.manifest("write", KEY)


def test_a_sealed_manifest_of_another_cell_or_with_other_fields_is_damaged(published: Store) -> None:
    manifest, plan = (paths(published)[what].read_bytes() for what in ("manifest", "plan"))
    with changed(paths(published)["manifest"], plan), pytest.raises(StoreError, match="damaged"):
        published.manifest("write", KEY)
    with changed(paths(published)["plan"], manifest), pytest.raises(StoreError, match="damaged"):
        published.read_plan()
    other = published.state / "cells" / "read"
    other.mkdir()
    for name in ("payload", "manifest"):
        shutil.copy(paths(published)[name], other)
    try:
        assert not published.has("read", KEY)
        with pytest.raises(StoreError, match="damaged"):
            published.manifest("read", KEY)
    finally:
        shutil.rmtree(other)


def test_a_changed_payload_gives_no_record_at_all(store: Store) -> None:
    fill(store)
    payload = paths(store)["payload"]
    payload.write_bytes(payload.read_bytes().replace(b'"end":4', b'"end":5'))
    records = []
    with pytest.raises(StoreError, match="damaged"):
        records.extend(store.load("write", KEY))
    assert records == []


def test_verify_names_what_is_not_finished(store: Store) -> None:
    fill(store)
    store.write_plan([PlannedCell("write", KEY), PlannedCell("score", KEY)])
    (problem,) = store.verify()
    assert f"score/{KEY}" in problem
    assert problem.endswith("not finished")


def test_the_plan_comes_back(store: Store) -> None:
    cells = [PlannedCell("read", "k1", "a.txt"), PlannedCell("write", "k2", "« é »", "es", "apertium")]
    store.write_plan(cells)
    assert store.read_plan() == cells


def test_a_folder_without_a_run_has_no_plan(store: Store) -> None:
    for ask in (store.read_plan, store.verify):
        with pytest.raises(StoreError, match="no run has been here"):
            ask()


def test_a_file_is_described_as_it_was_put(store: Store) -> None:
    put = store.put_file(FILE, CONTENT)
    assert put == store.describe_file(FILE)
    assert (put.sha256, put.size) == (file_digest(store.output / FILE), len(CONTENT))


def test_removing_a_file_removes_the_folders_it_leaves_empty(store: Store) -> None:
    store.put_file("a/b/c.txt", b"c")
    store.put_file("a/d.txt", b"d")
    store.remove_file("a/b/c.txt")
    store.remove_file("a/b/c.txt")
    assert [path.name for path in (store.output / "a").iterdir()] == ["d.txt"]
    store.remove_file("a/d.txt")
    assert store.output.is_dir()
    assert not (store.output / "a").exists()


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    def write_too_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with pytest.raises(StoreError, match=r"a\.txt: File too large — make room"):
            write_atomically(path, b"x" * 2000)

    assert in_child(write_too_much) == 0
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.txt", b"before")]


@pytest.mark.parametrize("name", ["x" * 256, "a.txt/b.txt"])
def test_a_name_that_the_disk_refuses_is_a_store_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(StoreError):
        write_atomically(tmp_path / name, b"x")
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_name_as_long_as_the_disk_allows_can_be_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("x" * 255), b"x")
    assert len(list(tmp_path.iterdir())) == 1


HOLD = """
import os, sys, time
from pathlib import Path
from pipeline.store import Store
with Store(Path(sys.argv[1])).lock():
    worker = os.fork() if sys.argv[2] == "with-worker" else 1
    if worker:
        print(worker, flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(store: Store, mode: str = "alone") -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A real process that holds the folder; gives it and its worker's process number."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.output), mode],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], 30)[0]
        worker = int(process.stdout.readline())
        try:
            yield process, worker
        finally:
            process.kill()
            process.wait()
            if mode == "with-worker":
                os.kill(worker, signal.SIGKILL)


def test_a_second_run_is_told_who_holds_the_folder(store: Store) -> None:
    with holder(store) as (process, _):
        with (
            pytest.raises(StoreError, match=rf"in use by process {process.pid} on .+ since \d{{4}}-") as caught,
            store.lock(),
        ):
            pass
        assert caught.value.remedy
        assert store.holder().startswith(f"process {process.pid} ")
        process.kill()
        process.wait()
        assert store.holder() == ""
        with store.lock():
            assert store.holder().startswith(f"process {os.getpid()} ")
    assert store.holder() == ""


def test_a_killed_run_whose_workers_live_on_holds_nothing(store: Store) -> None:
    with holder(store, "with-worker") as (process, worker):
        process.kill()
        process.wait()
        os.kill(worker, 0)
        with store.lock():
            pass


def test_a_run_that_fails_lets_go(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.lock():
        _ = 1 / 0
    assert store.holder() == ""
    with store.lock():
        pass


def test_nobody_holds_a_folder_that_is_not_there(store: Store) -> None:
    assert store.holder() == ""
    assert not store.output.exists()


def test_an_output_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="give another --output"), Store(tmp_path / "file").lock():
        pass


def test_random_kills_of_a_publishing_process_leave_no_half_cell(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def publish_for_ever() -> None:
        for number in count():
            store.publish("read", str(number), [Span(number, number)] * 50)

    for delay in (0.01, 0.03, 0.07):
        shutil.rmtree(store.state, ignore_errors=True)
        if (child := os.fork()) == 0:
            publish_for_ever()
            os._exit(0)
        while not list(store.state.glob("cells/read/*.json")):
            time.sleep(0.001)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        keys = {path.stem for path in (store.state / "cells" / "read").glob("*.json")}
        assert keys
        for key in keys:
            assert store.has("read", key)
            assert list(store.load("read", key)) == [Span(int(key), int(key))] * 50
