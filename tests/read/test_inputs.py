import json
import os
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import ColumnsConfig
from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.inputs import (
    FILES_A_BUCKET,
    FILES_ONE_BY_ONE,
    Inputs,
    Release,
    Shard,
    discover,
    is_saved_dataset,
    require,
    unique_names,
    walk,
)
from pipeline.store import Store


def find(*inputs: Path, **options: int | None) -> Inputs:
    return discover(inputs, ColumnsConfig(), Limits(), **options)


def make(folder: Path, *names: str, text: str = "Bonjour.") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def make_rows(path: Path, count: int, text: str = "Le texte") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{"id": str(number), "text": f"{text} {number}."} for number in range(1, count + 1)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def names(inputs: Inputs) -> list[str]:
    return [release.path for shard in inputs.shards for release in shard.releases]


def digests(inputs: Inputs) -> dict[str, str]:
    return {shard.name: shard.digest for shard in inputs.shards}


def told(inputs: Inputs) -> list[tuple[str, str]]:
    assert all(failure.stage == "read" and failure.remedy for failure in inputs.failures)
    return [(failure.path, failure.message) for failure in inputs.failures]


def as_nobody(work: Callable[[], None]) -> None:
    """Run something in a process of a user for whom permissions count."""
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
        return
    status = 1
    try:
        if os.getuid() == 0:
            os.setuid(65534)
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def test_a_folder_is_searched_through_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a.TXT", "sub/deep/c.html", "sub/d.docx", "e.htm")
    found = find(tmp_path)
    assert names(found) == ["a.TXT", "b.md", "e.htm", "sub/d.docx", "sub/deep/c.html"]
    assert [shard.name for shard in found.shards] == names(found)
    assert found.releases == 5
    assert found.failures == found.ignored == ()


def test_files_are_named_by_themselves(tmp_path: Path) -> None:
    make(tmp_path, "deep/er/a.txt")
    (shard,) = find(tmp_path / "deep" / "er" / "a.txt").shards
    (release,) = shard.releases
    assert (release.path, release.row) == ("a.txt", None)
    assert release.location.samefile(tmp_path / "deep/er/a.txt")


def test_what_is_no_release_is_left_out_or_noted(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.txt",
        ".hidden.txt",
        ".git/b.txt",
        "~$a.docx",
        "sub/~$lock.docx",
        "photo.jpg",
        "sub/README",
        "notes.txt.bak",
        "out/translations/a/es/x/a.es.txt",
    )
    (tmp_path / "out" / ".communique").mkdir()
    (tmp_path / "folder.txt").mkdir()
    found = find(tmp_path)
    assert names(found) == ["a.txt"]
    assert found.ignored == ("notes.txt.bak", "photo.jpg", "sub/README")
    assert found.failures == ()


def test_an_output_folder_is_never_taken_for_input(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/summaries/a.fr.txt")
    with Store(tmp_path / "out").lock():
        pass
    assert names(find(tmp_path)) == ["in/a.txt"]
    found = find(tmp_path / "out", tmp_path / "in")
    assert names(found) == ["a.txt"]
    assert told(found) == [(str(tmp_path / "out"), "it is the output folder of a run")]


def test_the_same_stem_in_two_folders_and_formats_and_the_same_content_twice_are_all_there(tmp_path: Path) -> None:
    make(tmp_path, "x/release.txt", "x/release.md", "y/release.txt", "y/copy.txt")
    found = find(tmp_path / "x", tmp_path / "y")
    assert names(found) == ["copy.txt", "release.md", "x/release.txt", "y/release.txt"]
    assert len(set(digests(found).values())) == 4


def test_what_is_named_twice_is_there_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "link.txt").symlink_to("a.txt")
    for inputs in (
        (tmp_path, tmp_path),
        (tmp_path, tmp_path / "sub" / "..", tmp_path / "a.txt", tmp_path / "sub"),
    ):
        assert names(find(*inputs)) == ["a.txt", "sub/b.txt"]


@pytest.mark.parametrize("given", [".", "../here", "sub/..", "./"])
def test_the_folder_one_is_in_can_be_named_in_any_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    make(tmp_path / "here", "a.txt", "sub/b.txt")
    monkeypatch.chdir(tmp_path / "here")
    assert names(find(Path(given))) == ["a.txt", "sub/b.txt"]


