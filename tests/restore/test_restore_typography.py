"""Spaces, apostrophes, sentence marks and capitals; real Apertium output for the INTERPOL release among them."""

from collections.abc import Callable

import pytest

from pipeline.records import Hypothesis, Span
from pipeline.restore.conventions import conventions

Finish = Callable[..., Hypothesis]

APERTIUM = [
    (
        "en",
        "MANILLE (Philippines) ‒ Une opération coordonnée par INTERPOL, visant les réseaux de « sextorsion ».",
        "MANILA (Philippines) ‒ An operation coordinated by \ue000, aiming the coverages of « \ue001 ».",
        "MANILA (Philippines) ‒ An operation coordinated by INTERPOL, aiming the coverages of “sextortion”.",
    ),
    (
        "es",
        "« Ces réseaux de « sextorsion » n’ont qu’une idée : engranger », a déclaré Sanjay Virmani.",
        "« Estas coberturas de « \ue000 » no tienen que una idea : engranger », ha declarado Sanjay Virmani.",
        "«Estas coberturas de “sextorsión” no tienen que una idea: engranger», ha declarado Sanjay Virmani.",
    ),
    (
        "ca",
        "L’Ambassadeur a déclaré : « La cybercriminalité prend des formes très diverses.",
        "L'Ambaixador ha declarat: « La cibercriminalitat pren formes molt diverses.",
        "L’Ambaixador ha declarat: «La cibercriminalitat pren formes molt diverses.",
    ),
    (
        "pt",
        "Le terme « commander » désigne un chantage, les sommes étant comprises entre 500 et 15 000 USD.",
        "O termo « mandar » designa um chantaje, os somos estando compreendidas entre 500 e 15 000 USD.",
        "O termo “mandar” designa um chantaje, os somos estando compreendidas entre 500 e 15.000 USD.",
    ),
    (
        "it",
        "Une série d’interventions ont été menées les 30 avril et 1er mai.",
        "Una serie d'interventi sono stato portato i 30 d'aprile e 1.º maggio.",
        "Una serie d’interventi sono stato portato i 30 d’aprile e 1º maggio.",
    ),
    (
        "es",
        "Que fait-il ? Rien ! Et alors : « Quoi ? »",
        "Que hace ? Nada ! Y entonces : « Qué ? »",
        "¿Que hace? ¡Nada! Y entonces: «¿Qué?»",
    ),
    (
        "ca",
        "Il a dit que l’« agent » n’est pas là.",
        "Ha dit que l'« agent » no és  allà.",
        "Ha dit que l’«agent» no és allà.",
    ),
]

