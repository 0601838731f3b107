"""Channels' own rules: weights, what is reserved, standfirsts, alternatives, and where a cut may fall."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.config import DEFAULT_CHANNELS, ChannelConfig
from pipeline.summarize import rank_segments, summarize_document
from pipeline.summarize.breaks import cut_at_word, judge_headline
from pipeline.summarize.headlines import headlines
from pipeline.summarize.limits import count_sentences, with_reserve, within

LEAD = "Une opération coordonnée par INTERPOL contre la fraude a abouti à l’arrestation de 58 personnes à Manille."
SECOND = "La Police nationale des Philippines a saisi 250 téléphones lors de cette opération contre la fraude."
THIRD = "Le ministre a salué la coopération entre la police des Philippines et celle de Singapour."
RESERVE = "#INTERPOL https://www.interpol.int/fr/actualites/2014/une-adresse-bien-plus-longue-que-vingt-trois"


def summarize(release, *channels, texts=None, lang="fr"):
    sources = {segment.seg_id: segment.source for segment in release.segments}
    made = summarize_document(release, texts or sources, lang, "", channels, rank_segments(release))
    return made[0] if len(made) == 1 else made


@pytest.fixture(scope="module")
def release(prepare):
    return prepare(("headline", ["58 arrestations à Manille"]), ("lead", [LEAD]), ("paragraph", [SECOND, THIRD]))


def test_what_is_reserved_stands_at_the_end_and_counts(release):
    free = summarize(release, ChannelConfig(name="post", max_weighted=280))
    roomy = summarize(release, ChannelConfig(name="post", max_weighted=280, reserve=RESERVE))
    assert free.text == f"{LEAD} {SECOND}"
    assert roomy.text == f"{LEAD} {SECOND} {RESERVE}"
    assert roomy.source_seg_ids == free.source_seg_ids == (("s1",), ("s2",))
    tighter = summarize(release, ChannelConfig(name="post", max_weighted=200, reserve=RESERVE))
    assert tighter.text == f"{LEAD} {RESERVE}"
    assert all(choice.text.endswith(RESERVE) for choice in tighter.alternatives)


def test_without_room_beside_what_is_reserved_there_is_no_text(prepare):
    release = prepare(("lead", ["Une phrase de quelques mots qui dit tout."]))
    channel = ChannelConfig(name="post", max_chars=60, reserve="#" + "x" * 50)
    assert summarize(release, channel).text == ""


@pytest.mark.parametrize("name", ["headline", "bullets"])
def test_headlines_and_bullets_reserve_nothing(name):
    with pytest.raises(ValidationError, match="use post, standfirst or abstract"):
        ChannelConfig(name=name, reserve="#x")


def test_a_standfirst_is_the_releases_own_or_its_two_best_sentences(release, prepare):
    channel = ChannelConfig(name="standfirst", max_sentences=9)
    assert summarize(release, channel).text == f"{LEAD} {SECOND}"
    own = prepare(("headline", ["58 arrestations"]), ("standfirst", [THIRD]), ("lead", [LEAD]), ("paragraph", [SECOND]))
    assert summarize(own, channel).text == THIRD
    assert summarize(own, channel).alternatives[0].text != THIRD
    long = prepare(("standfirst", [THIRD, LEAD, SECOND]))
    assert count_sentences(summarize(long, channel).text, "fr") == 2


def test_a_translation_that_makes_two_sentences_of_one_counts_as_two(release):
    texts = {"s1": "It led to arrests. There were 58 of them.", "s2": "The police seized 250 phones.", "s3": "Thanks."}
    made = summarize(release, ChannelConfig(name="standfirst"), texts=texts, lang="en")
    assert made.text == texts["s1"]


def test_sentences_are_counted_without_spaces_too():
    assert count_sentences("警方获得了资金。警方进行了搜查。", "zh") == 2
    assert not within("一。二。三。", ChannelConfig(name="standfirst"), "zh")


def test_every_channel_keeps_another_candidate_within_the_same_limits(release):
    for channel, summary in zip(DEFAULT_CHANNELS, summarize(release, *DEFAULT_CHANNELS), strict=True):
        (other,) = summary.alternatives
        assert other.text != summary.text
        assert other.source_seg_ids
        for line in other.text.split("\n") if channel.name == "bullets" else [other.text]:
            assert within(line, channel, "fr")


def test_one_sentence_alone_has_a_shorter_candidate_or_none(prepare):
    alone = prepare(("lead", [LEAD.replace("a abouti", ", la première du genre (phase 2), a abouti")]))
    (other,) = summarize(alone, ChannelConfig(name="post", max_weighted=280)).alternatives
    assert len(other.text) < len(LEAD) + 40
    assert summarize(prepare(("lead", ["Le feu est éteint."])), ChannelConfig(name="post")).alternatives == ()


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("Il a vu hier soir à Lyon le président de l’Union européenne", 51, "Il a vu hier soir à Lyon le président…"),
        ("Il a vu hier soir à Lyon la Police nationale des Philippines", 54, "Il a vu hier soir à Lyon…"),
        ("La ville a reçu de la région trois cents millions d’euros", 49, "La ville a reçu de la région…"),
        ("Le maire a parlé à la radio en mai 2014 déjà", 36, "Le maire a parlé à la radio…"),
        ("Le maire a parlé à la radio il y a une dizaine d’années", 50, "Le maire a parlé à la radio…"),
        (
            "Le juge a vu hier soir à la barre Jean de La Fontaine et deux autres",
            48,
            "Le juge a vu hier soir à la barre…",
        ),
    ],
)
def test_no_cut_falls_inside_a_name_a_number_or_a_date(text, limit, kept):
    assert cut_at_word(text, lambda cut: len(cut) <= limit, "fr") == kept


@pytest.mark.parametrize(
    ("kept", "rest", "cut"),
    [
        ("Le préfet a ouvert une enquête", " à Lyon.", ("Le préfet a ouvert une enquête", True, True)),
        ("Le préfet a commencé", " à ouvrir une enquête.", None),
        ("Le préfet a saisi 58", " téléphones.", None),
        ("Le préfet a parlé de « la", " crise ».", None),
        (
            "Le plus vieil arbre de Madrid planté au cœur du parc",
            ", est tombé.",
            ("Le plus vieil arbre de Madrid planté au cœur du parc…", True, False),
        ),
    ],
)
def test_a_headline_is_cut_where_a_phrase_ends(kept, rest, cut):
    made = judge_headline(kept, rest, lambda text: len(text) <= 90, "fr")
    if cut is None:
        assert made is None or made.text.endswith("…")
    else:
        assert made is not None
        assert (made.text, made.at_phrase, made.has_verb) == cut


def test_the_headline_comes_from_the_same_sentence_in_every_language():
    student = "Une étudiante de Lyon est morte de la méningite à Paris."
    sources = ("Il pleut beaucoup aujourd’hui.", student, "L’étudiante de Lyon avait 19 ans à Paris.")
    english = (
        "It is raining hard.",
        "A student from Lyon has died of meningitis in Paris.",
        "She was 19 and from Lyon.",
    )
    channel = ChannelConfig(name="headline", max_chars=90)
    french = headlines(sources, sources, "fr", "fr", channel)
    translated = headlines(sources, english, "fr", "en", channel)
    assert french[0] == (1, "Une étudiante de Lyon est morte de la méningite à Paris")
    assert [place for place, _ in translated] == [place for place, _ in french]
    assert translated[0][1] == "A student from Lyon has died of meningitis in Paris"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([LEAD, SECOND, THIRD, "mot " * 70, "国际" * 80, "Voir www.example.org/a.", "🇫🇷" * 99]),
        max_size=4,
    ),
    st.sampled_from(["", "#INTERPOL", RESERVE]),
    st.sampled_from(["fr", "en", "zh", "de"]),
)
def test_weighted_limits_hold_with_what_is_reserved(prepare, sentences, reserve, lang):
    release = prepare(("lead", sentences[:1]), ("paragraph", sentences[1:]))
    channels = [
        ChannelConfig(name="post", max_weighted=280, reserve=reserve),
        ChannelConfig(name="standfirst", max_chars=200, reserve=reserve),
    ]
    for channel, summary in zip(channels, summarize(release, *channels, lang=lang), strict=True):
        for text in (summary.text, *(choice.text for choice in summary.alternatives)):
            bare = text.removesuffix(f" {reserve}") if reserve else text
            assert not text or (within(bare, channel, lang) and with_reserve(bare, channel) == text)


def test_a_translated_sentence_with_another_number_is_shown_nowhere(release):
    texts = {
        "s0": "85 arrests in Manila",
        "s1": "An operation against fraud led to the arrest of 58 people in Manila.",
        "s2": "The police seized 205 phones during this operation.",
        "s3": "The minister praised the cooperation.",
    }
    for summary in summarize(release, *DEFAULT_CHANNELS, texts=texts, lang="en"):
        for text in (summary.text, *(choice.text for choice in summary.alternatives)):
            assert text
            assert "85" not in text
            assert "205" not in text
