"""What a translator must not touch in running French: addresses, numbers to call, files, tags.

In comes normalised text, out come stretches with their kind. Every pattern starts at a word's edge and moves one
way, so that a hostile text costs no more than its length.
"""

import re
from dataclasses import dataclass

from pipeline.records import PlaceableKind

UNSEEN_POINTS = frozenset({"break", "tab", "tag", "comment", "hidden"})
"""Kinds of inline elements without text that show nothing either, or stand beside white space of their own. All others
(code, an image, a footnote's mark) take a place among the words, as an address does."""

_TOP_LEVEL = "com|org|net|int|eu|fr|be|ch|ca|lu|mc|uk|de|es|it|info|gov|edu|gouv"
_FILE_TYPES = (
    "pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|jpe?g|png|gif|svg|tiff?|mp[34]|mov|avi|html?|xml|json|epub|ics"
)
# Two digits at a time after 0X or +33 X, or the three-digit groups of 0 800 numbers; ITU-T E.164 for the rest.
_PHONE = (
    r"(?<![\w.,/-])(?:"
    r"(?:\+ ?33|0033)[ .-]?(?:\(0\)[ .-]?)?[1-9](?:[ .-]?\d{2}){4}"
    r"|0[1-9](?:[ .-]?\d{2}){4}"
    r"|0 ?8\d{2}(?: ?\d{3}){2}"
    r"|\+\d{1,3}(?:[ ./-]?\(?\d{1,5}\)?){2,6}"
    r")(?![\w-]|[.,/]\d)"
)
_PATTERN = re.compile(
    r"(?P<url>(?<!\w)(?:(?:https?|ftp)://|www\.)[^\s<>\"«»“”\ue000-\uf8ff]+)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<phone>{_PHONE})"
    rf"|(?P<file>(?<![\w./-])[\w./-]+\.(?:{_FILE_TYPES})\b(?![/@]))"
    rf"|(?P<domain>(?<![\w.@-])(?:[a-z0-9-]+\.){{1,4}}(?:{_TOP_LEVEL})\b(?![.-]?\w)(?:/[^\s<>\"«»“”\ue000-\uf8ff]*)?)"
    r"|(?P<hashtag>(?<![\w&])[#@](?=\w*[^\W\d_])\w+(?:@[\w-]+(?:\.[\w-]+)+)?)"
    r"|(?P<literal>[\ue000-\uf8ff])",
    re.IGNORECASE,
)
_HINT = re.compile(r"[@#+\ue000-\uf8ff]|\.\w|\d\d|://")
"""Without any of these no pattern can match: most sentences are done after this one look."""
_TRAILING = ".,;:!?'…"
_KINDS: dict[str, PlaceableKind] = {"phone": "phone", "file": "file", "hashtag": "hashtag", "literal": "literal"}
_LITERAL = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text that is to be masked.

    Attributes:
        kind: What it is.
        start: Where it starts in the normalised text.
        end: Where it ends.
        replacement: The approved translation, empty where the surface comes back.
    """

    kind: PlaceableKind
    start: int
    end: int
    replacement: str = ""

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether two stretches have a character in common."""
        return self.start < other.end and other.start < self.end


def find_placeables(text: str) -> list[Stretch]:
    """Return the addresses, numbers, names and private-use characters of a text, in order, without overlaps."""
    if _HINT.search(text) is None:
        return []
    stretches: list[Stretch] = []
    position = 0
    while match := _PATTERN.search(text, position):
        position = match.end()
        stretch = _stretch(match)
        if stretch is not None:
            stretches.append(stretch)
            position = stretch.end
    return stretches


def find_literals(text: str) -> list[Stretch]:
    """Return the characters that would be taken for our own tokens."""
    return [Stretch("literal", match.start(), match.end()) for match in _LITERAL.finditer(text)]


def _stretch(match: re.Match[str]) -> Stretch | None:
    start, found = match.start(), match[0]
    match match.lastgroup:
        case "url" | "domain":
            address = _without_trailing(found)
            return Stretch("url", start, start + len(address)) if "." in address.strip(".") else None
        case "email":
            return Stretch("email", start, start + len(found.rstrip("_-")))
        case "phone" if _is_plain_number(found):
            return None
        case kind:
            return Stretch(_KINDS[kind or "literal"], start, match.end())


def _without_trailing(address: str) -> str:
    """Take off the sentence's own punctuation; a bracket belongs to the address if it was opened in it."""
    end = len(address)
    unopened = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    while end:
        last = address[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def _is_plain_number(found: str) -> bool:
    """Tell `+12 000 000` (inhabitants) from a telephone number, which has 8 to 15 digits."""
    digits = sum(character.isdigit() for character in found)
    if not 8 <= digits <= 15:
        return True
    return digits < 10 and re.fullmatch(r"\+\d{1,3}(?: \d{3})+", found) is not None
