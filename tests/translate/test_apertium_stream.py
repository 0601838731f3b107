"""What is sent to Apertium holds nothing that it could trip over, and what comes back holds nothing of its own."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate.apertium_stream import TERMINATOR, decode, encode, lost_characters

SPECIAL = "^$[]{}\\/@<>*#~\x00\x01\x7f\x85\ud800\udfff\ufdd0\ufffe\uffff\U0001fffe\U000e0001\U000f0000\U0010fffd"
texts = st.text(st.characters(exclude_characters="\n", exclude_categories=())) | st.text(SPECIAL + "a \ue000.")


def echo(line: str) -> str:
    """Return what a pipeline that changes nothing would make of a line."""
    candidate = decode(encode(line), encode(line).text)
    assert candidate is not None
    return candidate.text


@given(texts)
@settings(max_examples=200, deadline=None)
def test_what_is_sent_holds_nothing_special(line: str) -> None:
    sent = encode(line).text.removesuffix(TERMINATOR)
    assert not re.search(r"[\^$\[\]{}\\/@<>*#~\x00-\x1f\x7f-\x9f\ud800-\udfff]", sent)
    assert sent.encode("utf-8").decode("utf-8") == sent


@given(texts)
@settings(max_examples=200, deadline=None)
def test_what_passes_unchanged_comes_back_as_it_was(line: str) -> None:
    line = line.strip()
    assert echo(line) == re.sub(r"(?<=\w)’(?=[\w\ue000-\uf8ff])", "'", unicodedata.normalize("NFC", line))


def test_composed_and_decomposed_accents_are_sent_alike() -> None:
    assert encode("arre\u0302te\u0301").text == encode("arrêté").text


def test_typographic_apostrophes_are_sent_plain_within_words_only() -> None:
    assert encode("l’opération, l’\ue000 et ’").text == "l'opération, l'\ue000 et ’" + TERMINATOR


@pytest.mark.parametrize(
    ("output", "text", "unknown"),
    [
        ("La *Strikeback va", "La Strikeback va", ["Strikeback"]),
        ("*aujourd'*hui", "aujourd'hui", ["aujourd", "hui"]),
        ("*porte-parole.", "porte-parole.", ["porte-parole"]),
        ("el @faire y #ser", "el faire y ser", ["faire", "ser"]),
        ("es \\@\\@faire# allusion ya", "es faire allusion ya", ["faire"]),
        ("podrían #\\<prn\\> *subvenir", "podrían subvenir", ["subvenir"]),
        ("que prove\\/provem ya", "que prove ya", []),
        ("~la casa", "la casa", []),
        ("no  comprenden  nada .", "no comprenden nada.", []),
        ("visto\ue001 ", "visto\ue001", []),
    ],
)
def test_the_engines_marks_are_taken_off(output: str, text: str, unknown: list[str]) -> None:
    candidate = decode(encode("un texte"), output + TERMINATOR)
    assert candidate is not None
    assert candidate.text == text
    assert [candidate.text[span.start : span.end] for span in candidate.unknown] == unknown


def test_spaces_of_the_source_are_kept() -> None:
    assert echo("deux  espaces , et un point .") == "deux  espaces , et un point ."


def test_a_token_after_a_word_is_sent_before_the_next_and_comes_back_to_the_first() -> None:
    sent = encode("le \ue000chef du\ue001 service")
    assert sent.text == "le \ue000chef du \ue001service" + TERMINATOR
    candidate = decode(sent, "el \ue000jefe del \ue001servicio" + TERMINATOR)
    assert candidate is not None
    assert candidate.text == "el \ue000jefe del\ue001 servicio"


@pytest.mark.parametrize("output", ["", "sans fin", "[]sans fin[]"])
def test_an_output_without_its_end_is_no_translation(output: str) -> None:
    assert decode(encode("sans fin"), output) is None


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("a \ue000 b", "a \ue000 b", ""),
        ("\ue000a\ue001", "\ue001a\ue000", ""),
        ("a \ue000 b", "a b", "\ue000"),
        ("a \ue000 b", "\ue000 a \ue000", "\ue000"),
        ("a/b *", "a b", "/*"),
        ("a b", "a @ b", "@"),
    ],
)
def test_lost_and_doubled_characters_are_noticed(source: str, translation: str, lost: str) -> None:
    assert lost_characters(source, translation) == frozenset(lost)


@pytest.mark.parametrize(
    "hostile", [" " * 5_000, "a" * 5_000, "a/" * 2_500, "*" * 5_000, "<" * 5_000, "\ue000 " * 2_500]
)
def test_hostile_lines_take_no_time(hostile: str) -> None:
    assert echo(hostile + ".") == (hostile + ".").strip()
