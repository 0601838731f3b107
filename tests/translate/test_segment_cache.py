import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.records import Span
from pipeline.translate import cache as cache_module
from pipeline.translate.base import Candidate, Candidates
from pipeline.translate.cache import LOOKUP_ROWS, SegmentCache, segment_keys

SIGNATURE = {"backend": "fake", "revision": "1"}
TEXTS = [f"Phrase {number} \ue000 « é »\u202f! " + "mot " * 15 for number in range(60)]
KEYS = segment_keys(TEXTS, SIGNATURE, "fr", "es")
MADE: dict[str, Candidates] = {
    key: (Candidate(text.upper(), 0.5, (Span(1, 2), Span(4, 6))), Candidate("deuxième", None))
    for key, text in zip(KEYS, TEXTS, strict=True)
}
CANDIDATES = st.builds(Candidate, score=st.none() | st.floats(allow_nan=False, allow_infinity=False))
HEADER_BYTES = 100


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "segments.sqlite"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "segments.sqlite"
    with SegmentCache(path) as cache:
        cache.put(MADE)
    return path.read_bytes()


def in_child(work: Callable[[], None]) -> int:
    """Start something in a forked process."""
    if child := os.fork():
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def test_translations_come_back_in_another_process_and_time(path: Path) -> None:
    with SegmentCache(path) as cache:
        assert cache.get(KEYS) == {}
        cache.put(MADE)
        assert cache.get(KEYS) == MADE
    with SegmentCache(path) as cache:
        assert cache.get([*KEYS, "absent"]) == MADE


@given(
    st.dictionaries(
        st.text("0123456789abcdef", min_size=1),
        st.lists(CANDIDATES, min_size=1, max_size=3).map(tuple),
        max_size=5,
    )
)
@settings(max_examples=30, deadline=None)
def test_every_candidate_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, made: dict[str, Candidates]
) -> None:
    with SegmentCache(tmp_path_factory.mktemp("cache") / "segments.sqlite") as cache:
        cache.put(made)
        assert cache.get(list(made)) == made


def test_the_later_of_two_translations_stays(path: Path) -> None:
    with SegmentCache(path) as cache:
        cache.put({"k": (Candidate("un"),)})
        cache.put({"k": (Candidate("deux"),)})
        assert cache.get(["k"]) == {"k": (Candidate("deux"),)}


def test_any_number_of_keys_can_be_asked_for(path: Path) -> None:
    made = {f"key {number}": (Candidate(str(number)),) for number in range(2 * LOOKUP_ROWS + 3)}
    with SegmentCache(path) as cache:
        cache.put(made)
        assert cache.get(list(made)) == made


def test_keys_tell_apart_whatever_changes_a_translation() -> None:
    variants = [
        segment_keys(["texte"], SIGNATURE, "fr", "es"),
        segment_keys(["Texte"], SIGNATURE, "fr", "es"),
        segment_keys(["texte"], {**SIGNATURE, "revision": "2"}, "fr", "es"),
        segment_keys(["texte"], SIGNATURE, "fr", "en"),
        segment_keys(["texte"], SIGNATURE, "en", "es"),
        segment_keys(["texte"], {}, "fr", "es"),
    ]
    assert len({key for keys in variants for key in keys}) == len(variants)
    assert segment_keys(["a", "texte"], dict(reversed(SIGNATURE.items())), "fr", "es")[1:] == variants[0]


@pytest.mark.parametrize("column", ["key", "value", "checksum"])
@pytest.mark.parametrize(
    "damage", ["substr({0}, 2)", "{0} || 'x'", "replace(replace({0}, 'a', 'b'), '0', '1')", "CAST({0} AS BLOB)", "7"]
)
def test_a_damaged_row_is_as_absent(path: Path, column: str, damage: str) -> None:
    made = {f"a{number}": (Candidate("phrase a"),) for number in range(5)}
    with SegmentCache(path) as cache:
        cache.put(made)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE segment SET {column} = {damage.format(column)} WHERE key = 'a3'")  # noqa: S608
    with SegmentCache(path) as cache:
        assert cache.get(list(made)).keys() == made.keys() - {"a3"}
        cache.put(made)
        assert cache.get(list(made)) == made