def test_equal_names_are_told_apart_by_as_much_of_their_folders_as_it_takes(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("p/x/a.txt", "q/x/a.txt", "q/y/a.txt", "q/y/b.txt")]
    make(tmp_path, *(str(path.relative_to(tmp_path)) for path in paths))
    assert [name for name, _ in unique_names([(path.name, path) for path in paths])] == [
        "b.txt",
        "p/x/a.txt",
        "q/x/a.txt",
        "y/a.txt",
    ]


def test_a_link_beside_a_file_of_its_name_does_not_hang(tmp_path: Path) -> None:
    make(tmp_path, "real/x.txt", "real/y.txt")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "x.txt").symlink_to(tmp_path / "real" / "y.txt")
    assert names(find(tmp_path / "links" / "x.txt", tmp_path / "real" / "x.txt")) == ["links/x.txt", "real/x.txt"]


TREE = st.lists(
    st.tuples(st.lists(st.sampled_from("ab"), max_size=3), st.sampled_from(["r.txt", "r.md", "s.txt"])),
    min_size=1,
    max_size=8,
)


@given(TREE, TREE)
@settings(max_examples=30, deadline=None)
def test_names_are_unique_and_every_file_has_one(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[list[str], str]],
    more: list[tuple[list[str], str]],
) -> None:
    root = tmp_path_factory.mktemp("tree")
    make(root, *("/".join((*folders, name)) for folders, name in files + more))
    inputs = [root / "/".join(folders) for folders, _ in files] + [root / "/".join((*f, name)) for f, name in more]
    found = find(*inputs)
    releases = [release for shard in found.shards for release in shard.releases]
    assert len({release.path for release in releases}) == len(releases)
    assert len({release.location.resolve() for release in releases}) == len(releases)
    assert {path.resolve() for given in inputs for path in (walk(given) if given.is_dir() else [given])} == {
        release.location.resolve() for release in releases
    }
    assert all(release.location.as_posix().endswith(Path(release.path).name) for release in releases)
    assert found.failures == ()


def test_bad_paths_become_failures_and_the_others_are_done(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "photo.jpg", "noformat")
    (tmp_path / "broken.docx").symlink_to("nowhere.docx")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    bad = ["absent.txt", "absent", "photo.jpg", "noformat", "broken.docx", "loop.txt", "pipe.txt", "a.txt/b", "x" * 300]
    found = find(*(tmp_path / name for name in bad), tmp_path / "a.txt")
    assert names(found) == ["a.txt"]
    assert [path for path, _ in told(found)] == [str(tmp_path / name) for name in bad]
    messages = dict(told(found))
    assert messages[str(tmp_path / "absent.txt")] == "no such file or folder"
    assert messages[str(tmp_path / "photo.jpg")] == "“.jpg” files cannot be read"


