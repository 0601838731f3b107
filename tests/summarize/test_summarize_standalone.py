import json
from pathlib import Path

import pytest

from pipeline.config import DEFAULT_CHANNELS, ChannelConfig
from pipeline.errors import ConfigError, InputError, LanguageError
from pipeline.summarize.stage import SummarySettings
from pipeline.summarize.standalone import (
    as_text,
    pick_channels,
    summarize_file,
    summarize_lines,
    summarize_text,
)

TEXT = (
    "Le maire de Lyon a ouvert lundi une nouvelle école de 400 élèves dans le quartier de la gare. "
    "La construction a coûté 12 millions d’euros à la ville et à la région."
)
SETTINGS = SummarySettings(DEFAULT_CHANNELS)
EXAMPLE = Path(__file__).parents[2] / "configs" / "example"


def told(line):
    return {item["channel"]: item["text"] for item in json.loads(line)["summaries"]}


def test_the_channels_of_the_configuration_are_made_unless_some_are_named():
    assert pick_channels(DEFAULT_CHANNELS, None, None) == DEFAULT_CHANNELS
    assert [channel.name for channel in pick_channels(DEFAULT_CHANNELS, ["post", "post"], None)] == ["post"]
    (abstract,) = pick_channels(DEFAULT_CHANNELS, None, 30)
    assert (abstract.name, abstract.max_words) == ("abstract", 30)
    (post,) = pick_channels(DEFAULT_CHANNELS, ["post"], 20)
    assert (post.max_weighted, post.max_words) == (280, 20)
    assert pick_channels((), ["standfirst"], None) == (ChannelConfig(name="standfirst"),)


@pytest.mark.parametrize(
    ("names", "words", "message"),
    [(["tweet"], None, "there is no channel “tweet”"), (None, 2, "too few")],
)
def test_what_cannot_be_made_is_said(names, words, message):
    with pytest.raises(ConfigError, match=message):
        pick_channels(DEFAULT_CHANNELS, names, words)


@pytest.mark.parametrize("path", sorted(EXAMPLE.iterdir()), ids=lambda path: path.suffix)
def test_a_release_in_any_format_is_summarized(path):
    made = {summary.channel: summary.text for summary in summarize_file(path, SETTINGS).summaries}
    assert set(made) == {"headline", "post", "bullets", "abstract"}
    assert all(made.values())


def test_a_limit_in_words_holds():
    (summary,) = summarize_text(TEXT, SummarySettings(pick_channels(DEFAULT_CHANNELS, None, 20))).summaries
    assert 5 <= len(summary.text.split()) <= 20


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"x", "not a format"),
        ("none.txt", None, "No such file"),
        (
            "en.txt",
            b"This is an English text about a school that was opened in the city on Monday by the mayor. " * 3,
            "English",
        ),
    ],
)
def test_a_file_that_cannot_be_summarized_is_refused(tmp_path, name, data, message):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        summarize_file(tmp_path / name, SETTINGS)


@pytest.mark.parametrize(
    ("lang", "text", "headline"),
    [
        ("en", "The mayor of Lyon has opened a new school. It is large.", "The mayor of Lyon has opened a new school"),
        (
            "es",
            "El alcalde de Lyon ha abierto una escuela nueva. Es grande.",
            "El alcalde de Lyon ha abierto una escuela nueva",
        ),
        (
            "de",
            "Der Bürgermeister von Lyon hat eine Schule eröffnet. Sie ist groß.",
            "Der Bürgermeister von Lyon hat eine Schule eröffnet",
        ),
        (
            "nl",
            "De burgemeester van Lyon heeft een school geopend. Het is groot.",
            "De burgemeester van Lyon heeft een school geopend",
        ),
    ],
)
def test_other_languages_with_stop_words_can_be_summarized(lang, text, headline):
    made = {summary.channel: summary.text for summary in summarize_text(text, SETTINGS, lang).summaries}
    assert made["headline"] == headline


def test_languages_without_stop_words_are_refused_with_those_that_have_them():
    with pytest.raises(LanguageError, match="fr, en, es, ca, pt, it, de, nl"):
        summarize_text("Текст.", SETTINGS, "ru")


def test_lines_are_answered_one_for_one_and_errors_cost_no_other_line():
    lines = [
        TEXT,
        json.dumps({"id": "x", "text": TEXT, "title": "Une école à Lyon"}),
        json.dumps({"text": "The mayor has opened a school.", "lang": "en"}),
        "{broken",
        '{"text": 3}',
        '{"title": "x"}',
        '{"text": "a", "lang": "zz9"}',
        "x" * 1_000_001,
        "",
        '{"text": "\\ud800 demi-caractère dans une phrase de la police."}',
    ]
    made = list(summarize_lines(lines, SETTINGS))
    assert len(made) == len(lines)
    assert all("\n" not in line for line in made)
    ids = [json.loads(line)["id"] for line in made]
    assert ids == ["1", "x", *map(str, range(3, 11))]
    assert told(made[0])["post"] == TEXT
    assert told(made[1])["headline"] == "Une école à Lyon"
    assert told(made[2])["headline"] == "The mayor has opened a school"
    assert ["error" in json.loads(line) for line in made] == [False] * 3 + [True] * 5 + [False] * 2
    assert set(told(made[8]).values()) == {""}
    made[9].encode("utf-8")


def test_people_see_a_text_alone_or_several_under_their_names():
    alone = summarize_text(TEXT, SummarySettings(pick_channels(DEFAULT_CHANNELS, ["abstract"], None)))
    assert as_text("a.txt", alone) == alone.summaries[0].text
    everything = as_text("a.txt", summarize_text(TEXT, SETTINGS))
    assert everything.startswith("a.txt\n=====\n\nHEADLINE\n\n")
    assert "ABSTRACT" in everything
