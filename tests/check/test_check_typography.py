import pytest

from pipeline.check.typography import TYPOGRAPHY

PASSES = [
    ("« Oui » : bien", "“Yes”: good", "en"),
    ("« Oui »", "«Sí»", "es"),
    ("« Oui »", "“Sí”", "es"),
    ("« Oui »", "„Ja“", "de"),
    ("Quoi ?", "¿Qué?", "es"),
    ("Quoi ?", "What?", "en"),
    ("Fichier .docx", "File .docx", "en"),
    ("l’homme", "the man’s and the woman’s", "en"),
    ("Deux  espaces", "Two  spaces", "en"),
]
FAILS = [
    ("« Oui »", "« Yes »", "en", "« is not a quotation mark of English."),
    ("Voici : bien", "Here : good", "en", "English has no space before “:”."),
    ("Quoi ?", "What\u00a0?", "en", "English has no space before “?”."),
    ("Un mot", "A  word", "en", "Two spaces stand where one is meant."),
    ("l’homme", "the man's and the woman’s", "en", "Straight and curly apostrophes are mixed."),
    ("« Oui »", '"Yes”', "en", "Straight and curly quotation marks are mixed."),
    ("Quoi ?", "Qué?", "es", "Spanish opens with ¿ what closes with ?."),
    ("Non !", "No!", "es", "Spanish opens with ¡ what closes with !."),
]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_the_language_s_own_typography_passes(make_pair, source, target, lang):
    assert list(TYPOGRAPHY.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "message"), FAILS)
def test_foreign_typography_is_minor(make_pair, source, target, lang, message):
    (defect,) = TYPOGRAPHY.find(make_pair(source, target, lang))
    assert (defect.severity, defect.message) == ("minor", message)
    assert defect.target_span is not None


def test_pseudo_languages_have_no_typography():
    assert not TYPOGRAPHY.applies("x-rot13")
