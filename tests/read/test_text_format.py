"""Plain text: which lines are one paragraph, what a block is, and that nothing but words changes."""

import pytest
from text_samples import NO_LIMITS, TEXT, bare, round_trip, texts, translate

from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.text import TEXT as FORMAT
from pipeline.records import TargetBlock

WRAPPED = """\
Les enquêteurs de la police nationale ont annoncé vendredi que les
trois suspects avaient été placés en garde à vue, puis présentés au
juge d’instruction de permanence.
"""


def shapes(source: str) -> list[tuple[str, int, str]]:
    return [(block.layout, block.level, block.text[:20]) for block in FORMAT.read(source.encode(), NO_LIMITS)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_translation_and_its_inverse_give_the_same_bytes(line_end: str, codec: str) -> None:
    data = TEXT.replace("\n", line_end).encode(codec)
    same, there, back = round_trip(FORMAT, data)
    assert same == data
    assert there != data
    assert back == data


def test_a_release_is_read_as_its_reader_sees_it() -> None:
    assert shapes(TEXT) == [
        ("heading", 1, "Opération coordonnée"),
        ("paragraph", 0, "2 mai 2014"),
        ("paragraph", 0, "MANILLE – Une opérat"),
        ("paragraph", 0, "« Notre message est "),
        ("heading", 2, "Les saisies de l’opé"),
        ("paragraph", 0, "Ont été saisis à Bic"),
        ("list_item", 1, "250 téléphones porta"),
        ("list_item", 2, "dont douze volés,"),
        ("list_item", 1, "15\u202f000 dollars."),
        ("paragraph", 0, "Contact presse"),
        ("paragraph", 0, "Marie Exemple"),
        ("paragraph", 0, "Tél. : +33 1 23 45 6"),
        ("paragraph", 0, "presse@example.org"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (WRAPPED, [" ".join(WRAPPED.split())]),
        ("Titre un peu long du communiqué du ministère\n2 mai 2014\n", None),
        ("Service de presse\nMinistère de l’Intérieur\n01 49 27 49 27 (permanence)\n", None),
        (
            "Un paragraphe assez long qui court sur sa ligne et\nqui continue plus bas.\n",
            ["Un paragraphe assez long qui court sur sa ligne et qui continue plus bas."],
        ),
        ("Première phrase assez longue pour tenir une ligne.\nqui ne continue pas.\n", None),
        (("x" * 150 + " mot\n") * 3, None),
        ("Voici :\n- un\n- deux\n", ["Voici :", "un", "deux"]),
        ("- un point qui va\n  à la ligne\n", ["un point qui va à la ligne"]),
        ("Il faut\n– c’est dit – agir\n", ["Il faut", "– c’est dit – agir"]),
        ("Deux points :\n1) un\n2) deux\na) trois\n• quatre\n", ["Deux points :", "un", "deux", "trois", "quatre"]),
        ("=====\nTitre\n=====\n\n* * *\n\n12 345\n\nCorps.\n", ["Titre", "12 345", "Corps."]),
        ("mot  double\tespace\u00a0dur\n", ["mot double espace\u00a0dur"]),
    ],
)
def test_lines_are_joined_only_where_they_are_one_paragraph(source: str, expected: list[str] | None) -> None:
    assert texts(FORMAT, source) == (expected or source.rstrip("\n").split("\n"))


@pytest.mark.parametrize(
    ("source", "layouts"),
    [
        ("Titre\n\nCorps.\n", ["heading", "paragraph"]),
        ("Une phrase.\n\nCorps.\n", ["paragraph", "paragraph"]),
        ("Paris, le 2 mai 2014\n\nTitre\n\nCorps.\n", ["paragraph", "heading", "paragraph"]),
        ("- un\n\nTitre\n\nCorps.\n", ["list_item", "heading", "paragraph"]),
        ("mot " * 60 + "\n\nSuite\n\nFin.\n", ["paragraph", "paragraph", "paragraph"]),
        ("Titre\n\nLE CONTEXTE\nUn mot.\n", ["heading", "heading", "paragraph"]),
        ("Titre\n\nMarie Exemple\n\nDirectrice\n", ["heading", "paragraph", "paragraph"]),
        ("Titre\n\npresse@example.org\n\n" + "Mot. " * 30, ["heading", "paragraph", "paragraph"]),
        ("Titre\n\n01 23 45 67 89 standard\n\n" + "Mot. " * 30, ["heading", "paragraph", "paragraph"]),
        ("Titre\n\nune minuscule\n\n" + "Mot. " * 30, ["heading", "paragraph", "paragraph"]),
        ("Titre\n\nLe contexte\n\n" + "Mot. " * 30, ["heading", "heading", "paragraph"]),
    ],
)
def test_only_plausible_lines_are_headings(source: str, layouts: list[str]) -> None:
    assert [block.layout for block in FORMAT.read(source.encode(), NO_LIMITS)] == layouts


def test_a_wrapped_paragraph_is_wrapped_again() -> None:
    words = "The police said on Friday that all three suspects had been taken into custody before they saw the judge."
    written = translate(FORMAT, "Titre\n\n" + WRAPPED.replace("\n", "\r\n") + "\r\nFin.\r\n", "Title", words)
    assert written.startswith("Title\n\nThe police")
    assert bare(written) == bare("Title" + words + "Fin.")
    assert max(map(len, written.splitlines())) <= max(map(len, WRAPPED.splitlines()))
    assert "\r\n" in written[: len(words)]


def test_white_space_that_no_longer_fits_becomes_single_spaces() -> None:
    assert translate(FORMAT, "  - Nom :\tvaleur  \n", "  A longer  name:\nvalue ") == "  - A longer name: value  \n"


def test_what_the_encoding_lacks_is_written_in_utf_8() -> None:
    data = "L’été à Łódź".replace("Łódź", "Lodz").encode("cp1252")
    assert FORMAT.write(data, {"b0": TargetBlock("b0", "Lato w Łodzi")}, "pl") == "Lato w Łodzi".encode()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"12 345 -- \n"])
def test_a_file_without_a_letter_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="nothing to translate"):
        FORMAT.read(data, NO_LIMITS)


@pytest.mark.parametrize("limits", [Limits(max_bytes=20), Limits(max_blocks=2), Limits(max_block_chars=20)])
def test_limits_are_kept_and_named(limits: Limits) -> None:
    with pytest.raises(InputError, match="limit is") as caught:
        FORMAT.read(TEXT.encode(), limits)
    assert "limits.max_" in caught.value.remedy
