"""What a model writes, and what becomes of it: a real server on this machine, which says what a test wants."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from pipeline.config import DEFAULT_CHANNELS, ChannelConfig
from pipeline.errors import TranslatorError
from pipeline.summarize import rank_segments, summarize_document
from pipeline.summarize.chat_summarizer import ChatSummarizer
from pipeline.summarize.source import source_of
from pipeline.summarize.windows import cut_windows
from pipeline.summarize.written import check_written, telling, trace, write_summaries
from pipeline.translate.chat_client import ChatClient

_spec = importlib.util.spec_from_file_location(
    "chat_server", Path(__file__).parents[1] / "translate" / "chat_server.py"
)
assert _spec and _spec.loader
chat_server = sys.modules.get("chat_server") or importlib.util.module_from_spec(_spec)
if "chat_server" not in sys.modules:
    sys.modules["chat_server"] = chat_server
    _spec.loader.exec_module(chat_server)

LEAD = "Une opération d’INTERPOL contre la fraude a abouti à l’arrestation de 58 personnes à Manille."
SECOND = "La police a saisi 250 téléphones lors de cette opération."
SAID = "« Personne n’est à l’abri », a déclaré M. Virmani."
POST = ChannelConfig(name="post", max_weighted=280)
ABSTRACT = ChannelConfig(name="abstract", max_words=40)


def says(*sentences):
    return chat_server.say(json.dumps({"sentences": list(sentences)}, ensure_ascii=False))


@pytest.fixture
def server():
    with chat_server.ChatServer() as running:
        running.always = says(LEAD)
        yield running


@pytest.fixture
def writer(server):
    made = ChatSummarizer(ChatClient(server.url, attempts=2, backoff_seconds=0.01, timeout_seconds=2), "tiny", 2)
    yield made
    made.close()


@pytest.fixture(scope="module")
def release(prepare):
    return prepare(("headline", ["58 arrestations à Manille"]), ("lead", [LEAD]), ("paragraph", [SECOND, SAID]))


def write(release, writer, channels=(ABSTRACT,), texts=None, lang="fr", system=""):
    texts = texts or {segment.seg_id: segment.source for segment in release.segments}
    drawn = summarize_document(release, texts, lang, system, channels, rank_segments(release))
    ((made, findings),) = write_summaries([telling(release, texts, lang, system, drawn)], lang, channels, writer)
    return drawn, made, findings


def test_a_supported_summary_takes_the_place_and_the_extractive_one_stays_at_hand(release, server, writer):
    server.always = says("À Manille, la police a arrêté 58 personnes.", "Elle a saisi 250 téléphones.")
    (drawn,), (made,), findings = write(release, writer)
    assert made.text == "À Manille, la police a arrêté 58 personnes. Elle a saisi 250 téléphones."
    assert made.source_seg_ids == (("s1",), ("s2",))
    assert made.alternatives[0].text == drawn.text
    assert findings == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("La police de Manille a arrêté 59 personnes.", "says “59"),
        ("La police a arrêté Daniel Perry à Manille.", "names “Daniel”"),
        ("« La police a saisi 250 téléphones », dit INTERPOL.", "quotes “« La police"),
        ("La police n’a pas saisi de téléphones à Manille.", "denies or affirms"),
        ("Tout va bien dans le meilleur des mondes possibles.", "says what no sentence of the release says"),
        ("opération " * 60, "fits no limit"),
        ("", "could not be written"),
    ],
)
def test_an_unsupported_summary_is_set_aside_with_a_finding(release, server, writer, sentence, told):
    server.always = says(sentence)
    (drawn,), (made,), (finding,) = write(release, writer)
    assert made.text == drawn.text
    assert made.note.endswith("the written one was set aside")
    assert told in finding.message
    assert (finding.check, finding.severity, finding.target_lang) == ("summary", "minor", "fr")


@pytest.mark.parametrize(
    "deed",
    [
        chat_server.say("Bien sûr ! Voici le résumé :"),
        chat_server.say(None),
        chat_server.say('{"sentences": "x"}'),
        chat_server.say('{"sentences": [1]}'),
        chat_server.say("[" * 5000),
        chat_server.say(json.dumps({"sentences": [LEAD]}), finish="length"),
        chat_server.raw(b"no json"),
        chat_server.status(400, "no"),
        chat_server.cut,
    ],
)
def test_a_server_that_misbehaves_costs_the_written_summary_alone(release, server, writer, deed):
    server.always = deed
    if deed is chat_server.cut:
        with pytest.raises(TranslatorError):
            write(release, writer)
        return
    (drawn,), (made,), (finding,) = write(release, writer)
    assert made.text == drawn.text
    assert "could not be written" in finding.message


def test_a_garbled_answer_is_asked_for_once_more(release, server, writer):
    server.deeds.extend([chat_server.say("{")])
    _, (made,), findings = write(release, writer)
    assert (made.text, findings) == (LEAD, ())
    assert len(server.questions) == 2


def test_the_model_is_told_the_limits_and_gets_sentences_as_data(release, server, writer):
    write(release, writer, (ChannelConfig(name="post", max_weighted=280, reserve="#INTERPOL"),))
    (question,) = server.questions
    assert "at most 270 characters" in question["messages"][0]["content"]
    assert json.loads(question["messages"][1]["content"])["sentences"] == [
        "58 arrestations à Manille",
        LEAD,
        SECOND,
        SAID,
    ]
    assert question["temperature"] == 0


def test_all_channels_keep_their_limits_whatever_is_written(release, server, writer):
    server.always = says(LEAD, SECOND, SAID)
    _, made, findings = write(release, writer, (*DEFAULT_CHANNELS, ChannelConfig(name="standfirst")))
    assert [finding.message.split()[1] for finding in findings] == ["headline"]  # too long to be shortened well
    headline, post, bullets, abstract, standfirst = made
    assert len(headline.text) <= 90
    assert post.text == abstract.text == f"{LEAD} {SECOND} {SAID}"
    assert bullets.text.split("\n") == [LEAD, SECOND, SAID]
    assert standfirst.text == f"{LEAD} {SECOND}"


def test_a_translated_release_is_compared_with_the_french_and_quoted_from_the_translation(release, server, writer):
    texts = {
        "s0": "58 arrests in Manila",
        "s1": "An INTERPOL operation against fraud has led to the arrest of 58 people in Manila.",
        "s2": "Police seized 250 phones during the operation.",
        "s3": "“Nobody is safe,” said Mr Virmani.",
    }
    server.always = says("Police in Manila arrested 58 people.", "“Nobody is safe,” said Virmani.")
    _, (made,), findings = write(release, writer, texts=texts, lang="en", system="model")
    assert findings == ()
    assert made.text == "Police in Manila arrested 58 people. “Nobody is safe,” said Virmani."
    server.always = says("Police in Manila arrested 58 people.", "“Everybody is safe,” said Virmani.")
    _, _, (finding,) = write(release, writer, texts=texts, lang="en", system="model")
    assert "quotes ““Everybody is safe,””" in finding.message


def test_pseudo_languages_are_not_written(writer):
    assert not writer.supports("x-rot13")
    assert writer.signature("fr")["model"] == "tiny"


def test_a_sentence_is_traced_to_what_it_is_drawn_from():
    told = {"a": LEAD, "b": SECOND, "c": SAID}
    assert trace("58 personnes arrêtées et 250 téléphones saisis à Manille.", told, "fr") == ("a", "b")
    assert trace("Le chat dort.", told, "fr") == ()


def test_a_written_headline_is_one_line_without_a_full_stop():
    channel = ChannelConfig(name="headline", max_chars=90)
    outcome = check_written(
        "58 personnes arrêtées à Manille.\nRien.", {"a": LEAD}, source_of([LEAD], "fr"), "fr", channel
    )
    assert outcome.text == "58 personnes arrêtées à Manille"


@pytest.mark.parametrize(
    ("sentences", "most", "windows"),
    [
        (["a b", "c d", "e"], 6, ["a b c d", "e"]),
        (["a b c d e f g h"], 4, ["a b c d", "e f g h"]),
        (["", "a"], 9, ["a"]),
        ([], 9, []),
        (["unseulmot"], 0, ["unseulmot"]),
    ],
)
def test_windows_hold_whole_sentences_where_they_can(sentences, most, windows):
    assert cut_windows(sentences, most, lambda text: len(text.split())) == windows
