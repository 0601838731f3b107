"""HTML releases: read without a tree, written by replacing text in the original source.

What is not translated is never parsed and printed again, so that it stays byte for byte: scripts, styles, comments,
indentation, the order and quoting of attributes. A translation is text and nothing else: whatever could be a tag or
a reference in it is escaped.
"""

import re
from collections.abc import Iterator, Mapping

from pipeline.languages import direction, is_private
from pipeline.read.base import Limits
from pipeline.read.encoding import Encoding, can_encode, decode, encode
from pipeline.read.fields import Field, check_size, number_blocks
from pipeline.read.html_fields import find_fields
from pipeline.read.html_tokens import find_reference, tokenize
from pipeline.read.weave import Edit, Patched, compose, find_spellings, is_unchanged, spell, tidy
from pipeline.records import Block, TargetBlock

_DECLARED_WITHIN = 4096
"""Bytes in which an encoding must be declared; the standard asks for 1024."""

_XML_ENCODING = re.compile(r"""encoding\s*=\s*["']([\w.:-]+)""")
_CONTENT_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_NEEDS_QUOTES = frozenset(" \t\n\r\f\"'=<>`")


class HtmlFormat:
    """HTML; see `pipeline.read.base.Format`."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def read(self, data: bytes, limits: Limits) -> tuple[Block, ...]:
        """Return running text, the title, and the attributes and descriptions that people read."""
        check_size(data, limits)
        source, _ = _decode(data)
        return number_blocks(find_fields(source), limits)

    def write(self, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
        """Return the page with other words in its blocks, and `lang` and `dir` of its root set to the language."""
        source, encoding = _decode(data)
        numbered = [(blocks.get(f"b{index}"), field) for index, field in enumerate(find_fields(source))]
        changed = [(target, field) for target, field in numbered if target and not is_unchanged(field, target)]
        edits = list(_mark_language(source, target_lang))
        edits += [_edit(Patched(source), field, target) for target, field in changed if field.layout == "attribute"]
        patched = Patched(source, edits)
        parts = []
        at = 0
        for target, field in changed:
            if field.layout != "attribute":
                parts += [patched.slice(at, field.start), _edit(patched, field, target).source]
                at = field.end
        return _encode("".join([*parts, patched.slice(at, len(source))]), encoding)


HTML = HtmlFormat()


def _edit(patched: Patched, field: Field, target: TargetBlock) -> Edit:
    target = tidy(field, target)
    spelled = spell(target, find_spellings(patched.source, field, "&<>\"'"))
    characters = list(_escape(target, spelled, field.context))
    source = compose(field, target, characters, patched)
    if field.context == "bare" and (not source or not _NEEDS_QUOTES.isdisjoint(source)):
        source = '"' + source + '"'
    return Edit(field.start, field.end, source)


def _escape(target: TargetBlock, spelled: Mapping[int, str], context: str) -> Iterator[str]:
    """Give the source of each character: the original's spelling where that is safe here, otherwise a safe one."""
    quote = '"' if context == "bare" else context
    tags = {offset for mark in target.markup for offset in (mark.start, mark.end)}
    for at, character in enumerate(target.text):
        spelling = spelled.get(at)
        if spelling is not None and (
            spelling != character or at + 1 in tags or _is_harmless(target.text, at, context, quote)
        ):
            yield spelling
        elif character in "&<>" or character == quote:
            yield _REFERENCES[character]
        else:
            yield character


def _is_harmless(text: str, at: int, context: str, quote: str) -> bool:
    """Tell whether a character can stand as it is where the source has it so."""
    after = text[at + 1 : at + 2]
    if text[at] == "&":
        return find_reference(text, at, in_attribute=quote != "") is None
    if text[at] == "<" and context == "":
        return not (after.isascii() and after.isalpha()) and after not in {"/", "!", "?"}
    if text[at] == "<" and context == "title":
        return text[at : at + 7].lower() != "</title"
    return text[at] != quote


def _mark_language(source: str, target_lang: str) -> Iterator[Edit]:
    """Set the root's language, and its direction where that is unusual or was said before."""
    root = next((token for token in tokenize(source) if token.role == "start" and token.name == "html"), None)
    if root is None or is_private(target_lang):
        return
    values = {"lang": target_lang, "xml:lang": target_lang, "dir": direction(target_lang)}
    present = {item.name: item for item in reversed(root.attributes) if item.name in values}
    added = ""
    for name, value in values.items():
        if name in present:
            item = present[name]
            has_value = item.quote or item.end > item.start
            yield Edit(item.start, item.end, value if has_value else f'="{value}"')
        elif name == "lang" or (name == "dir" and value == "rtl"):
            added += f' {name}="{value}"'
    if added:
        behind_name = root.start + 1 + len(root.name)
        yield Edit(behind_name, behind_name, added)


def _decode(data: bytes) -> tuple[str, Encoding]:
    """Decode a page, with the encoding it declares; one that is ASCII and declares none stays ASCII."""
    head = data[:_DECLARED_WITHIN].decode("latin-1")
    labels = [head[start:end] for start, end in _find_labels(head)]
    source, encoding = decode(data, labels[0] if labels else "")
    if not labels and data.isascii():
        encoding = Encoding("ascii")
    return source, encoding


def _encode(source: str, encoding: Encoding) -> bytes:
    """Encode a page; where its encoding lacks a character, change the encoding it declares, or use references."""
    if can_encode(source, encoding):
        return encode(source, encoding)
    labels = [Edit(start, end, "utf-8") for start, end in _find_labels(source)]
    if labels:
        return Patched(source, labels).slice(0, len(source)).encode("utf-8")
    return source.encode(encoding.codec, "xmlcharrefreplace")


def _find_labels(source: str) -> Iterator[tuple[int, int]]:
    """Find where a page names its encoding."""
    for token in tokenize(source[: 2 * _DECLARED_WITHIN]):
        if token.role == "other" and source.startswith("<?xml", token.start):
            match = _XML_ENCODING.search(source, token.start, token.end)
            if match:
                yield match.span(1)
        elif token.name == "meta":
            values = {item.name: (item.start, item.end) for item in reversed(token.attributes)}
            content = _CONTENT_CHARSET.search(source, *values.get("content", (0, 0)))
            kind = source[slice(*values.get("http-equiv", (0, 0)))]
            if "charset" in values:
                yield values["charset"]
            elif content and kind.lower() == "content-type":
                yield content.span(1)
