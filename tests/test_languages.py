"""Language tags come out in one form, and what a language looks like is known for each of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import LanguageError
from pipeline.languages import base, direction, has_spaces, is_private, name, normalise, script


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "fr"),
        (" EN ", "en"),
        # Two letters where ISO 639 has two, whichever of its three-letter codes is given.
        ("fra", "fr"),
        ("fre", "fr"),
        ("deu", "de"),
        ("ger", "de"),
        ("eng", "en"),
        ("ara", "ar"),
        ("cat", "ca"),
        ("srd", "sc"),
        ("ast", "ast"),
        # What has been renamed.
        ("iw", "he"),
        ("in", "id"),
        ("iw-il", "he-IL"),
        ("en-UK", "en-GB"),
        # Script and territory as the tag names them, and only then.
        ("pt-br", "pt-BR"),
        ("eng_us", "en-US"),
        ("es-419", "es-419"),
        ("zh", "zh"),
        ("zho", "zh"),
        ("ZH_hant", "zh-Hant"),
        ("zh-TW", "zh-TW"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("sr-Latn", "sr-Latn"),
        ("sr-ME", "sr-ME"),
        ("az-cyrl", "az-Cyrl"),
        ("fr-Latn", "fr"),
        ("en-Latn-US", "en-US"),
        # What nothing here tells apart.
        ("de-1996", "de"),
        ("ca-valencia", "ca"),
        ("fr_FR.UTF-8", "fr-FR"),
        ("X-Rot13", "x-rot13"),
        ("x-a-b2", "x-a-b2"),
    ],
)
def test_normalise_gives_the_usual_form(tag: str, expected: str) -> None:
    assert normalise(tag) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize(
    "tag",
    [
        "",
        " ",
        "-",
        "f",
        "english",
        "root",
        "qqq",
        "tlh",
        "und",
        "und-FR",
        "mul",
        "fr-",
        "fr-fra",
        "fr-QQ",
        "fr-ZZ",
        "fr-123",
        "fr-FR-FR",
        "en-Cyrl",
        "fr-Zzzz",
        "sr_RS@latin",
        "../fr",
        "x-",
        "x-../secret",
        "x-a/b",
        "x-ninechars",
        "x-é",
    ],
)
def test_normalise_refuses_what_is_no_language(tag: str) -> None:
    with pytest.raises(LanguageError) as raised:
        normalise(tag)
    assert f"“{tag}”" in raised.value.message
    assert raised.value.remedy


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(
        st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?", fullmatch=True),
        st.text(max_size=12),
    )
)
def test_what_is_accepted_is_in_its_usual_form_and_known_to_all(tag: str) -> None:
    try:
        normal = normalise(tag)
    except LanguageError:
        return
    assert normalise(normal) == normal
    assert base(normal) == base(normalise(base(normal)))
    assert direction(normal) in {"ltr", "rtl"}
    assert len(script(normal)) == 4
    assert name(normal)


@pytest.mark.parametrize(
    ("tag", "expected"), [("pt-BR", "pt"), ("zh-Hans-CN", "zh"), ("ast", "ast"), ("x-rot13", "x-rot13")]
)
def test_base(tag: str, expected: str) -> None:
    assert base(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", "Latn"),
        ("pt-BR", "Latn"),
        ("ar", "Arab"),
        ("ara", "Arab"),
        ("he", "Hebr"),
        ("ru", "Cyrl"),
        ("el", "Grek"),
        ("hi", "Deva"),
        ("ja", "Jpan"),
        ("ko", "Kore"),
        ("zh", "Hans"),
        ("zh-Hant", "Hant"),
        ("zh-TW", "Hant"),
        ("zh-HK", "Hant"),
        ("zh-SG", "Hans"),
        ("sr", "Cyrl"),
        ("sr-ME", "Latn"),
        ("sr-Latn", "Latn"),
        ("pa-PK", "Arab"),
        ("x-rot13", "Latn"),
    ],
)
def test_script(tag: str, expected: str) -> None:
    assert script(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("pa-Arab", "rtl"), ("ps-AF", "rtl")]
    + [(tag, "ltr") for tag in ("fr", "pa", "ru", "ja", "zh-TW", "x-rot13")],
)
def test_direction(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [(tag, False) for tag in ("zh", "zh-TW", "zho", "yue", "ja", "th", "km", "lo", "my")]
    + [(tag, True) for tag in ("fr", "ar", "ko", "vi", "hi", "x-accent")],
)
def test_has_spaces(tag: str, expected: bool) -> None:
    assert has_spaces(tag) is expected


@pytest.mark.parametrize(
    ("tag", "in_lang", "expected"),
    [
        ("es", "en", "Spanish"),
        ("es", "fr", "espagnol"),
        ("spa", "fr", "espagnol"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("zh-Hant", "en", "Chinese (Traditional)"),
        ("x-rot13", "en", "x-rot13"),
    ],
)
def test_name(tag: str, in_lang: str, expected: str) -> None:
    assert name(tag, in_lang) == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("x-rot13", True), ("X-Accent", True), ("xh", False), ("fr-x-rot", False), ("", False)]
)
def test_is_private(tag: str, expected: bool) -> None:
    assert is_private(tag) is expected
