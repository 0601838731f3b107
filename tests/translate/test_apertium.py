"""Apertium's output, as its users see it, and what happens when its programs misbehave."""

import os
import signal
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.errors import LanguageError, TranslatorError
from pipeline.translate.apertium import LINE_CHARS, ApertiumTranslator
from pipeline.translate.base import Candidate

needs_pairs = pytest.mark.skipif(not ApertiumTranslator().supports("fr", "es"), reason="needs apertium-fr-es")


@pytest.fixture(scope="module")
def apertium() -> Iterator[ApertiumTranslator]:
    """The translator, kept to the pairs through Spanish whatever else is installed, so that its words are known."""
    translator = ApertiumTranslator(via=("es",))
    yield translator
    translator.close()


def spanish(apertium: ApertiumTranslator, text: str) -> Candidate:
    return apertium.translate([text], "fr", "es")[0][0]


def words(candidate: Candidate) -> list[str]:
    return [candidate.text[span.start : span.end] for span in candidate.unknown]


@pytest.mark.apertium
@needs_pairs
class TestWithTheInstalledPairs:
    @pytest.mark.parametrize(
        ("french", "expected"),
        [
            ("La police arrête les hommes.", "La policía arresta los hombres."),
            ("La police arrête les hommes", "La policía arresta los hombres"),
            ("La police ?", "La policía ?"),
            ("  La police.\n\nLes hommes.\t", "  La policía.\n\nLos hombres.\t"),
            ("l’opération", "la operación"),
        ],
    )
    def test_text_keeps_its_ends_and_lines(self, apertium: ApertiumTranslator, french: str, expected: str) -> None:
        assert spanish(apertium, french).text == expected

    def test_accents_are_understood_however_written(self, apertium: ApertiumTranslator) -> None:
        assert spanish(apertium, "l'e\u0301cole ferme\u0301e") == spanish(apertium, "l'école fermée")

    def test_the_language_between_is_as_asked(self, apertium: ApertiumTranslator) -> None:
        assert apertium.route("fr", "en") == ("fr", "es", "en")
        assert apertium.route("fr", "es") == ("fr", "es")

    def test_unknown_words_are_reported_where_they_stand(self, apertium: ApertiumTranslator) -> None:
        candidate = spanish(apertium, "L'opération Strikeback vise la Xyzzian.")
        assert words(candidate) == ["Strikeback", "Xyzzian"]
        assert "*" not in candidate.text

    def test_unknown_words_of_the_first_leg_stay_reported(self, apertium: ApertiumTranslator) -> None:
        candidate = apertium.translate(["L'opération Strikeback vise la police."], "fr", "en")[0][0]
        assert words(candidate) == ["Strikeback"]

    def test_a_literal_mark_is_text(self, apertium: ApertiumTranslator) -> None:
        candidate = spanish(apertium, "La *police* arrête #les @hommes ~ici~.")
        assert candidate.text == "La *policía* arresta #los @hombres ~aquí~."
        assert candidate.unknown == ()

    def test_a_missing_pair_names_its_package(self, apertium: ApertiumTranslator) -> None:
        assert apertium.remedy("fr", "es") == ""
        if not apertium.supports("fr", "gl"):
            assert apertium.remedy("fr", "gl").startswith("apt-get install apertium-")
        assert not apertium.supports("fr", "zh")
        assert apertium.remedy("fr", "zh") == ""
        with pytest.raises(LanguageError, match="no Apertium pairs lead from fr to zh"):
            apertium.translate(["a"], "fr", "zh")

    def test_killed_programs_lose_no_text(self, apertium: ApertiumTranslator) -> None:
        texts = [f"La police arrête {number} hommes à Strikeback." for number in range(200)]
        expected = apertium.translate(texts, "fr", "es")
        route = apertium.route("fr", "es")
        for pair in pairwise(route):
            for stage in (0, 3, -1):
                os.kill(apertium._processes[pair].stage_pids[stage], signal.SIGKILL)
                assert apertium.translate(texts, "fr", "es") == expected

    def test_may_be_used_again_after_closing(self, apertium: ApertiumTranslator) -> None:
        before = spanish(apertium, "La police.")
        apertium.close()
        assert spanish(apertium, "La police.") == before


def sign(folder: Path, target_lang: str, *via: str) -> dict[str, str]:
    return ApertiumTranslator(via, folder).signature("fr", target_lang)