CASES = [
    ("en", "Un : deux ; trois !", "One : two ; three !", "One: two; three!"),
    ("en", "Un\u00a0: deux\u202f; trois\u202f!", "One\u00a0: two\u202f; three\u202f!", "One: two; three!"),
    ("fr", "Un : deux ; trois !", "Un : deux; trois!", "Un\u00a0: deux\u202f; trois\u202f!"),
    ("fr-CA", "Un : deux ; trois !", "Un : deux ; trois !", "Un\u00a0: deux; trois!"),
    ("en", "Un (deux), trois.", "One ( two ) , three .", "One (two), three."),
    ("en", "Un  deux.", " One \t two. ", "One two."),
    ("en", "à 14:30 .", "at 14:30 .", "at 14:30."),
    ("en", "un .fr ici", "a .fr here", "a .fr here"),
    ("en", "Une phrase.", "a sentence.", "A sentence."),
    ("en", "« Une phrase.", "« a sentence.", "“A sentence."),
    ("en", "une phrase", "a sentence", "a sentence"),
    ("en", "Une tablette.", "iPhone here.", "iPhone here."),
    ("en", "58 personnes.", "58 people.", "58 people."),
    ("en", "58 Personnes.", "people 58.", "people 58."),
    ("es", "Sextorsion : un mot.", "\ue000 : una palabra.", "Sextorsión: una palabra."),
    ("es", "La sextorsion.", "\ue000.", "Sextorsión."),
    ("en", "Il part.", "He leaves", "He leaves."),
    ("en", "Il part ?", "Does he leave.", "Does he leave?"),
    ("en", "Il part…", "He leaves...", "He leaves..."),
    ("en", "Il part…", "He leaves.", "He leaves."),
    ("en", "Il part…", "He leaves", "He leaves…"),
    ("en", "Il part...", "He leaves", "He leaves…"),
    ("en", "Il part.", "Does he leave?", "Does he leave?"),
    ("en", "Il part :", "He leaves.", "He leaves:"),
    ("en", "Il part.", "He leaves,", "He leaves."),
    ("en", "Il a dit :", "He said", "He said:"),
    ("en", "« Il part. »", "« He leaves »", "“He leaves.”"),
    ("en", "« Il part ».", "« He leaves »", "“He leaves”."),
    ("en", "Opération coordonnée", "Operation coordinated.", "Operation coordinated"),
    ("en", "Aux États-Unis", "To the U.S.", "To the U.S."),
    ("en", "Police, douane, etc.", "Police, customs, etc.", "Police, customs, etc."),
    ("zh", "Il part.", "他走了", "他走了。"),
    ("zh", "Il part.", "他走了。", "他走了。"),
    ("ar", "Part-il ?", "هل يغادر", "هل يغادر؟"),
    ("el", "Part-il ?", "Φεύγει", "Φεύγει;"),
    ("es", "Il part ?", "¿Él parte ?", "¿Él parte?"),
    ("es", "Le « chef » part-il ?", "El « jefe » parte ?", "¿El «jefe» parte?"),
    ("es", "Fini. Part-il ?", "Acabado. Parte ?", "Acabado. ¿Parte?"),
    ("es", "M. Dupont part-il ?", "Sr. Dupont parte ?", "¿Sr. Dupont parte?"),
    ("es", "Un mot : part-il ?", "Una palabra : parte ?", "Una palabra: ¿parte?"),
    ("es", "?", "?", "?"),
    ("en", "Il part.", "", ""),
]


@pytest.mark.parametrize(("lang", "source", "raw", "expected"), [*APERTIUM, *CASES])
def test_text_is_set_as_the_language_does(finish: Finish, lang: str, source: str, raw: str, expected: str) -> None:
    assert finish(source, raw, lang).text == expected


@pytest.mark.parametrize("lang", ["en", "es", "ca", "pt", "it", "de"])
def test_nothing_french_is_left_by_accident(finish: Finish, lang: str) -> None:
    source = "« Oui\u202f»\u00a0: l’agent\u202f; 1\u202f500,50\u00a0€\u202f!"
    text = finish(source, source, lang).text
    assert not set("\u202f\u2009'") & set(text)
    assert " :" not in text and " ;" not in text and " !" not in text and "« " not in text


def test_unknown_words_keep_their_offsets_through_every_edit(finish: Finish) -> None:
    source = "« Zut : 1 500,50 € « zut » l’zut ; zut »"
    raw = "« Zut : 1 500,50 € « zut » l'zut ; zut »"
    unknown = tuple(Span(i, i + 3) for i in range(len(raw)) if raw[i : i + 3].lower() == "zut")
    hypothesis = finish(source, raw, "en", unknown)
    assert hypothesis.text == "“Zut: €1,500.50 ‘zut’ l’zut; zut”"
    assert [hypothesis.text[span.start : span.end] for span in hypothesis.unknown] == ["Zut", "zut", "zut", "zut"]


def test_a_private_target_keeps_its_text_exactly(finish: Finish) -> None:
    text = "« zut »\u00a0: l’a  b , 1 500,50 € ?"
    assert finish("« Oui »\u00a0: 1 500,50 € ?", text, "x-rot13").text == text


def test_conventions_come_from_the_territory_then_the_script_then_the_language() -> None:
    assert conventions("pt-PT").quotes == "«»“”"
    assert conventions("pt-BR").quotes == "“”‘’"
    assert conventions("zh-TW").quotes == "「」『』"
    assert conventions("zh-CN").quotes == "“”‘’"
