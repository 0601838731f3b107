"""A line of text as Apertium's programs can carry it, and the way back.

Takes one line of masked text and gives what to send; takes what came back and gives the translation with the spans
of the words that the engine marked as unknown. Apertium's stream format gives a meaning to `^ $ [ ] { } \\ / @ < >`,
its output marks unknown words with `*`, `@` and `#`, and control characters, surrogates and non-characters kill or
upset one program or another. All of these travel as characters of the supplementary private-use planes, which every
program passes on unread; so whatever special sign comes back is the engine's own.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from pipeline.records import Span
from pipeline.translate.base import Candidate

TERMINATOR = "[].[]"
"""Sent after each line: a full stop between empty blanks. Without it the analyser swallows a final full stop, the
bilingual lookup holds a line back until the next one comes, and the tagger never sees where the sentence ends."""

FIRST_STAND_IN = 0xF0000

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f^$\[\]{}\\/@<>*#~\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]"
    "|" + "|".join(f"[{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}]" for plane in range(0x10000, 0xE0000, 0x10000))
)
_CARRIED = re.compile(rf"[\ue000-\uf8ff]|{_UNSAFE.pattern}")
_TOKENS_AFTER_WORD = re.compile(r"(?<=\w)([\ue000-\uf8ff]+) (?=\w)")
_TYPOGRAPHIC_APOSTROPHE = re.compile(r"(?<=\w)’(?=[\w\ue000-\uf8ff])")

_TAG = re.compile(r"<[^<>]*>")
_ALTERNATIVES = re.compile(r"\b(\w+)(?:/\w+)+")
_ORPHAN_MARK = re.compile(r"[*#@]+(?!\w)")
_MARKED_WORD = re.compile(r"[*#@]+(\w+(?:['·-]\w+)*)|[^*#@]+")
_SPACE_BEFORE_POINT = re.compile(r"(?<! ) +(?=[.,)])")


@dataclass(frozen=True, slots=True)
class StreamLine:
    """A line ready to be sent.

    Attributes:
        source: The line.
        text: What to send; holds no character that the stream format knows.
        stand_ins: By private-use character of `text`, the character of `source` that it stands for.
        moved: Tokens that stand after the space which they precede in `source`. Between a word and the space after it
            they would keep the word from being contracted with the one before (`de el` for `del`).
    """

    source: str
    text: str
    stand_ins: dict[str, str]
    moved: tuple[str, ...]


def encode(line: str) -> StreamLine:
    """Make a line, which holds no line feed, safe to send."""
    normal = _TYPOGRAPHIC_APOSTROPHE.sub("'", unicodedata.normalize("NFC", line))
    unsafe = dict.fromkeys(_UNSAFE.findall(normal))
    stand_in = {character: chr(FIRST_STAND_IN + number) for number, character in enumerate(unsafe)}
    text = normal.translate({ord(character): replacement for character, replacement in stand_in.items()})
    return StreamLine(
        source=line,
        text=_TOKENS_AFTER_WORD.sub(r" \1", text) + TERMINATOR,
        stand_ins={replacement: character for character, replacement in stand_in.items()},
        moved=tuple(_TOKENS_AFTER_WORD.findall(text)),
    )


def decode(sent: StreamLine, output: str) -> Candidate | None:
    """Return the translation without any trace of the engine; None when the line's end did not come back."""
    text = output.replace("[]", "")
    if not text.endswith("."):
        return None
    text = text[:-1].replace("\\", "").replace("~", "")
    text = _ORPHAN_MARK.sub("", _ALTERNATIVES.sub(r"\1", _TAG.sub("", text)))
    for tokens in sent.moved:
        text = text.replace(f" {tokens}", f"{tokens} ")
    text = _tidy_spaces(sent.source, text).strip()
    parts: list[str] = []
    unknown: list[Span] = []
    length = 0
    for match in _MARKED_WORD.finditer(text):
        part = match[1] or match[0]
        if match[1]:
            unknown.append(Span(length, length + len(part)))
        parts.append(part)
        length += len(part)
    restored = "".join(parts).translate({ord(key): value for key, value in sent.stand_ins.items()})
    return Candidate(restored, unknown=tuple(unknown))


def lost_characters(source: str, translation: str) -> frozenset[str]:
    """Return the tokens and special signs that stand more or less often in the translation than in the source."""
    before, after = Counter(_CARRIED.findall(source)), Counter(_CARRIED.findall(translation))
    return frozenset(character for character in before | after if before[character] != after[character])


def _tidy_spaces(source: str, text: str) -> str:
    """Take out the spaces that the engine leaves where it drops a word, as far as the source has none such."""
    if "  " not in source:
        text = re.sub(" {2,}", " ", text)
    if not _SPACE_BEFORE_POINT.search(source):
        text = _SPACE_BEFORE_POINT.sub("", text)
    return text
