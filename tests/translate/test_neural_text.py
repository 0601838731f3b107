"""Marks for placeables, pieces of texts, language codes, cores."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate.cores import available_cores, divide_cores
from pipeline.translate.language_codes import LanguageCodes
from pipeline.translate.marks import NOTATIONS, Notation, find_notation
from pipeline.translate.pieces import clean, cut_pieces, shorten

CORNERS = Notation("⟦", "⟧")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Voir \ue000 ici.", "Voir ⟦1⟧ ici."),
        ("la \ue004grande\ue005 ville", "la ⟦1⟧ grande ⟦2⟧ ville"),
        ("aujourd'\ue003hui", "aujourd'⟦1⟧ hui"),
        ("rela\ue000tif", "rela⟦1⟧tif"),
        ("note ⟦3⟧ \ue000", "note ⟦3⟧ ⟦4⟧"),
        ("\ue000 et \ue000", "⟦1⟧ et ⟦1⟧"),
        ("rien", "rien"),
    ],
)
def test_placeables_are_written_as_numbered_marks_and_read_back(text: str, written: str) -> None:
    made, tokens = CORNERS.write(text)
    assert made == written
    assert CORNERS.read(made, text, tokens) == text


@pytest.mark.parametrize(
    ("output", "read"),
    [
        ("the ⟦ 1 ⟧ town", "the \ue000town"),
        ("the ⟦1⟧town⟦2⟧", "the \ue000town\ue001"),
        ("the ⟦1 ⟧ town ⟦2⟧ .", "the \ue000town\ue001 ."),
        ("⟦2⟧ ⟦2⟧", "\ue001 \ue001"),
        ("the town", "the town"),
        ("the ⟦9⟧ town", "the ⟦9⟧ town"),
        ("the \ue007 town", "the  town"),
    ],
)
def test_marks_are_read_with_whatever_spaces_a_model_puts(output: str, read: str) -> None:
    source = "la \ue000ville\ue001."
    assert CORNERS.read(output, source, CORNERS.write(source)[1]) == read


@given(st.text(alphabet="ab ⟦⟧<x>[]{}()19.\ue000\ue001\ue00a\uf8ff", max_size=40), st.sampled_from(NOTATIONS))
@settings(max_examples=150, deadline=None)
def test_reading_inverts_writing(text: str, notation: tuple[str, str]) -> None:
    marks = Notation(*notation)
    written, tokens = marks.write(text)
    assert not [character for character in written if "\ue000" <= character <= "\uf8ff"]
    back = marks.read(written, text, tokens)
    assert back.replace(" ", "") == text.replace(" ", "")


def test_the_notation_is_the_first_that_the_tokenizer_carries() -> None:
    assert find_notation(lambda text: text) == CORNERS
    assert find_notation(lambda text: None if "⟦" in text else text) == Notation("<x", ">")
    assert find_notation(lambda text: text.replace("⟦", "").replace("<", "").replace(" ", "  ")) == Notation("[x", "]")
    assert find_notation(lambda text: None) is None
    assert find_notation(lambda text: "1 2 13") is None


@given(st.text(alphabet="ab é.,;:\n\r\t\ue000!", max_size=60), st.booleans())
@settings(max_examples=200, deadline=None)
def test_pieces_rebuild_the_text(text: str, carries_tokens: bool) -> None:
    pieces = cut_pieces(text, carries_tokens)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        if piece.is_sent:
            assert piece.text == piece.text.strip()
            assert "\n" not in piece.text
            assert carries_tokens or "\ue000" not in piece.text
        else:
            assert not any(map(str.isalpha, piece.text))


@given(st.text(alphabet="abc é.,;:AB ", min_size=1, max_size=200), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_short_enough_parts_rebuild_the_text(text: str, limit: int) -> None:
    pieces = shorten(text, limit, lambda parts: [len(part) for part in parts])
    assert "".join(piece.text for piece in pieces) == text
    assert all(len(piece.text) <= limit for piece in pieces if piece.is_sent)


def test_long_texts_are_cut_at_sentences_then_clauses_then_words() -> None:
    def parts(text: str, limit: int) -> list[str]:
        return [p.text for p in shorten(text, limit, lambda parts: [len(p.split()) for p in parts]) if p.is_sent]

    assert parts("La route est fermée. Le feu est éteint.", 4) == ["La route est fermée.", "Le feu est éteint."]
    assert parts("La route est fermée ; le feu, lui, est éteint.", 5) == [
        "La route est fermée ;",
        "le feu, lui, est éteint.",
    ]
    assert parts("un deux trois quatre cinq", 2) == ["un deux", "trois quatre", "cinq"]


def test_what_no_tokenizer_takes_becomes_a_space() -> None:
    assert clean("a\x00b\ud800c\x85d\u2028e\tf") == "a b c d e\tf"


@pytest.mark.parametrize(
    ("codes", "tag", "code"),
    [
        (["fra_Latn", "zho_Hans", "zho_Hant"], "zh", "zho_Hans"),
        (["fra_Latn", "zho_Hans", "zho_Hant"], "zh-TW", "zho_Hant"),
        (["pt_br", "pt_pt"], "pt-PT", "pt_pt"),
        (["pt_br", "pt_pt"], "pt", "pt_br"),
        (["por"], "pt-BR", "por"),
        (["sr_Cyrl", "sr_Latn"], "sr-Latn", "sr_Latn"),
        (["twi_Latn", "aka_Latn"], "en", None),
        (["arb_Arab"], "ar", "arb_Arab"),
        (["nob_Latn", "nno_Latn"], "nb", "nob_Latn"),
        (["ROMANCE", "mul"], "es", None),
        (["en"], "x-rot13", None),
        (["en"], "no language", None),
    ],
)
def test_codes_are_found_by_tag(codes: list[str], tag: str, code: str | None) -> None:
    assert LanguageCodes(codes).find(tag) == code


def test_tags_are_listed_as_people_write_them() -> None:
    assert LanguageCodes(["zho_Hant", "eng_Latn", "pt_br", "zho_Hans", "??"]).tags == ["en", "pt-BR", "zh", "zh-Hant"]
    assert LanguageCodes(["ro_RO"], territories=False).tags == ["ro"]


@pytest.mark.parametrize(
    ("files", "most"),
    [
        ({}, 10_000),
        ({"cpu.max": "100000 100000"}, 1),
        ({"cpu.max": "max 100000"}, 10_000),
        ({"cpu.max": "1"}, 10_000),
        ({"cpu/cpu.cfs_quota_us": "50000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 10_000),
    ],
)
def test_cores_are_those_of_the_process(tmp_path: Path, files: dict[str, str], most: int) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="ascii")
    assert 1 <= available_cores(tmp_path) <= most


def test_threads_never_exceed_the_cores() -> None:
    for cores in range(1, 200):
        inter, intra = divide_cores(cores)
        assert 1 <= inter * intra <= cores
