"""What French dates, datelines and embargoes state."""

import pytest

from pipeline.records import Block, Document, Layout
from pipeline.structure import structure_document
from pipeline.structure.datelines import read_dateline
from pipeline.structure.embargoes import embargo_of, is_embargo, read_embargo
from pipeline.structure.stated_dates import StatedDate, read_stated_date

DATES = [
    ("2 mai 2014", StatedDate(2, 5, 2014)),
    ("le 1er mai 2014", StatedDate(1, 5, 2014)),
    ("1ᵉʳ mai", StatedDate(1, 5)),
    ("LE 3 MAI 2014", StatedDate(3, 5, 2014)),
    ("3 janv. 2025", StatedDate(3, 1, 2025)),
    ("12/03/24", StatedDate(12, 3, 2024)),
    ("12.03.1998", StatedDate(12, 3, 1998)),
    ("2024-03-12", StatedDate(12, 3, 2024)),
    ("mardi 3 mai 2014 à 14 h 30", StatedDate(3, 5, 2014, 1, 14, 30)),
    ("VENDREDI 3 MAI 2014, 10 H", StatedDate(3, 5, 2014, 4, 10)),
    ("10 h 15 le vendredi 3 mai 2014", StatedDate(3, 5, 2014, 4, 10, 15)),
    ("3 mai 2014 à midi (heure de Paris)", StatedDate(3, 5, 2014, None, 12, 0, "Paris")),
    ("3 mai 2014, 10 h GMT", StatedDate(3, 5, 2014, None, 10, 0, "", "GMT")),
    ("29 février", StatedDate(29, 2)),
]
NO_DATES = ["", "demain", "mai 2014", "31 février 2020", "29 février 2023", "3 mai à minuit", "3 mai à 24 h", "40 mai",
            "10 h le 3 mai à 11 h", "le 3 mai, le ministre", "12/13/2024", "9" * 5_000]  # fmt: skip

EMBARGOES = [
    ("SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H", StatedDate(3, 5, 2014, 4, 10)),
    ("Sous embargo jusqu’à 10 h le vendredi 3 mai 2014", StatedDate(3, 5, 2014, 4, 10)),
    ("Embargo : vendredi 3 mai 2014 à 10 h", StatedDate(3, 5, 2014, 4, 10)),
    ("EMBARGO : 10 h le 3 mai 2014", StatedDate(3, 5, 2014, None, 10)),
    ("Embargo presse – 3 mai 2014", StatedDate(3, 5, 2014)),
    ("[SOUS EMBARGO : 3 mai 2014, 10 h]", StatedDate(3, 5, 2014, None, 10)),
    ("Ne pas diffuser avant le 3 mai 2014 à 10 h", StatedDate(3, 5, 2014, None, 10)),
    ("À ne pas publier avant le 03/05/2014 10:00", StatedDate(3, 5, 2014, None, 10)),
    ("Levée d’embargo : 3 mai 2014, 10 h (heure de Paris)", StatedDate(3, 5, 2014, None, 10, 0, "Paris")),
    ("Diffusion autorisée à partir du 3 mai 2014, 10 h", StatedDate(3, 5, 2014, None, 10)),
    ("Sous embargo", None),
    ("*** SOUS EMBARGO ***", None),
    ("Ce communiqué est sous embargo jusqu’à demain matin à huit heures.", None),
]
NO_EMBARGOES = [
    "Embargo sur les armes : l’UE prolonge ses sanctions",
    "Embargo : l’UE sanctionne la Russie",
    "Embargo pétrolier : le 3 mai, tout change",
    "Sous embargo depuis 2014, l’Iran exporte peu.",
    "L’embargo sur le pétrole entre en vigueur le 3 mai.",
    "Pour diffusion immédiate",
    "Embargo levé",
    "",
    "Embargo : " + "a " * 5_000,
]


@pytest.mark.parametrize(("text", "stated"), DATES)
def test_date_is_read_as_it_is_stated(text: str, stated: StatedDate) -> None:
    assert read_stated_date(text) == stated


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_or_no_sure_one_is_not_read(text: str) -> None:
    assert read_stated_date(text) is None


@pytest.mark.parametrize(("text", "stated"), EMBARGOES)
def test_embargo_is_one_and_says_until_when(text: str, stated: StatedDate | None) -> None:
    assert is_embargo(text)
    assert read_embargo(text) == stated


@pytest.mark.parametrize("text", NO_EMBARGOES)
def test_other_text_is_no_embargo(text: str) -> None:
    assert not is_embargo(text)
    assert read_embargo(text) is None


def test_dateline_is_taken_apart() -> None:
    line = read_dateline("PARIS (France), le mardi 3 mai 2014 à 14 h 30 (AFP) –")
    assert line is not None
    assert (line.place, line.country, line.bracketed, line.agency, line.has_dash) == (
        "PARIS",
        "France",
        True,
        "AFP",
        True,
    )
    assert line.date == StatedDate(3, 5, 2014, 1, 14, 30)


@pytest.mark.parametrize("text", ["Paris dit non", "Date : 3 mai 2014", "", "le ministre, le 3 mai", "A" * 500])
def test_what_is_not_understood_is_not_taken_apart(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize("layout", ["paragraph", "header", "textbox", "heading", "cell"])
def test_embargo_is_seen_wherever_the_layout_puts_it(layout: Layout) -> None:
    blocks = (
        Block("b0", "other", "SOUS EMBARGO JUSQU’AU 3 MAI 2014, 10 H", layout=layout, level=1),
        Block("b1", "other", "Trois hommes arrêtés", layout="heading", level=1),
        Block("b2", "other", "Trois hommes ont été arrêtés hier dans le port de la ville."),
    )
    document = structure_document(Document("d", "d", "fr", "txt", blocks))
    assert [block.kind for block in document.blocks] == ["embargo", "headline", "lead"]
    assert embargo_of(document.blocks) == "SOUS EMBARGO JUSQU’AU 3 MAI 2014, 10 H"
