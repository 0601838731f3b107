"""HTML source in, its tags and texts out, each with its offsets.

Written after the WHATWG tokenizer and without a tree: whatever stands in the file can be copied as it stands. Every
step moves on by what it has looked at, so that the time is linear in the length of the source.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

RAW_TEXT = frozenset({"script", "style", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"})
"""Elements whose content is neither markup nor text of the page."""

_W = r"[ \t\n\r\f]"
_TAG_NAME = re.compile(r"</?([A-Za-z][^ \t\n\r\f/>]*)")
_ATTRIBUTE = re.compile(
    rf"""(?:{_W}|/)*+(?P<name>[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)"""
    rf"""(?:{_W}*+={_W}*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\r\f>"'][^ \t\n\r\f>]*+)))?+"""
)
_OPEN_QUOTE = re.compile(rf"{_W}*+={_W}*+[\"']")
_TAG_END = re.compile(rf"(?:{_W}|/)*+>")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]*;?)")
_LONGEST_NAME = max(map(len, html5))


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a start tag.

    Attributes:
        name: In lower case.
        start: Where its value starts in the source, behind the quotation mark; where the name ends if it has none.
        end: Where its value ends.
        quote: The quotation mark around the value, or nothing.
    """

    name: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, a stretch of text, or something else that no reader sees.

    Attributes:
        role: A `start` or `end` tag, `text`, or `other`: comments, declarations, the content of scripts.
        start: Where it starts in the source.
        end: Where it ends there.
        name: A tag's name in lower case.
        attributes: Of a start tag.
    """

    role: Literal["start", "end", "text", "other"]
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokenize(source: str) -> Iterator[Token]:
    """Cut a source into tokens that lie side by side from its start to its end."""
    at = text_start = 0
    while (at := source.find("<", at)) >= 0:
        token = _markup_at(source, at)
        if token is None:
            at += 1
            continue
        if at > text_start:
            yield Token("text", text_start, at)
        yield token
        at = text_start = token.end
        if token.role == "start" and (token.name in RAW_TEXT or token.name == "title"):
            at = text_start = _raw_text_end(source, token)
            if at > token.end:
                yield Token("text" if token.name == "title" else "other", token.end, at)
    if text_start < len(source):
        yield Token("text", text_start, len(source))


def find_reference(text: str, at: int, in_attribute: bool = False) -> tuple[int, str] | None:
    """Return where the character reference at an offset ends and the one character it stands for, if there is one.

    Args:
        text: Source.
        at: Offset of an ampersand.
        in_attribute: Whether the rule for attributes holds: `&copy=1` in an address is no reference.
    """
    match = _REFERENCE.match(text, at, at + _LONGEST_NAME + 2)
    if match is None:
        return None
    name = match[0][1:]
    end = match.end()
    if not name.startswith("#") and name not in html5:
        name = next((name[:length] for length in range(min(len(name), 6), 1, -1) if name[:length] in html5), "")
        end = at + 1 + len(name)
    if not name or (in_attribute and not name.endswith(";") and re.match("[=A-Za-z0-9]", text[end : end + 1])):
        return None
    character = html.unescape(text[at:end])
    return (end, character) if len(character) == 1 else None


def _markup_at(source: str, at: int) -> Token | None:
    """Return the token that starts with the `<` at an offset; None where it is a mere character."""
    if name := _TAG_NAME.match(source, at):
        return _tag(source, name)
    is_comment = source.startswith("<!--", at) and not source.startswith(("<!-->", "<!--->"), at)
    closing = "-->" if is_comment else ">"
    if source.startswith(("<!", "<?", "</"), at):
        end = source.find(closing, at + 2)
        return Token("other", at, end + len(closing) if end >= 0 else len(source))
    return None


def _tag(source: str, name: re.Match[str]) -> Token:
    """Return the tag whose start was matched; what is never closed goes on to the end, as it does in browsers."""
    attributes = []
    end = name.end()
    while match := _ATTRIBUTE.match(source, end):
        group = match.lastgroup or "name"
        end = match.end()
        start, stop = (end, end) if group == "name" else match.span(group)
        quote = {"double": '"', "single": "'"}.get(group, "")
        attributes.append(Attribute(match["name"].lower(), start, stop, quote))
        if group == "name" and _OPEN_QUOTE.match(source, end):
            break
    closing = _TAG_END.match(source, end)
    if closing is None:
        return Token("other", name.start(), len(source))
    role: Literal["start", "end"] = "end" if source.startswith("</", name.start()) else "start"
    return Token(role, name.start(), closing.end(), name[1].lower(), tuple(attributes))


def _raw_text_end(source: str, opening: Token) -> int:
    if opening.name == "plaintext":
        return len(source)
    closing = re.compile(rf"</{opening.name}(?=[ \t\n\r\f/>])", re.IGNORECASE).search(source, opening.end)
    return closing.start() if closing else len(source)
