import unicodedata

import pytest

from pipeline.config import ChannelConfig
from pipeline.summarize.limits import count_chars, count_words, within


def test_an_accent_is_no_character_of_its_own():
    assert count_chars(unicodedata.normalize("NFD", "été à Alès")) == 10


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("Une opération a abouti.", "fr", 4),
        ("« Oui » : non", "fr", 5),
        ("国际刑警组织逮捕58人。", "zh", 11),
        ("逮捕了 58 人", "ja", 6),
        ("", "fr", 0),
    ],
)
def test_words_are_counted_strictly(text, lang, count):
    assert count_words(text, lang) == count


@pytest.mark.parametrize(
    ("channel", "text", "fits"),
    [
        (ChannelConfig(name="post", max_chars=20), "x" * 20, True),
        (ChannelConfig(name="post", max_chars=20), "x" * 21, False),
        (ChannelConfig(name="abstract", max_words=5), "a b c d e", True),
        (ChannelConfig(name="abstract", max_words=5), "a b c d e f", False),
        (ChannelConfig(name="abstract", max_chars=20, max_words=5), "a b " + "c" * 20, False),
        (ChannelConfig(name="abstract"), "x " * 1000, True),
    ],
)
def test_both_limits_hold(channel, text, fits):
    assert within(text, channel, "fr") is fits
