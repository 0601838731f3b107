"""French summaries translated: what is taken, what takes its place, and what cannot be translated at all."""

from dataclasses import replace

import pytest

from pipeline.config import ChannelConfig
from pipeline.errors import LanguageError, TranslatorError
from pipeline.records import Failure, Hypothesis, Summary, SummaryChoice, TranslatedDocument
from pipeline.summarize import rank_segments, summarize_document
from pipeline.summarize.stage import SummarySettings, summarize_sources, summarize_translations
from pipeline.summarize.translated import carry_over, known_translations, sentences_of
from pipeline.summarize.written import telling

LEAD = "La police de Lyon a arrêté 12 personnes mardi."
SEIZED = "Les enquêteurs ont saisi 250 armes dans la région."
TEXTS = {
    "s0": "Police in Lyon arrested 12 people on Tuesday.",
    "s1": "Investigators seized 250 weapons in the region.",
}
SHORT = "La police a arrêté 12 personnes."
POST = ChannelConfig(name="post", max_weighted=60)
BULLETS = ChannelConfig(name="bullets", max_chars=60, items=2)
STT = ("summarize-then-translate",)


@pytest.fixture(scope="module")
def release(prepare):
    return prepare(("lead", [LEAD]), ("paragraph", [SEIZED]))


def tell(release, channels):
    drawn = summarize_document(release, TEXTS, "en", "system", channels, rank_segments(release))
    return telling(release, TEXTS, "en", "system", drawn)


def french(channel, text, *others):
    choices = tuple(SummaryChoice(other, (("s0",),)) for other in others)
    return Summary("doc", "fr", "", channel.name, text, (("s0",),) * (text.count("\n") + 1), "", choices)


def carry(release, channel, summary, translations):
    told = tell(release, (channel,))
    ((made,), findings) = carry_over(told, [summary], known_translations(told) | translations, (channel,))
    return made, findings, told.drawn[0]


def test_what_stands_in_the_release_is_translated_as_it_is_there(release):
    made, findings, _ = carry(release, POST, french(POST, LEAD), {})
    assert (made.text, made.note, findings) == (TEXTS["s0"], "", ())
    told = tell(release, (POST,))
    asked = sentences_of("a.txt", [french(POST, LEAD, SHORT)], (POST,), known_translations(told))
    assert [segment.source for segment in asked.segments] == [SHORT]


@pytest.mark.parametrize(
    ("translation", "why"),
    [
        ("The police arrested 13 people.", "says “13”"),
        ("Police in the city of Marseille arrested Daniel.", "names “Marseille”"),
        (
            "Police arrested a very large number of people, whose names nobody knew or could have known then.",
            "no limit",
        ),
        ("", "fits no limit"),
        (None, "could not be translated"),
    ],
)
def test_the_next_candidate_or_the_translations_own_summary_takes_the_place_of_what_fails(release, translation, why):
    translations = {} if translation is None else {SHORT: translation}
    made, findings, _ = carry(release, POST, french(POST, SHORT, LEAD), translations)
    assert made.text == TEXTS["s0"]
    assert made.note.startswith("another candidate, since the first one ")
    assert why in made.note
    assert findings == ()
    made, (finding,), drawn = carry(release, POST, french(POST, SHORT), translations)
    assert made.text == drawn.text
    assert made.note.endswith("the translated French one was set aside")
    assert why in finding.message


def test_a_bullet_that_fails_makes_room_for_one_of_another_candidate(release):
    summary = french(BULLETS, f"{SHORT}\n{LEAD}", SEIZED)
    made, findings, _ = carry(release, BULLETS, summary, {SHORT: "Police arrested 13 people."})
    assert made.text.split("\n") == [TEXTS["s0"], TEXTS["s1"]]
    assert (made.note, findings) == ("1 set aside", ())


def test_sentences_that_do_not_fit_are_left_out_and_counted(release):
    channel = ChannelConfig(name="post", max_weighted=70)
    summary = replace(french(channel, f"{LEAD} {SEIZED}"), source_seg_ids=(("s0",), ("s1",)))
    made, _, _ = carry(release, channel, summary, {})
    assert (made.text, made.source_seg_ids, made.note) == (TEXTS["s0"], (("s0",),), "1 left out to fit")


def test_without_a_french_summary_the_translations_own_stands(release):
    made, findings, drawn = carry(release, POST, french(POST, ""), {})
    assert (made.text, findings) == (drawn.text, ())
    assert "there is no French one" in made.note


def run_stage(release, translate, channels=(POST,)):
    settings = SummarySettings(channels, STT)
    hypotheses = tuple(Hypothesis(seg_id, "en", "system", text) for seg_id, text in TEXTS.items())
    done = TranslatedDocument("doc", "release.txt", "en", "system", (), hypotheses)
    sources = {item.path: item for item in summarize_sources([release], settings)}
    made, *failures = summarize_translations([(release, done)], sources, settings, translate)
    return made, failures


@pytest.mark.parametrize("error", [TranslatorError("out of order", "start it"), LanguageError("no way", "")])
def test_a_translator_that_gives_up_costs_the_translated_summaries_alone(release, error):
    def refuse(_texts):
        raise error

    channel = ChannelConfig(name="bullets", max_chars=40, items=2)  # so short that French sentences are cut
    made, (failure,) = run_stage(release, refuse, (channel,))
    assert "the French ones could not be translated" in made.summaries[0].note
    assert (failure.message, failure.stage, failure.retry) == (error.message, "summarize", True)


def test_a_release_whose_summaries_cannot_be_translated_fails_alone(release):
    channel = ChannelConfig(name="bullets", max_chars=40, items=2)
    failed = Failure("release.txt", "en", "system", "translate", "no", "")
    made, (failure,) = run_stage(release, lambda texts: [failed for _ in texts], (channel,))
    assert made.summaries[0].order == STT[0]
    assert failure.stage == "summarize"


def test_without_channels_there_is_nothing_to_translate(release):
    made, failures = run_stage(release, None, ())
    assert (made.summaries, made.findings, failures) == ((), (), [])
