"""Where a release's files go: names, folders, and what is blocked."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import SummarizedDocument, Summary
from pipeline.report.publish import MAX_NAME_BYTES, publish_summaries, release_folder, translated_name
from pipeline.store import Store


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("release.docx", "release.en.docx"),
        ("news/2014/release.docx", "release.en.docx"),
        ("release.fr.docx", "release.en.docx"),
        ("release.FR.docx", "release.FR.en.docx"),
        ("affaire.v2.fr.txt", "affaire.v2.en.txt"),
        (".fr.txt", ".fr.en.txt"),
        ("a b’é.html", "a b’é.en.html"),
        ("x" * 251 + ".txt", "x" * 248 + ".en.txt"),
        ("é" * 125 + ".txt", "é" * 124 + ".en.txt"),
    ],
)
def test_a_translation_bears_its_release_s_name_and_its_language(path: str, expected: str) -> None:
    assert translated_name(path, "fr", "en") == expected
    assert len(os.fsencode(expected)) <= MAX_NAME_BYTES


@pytest.mark.parametrize(
    ("path", "open_folder", "blocked_folder"),
    [
        ("a.txt", "a.txt/", "blocked/a.txt/"),
        ("x/a.txt", "x/a.txt/", "blocked/x/a.txt/"),
        ("blocked/a.txt", "blocked~/a.txt/", "blocked/blocked~/a.txt/"),
        ("Blocked/a.txt", "Blocked~/a.txt/", "blocked/Blocked~/a.txt/"),
        ("blocked~/a.txt", "blocked~~/a.txt/", "blocked/blocked~~/a.txt/"),
        ("x/blocked/a.txt", "x/blocked/a.txt/", "blocked/x/blocked/a.txt/"),
    ],
)
def test_no_release_passes_for_blocked_by_its_name(path: str, open_folder: str, blocked_folder: str) -> None:
    assert (release_folder(path, False), release_folder(path, True)) == (open_folder, blocked_folder)


PATHS = st.lists(st.sampled_from(["blocked", "blocked~", "Blocked", "a", "a.txt"]), min_size=1, max_size=3).map(
    "/".join
)


@given(PATHS, PATHS, st.booleans(), st.booleans())
def test_two_releases_never_share_a_folder(one: str, other: str, one_blocked: bool, other_blocked: bool) -> None:
    same = (one, one_blocked) == (other, other_blocked)
    assert (release_folder(one, one_blocked) == release_folder(other, other_blocked)) == same


def test_summaries_are_plain_text_with_their_lengths_and_leave_the_other_place(tmp_path: Path) -> None:
    store = Store(tmp_path)
    summaries = (
        Summary("d", "es", "fake", "headline", "Ocho detenidos", (("s0",),)),
        Summary("d", "es", "fake", "bullets", "Uno.\nDos.", (("s0",), ("s1",))),
        Summary("d", "es", "fake", "post", "12 € y https://example.org/una/direccion/larga", (("s0",),)),
        Summary("d", "es", "fake", "abstract", "Ocho hombres.", (("s0",),), state="reviewed"),
    )
    for blocked, place in ((True, "summaries/blocked/a.txt/es/fake.txt"), (False, "summaries/a.txt/es/fake.txt")):
        put = publish_summaries(store, SummarizedDocument("d", "a.txt", "es", "fake", summaries), "es/fake", blocked)
        assert put.path == place
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / place]
        text = (tmp_path / place).read_text(encoding="utf-8")
        assert text == (
            "HEADLINE (14 characters)\n\nOcho detenidos\n\nBULLETS (4 + 4 characters)\n\nUno.\nDos.\n\n"
            "POST (31 characters as networks weigh them)\n\n12 € y https://example.org/una/direccion/larga\n\n"
            "ABSTRACT (2 words, reviewed)\n\nOcho hombres.\n"
        )
