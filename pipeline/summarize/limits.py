"""How long a text is, as the channels count: code points after NFC, a network's weights, words and sentences.

What a channel reserves (hashtags, a link) stands at the end of its text and counts in every limit but that of
sentences.
"""

import re
import unicodedata

from pipeline.config import ChannelConfig
from pipeline.languages import has_spaces
from pipeline.segment.sentences import split_sentences
from pipeline.summarize.weighted import weighted_length

STANDFIRST_SENTENCES = 2
"""A standfirst has no more, whatever else is configured."""

_FULL_STOP = re.compile(r"[。！？]+")


def count_chars(text: str) -> int:
    """Count code points of the text in NFC: an accent is no character of its own."""
    return len(text) if unicodedata.is_normalized("NFC", text) else len(unicodedata.normalize("NFC", text))


def count_words(text: str, lang: str) -> int:
    """Count words, strictly: everything between white space, French punctuation set apart included.

    In scripts without spaces every letter counts, which is what their editors count.
    """
    if has_spaces(lang):
        return len(text.split())
    return sum(unicodedata.category(character)[0] in "LN" for character in text)


def count_sentences(text: str, lang: str) -> int:
    """Count sentences; where a full stop may also be an abbreviation's, it rather counts."""
    if has_spaces(lang):
        return len(split_sentences(text))
    return sum(bool(part.strip()) for part in _FULL_STOP.split(text))


def most_sentences(channel: ChannelConfig) -> int | None:
    """Return how many sentences a channel's text may have; None for as many as fit."""
    if channel.name == "standfirst":
        return min(channel.max_sentences or STANDFIRST_SENTENCES, STANDFIRST_SENTENCES)
    return channel.max_sentences


def with_reserve(text: str, channel: ChannelConfig) -> str:
    """Put what a channel reserves behind a text; an empty text stays empty."""
    return f"{text} {channel.reserve}" if text and channel.reserve else text


def without_reserve(text: str, channel: ChannelConfig) -> str:
    """Take what a channel reserves off the end of a text."""
    return text.removesuffix(f" {channel.reserve}") if channel.reserve else text


def describe_length(text: str, channel: str, lang: str) -> str:
    """Say how long a text is, in what its channel counts: a post as networks weigh it, an abstract in words."""
    if channel == "post":
        return f"{weighted_length(text)} characters as networks weigh them"
    if channel == "abstract":
        words = count_words(text, lang)
        return f"{words} {'word' if words == 1 else 'words'}"
    if channel == "bullets" and "\n" in text:
        return f"{' + '.join(str(count_chars(line)) for line in text.splitlines())} characters"
    return f"{count_chars(text)} characters"


def within(text: str, channel: ChannelConfig, lang: str) -> bool:
    """Tell whether a text keeps a channel's limits, with what the channel reserves put behind it."""
    whole = with_reserve(text, channel)
    if channel.max_chars is not None and count_chars(whole) > channel.max_chars:
        return False
    if channel.max_words is not None and count_words(whole, lang) > channel.max_words:
        return False
    if channel.max_weighted is not None and weighted_length(whole) > channel.max_weighted:
        return False
    most = most_sentences(channel)
    return most is None or count_sentences(text, lang) <= most


def keeps_limits(text: str, channel: ChannelConfig, lang: str) -> bool:
    """Tell whether a whole text keeps a channel's limits, each bullet for itself where there are several."""
    if channel.name != "bullets":
        return within(text, channel, lang)
    lines = text.split("\n")
    return len(lines) <= channel.items and all(within(line, channel, lang) for line in lines)
