import pytest

from pipeline.check.placeables import PLACEABLES

URL, MAIL, PHONE = ("www.interpol.int", "url"), ("press@interpol.int", "email"), ("04 72 44 70 00", "phone")

PASSES = [
    ("Voir www.interpol.int.", "See www.interpol.int.", [URL]),
    ("Écrire à press@interpol.int", "Write to press@interpol.int", [MAIL]),
    ("Tél. 04 72 44 70 00", "Tel. 04\u00a072\u00a044\u00a070\u00a000", [PHONE]),
    ("la Police nationale", "National Police", [("Police nationale", "term", "national police")]),
    ("Rien à garder", "Nothing to keep", []),
    ("Le site.Il est là", "The site.It is there", []),
]

FAILS = [
    (
        "Voir www.interpol.int.",
        "See the site.",
        [URL],
        [("blocker", "The web address “www.interpol.int” is not in the English text.")],
    ),
    (
        "Écrire à press@interpol.int",
        "Write to press@interpol.in",
        [MAIL],
        [
            ("blocker", "The English text has the e-mail address “press@interpol.in”; the French has not."),
            ("blocker", "The e-mail address “press@interpol.int” is not in the English text."),
        ],
    ),
    (
        "Tél. 04 72 44 70 00",
        "Tel. 04 72 44 70 01",
        [PHONE],
        [
            ("blocker", "The English text has the telephone number “04 72 44 70 01”; the French has not."),
            ("blocker", "The telephone number “04 72 44 70 00” is not in the English text."),
        ],
    ),
    (
        "Suivez #sextorsion",
        "Follow us",
        [("#sextorsion", "hashtag")],
        [("major", "The hashtag “#sextorsion” is not in the English text.")],
    ),
    (
        "la PNP",
        "the police",
        [("PNP", "term")],
        [("major", "The term “PNP” is not in the English text.")],
    ),
    (
        "Rien",
        "See http://evil.example/x",
        [],
        [("blocker", "The English text has the web address “http://evil.example/x”; the French has not.")],
    ),
]


@pytest.mark.parametrize(("source", "target", "placeables"), PASSES)
def test_what_came_through_passes(make_pair, source, target, placeables):
    assert list(PLACEABLES.find(make_pair(source, target, placeables=placeables))) == []


@pytest.mark.parametrize(("source", "target", "placeables", "expected"), FAILS)
def test_what_was_lost_or_added_is_found(make_pair, source, target, placeables, expected):
    defects = PLACEABLES.find(make_pair(source, target, placeables=placeables))
    assert sorted((defect.severity, defect.message) for defect in defects) == expected


def test_each_occurrence_is_counted(make_pair):
    pair = make_pair("PNP et PNP", "PNP", placeables=[("PNP", "term"), ("PNP", "term")])
    assert len(list(PLACEABLES.find(pair))) == 1
    assert PLACEABLES.count(pair) == 2


def test_a_name_inside_a_word_does_not_count(make_pair):
    pair = make_pair("La PNP agit", "The PNPX acts", placeables=[("PNP", "term")])
    assert [defect.severity for defect in PLACEABLES.find(pair)] == ["major"]


def test_an_address_cut_by_a_style_is_one_address(make_pair):
    halves = [("press@inter", "email"), ("pol.int", "email")]
    pair = make_pair("Écrire à press@interpol.int", "Write to press@interpol.int", placeables=halves)
    assert list(PLACEABLES.find(pair)) == []
    assert PLACEABLES.count(pair) == 1


def test_the_lost_address_is_marked_in_the_french(make_pair):
    pair = make_pair("Voir www.interpol.int.", "See it.", placeables=[URL])
    (defect,) = PLACEABLES.find(pair)
    assert pair.source[defect.source_span.start : defect.source_span.end] == "www.interpol.int"
