"""Dates, datelines and embargoes in each language: what CLDR writes, and that the checks find it right."""

import pytest

from pipeline.check import CheckSettings, check_document
from pipeline.facts.place_names import place_name
from pipeline.protect import ApprovedTexts, TermMatcher
from pipeline.records import Block, Document, Markup, PreparedDocument, TranslatedDocument
from pipeline.restore import settle_release
from pipeline.restore.datelines import render_dateline
from pipeline.segment import segment_document
from pipeline.stages import protect_release, restore_release
from pipeline.structure import structure_document

LANGUAGES = ("en", "en-GB", "es", "de", "it", "pt", "pt-BR", "ca", "nl", "ar", "ru", "zh")
BODY = "Trois hommes ont été arrêtés hier dans le port de la ville."

WRITTEN = [
    ("MANILLE (Philippines) ‒", "en", "MANILA, Philippines –"),
    ("MANILLE (Philippines) ‒ 2 mai 2014", "en-GB", "MANILA, Philippines – 2 May 2014"),
    ("MANILLE (Philippines) ‒", "es", "MANILA (Filipinas) –"),
    ("PARIS, le 3 mai —", "it", "PARIGI, 3 maggio –"),
    ("PARIS, 3 mai 2014 (AFP) –", "de", "PARIS, 3. Mai 2014 (AFP) –"),
    ("GENÈVE/NEW YORK, 3 juin –", "es", "GINEBRA/NUEVA YORK, 3 de junio –"),
    ("SAINT-ÉTIENNE (Loire), le 1er avril 2024 –", "en", "SAINT-ÉTIENNE (Loire), April 1, 2024 –"),
    ("2 mai 2014", "en", "May 2, 2014"),
    ("02/05/2014", "en", "May 2, 2014"),
    ("Mardi 3 mai 2014 à 14 h 30", "en", "Tuesday, May 3, 2014, 2:30\u00a0PM"),
    ("Mardi 3 mai", "es", "Martes, 3 de mayo"),
    ("LE 3 MAI 2014", "es", "3 DE MAYO DE 2014"),
    ("Publié le 3 mai 2014", "de", "Veröffentlicht: 3. Mai 2014"),
    ("Paris, le 12 mars 2024", "zh", "巴黎，2024年3月12日"),
    ("SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H", "en", "EMBARGOED UNTIL FRIDAY, MAY 3, 2014, 10:00\u00a0AM"),
    ("SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H", "ru", "ЭМБАРГО ДО: ПЯТНИЦА, 3 МАЯ 2014\u202fГ., 10:00"),
    ("Embargo : 3 mai, 10 h (heure de Londres)", "it", "Embargo fino a: 3 maggio, 10:00 (Londra)"),
]
LEFT_TO_THE_ENGINE = [
    ("2 mai 2014", "x-accent"),
    ("SOUS EMBARGO JUSQU’À DEMAIN", "en"),
    ("SOUS EMBARGO JUSQU’AU 3 MAI 2014", "fi"),
    ("Publié le 3 mai 2014", "ru"),
    ("ROCHEBRUNE –", "ar"),
    ("Une opération a eu lieu.", "en"),
]


@pytest.mark.parametrize(("french", "lang", "written"), WRITTEN)
def test_rule_writes_what_the_language_writes(french: str, lang: str, written: str) -> None:
    rendering = render_dateline(french, "fr", lang)
    assert rendering is not None
    assert rendering.text == written


@pytest.mark.parametrize(("french", "lang"), LEFT_TO_THE_ENGINE)
def test_what_a_rule_does_not_understand_it_leaves_to_the_engine(french: str, lang: str) -> None:
    assert render_dateline(french, "fr", lang) is None


def release(*texts: str, markup: tuple[Markup, ...] = ()) -> PreparedDocument:
    blocks = tuple(Block(f"b{place}", "other", text, markup if place == 0 else ()) for place, text in enumerate(texts))
    document = structure_document(Document("d", "d.txt", "fr", "txt", blocks))
    return PreparedDocument(document, segment_document(document))


def settle(prepared: PreparedDocument, lang: str) -> TranslatedDocument:
    masked = protect_release(prepared, TermMatcher((), (), lang), "s", names=True)
    assert isinstance(masked, tuple)
    settled = settle_release(prepared, masked, lang, "s", ApprovedTexts((), lang))
    restored = restore_release(prepared, masked, {}, lang, "s", settled)
    assert isinstance(restored, TranslatedDocument)
    return restored


@pytest.mark.parametrize("lang", LANGUAGES)
def test_checks_find_nothing_wrong_with_what_rules_wrote(lang: str) -> None:
    prepared = release(
        "SOUS EMBARGO JUSQU’AU VENDREDI 3 MAI 2014, 10 H 30",
        "MANILLE (Philippines), le 2 mai 2014",
    )
    translated = settle(prepared, lang)
    assert {hypothesis.origin for hypothesis in translated.hypotheses} == {"rule"}
    assert check_document(prepared, translated, CheckSettings("fr", ("en", "es", "de"))) == ()


def test_dateline_is_settled_and_the_sentence_behind_it_is_not() -> None:
    prepared = release("Trois hommes arrêtés", f"MANILLE (Philippines) ‒ {BODY}")
    masked = protect_release(prepared, TermMatcher((), (), "en"), "s", names=False)
    assert isinstance(masked, tuple)
    settled = settle_release(prepared, masked, "en", "s", ApprovedTexts((), "en"))
    assert [settled[item.seg_id].text if item.seg_id in settled else None for item in prepared.segments] == [
        None,
        "MANILA, Philippines –",
        None,
    ]


def test_markup_stays_over_what_says_the_same() -> None:
    bold_city = settle(release("MANILLE, le 2 mai 2014", markup=(Markup(1, "bold", 0, 7),)), "en").hypotheses[0]
    assert [bold_city.text[item.start : item.end] for item in bold_city.markup] == ["MANILA"]
    superscript = settle(release("Le 1er mai 2014", markup=(Markup(1, "style", 4, 6),)), "en").hypotheses[0]
    assert (superscript.text, superscript.markup, superscript.lost) == ("May 1, 2014", (), ())
    whole = settle(release("2 mai 2014", markup=(Markup(1, "italic", 0, 10),)), "en").hypotheses[0]
    assert [whole.text[item.start : item.end] for item in whole.markup] == [whole.text]


PLACES = [
    ("MANILLE", "en", "MANILA"),
    ("Londres", "it", "Londra"),
    ("Genève", "de", "Genf"),
    ("Corée du Sud", "en", "South Korea"),
    ("Hong Kong", "en", "Hong Kong"),
    ("Philippines", "es", "Filipinas"),
    ("Le Caire", "ar", "القاهرة"),
    ("Genève", "ar", None),
    ("Rochebrune", "en", None),
]


@pytest.mark.parametrize(("french", "lang", "name"), PLACES)
def test_places_have_the_names_that_languages_give_them(french: str, lang: str, name: str | None) -> None:
    assert place_name(french, "fr", lang) == name