class TestSignature:
    """With modes that hold together but translate nothing: a signature starts no program."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("fr-es", "spa-eng", "fra-cat", "cat-spa"):
            self.install(tmp_path, name)
        return tmp_path

    @staticmethod
    def install(folder: Path, name: str, program: str = "cat", data: str = "") -> None:
        (folder / f"{name}.bin").write_text(data, encoding="utf-8")
        (folder / f"{name}.mode").write_text(f"{program} $1 '{folder / name}.bin'", encoding="utf-8")

    def test_names_the_modes_on_the_way_and_no_other(self, folder: Path) -> None:
        modes = sign(folder, "en")["modes"].split()
        assert [mode.split("@")[0] for mode in modes] == ["fra-cat", "cat-spa", "spa-eng"]

    @pytest.mark.parametrize("name", ["eng-cat", "cat-ita", "oci-fra", "fr-eo"])
    def test_another_pair_changes_nothing(self, folder: Path, name: str) -> None:
        before = sign(folder, "en")
        self.install(folder, name, program="tr")
        assert sign(folder, "en") == before

    @pytest.mark.parametrize(
        ("name", "program", "data"), [("spa-eng", "cat", "new words"), ("fra-cat", "tr", ""), ("cat-spa", "tr", "")]
    )
    def test_other_data_or_programs_on_the_way_change_it(
        self, folder: Path, name: str, program: str, data: str
    ) -> None:
        before, elsewhere = sign(folder, "en"), sign(folder, "es", "es")
        self.install(folder, name, program, data)
        assert sign(folder, "en") != before
        assert sign(folder, "es", "es") == elsewhere

    def test_another_way_changes_it_and_an_equal_one_does_not(self, folder: Path) -> None:
        assert sign(folder, "en") != sign(folder, "en", "es")
        assert sign(folder, "es", "es") == sign(folder, "es", "gl")

    def test_a_copy_cannot_change_the_original(self, folder: Path) -> None:
        translator = ApertiumTranslator(folder=folder)
        translator.signature("fr", "en").clear()
        assert translator.signature("fr", "en") == sign(folder, "en")

    def test_without_a_way_there_is_none(self, folder: Path) -> None:
        with pytest.raises(LanguageError, match="no Apertium pairs lead from fr to zh"):
            sign(folder, "zh")


SCRIPT = r"""
import sys
data = b""
while chunk := sys.stdin.buffer.read1(65536):
    data += chunk
    *lines, data = data.split(b"\0")
    for line in lines:
        text = line.decode()
        if "MORT" in text or (text.count("FRAGILE") > 1): sys.exit(3)
        if len(text) > 5100: sys.exit(4)
        if "PERD" in text: text = text.replace("\ue000", "")
        if "DOUBLE" in text: text = text.replace("\ue001", "\ue001 \ue001")
        if "TAIT" in text and " " in text: text = "rien"
        sys.stdout.buffer.write(text.encode() + b"\0"); sys.stdout.buffer.flush()
"""


@pytest.fixture
def wayward(tmp_path: Path) -> Iterator[ApertiumTranslator]:
    """A pair that copies its input, save where a word tells it to misbehave."""
    script = tmp_path / "wayward.py"
    script.write_text(SCRIPT, encoding="utf-8")
    program = tmp_path / "wayward"
    program.write_text(f'#!/bin/sh\nexec python3 "{script}"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "fr-es.mode").write_text(f"'{program}'", encoding="utf-8")
    translator = ApertiumTranslator(folder=tmp_path, line_seconds=20)
    yield translator
    translator.close()


@pytest.mark.parametrize(
    "text",
    [
        "un \ue000 deux",
        "PERD un \ue000deux\ue001 trois",
        "\ue000PERD",
        "DOUBLE un \ue000deux\ue001 trois",
        "FRAGILE et FRAGILE et encore FRAGILE",
        "un TAIT deux",
        "mot " * LINE_CHARS,
        "m" * (3 * LINE_CHARS),
        "12 : \ue000 ; 34",
    ],
)
def test_a_line_that_does_not_come_back_whole_is_cut_and_sent_again(wayward: ApertiumTranslator, text: str) -> None:
    made = wayward.translate(["avant", text, "après"], "fr", "es")
    assert [candidates[0].text for candidates in made] == ["avant", text, "après"]


def test_a_text_that_cannot_be_translated_is_named(wayward: ApertiumTranslator) -> None:
    with pytest.raises(TranslatorError, match="“MORT”"):
        wayward.translate(["avant", "une MORT certaine"], "fr", "es")
    assert wayward.translate(["avant"], "fr", "es")[0][0].text == "avant"
