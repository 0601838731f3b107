"""How long a text is, as the channels count: code points after NFC, and words."""

import unicodedata

from pipeline.config import ChannelConfig
from pipeline.languages import has_spaces


def count_chars(text: str) -> int:
    """Count code points of the text in NFC: an accent is no character of its own."""
    return len(unicodedata.normalize("NFC", text))


def count_words(text: str, lang: str) -> int:
    """Count words, strictly: everything between white space, French punctuation set apart included.

    In scripts without spaces every letter counts, which is what their editors count.
    """
    if has_spaces(lang):
        return len(text.split())
    return sum(unicodedata.category(character)[0] in "LN" for character in text)


def within(text: str, channel: ChannelConfig, lang: str) -> bool:
    """Tell whether a text keeps a channel's limits."""
    if channel.max_chars is not None and count_chars(text) > channel.max_chars:
        return False
    return channel.max_words is None or count_words(text, lang) <= channel.max_words
