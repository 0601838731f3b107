import pytest

from pipeline.errors import InputError
from pipeline.read.source_language import LEAST_LETTERS, SAMPLE_CHARS, require_language
from pipeline.records import Block, Document, Layout

FRENCH = "La police a arrêté cinquante-huit personnes qui étaient recherchées dans le monde entier depuis des mois."
ENGLISH = "The police have arrested fifty-eight people who had been wanted all over the world for several months."


def document(*texts: str, lang: str = "fr", layout: Layout = "paragraph") -> Document:
    blocks = tuple(Block(f"b{number}", "paragraph", text, layout=layout) for number, text in enumerate(texts))
    return Document("d", "a.txt", lang, "text", blocks)


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        FRENCH.upper(),
        "Le chant est assuré par Kateřina Kněžínková et Adam Plachetka, accompagnés par l’orchestre et les chœurs.",
        "L’office du ministre Aleš Řebíček estime qu’elle va décourager les voyageurs de prendre le train le matin.",
        "« Nous saluons cette décision », a déclaré John Smith, directeur du Federal Bureau of Investigation, hier.",
        "Contact : Maria Garcia Lopez, Oficina Central, presse@example.org",
        "OK",
        "",
        "58 / 2014 — 12.345",
        ENGLISH[: LEAST_LETTERS // 2],
    ],
)
def test_french_and_what_is_too_short_to_tell_pass(text: str) -> None:
    require_language(document(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "English"),
        (ENGLISH.upper(), "English"),
        (
            "La policía ha detenido a cincuenta y ocho personas que eran buscadas en todo el mundo desde hace meses.",
            "Spanish",
        ),
        (
            "La polizia ha arrestato cinquantotto persone ricercate da mesi in tutto il mondo grazie a un’operazione.",
            "Italian",
        ),
        (
            "Die Polizei hat achtundfünfzig Personen festgenommen, die seit Monaten weltweit gesucht worden waren.",
            "German",
        ),
        ("اعتقلت الشرطة ثمانية وخمسين شخصا كانوا مطلوبين في جميع أنحاء العالم منذ عدة أشهر في عملية واسعة", "Arabic"),
        (
            "Полиция арестовала пятьдесят восемь человек, которых несколько месяцев разыскивали по всему миру.",
            "Russian",
        ),
        ("警方逮捕了五十八名在世界各地被通缉数月之久的嫌疑人，" * 4, "Chinese"),
    ],
)
def test_another_language_is_refused_by_name(text: str, language: str) -> None:
    with pytest.raises(InputError, match=f"the text is in {language}, not in French — .*source_lang"):
        require_language(document(text))


def test_the_right_language_is_what_the_document_says() -> None:
    require_language(document(ENGLISH, lang="en"))
    require_language(document(ENGLISH, lang="en-GB"))
    with pytest.raises(InputError, match="the text is in French, not in English"):
        require_language(document(FRENCH, lang="en"))


@pytest.mark.parametrize("lang", ["x-rot13", "br", "oc"])
def test_a_language_that_cannot_be_told_passes(lang: str) -> None:
    require_language(document(ENGLISH, lang=lang))


def test_running_text_decides_and_not_what_is_beside_it() -> None:
    cells = tuple(Block(f"c{number}", "other", ENGLISH, layout="cell") for number in range(5))
    french = document(FRENCH)
    require_language(Document("d", "a", "fr", "text", cells + french.blocks))
    with pytest.raises(InputError):
        require_language(Document("d", "a", "fr", "text", cells))


def test_a_foreign_appendix_to_a_long_release_passes() -> None:
    release = [FRENCH] * (SAMPLE_CHARS // len(FRENCH))
    require_language(document(*release, *[ENGLISH] * 30))
    with pytest.raises(InputError, match="English"):
        require_language(document(*[ENGLISH] * 30, *release))
