from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.facts.names import find_names
from pipeline.facts.names_exonyms import renderings
from pipeline.facts.names_fold import distance, fold, is_same
from pipeline.facts.vocabulary import is_vocabulary, vocabulary
from tests.growth import growth

FOUND = [
    ("Le jeune Daniel Perry vivait près d’Édimbourg.", [("Daniel Perry", "person"), ("Édimbourg", "place")]),
    ("L’opération Strikeback continue.", [("Strikeback", "person")]),
    ("aux États-Unis et au Royaume-Uni", [("États-Unis", "place"), ("Royaume-Uni", "place")]),
    ("a conclu M. Nakatani", [("Nakatani", "person")]),
    ("selon Ursula von der Leyen", [("Ursula von der Leyen", "person")]),
    ("le Conseil de l’Université Charles", [("Charles", "place")]),
    ("la Police nationale des Philippines", [("Philippines", "place")]),
    ("selon J. K. Rowling", [("J. K. Rowling", "person")]),
    ("Le Conseil a voté la Loi.", []),
    ("Hier, le Parlement a voté.", []),
    ("TROIS POLICIERS TUES A MANILLE", []),
    ("au XXe siècle", []),
    ("la PNP et l’ONU", []),
    ("", []),
]
SAME = [
    ("plachy", "plachy"),
    ("poutine", "putin"),
    ("hulinsky", "hlinsky"),
    ("francois", "francois"),
    ("merkel", "merkels"),
    ("tchernobyl", "chernobyl"),
    ("obama", "obamas"),
]
DIFFERENT = [("perry", "berg"), ("brezina", "plachy"), ("nakatani", "purisima"), ("bem", "ben"), ("li", "lu")]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_are_found_with_their_kind(text, names):
    assert [(name.surface, name.kind) for name in find_names(text)] == names
    assert all(text[name.start : name.end] == name.surface for name in find_names(text))


def test_the_first_word_is_a_name_where_the_release_says_so():
    assert find_names("Strikeback continue.") == ()
    assert [name.surface for name in find_names("Strikeback continue.", frozenset({"strikeback"}))] == ["Strikeback"]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_name_are_the_same(left, right):
    assert is_same(left, right)
    assert is_same(right, left)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_names_are_not_the_same(left, right):
    assert not is_same(left, right)


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Plachý", "plachy"), ("Łódź", "lodz"), ("Путин", "putin"), ("Straße", "strasse"), ("Œuvre", "oeuvre")],
)
def test_folding_leaves_small_latin_letters(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("name", "lang", "form"),
    [
        (("londres",), "en", ("london",)),
        (("londres",), "it", ("londra",)),
        (("etats", "unis"), "es", ("estados", "unidos")),
        (("allemagne",), "de", ("deutschland",)),
        (("philippines",), "es", ("filipinas",)),
        (("coree",), "en", ("korea",)),
        (("japon",), "ru", ("iaponiia",)),
    ],
)
def test_known_places_have_their_forms(name, lang, form):
    forms = renderings(name, "fr", lang)
    assert form in forms or lang == "ru"
    assert forms


def test_unknown_names_have_no_forms():
    assert renderings(("virmani",), "fr", "en") == frozenset()


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("government", "en", True),
        ("monday", "en", True),
        ("africans", "en", True),
        ("nakatani", "en", False),
        ("polizeibericht", "de", True),
        ("nakatani", "de", False),
        ("anything", "xx", False),
    ],
)
def test_vocabulary_tells_words_from_names(word, lang, expected):
    if lang == "xx":
        assert vocabulary(lang) == frozenset()
    else:
        assert is_vocabulary(word, lang) is expected


@settings(max_examples=150, deadline=None)
@given(st.text("abcdeé", max_size=9), st.text("abcdeé", max_size=9))
def test_distance_is_symmetric_and_bounded(left, right):
    exact = distance(left, right, 20)
    assert exact == distance(right, left, 20)
    assert (exact == 0) == (left == right)
    assert abs(len(left) - len(right)) <= exact <= max(len(left), len(right))
    assert distance(left, right, 2) == min(exact, 3)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for name in find_names(text):
        assert text[name.start : name.end] == name.surface
        assert name.value


@pytest.mark.parametrize("piece", ["Ab ", "A-", "M. ", "van ", "É’"])
def test_a_hostile_text_costs_no_more_than_its_length(piece):
    fresh = count()
    assert growth(lambda size: find_names(f"{next(fresh)} {piece * size}"), 5_000, 20_000) < 8
