import pytest

from pipeline.check.language import LANGUAGE
from pipeline.check.untranslated import UNTRANSLATED

FRENCH = "La police nationale a saisi plusieurs téléphones portables et des ordinateurs."

LANGUAGE_PASSES = [
    ("en", "The national police seized several mobile phones and computers."),
    ("es", "La policía nacional incautó varios teléfonos móviles y ordenadores."),
    ("ca", "La policia nacional va decomissar diversos telèfons mòbils i ordinadors."),
    ("pt", "A polícia nacional apreendeu vários telemóveis e computadores."),
    ("it", "La polizia nazionale ha sequestrato diversi telefoni cellulari e computer."),
    ("en", "Police nationale"),
]
LANGUAGE_FAILS = [
    ("en", FRENCH, "The sentence was left in French; it should be in English."),
    ("ca", FRENCH, "The sentence was left in French; it should be in Catalan."),
    (
        "ca",
        "La policía nacional incautó varios teléfonos móviles y muchos ordenadores.",
        "The sentence seems to be in Spanish; it should be in Catalan.",
    ),
    (
        "es",
        "The police have seized several mobile phones and computers from their suspects.",
        "The sentence seems to be in English; it should be in Spanish.",
    ),
]


@pytest.mark.parametrize(("lang", "target"), LANGUAGE_PASSES)
def test_the_right_language_passes(make_pair, lang, target):
    assert list(LANGUAGE.find(make_pair(FRENCH, target, lang))) == []


@pytest.mark.parametrize(("lang", "target", "message"), LANGUAGE_FAILS)
def test_the_wrong_language_blocks(make_pair, lang, target, message):
    found = [(defect.severity, defect.message) for defect in LANGUAGE.find(make_pair(FRENCH, target, lang))]
    assert found == [("blocker", message)]


def test_capitals_are_no_names(make_pair):
    pair = make_pair(FRENCH.upper(), FRENCH.upper(), "en")
    assert [defect.severity for defect in LANGUAGE.find(pair)] == ["blocker"]


def test_words_that_the_engine_did_not_know_do_not_make_a_sentence_french(make_pair):
    target = "Throughout the day messagerie and téléphonique and informatique worked"
    unknown = ["messagerie", "téléphonique", "informatique"]
    assert list(LANGUAGE.find(make_pair(FRENCH, target, "en", unknown=unknown))) == []
    assert list(LANGUAGE.find(make_pair(FRENCH, "La messagerie téléphonique informatique the day and", "en"))) != []


def test_a_list_of_names_has_no_language(make_pair):
    names = "Vincent Regori Bravo, Jomar Palacio, Archie Tolin, Noboru Nakatani, Sanjay Virmani"
    assert list(LANGUAGE.find(make_pair(names, names, "en"))) == []
    assert list(UNTRANSLATED.find(make_pair(names, names, "en"))) == []


def test_languages_that_the_detector_does_not_know_are_not_checked():
    assert LANGUAGE.applies("pt-BR")
    assert not LANGUAGE.applies("x-rot13")
    assert not LANGUAGE.applies("br")
    assert not UNTRANSLATED.applies("x-rot13")


def test_only_sentences_long_enough_are_counted(make_pair):
    assert LANGUAGE.count(make_pair(FRENCH, "")) == 1
    assert LANGUAGE.count(make_pair("Contact presse", "")) == 0


UNTRANSLATED_PASSES = [
    ("Contact", "Contact"),
    ("Total : 12", "Total: 12"),
    ("(Homeland Security Investigations, HSI)", "(Homeland Security Investigations, HSI)"),
    ("Voir www.police.fr/les-faits-et-les-gens/dossier", "See www.police.fr/les-faits-et-les-gens/dossier"),
    (FRENCH, "The national police seized several mobile phones and computers."),
]
UNTRANSLATED_FAILS = [
    (FRENCH, FRENCH, "blocker", f"The sentence was copied and not translated: “{FRENCH[:59].strip()}…”."),
    ("contact presse", "Contact presse", "major", "The sentence was copied and not translated: “contact presse”."),
    (
        FRENCH,
        "The national police seized plusieurs téléphones portables et des computers.",
        "major",
        "The words “plusieurs téléphones portables et des” stand in the English text as in French.",
    ),
]


@pytest.mark.parametrize(("source", "target"), UNTRANSLATED_PASSES)
def test_what_may_stay_passes(make_pair, source, target):
    assert list(UNTRANSLATED.find(make_pair(source, target))) == []


@pytest.mark.parametrize(("source", "target", "severity", "message"), UNTRANSLATED_FAILS)
def test_french_left_over_is_found(make_pair, source, target, severity, message):
    found = [(defect.severity, defect.message) for defect in UNTRANSLATED.find(make_pair(source, target))]
    assert found == [(severity, message)]


def test_each_run_of_french_is_found(make_pair):
    other = "Les enquêteurs poursuivent leurs travaux pendant toute la semaine prochaine."
    target = "They say plusieurs téléphones portables et des ordinateurs while pendant toute la semaine prochaine."
    found = list(UNTRANSLATED.find(make_pair(f"{FRENCH} {other}", target)))
    spans = [target[defect.target_span.start : defect.target_span.end] for defect in found]
    assert spans == ["plusieurs téléphones portables et des ordinateurs", "pendant toute la semaine prochaine"]