def use_damaged(tmp_path: Path, data: bytes) -> None:
    """Whatever the database has become: nothing wrong comes out of it, and it can be written to."""
    path = tmp_path / "segments.sqlite"
    path.write_bytes(data)
    with SegmentCache(path) as cache:
        assert cache.get(KEYS).items() <= MADE.items()
        cache.put(MADE)
        cache.put({"new": (Candidate("nouveau"),)})
        assert cache.get(KEYS).items() <= MADE.items()


@given(
    place=st.integers(0, HEADER_BYTES - 1) | st.integers(3900, 4200) | st.integers(0),
    bits=st.integers(1, 255),
)
@settings(max_examples=80, deadline=None)
def test_a_flipped_byte_of_the_database_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, database: bytes, place: int, bits: int
) -> None:
    data = bytearray(database)
    data[place % len(data)] ^= bits
    use_damaged(tmp_path_factory.mktemp("flipped"), bytes(data))


@given(st.integers(0))
@settings(max_examples=40, deadline=None)
def test_a_truncated_database_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, database: bytes, length: int
) -> None:
    use_damaged(tmp_path_factory.mktemp("truncated"), database[: length % len(database)])


@pytest.mark.parametrize("data", [b"no database at all" * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_set_aside(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with SegmentCache(path) as cache:
        cache.put(MADE)
        assert cache.get(KEYS) == MADE
    assert path.with_name("segments.sqlite.damaged").read_bytes() == data


def test_a_database_of_another_program_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE segment (other TEXT)")
    with SegmentCache(path) as cache:
        cache.put(MADE)
        assert cache.get(KEYS) == MADE


def test_pages_that_rot_in_use_cost_nothing_but_their_translations(path: Path, database: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(database)
    with SegmentCache(path) as cache:
        rotten = bytearray(database)
        rotten[4096:] = b"\xff" * (len(rotten) - 4096)
        path.write_bytes(bytes(rotten))
        assert cache.get(KEYS) == {}
        cache.put(MADE)
        assert cache.get(KEYS) == MADE


def test_readers_see_whole_batches_while_another_process_writes(path: Path) -> None:
    batches = [{f"{batch}-{number}": (Candidate("x" * 500),) for number in range(50)} for batch in range(20)]

    def write() -> None:
        with SegmentCache(path) as cache:
            for batch in batches:
                cache.put(batch)

    with SegmentCache(path) as one, SegmentCache(path) as other:
        writer = in_child(write)
        ended = None
        seen = 0
        while ended is None or seen < len(batches):
            if ended is None and (waited := os.waitpid(writer, os.WNOHANG)) != (0, 0):
                ended = os.waitstatus_to_exitcode(waited[1])
            for reader in (one, other):
                found = [len(reader.get(list(batch))) for batch in reversed(batches)]
                assert set(found) <= {0, 50}
                assert found == sorted(found), "a batch is there and one before it is not"
            seen = found.count(50)
            assert ended in {None, 0}


def test_a_killed_writer_loses_nothing_that_was_put(path: Path) -> None:
    told, tell = os.pipe()

    def write_for_ever() -> None:
        with SegmentCache(path) as cache:
            for number in range(10**6):
                cache.put({str(number): (Candidate(str(number)),)})
                os.write(tell, f"{number}\n".encode())

    writer = in_child(write_for_ever)
    put: list[str] = []
    while len(put) < 50:
        put += os.read(told, 4096).decode().split()
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    os.close(tell)
    while more := os.read(told, 4096):
        put += more.decode().split()
    os.close(told)
    with SegmentCache(path) as cache:
        assert cache.get(put) == {key: (Candidate(key),) for key in put}
        cache.put(MADE)


def test_a_locked_database_is_named_and_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "BUSY_SECONDS", 0.05)
    with SegmentCache(path) as cache:
        with closing(sqlite3.connect(path)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="locked — see to the disk"):
                cache.put(MADE)
        cache.put(MADE)
        assert cache.get(KEYS) == MADE
    assert not list(path.parent.glob("*.damaged"))


def test_a_place_that_takes_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "segments.sqlite", tmp_path / "folder"):
        with pytest.raises(StoreError):
            SegmentCache(path)
    assert (tmp_path / "folder").is_dir()


def test_a_closed_cache_does_not_pretend_to_be_empty(path: Path) -> None:
    cache = SegmentCache(path)
    cache.close()
    with pytest.raises(sqlite3.ProgrammingError):
        cache.get(KEYS)
    with pytest.raises(sqlite3.ProgrammingError):
        cache.put(MADE)
    assert not list(path.parent.glob("*.damaged"))
