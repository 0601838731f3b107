"""What translators see of French text, and the way back to the original."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.protect.normalise import normalise, verbatim

FRENCH = st.text(
    st.one_of(
        st.sampled_from("aeéE\u0301\u0327 \u00a0\u202f\t\n\u00ad\u200b\u200dﬁﬄ’ʼ«»œ…‒-1ᵉ\ue000"),
        st.characters(codec="utf-8"),
    )
)

CASES = [
    ("plain words stay", "Une phrase.", "Une phrase."),
    ("no-break spaces", "15\u00a0000\u202fUSD", "15 000 USD"),
    ("thin spaces and tabs", "1\u2009500\t€", "1 500 €"),
    ("a wrapped line", "un\r\n deux", "un deux"),
    ("white space around something invisible", "un \u200b deux", "un deux"),
    ("soft hyphens", "cyber\u00adcrimi\u00adnalité", "cybercriminalité"),
    ("ligatures of layout", "ﬁn de l’aﬀaire oﬃcielle, ﬂux", "fin de l'affaire officielle, flux"),
    ("ligatures of spelling stay", "cœur, ex æquo, Œuvre", "cœur, ex æquo, Œuvre"),
    ("typographic apostrophes", "l’arrêt, lʼarrêt", "l'arrêt, l'arrêt"),
    ("combining accents", "e\u0301te\u0301", "été"),
    ("an accent behind a soft hyphen", "e\u00ad\u0301", "é"),
    ("superscripts of ordinals and numbers", "1ᵉʳ, nᵒ 3", "1er, n° 3"),
    ("typographic hyphens", "avant‑hier", "avant-hier"),
    ("quotation marks and dashes stay", "« a “b” » ‒ c – d — e…", "« a “b” » ‒ c – d — e…"),
    ("control and direction marks", "a\x00b\u202ec\ufeff", "abc"),
    ("emoji stay whole", "👩\u200d🚒", "👩\u200d🚒"),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_text_gets_one_spelling(source: str, expected: str) -> None:
    assert normalise(source).text == expected


@settings(max_examples=300, deadline=None)
@given(FRENCH)
def test_normalised_text_is_composed_and_stays_as_it_is(source: str) -> None:
    text = normalise(source).text
    assert unicodedata.is_normalized("NFC", text)
    assert normalise(text).text == text
    assert "  " not in text


@settings(max_examples=300, deadline=None)
@given(FRENCH, st.lists(st.integers(0, 20)))
def test_every_character_knows_where_it_came_from(source: str, seen: list[int]) -> None:
    plain = normalise(source, seen)
    starts = [plain.original(i) for i in range(len(plain.text))]
    ends = [plain.original_end(i + 1) for i in range(len(plain.text))]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(source) for start, end in zip(starts, ends, strict=True))


def test_offsets_count_in_the_original() -> None:
    source = "l\u00ad’aﬀaire\u00a0 e\u0301tait"
    plain = normalise(source)
    start = plain.text.index("était")
    assert source[plain.original(start) : plain.original_end(start + 5)] == "e\u0301tait"
    assert plain.position(source.index("e\u0301")) == start
    assert plain.position(len(source)) == len(plain.text)


@pytest.mark.parametrize(
    ("source", "seen", "expected"),
    [
        ("un  mot", [3], "un  mot"),
        ("un \u00a0\u202f mot", [4], "un  mot"),
        ("un   mot", [3, 4], "un   mot"),
        ("un\u200b \u200b mot", [4], "un  mot"),
        ("un  mot", [2], "un mot"),
        ("un  mot", [4], "un mot"),
        ("un mot", [3], "un mot"),
    ],
)
def test_white_space_on_both_sides_of_something_seen_stays(source: str, seen: list[int], expected: str) -> None:
    plain = normalise(source, seen)
    assert plain.text == expected
    assert [plain.original(plain.position(at)) for at in seen if source[at : at + 1].isspace()] == [
        at for at in seen if source[at : at + 1].isspace()
    ]


def test_a_text_that_must_stay_exact_is_not_touched() -> None:
    source = "l’a\u00ad\u00a0ﬁ e\u0301"
    assert verbatim(source).text == source
    assert verbatim(source).original(3) == 3
