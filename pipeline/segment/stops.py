"""What a full stop means: a text and the place of a stop in, whether a sentence ends there out.

Three things decide: the word before the stop (an abbreviation, an initial, a list number), whether what follows
can open a sentence, and whether it can continue a name (« Mme D. Le Goff »). Every look to the left or right is
bounded, so that the whole text costs linear time.
"""

import re
import unicodedata

from pipeline.segment.abbreviations import (
    BEFORE_NAME,
    BEFORE_NUMBER,
    CASED_TITLES,
    LABELLED,
    MAY_END,
    NEVER_FINAL,
    OPENERS,
    PARTICLES,
    TITLES,
)

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width and direction marks: they may stand anywhere and mean nothing here."""

_REACH = 32
"""Code points that a look backwards or forwards covers; no abbreviation or name particle is longer."""

_TOKEN = re.compile(rf"[\w.°º§\-\u2010\u2011\u0300-\u036f{INVISIBLE}]*\Z")
_WORD = re.compile(rf"[^\W\d_][\w\-\u2010\u2011\u0300-\u036f{INVISIBLE}]{{0,{_REACH}}}+")
_ELISION = re.compile(rf"([^\W\d_]{{1,8}})[{INVISIBLE}]?['’][{INVISIBLE}]?(\w?)")
_AFTER_WORD = re.compile(r"\s+(\w)")
_INVERSION = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|ce|je|tu|nous|vous)$")
_INVISIBLE_TABLE = dict.fromkeys(map(ord, INVISIBLE)) | {0x2010: "-", 0x2011: "-"}

_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_LABEL = re.compile(rf"\d|(?:{_ROMAN}|[A-Za-z])(?![^\W_]|['’\u0300-\u036f])")
_ENUMERATOR = re.compile(rf"[\s«“\"(\[–—‒•▪*\-]*(?:\d{{1,2}}(?:\.\d{{1,3}})*|{_ROMAN}|[A-Za-z])")
_INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]h?(?:\.?-?[A-ZÀ-ÖØ-Þ]h?)*")
_DOTTED = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.[A-ZÀ-ÖØ-Þ])+")

_LEAD_IN = re.compile(
    rf"(?:\s|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…|\.\.\.|[\"«“‘'’(\[¿¡`•▪◦‣*\-–—‒―{INVISIBLE}]|"
    r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])*+"  # arrows, bullets, emoji
)
_LOWER_OPENING = re.compile(r"https?://|www\.|[a-z]\)\s|[a-z]{1,2}[A-Z]")


def opens_sentence(text: str, at: int) -> int | None:
    """Tell whether a sentence can begin at an offset, after its quotation marks, dashes and bullets.

    Returns:
        The offset of its first letter, figure or sign; None if what stands there goes on with a sentence.
    """
    end = min(len(text), at + 2 * _REACH)
    lead_in = _LEAD_IN.match(text, at, end)
    first = lead_in.end() if lead_in else at
    if first == end:
        return None
    character = text[first]
    if character.isdigit():
        # « de 14 h. – 18 h. »: a dash before a figure is a range or a minus.
        return None if any(dash in text[at:first] for dash in "-–—‒―") else first
    if character.islower():
        return first if _LOWER_OPENING.match(text, first) else None
    return first if character.isalpha() or character in "#@$€£" else None


def full_stop_ends(text: str, sentence_start: int, stop: int, first: int) -> bool:
    """Tell whether a single full stop ends a sentence.

    Args:
        text: The whole text.
        sentence_start: Where the sentence in question begins.
        stop: Where the full stop is.
        first: What `opens_sentence` found after it.
    """
    before = text[max(0, sentence_start, stop - _REACH) : stop]
    found = _TOKEN.search(before)
    raw = found.group() if found else ""
    token = _plain(raw).lstrip(".-")
    word = token.lower()
    left = before[: len(before) - len(raw)]

    if _is_list_number(text, sentence_start, stop, token, left):
        return False
    if token in CASED_TITLES or word in TITLES or word in NEVER_FINAL:
        return False
    if word == "ex" and _last_word(left) in ("p.", "par"):
        return False
    if word in MAY_END:
        return not text[first].isdigit()
    if _INITIALS.fullmatch(token) and (len(token) == 1 or "." in token):
        return _initial_ends(text, token, left, first)
    return _abbreviation_ends(text, word, first)


def _abbreviation_ends(text: str, word: str, first: int) -> bool:
    if word in BEFORE_NUMBER and _LABEL.match(text, first):
        return False
    if word in BEFORE_NAME:
        return not (text[first].isdigit() or continues_name(text, first))
    return True


def _initial_ends(text: str, token: str, left: str, first: int) -> bool:
    """Decide after « D. », « J.-P. », « S.A. », « art. L. »."""
    if text[first].isdigit():
        return False
    if "." in token and left.isupper() and text[first : first + _REACH].isupper():
        return False  # « OPÉRATION DE L’O.N.U. À PARIS »: capitals say nothing here
    if len(token) == 1 and _last_word(left) in LABELLED:
        return True
    if _DOTTED.fullmatch(token) and _word_at(text, first) in PARTICLES:
        return True
    return not continues_name(text, first)


def continues_name(text: str, first: int) -> bool:
    """Tell whether the capitalised word at an offset can be the rest of a name."""
    if not text[first].isalpha():
        return False
    elision = _ELISION.match(text, first, first + _REACH)
    if elision:
        return elision.group(1) in ("D", "L", "O") and elision.group(2).isupper()
    word = _word_at(text, first)
    if word in OPENERS or _INVERSION.search(word):
        return False
    if word in PARTICLES:
        found = _WORD.match(text, first)
        following = _AFTER_WORD.match(text, found.end()) if found else None
        return following is not None and following.group(1).isupper()
    return True


def _is_list_number(text: str, sentence_start: int, stop: int, token: str, left: str) -> bool:
    """Tell whether the stop belongs to « 1. », « IV. » or « a. » at the head of a sentence or after a colon."""
    if stop - sentence_start <= _REACH and _ENUMERATOR.fullmatch(text, sentence_start, stop):
        return True
    return token.isdigit() and len(token) <= 2 and left[-1:].isspace() and left.rstrip().endswith((":", ";"))


def _word_at(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return _plain(found.group()).lower() if found else ""


def _last_word(text: str) -> str:
    words = text.split()
    return _plain(words[-1]).lower().rpartition("'")[2].rpartition("’")[2] if words else ""


def _plain(word: str) -> str:
    """Undo ligatures, decomposed accents, soft hyphens and special hyphens of a word that is to be looked up."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFKC", word.translate(_INVISIBLE_TABLE))
