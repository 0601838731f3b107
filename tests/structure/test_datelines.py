"""Dates, datelines and contact lines: what is one, and what only looks like one."""

import pytest

from pipeline.structure import dateline
from pipeline.structure.datelines import is_date
from pipeline.structure.signals import is_contact, quoted_share

DATELINES = [
    "MANILLE (Philippines) ‒ ",
    "PARIS – ",
    "PARIS, le 3 mai — ",
    "PARIS, 3 mai 2014 (AFP) – ",
    "GENÈVE/NEW YORK, 3 juin – ",
    "SAINT-ÉTIENNE (Loire), le 1er avril 2024 – ",
    "LYON, France, le mardi 3 mai 2014 à 14 h 30 – ",
    "Lyon (France) – ",
    "Lyon, le 3 mai 2014. – ",
    "Aix-en-Provence, 03/05/2014 - ",
    "PARIS\u00a0–\u00a0",
]
NO_DATELINES = [
    "Une opération – la première – a eu lieu.",
    "COVID-19 – une alerte",
    "Europol (Office européen de police) – l’agence",
    "Les policiers – au nombre de trois – sont partis.",
    "le 3 mai – Le ministre",
    "INTERPOL coordonne – depuis Lyon – les enquêtes.",
    "PARIS – ",
    "PARIS-Plages ouvre.",
    "",
    "A " * 5_000,
]
DATES = [
    "2 mai 2014",
    "le 1er mai 2014",
    "1ᵉʳ mai 2014",
    "Paris, le 12 mars 2024",
    "Mardi 3 mai 2014 à 14 h 30",
    "Lyon, mercredi 3 mai 2014, 14:30 (heure de Paris)",
    "Saint-Denis (La Réunion), le 3 janv. 2025",
    "12/03/2024",
    "2024-03-12",
    "Publié le 3 mai 2014",
    "LE 3 MAI 2014",
]
NO_DATES = ["Le 12 mars 2024, le ministre a signé.", "mai", "3 hommes", "Paris", "", "2014", "3 mai " * 100]
CONTACTS = [
    "Tél. : 01 99 00 12 34",
    "Police nationale : +33 1 99 00 12 34 (de 8 h à 22 h)",
    "presse@example.fr",
    "Service de presse – 01.99.00.12.34 – presse@example.org",
]
NO_CONTACTS = [
    "Bureau de presse",
    "Le préjudice s’élève à 12 500 000 euros.",
    "Toute personne qui dispose d’un renseignement utile est priée d’appeler le 01 99 00 12 34, de jour comme de nuit.",
    "arrêté n° 12-345",
]


@pytest.mark.parametrize("head", DATELINES)
def test_dateline_ends_before_the_sentence(head: str) -> None:
    assert dateline(head + "Une opération a abouti.") == len(head)


@pytest.mark.parametrize("text", NO_DATELINES)
def test_text_without_dateline_has_none(text: str) -> None:
    assert dateline(text) == 0


@pytest.mark.parametrize("text", DATES)
def test_date_is_one(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", NO_DATES)
def test_other_text_is_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize("text", CONTACTS)
def test_contact_line_is_one(text: str) -> None:
    assert is_contact(text)


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_sentence_with_a_number_is_no_contact(text: str) -> None:
    assert not is_contact(text)


@pytest.mark.parametrize(
    ("text", "opened_before", "share", "is_open"),
    [
        ("«abcd»", False, 4 / 6, False),
        ("«ab «cd» ef»", False, 8 / 12, False),
        ("abcd", False, 0.0, False),
        ("«abcd", False, 4 / 5, True),
        ("»abcd»", True, 4 / 5, False),
        ("ab » cd", True, 3 / 7, False),
        ('"abcd"', False, 4 / 6, False),
        ("", False, 0.0, False),
    ],
)
def test_quoted_share_counts_what_stands_between_marks(
    text: str, opened_before: bool, share: float, is_open: bool
) -> None:
    assert quoted_share(text, opened_before) == (pytest.approx(share), is_open)