def test_links_that_lead_nowhere_or_anywhere_are_not_followed_in_silence(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "elsewhere/b.txt")
    folder = tmp_path / "in"
    (folder / "broken.docx").symlink_to("nowhere.docx")
    (folder / "up").symlink_to(tmp_path)
    (folder / "elsewhere").symlink_to(tmp_path / "elsewhere")
    (folder / "b.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    os.mkfifo(folder / "pipe.txt")
    found = find(folder)
    assert names(found) == ["a.txt", "b.txt"]
    assert told(found) == [("broken.docx", "it is a link to nothing")]
    assert found.ignored == ("elsewhere", "pipe.txt", "up")


def test_what_may_not_be_read_is_a_failure_of_its_own() -> None:
    with TemporaryDirectory() as folder:
        root = make(Path(folder), "a.txt", "locked.txt", "locked/b.txt", "half/c.txt", "blind/d.txt")
        root.chmod(0o755)
        for name, mode in (("locked.txt", 0), ("locked", 0), ("half", 0o444), ("blind", 0o111)):
            (root / name).chmod(mode)

        def check() -> None:
            found = find(root)
            assert names(found) == ["a.txt"]
            assert sorted(told(found)) == [
                ("blind", "the folder cannot be looked into"),
                ("half", "cannot be read: Permission denied"),
                ("locked", "cannot be read: Permission denied"),
                ("locked.txt", "cannot be read: Permission denied"),
            ]
            inside = root / "locked" / "b.txt"
            assert told(find(inside)) == [(str(inside), "cannot be read: Permission denied")]

        try:
            as_nobody(check)
        finally:
            for name in ("locked", "half", "blind"):
                (root / name).chmod(0o755)


def test_a_name_that_is_no_text_is_a_failure(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9.txt")).touch()
    found = find(tmp_path)
    assert names(found) == ["a.txt"]
    assert told(found) == [("�t�.txt", "its name is not UTF-8")]


def test_a_digest_depends_on_name_and_content_alone(tmp_path: Path) -> None:
    before = digests(find(make(tmp_path / "one", "a.txt", "b.txt")))
    again = make(tmp_path / "two" / "deeper", "b.txt", "a.txt")
    os.utime(again / "a.txt", (0, 0))
    assert digests(find(again)) == before
    (again / "a.txt").write_text("Bonsoir.")
    after = digests(find(again))
    assert (after["a.txt"] == before["a.txt"], after["b.txt"] == before["b.txt"]) == (False, True)
    (again / "b.txt").rename(again / "c.txt")
    assert digests(find(again))["c.txt"] != before["b.txt"]


def test_a_new_file_changes_no_other_shard(tmp_path: Path) -> None:
    before = digests(find(make(tmp_path, "a.txt", "c.txt")))
    after = digests(find(make(tmp_path, "b.txt", "sub/a.txt")))
    assert after.items() > before.items()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    return make(folder, *(f"{number % 7}/release-{number}.txt" for number in range(2 * FILES_ONE_BY_ONE)))


def test_many_files_are_dealt_into_buckets_that_hold_each_once(many: Path) -> None:
    found = find(many)
    assert sorted(names(found)) == sorted(path.relative_to(many).as_posix() for path in many.rglob("*.txt"))
    assert len({shard.name for shard in found.shards}) == len(found.shards)
    sizes = [len(shard.releases) for shard in found.shards]
    assert FILES_A_BUCKET / 2 <= sum(sizes) / len(sizes) <= FILES_A_BUCKET * 2
    assert max(sizes) < FILES_A_BUCKET * 4
    assert digests(find(many)) == digests(found)


def test_a_new_or_changed_file_disturbs_one_bucket_only(many: Path) -> None:
    before = digests(find(many))
    new = many / "3" / "new.txt"
    for text in ("Nouveau.", "Changé."):
        new.write_text(text, encoding="utf-8")
        after = digests(find(many))
        assert after.keys() == before.keys()
        assert sum(after[name] != before[name] for name in before) == 1
    new.unlink()
    assert digests(find(many)) == before


def test_up_to_a_number_of_files_each_is_a_shard(many: Path) -> None:
    paths = sorted(many.rglob("*.txt"))
    assert len(find(*paths[:FILES_ONE_BY_ONE]).shards) == FILES_ONE_BY_ONE
    assert len(find(*paths[: FILES_ONE_BY_ONE + 1]).shards) < FILES_ONE_BY_ONE / 4


def test_a_dataset_becomes_shards_of_rows(tmp_path: Path) -> None:
    found = find(make_rows(tmp_path / "data.jsonl", 600), make(tmp_path / "more", "a.txt"))
    assert [(shard.name, len(shard.releases)) for shard in found.shards] == [
        ("a.txt", 1),
        ("data.jsonl#1", 256),
        ("data.jsonl#257", 256),
        ("data.jsonl#513", 88),
    ]
    row = found.shards[2].releases[3]
    assert (row.path, row.row, row.location.name) == ("data.jsonl#260", 260, "data.jsonl")
    assert found.releases == 601


def test_rows_that_cannot_be_used_stay_in_their_shard(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text('{"text": "Un."}\n{"text": 7}\n{"text": "Trois."}\n')
    assert names(find(path)) == ["data.jsonl#1", "data.jsonl#2", "data.jsonl#3"]


def test_a_changed_or_added_row_disturbs_its_shard_only(tmp_path: Path) -> None:
    path = make_rows(tmp_path / "data.jsonl", 600)
    before = digests(find(path))
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:300], lines[300].replace("texte", "mot"), *lines[301:], lines[0]]))
    after = digests(find(path))
    assert [name for name in before if before[name] != after[name]] == ["data.jsonl#257", "data.jsonl#513"]


