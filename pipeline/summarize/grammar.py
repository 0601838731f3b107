"""What can be told of a clause from its words alone: where its verb is, what it cannot end with, what it quotes."""

import re
from functools import lru_cache

from pipeline.summarize.clauses import ClausePatterns
from pipeline.summarize.quotations import is_balanced, quotations

REMEMBERED = 4096
"""Sentences whose parts are remembered: each is worked on for several channels."""

GAP = re.compile(r"(,?)\s+")

PREPOSITION = re.compile(
    r"(?:à|au|aux|en|sur|sous|dans|par|pour|chez|avec|contre|face|selon|après|avant|depuis|entre|vers|côté|hier|in|on|at|by|for|from|with|under|a|al|con|por|para|sobre|amb|"
    r"per|em|no|na|nos|nas|com|su|nel\w*|da|dal\w*)(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=REMEMBERED)
def main_verb(text: str, patterns: ClausePatterns) -> int | None:
    """Return where a finite verb stands that no relative pronoun governs; None if none is known."""
    governed = False
    before = ""
    for word in re.finditer(r"\S+", text):
        if patterns.relative.match(word.group()):
            governed = True
        elif before and not governed and patterns.finite.match(text, word.start()) and not dangles(before, patterns):
            return word.start()
        if word.group().endswith(","):
            governed = False
        before = word.group()
    return None


def has_any(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a pattern matches at the start of any word."""
    return any(pattern.match(text, word.start()) for word in re.finditer(r"[^\W_][\w’'-]*", text))


def dangles(text: str, patterns: ClausePatterns) -> bool:
    """Tell whether a text ends with a word that wants another one behind it."""
    last = last_word(text).lstrip('«“"(')
    return bool(patterns.dangling.fullmatch(last)) or last.endswith(("’", "'"))


def last_word(text: str) -> str:
    """Return what stands behind the last white space."""
    return (text.rsplit(maxsplit=1) or [""])[-1]


def is_faithful(shortened: str, text: str) -> bool:
    """Tell whether marks are paired and every quotation that is left is one of the original's, whole."""
    left = quotations(shortened)
    whole = quotations(text)
    return is_balanced(shortened) and all(quotation in whole for quotation in left)
