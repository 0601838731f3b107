import re
import unicodedata

import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import DEFAULT_CHANNELS, ChannelConfig
from pipeline.summarize import rank_segments, summarize_document
from pipeline.summarize.quotations import is_balanced

HEADLINE = "Opération coordonnée par INTERPOL contre les réseaux de « sextorsion »"
LEAD = (
    "Une opération coordonnée par INTERPOL, visant les réseaux criminels responsables d’affaires de « sextorsion » "
    "dans le monde entier, a abouti à l’arrestation de 58 personnes dont trois hommes liés au groupe qui avait harcelé "
    "l’adolescent écossais Daniel Perry."
)
SEIZURE = "Une série d’interventions ont été menées par la Police nationale des Philippines à Bicol et Taguig."
EVIDENCE = "Elles ont donné lieu à la saisie de 250 éléments de preuve électroniques."
HELP = "Le Bureau des Affaires étrangères du Royaume-Uni a versé des fonds à la police."


@pytest.fixture(scope="module")
def release(prepare):
    return prepare(
        ("headline", [HEADLINE]),
        ("date", ["2 mai 2014"]),
        ("lead", [LEAD]),
        ("paragraph", [SEIZURE, EVIDENCE]),
        ("paragraph", [HELP]),
        ("embargo", ["SOUS EMBARGO jusqu’au 3 mai."]),
        ("contact", ["Contact : presse@example.org"]),
    )


def summaries(release, texts=None, lang="fr", system="", channels=DEFAULT_CHANNELS):
    sources = {segment.seg_id: segment.source for segment in release.segments}
    made = summarize_document(
        release, sources if texts is None else texts, lang, system, channels, rank_segments(release)
    )
    return {summary.channel: summary for summary in made}


def test_every_channel_is_made_from_the_sources(release):
    made = summaries(release)
    assert list(made) == ["headline", "post", "bullets", "abstract"]
    assert made["headline"].text == HEADLINE
    assert made["headline"].source_seg_ids == (("s0",),)
    assert made["post"].text == LEAD
    assert made["bullets"].text.split("\n") == [
        "Une opération coordonnée par INTERPOL a abouti à l’arrestation de 58 personnes.",
        SEIZURE,
        HELP,
    ]
    assert made["bullets"].note == "1 shortened to fit"
    assert made["abstract"].text == f"{LEAD} {SEIZURE} {EVIDENCE} {HELP}"
    assert made["abstract"].source_seg_ids == (("s2",), ("s3",), ("s4",), ("s5",))
    assert made["abstract"].note == ""


def test_the_target_language_tells_the_same_story(release):
    english = {
        "s0": "Operation coordinated by INTERPOL against “sextortion” networks",
        "s2": "An operation coordinated by INTERPOL, targeting criminal networks behind “sextortion” cases around the "
        "world, has led to the arrest of 58 people, including three men.",
        "s3": "A series of raids were carried out by the Philippine National Police in Bicol and Taguig.",
        "s4": "They resulted in the seizure of 250 pieces of electronic evidence.",
        "s5": "The Foreign Office has provided funds to the police.",
    }
    made = summaries(release, english, "en", "model")
    french = summaries(release)
    assert made["bullets"].text.split("\n")[0] == (
        "An operation coordinated by INTERPOL has led to the arrest of 58 people, including three men."
    )
    assert made["bullets"].source_seg_ids == french["bullets"].source_seg_ids
    assert {summary.system for summary in made.values()} == {"model"}
    assert {summary.lang for summary in made.values()} == {"en"}


def test_a_sentence_that_hangs_on_another_is_not_shown_without_it(prepare):
    release = prepare(
        ("lead", [LEAD]), ("paragraph", ["Les preuves sont analysées par des experts de douze pays.", EVIDENCE])
    )
    channels = (ChannelConfig(name="abstract", max_words=18),)
    texts = {"s0": LEAD, "s1": "", "s2": EVIDENCE}
    assert EVIDENCE not in summaries(release, texts, channels=channels)["abstract"].text


def test_a_headline_that_is_too_long_is_shortened_at_a_border(prepare):
    headline = (
        "INTERPOL et douze pays mènent une opération mondiale contre les réseaux de chantage lors d’un coup de filet"
    )
    made = summaries(prepare(("headline", [headline]), ("lead", [LEAD])))["headline"]
    assert made.text == "INTERPOL et douze pays mènent une opération mondiale contre les réseaux de chantage"
    assert made.note == "the release’s headline was shortened"


def test_a_headline_that_cannot_be_shortened_is_cut_at_a_word(prepare):
    headline = (
        "Rassemblement extraordinairement important des polices européennes et des douanes asiatiques contre tous"
    )
    made = summaries(prepare(("headline", [headline]), ("lead", [LEAD])))["headline"]
    assert made.text == "Rassemblement extraordinairement important des polices européennes et des douanes…"


def test_a_headline_in_two_sentences_is_one_headline(prepare):
    made = summaries(prepare(("headline", ["Sextorsion.", "58 arrestations."]), ("lead", [LEAD])))["headline"]
    assert (made.text, made.source_seg_ids) == ("Sextorsion. 58 arrestations.", (("s0", "s1"),))


