import pytest

from pipeline.summarize.anaphora import hangs, supporters


@pytest.mark.parametrize(
    "source",
    [
        "Elles ont donné lieu à la saisie de 250 éléments de preuve.",
        "Ce jeune homme de 17 ans s’était jeté du haut du pont.",
        "C’est un succès.",
        "Par ailleurs, une enquête a été ouverte.",
        "Des victimes potentielles ont également été localisées en Corée.",
        "Le chantage fait partie de ces abus.",
    ],
)
def test_sentences_that_need_an_earlier_one_hang(source):
    assert hangs(source)


@pytest.mark.parametrize(
    "source",
    [
        "Une opération a abouti à l’arrestation de 58 personnes.",
        "Ilham Aliev a reçu le ministre.",
        "La police a ouvert une enquête ce mardi.",
        "La campagne sera lancée cette année à Lyon.",
        "Le ministre sait ce que la police a trouvé.",
        "L’opération a réussi, et cette opération sera suivie d’autres.",
    ],
)
def test_sentences_that_stand_by_themselves_do_not(source):
    assert not hangs(source)


SOURCES = [
    "Une opération a été menée à Manille.",
    "Trois hommes sont en fuite.",
    "Dans le cadre de cette opération, 58 personnes ont été arrêtées.",
    "Elles seront jugées.",
]


def test_a_pronoun_is_supported_by_the_sentence_right_before_it():
    assert supporters(SOURCES, 3) == {2}


def test_a_demonstrative_is_supported_by_every_earlier_sentence_with_its_noun():
    assert supporters(SOURCES, 2) == {0, 1}


def test_a_sentence_by_itself_and_the_first_one_need_no_support():
    assert supporters(SOURCES, 1) == frozenset()
    assert supporters(["Elles seront jugées."], 0) == frozenset()
