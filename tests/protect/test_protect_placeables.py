"""Addresses, numbers to call, files and tags in running French."""

import pytest

from pipeline.protect.placeables import find_literals, find_placeables
from tests.growth import growth

FOUND = [
    ("Voir https://www.interpol.int/fr.", "url", "https://www.interpol.int/fr"),
    ("(voir http://exemple.fr/a_(b))", "url", "http://exemple.fr/a_(b)"),
    ("« www.interpol.int »,", "url", "www.interpol.int"),
    ("sur www.interpol.int, rubrique presse", "url", "www.interpol.int"),
    ("Plus sur interpol.int/fr/presse ; merci", "url", "interpol.int/fr/presse"),
    ("le site d'exemple.gouv.fr.", "url", "exemple.gouv.fr"),
    ("https://exemple.fr/?a=1&b=2#c!", "url", "https://exemple.fr/?a=1&b=2#c"),
    ("HTTPS://EXEMPLE.FR", "url", "HTTPS://EXEMPLE.FR"),
    ("écrire à presse@interpol.int.", "email", "presse@interpol.int"),
    ("<prenom.nom+presse@police-nationale.gouv.fr>", "email", "prenom.nom+presse@police-nationale.gouv.fr"),
    ("Tél. : 01 40 20 30 40.", "phone", "01 40 20 30 40"),
    ("Tél. 01.40.20.30.40,", "phone", "01.40.20.30.40"),
    ("au 0140203040", "phone", "0140203040"),
    ("au +33 4 72 44 70 00 (presse)", "phone", "+33 4 72 44 70 00"),
    ("au +33 (0)4 72 44 70 00", "phone", "+33 (0)4 72 44 70 00"),
    ("au 0033 4 72 44 70 00", "phone", "0033 4 72 44 70 00"),
    ("au +41 22 123 45 67", "phone", "+41 22 123 45 67"),
    ("au +1 (202) 555-0143", "phone", "+1 (202) 555-0143"),
    ("au +352 12 34 56 78", "phone", "+352 12 34 56 78"),
    ("numéro vert : 0 800 123 456", "phone", "0 800 123 456"),
    ("le fichier communiqué-2014.pdf joint", "file", "communiqué-2014.pdf"),
    ("dans photos/arrestation_3.JPG.", "file", "photos/arrestation_3.JPG"),
    ("avec #TurnBackCrime !", "hashtag", "#TurnBackCrime"),
    ("suivre @INTERPOL_HQ,", "hashtag", "@INTERPOL_HQ"),
    ("suivre @presse@social.exemple.fr.", "hashtag", "@presse@social.exemple.fr"),
    ("un signe \ue123 étrange", "literal", "\ue123"),
]

LEFT_ALONE = [
    "arrêté n° 12-345, art. 3-1",
    "le 02.05.2014 à 14 h 30",
    "une saisie de 15 000 USD et de 1 500,50 €",
    "+12 000 000 habitants",
    "+33 % en un an",
    "Il part.Il revient.",
    "M. Dupont, directeur adj. de la D.G.S.I.",
    "le point #1 de l'ordre du jour",
    "entre 190 et 195 individus",
    "le 192.168.1.1",
    "10 20 30 40 50 60",
    "R&D, P&#38;L",
    "un prix de 3@5",
    "https://",
    "+123",
]


@pytest.mark.parametrize(("text", "kind", "surface"), FOUND)
def test_placeable_is_found_without_the_sentence_around_it(text: str, kind: str, surface: str) -> None:
    assert [(found.kind, text[found.start : found.end]) for found in find_placeables(text)] == [(kind, surface)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_running_text_is_left_to_the_translator(text: str) -> None:
    assert find_placeables(text) == []


def test_several_are_found_in_order() -> None:
    text = "Presse : presse@interpol.int, +33 4 72 44 70 00, www.interpol.int, @INTERPOL_HQ"
    assert [found.kind for found in find_placeables(text)] == ["email", "phone", "url", "hashtag"]


def test_literals_are_the_private_use_characters() -> None:
    assert [(found.start, found.end) for found in find_literals("a\ue000b\uf8ffwww.a.fr\U000f0000")] == [(1, 2), (3, 4)]


HOSTILE = ["a", "1 ", "+1 ", "www", "http://((", "a.", "a@", "a@b.", "#_", "0 ", "1.", "a/", "-a.", ")", "+33 "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    assert growth(lambda size: find_placeables((unit * size)[:size]), 20_000, 80_000) < 8