def test_without_a_headline_the_lead_gives_one(prepare):
    made = summaries(prepare(("lead", [LEAD])))["headline"]
    assert made.text == "Une opération coordonnée par INTERPOL a abouti à l’arrestation de 58 personnes"
    assert made.note.startswith("drawn from a sentence")


def test_a_translation_with_an_unpaired_mark_is_left_out_and_noted(release):
    texts = {segment.seg_id: segment.source for segment in release.segments} | {"s2": LEAD.replace("»", "")}
    made = summaries(release, texts)["post"]
    assert made.source_seg_ids[0] == ("s3",)
    assert made.note == "the best sentence could not be used"


def test_the_headline_stands_in_where_no_sentence_can(prepare):
    made = summaries(prepare(("headline", [HEADLINE]), ("contact", ["Contact : presse@example.org"])))
    assert made["abstract"].text == HEADLINE
    assert made["abstract"].note == "no sentence of the text fits: the headline stands in"


def test_a_sentence_that_fits_nowhere_is_cut_at_a_word(prepare):
    long = "La police a saisi " + "plusieurs cartons et " * 40 + "un téléphone."
    made = summaries(prepare(("paragraph", [long])))["post"]
    assert made.text.endswith("…")
    assert len(made.text) <= 280
    assert "cut at a word" in made.note


def test_a_release_without_any_text_has_empty_summaries_that_say_so(prepare):
    made = summaries(prepare(("contact", ["Contact : presse@example.org"])))
    assert {summary.text for summary in made.values()} == {""}
    assert {summary.note for summary in made.values()} == {"empty: the release has no text to draw on"}
    assert {summary.source_seg_ids for summary in made.values()} == {()}


def test_fewer_bullets_than_asked_for_are_noted(prepare):
    made = summaries(prepare(("lead", [HELP])))["bullets"]
    assert (made.text, made.note) == (HELP, "1 of 3: no other sentence fits")


def test_only_a_hanging_sentence_is_better_than_nothing(prepare):
    made = summaries(prepare(("lead", ["Elles ont été saisies à Manille par la police."])))["post"]
    assert made.text == "Elles ont été saisies à Manille par la police."


def test_what_stands_twice_is_told_once(prepare):
    made = summaries(prepare(("lead", [HELP]), ("paragraph", [HELP]), ("paragraph", [SEIZURE])))["abstract"]
    assert made.text == f"{HELP} {SEIZURE}"


def test_sentences_come_on_one_line_in_nfc_with_a_full_stop(prepare):
    release = prepare(("lead", [HELP]), ("paragraph", [SEIZURE]))
    texts = {"s0": unicodedata.normalize("NFD", "La poli\u00adce a\nété   aidée à Manille"), "s1": SEIZURE}
    assert summaries(release, texts)["abstract"].text == f"La police a été aidée à Manille. {SEIZURE}"


def test_languages_without_spaces_are_joined_and_counted_without_them(prepare):
    release = prepare(("headline", [HEADLINE]), ("lead", [HELP]), ("paragraph", [SEIZURE]))
    made = summaries(release, {"s0": "国际行动", "s1": "警方获得了资金", "s2": "警方进行了搜查。"}, "zh")
    assert made["abstract"].text == "警方获得了资金。警方进行了搜查。"
    channels = (ChannelConfig(name="abstract", max_words=8),)
    assert (
        summaries(release, {"s1": "警方获得了资金。", "s2": "警方进行了搜查。"}, "zh", channels=channels)[
            "abstract"
        ].text
        == "警方获得了资金。"
    )


def test_hostile_sizes_cost_no_more_than_their_share(prepare):
    def work(size):
        paragraphs = [("paragraph", [f"{number} mot, dont « un » (x) " * 4]) for number in range(size)]
        summaries(prepare(("lead", ["Ce chat " * 12 * size]), *paragraphs))

    assert growth(work, 25, 100) < 10


SENTENCES = st.lists(
    st.sampled_from(
        [
            LEAD,
            SEIZURE,
            EVIDENCE,
            HELP,
            "« Un refuge », a-t-il dit à Manille.",
            "mot " * 90,
            "Fin",
            "a" * 400,
            "",
            "Il a dit « non.",
        ]
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES, st.sampled_from(["fr", "en", "de", "ar", "zh"]))
def test_limits_hold_and_every_sentence_is_traced_whatever_comes(prepare, french, target, lang):
    release = prepare(("headline", french[:1]), ("lead", french[1:2]), ("paragraph", french[2:]))
    texts = {segment.seg_id: text for segment, text in zip(release.segments, target, strict=False)}
    made = summaries(release, texts, lang)
    assert len(made["headline"].text) <= 90
    assert len(made["post"].text) <= 280
    assert len(made["abstract"].text.split()) <= 120
    bullets = made["bullets"].text.split("\n") if made["bullets"].text else []
    assert len(bullets) <= 3
    assert all(len(bullet) <= 120 for bullet in bullets)
    assert len(bullets) == len(made["bullets"].source_seg_ids)
    known = {segment.seg_id for segment in release.segments}
    for summary in made.values():
        assert all(ids and set(ids) <= known for ids in summary.source_seg_ids)
        assert bool(summary.text) == bool(summary.source_seg_ids)
        assert summary.text or summary.note.startswith("empty")
        assert is_balanced(summary.text) or summary.channel == "headline"
        assert not re.search(r"\s\s", summary.text)