def test_datasets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    found = find(make_rows(tmp_path / "x" / "data.jsonl", 1), make_rows(tmp_path / "y" / "data.jsonl", 1))
    assert names(found) == ["x/data.jsonl#1", "y/data.jsonl#1"]


def test_a_dataset_that_cannot_be_read_is_a_failure_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("titre,corps\na,b\n")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no")
    make_rows(tmp_path / "good.jsonl", 2)
    found = find(tmp_path)
    assert names(found) == ["good.jsonl#1", "good.jsonl#2"]
    assert [path for path, _ in told(found)] == ["bad.csv", "bad.parquet"]


def test_saved_datasets_are_found_in_folders_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import Dataset, DatasetDict

    rows = Dataset.from_list([{"id": "1", "text": "Bonjour."}])
    rows.save_to_disk(tmp_path / "in" / "saved")
    DatasetDict(train=rows, test=rows).save_to_disk(tmp_path / "in" / "both")
    make(tmp_path / "in", "a.txt")
    found = find(tmp_path / "in")
    assert names(found) == ["a.txt", "both#1", "both#2", "saved#1"]
    assert found.ignored == found.failures == ()
    assert names(find(tmp_path / "in" / "saved")) == ["saved#1"]
    monkeypatch.chdir(tmp_path / "in" / "saved")
    assert names(find(Path())) == ["saved#1"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["state.json", "dataset_info.json", "data-00000-of-00001.arrow"], True),
        (["dataset_dict.json"], True),
        (["state.json", "data.arrow"], True),
        (["state.json", "a.txt"], False),
        (["dataset_info.json"], False),
        (["data.arrow"], False),
        ([], False),
    ],
)
def test_a_saved_dataset_is_known_by_what_is_in_it(tmp_path: Path, files: list[str], expected: bool) -> None:
    assert is_saved_dataset(make(tmp_path, *files)) == expected


def test_a_folder_of_releases_with_a_state_file_is_searched_through(tmp_path: Path) -> None:
    assert names(find(make(tmp_path, "state.json", "a.txt"))) == ["a.txt"]


def picked(shards: Iterable[Shard]) -> list[Release]:
    return [release for shard in shards for release in shard.releases]


def test_the_first_few_are_taken(tmp_path: Path) -> None:
    make(tmp_path / "in", "a.txt", "b.txt")
    make_rows(tmp_path / "in" / "data.jsonl", 300)
    everything = find(tmp_path / "in")
    for limit in (0, 1, 2, 3, 258, 259, 302, 1000):
        assert picked(find(tmp_path / "in", limit=limit).shards) == picked(everything.shards)[:limit]


def test_no_more_of_a_dataset_is_read_than_is_wanted(tmp_path: Path) -> None:
    from datasets import Dataset

    Dataset.from_list([{"text": "Bonjour."}] * 600).save_to_disk(tmp_path / "data", num_shards=2)
    max((tmp_path / "data").glob("*.arrow")).write_bytes(b"")
    assert told(find(tmp_path / "data")) == [("data", "data/data-00001-of-00002.arrow: damaged")]
    found = find(tmp_path / "data", limit=5)
    assert (len(names(found)), found.failures) == (5, ())


def test_a_whole_shard_that_is_taken_keeps_its_digest_and_a_part_has_another(tmp_path: Path) -> None:
    path = make_rows(tmp_path / "data.jsonl", 300)
    whole, first, part = (digests(find(path, limit=limit)) for limit in (None, 256, 255))
    assert whole["data.jsonl#1"] == first["data.jsonl#1"] != part["data.jsonl#1"]


def test_a_sample_is_the_same_each_time_and_spread_over_all(many: Path) -> None:
    everything = names(find(many))
    sample = names(find(many, sample=40))
    assert sample == names(find(many, sample=40))
    assert len(sample) == len(set(sample)) == 40
    assert set(sample) < set(everything)
    assert len({name.split("/")[0] for name in sample}) > 4
    assert sample != everything[:40]
    assert names(find(many, sample=10**6)) == everything
    assert names(find(many, sample=40, limit=10)) == sample[:10]


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        require(find())
    require(find(Path("absent.txt")))
