"""Inline content of XLIFF 1.2 and 2.x: an element in, its text with markup and segment marks out.

Codes become markup over the text: pairs (`g`, `pc`, `bx`…`ex`, `sc`…`ec`, `bpt`…`ept`) what they enclose, the others
(`x`, `ph`, `it`) points. A code has the same number in source and target, so that a lost one is found. What stands in
`bpt`, `ept`, `it` and `ph` is native code and no text.
"""

from dataclasses import dataclass, field

from lxml import etree

from pipeline.read.xml import Element
from pipeline.records import Markup

_NATIVE = frozenset({"bpt", "ept", "it", "ph", "x", "bx", "ex", "sc", "ec"})
_OPENING = {"bx": "rid", "bpt": "rid", "sc": "id"}
_CLOSING = {"ex": "rid", "ept": "rid", "ec": "startRef"}
"""The attribute that ties both ends together; `id` where it is absent."""
_KINDS = {
    "bold": "bold",
    "xlf:b": "bold",
    "italic": "italic",
    "xlf:i": "italic",
    "link": "link",
    "image": "image",
    "lb": "break",
    "xlf:lb": "break",
}
"""Markup kinds by `ctype` (1.2), `subType` and `type` (2.x)."""
PAIR, POINT = "style", "placeholder"
"""Kinds of codes that do not say what they are."""


@dataclass(slots=True)
class Flat:
    """The text of one or several elements, one behind the other.

    Attributes:
        markup: Over the text.
        segments: (start, end) of each marked segment (`mrk mtype="seg"`), by its `mid`.
    """

    text: str = ""
    markup: list[Markup] = field(default_factory=list)
    segments: dict[str, tuple[int, int]] = field(default_factory=dict)


class Flattener:
    """Flattens the elements of one unit, which share their codes' numbers."""

    def __init__(self) -> None:
        self._refs: dict[str, int] = {}

    def add(self, flat: Flat, element: Element | None) -> tuple[int, int]:
        """Add an element's content to a text, and return where it stands there."""
        start = len(flat.text)
        open_codes: dict[str, tuple[int, str]] = {}
        if element is not None:
            self._add_content(flat, element, open_codes)
        for code, (place, _) in open_codes.items():
            flat.markup.append(Markup(self._ref(code), POINT, place, place))
        flat.markup.sort(key=lambda item: (item.start, -item.end))
        return start, len(flat.text)

    def _add_content(self, flat: Flat, element: Element, open_codes: dict[str, tuple[int, str]]) -> None:
        flat.text += element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                self._add_child(flat, child, etree.QName(child).localname, open_codes)
            flat.text += child.tail or ""

    def _add_child(self, flat: Flat, child: Element, name: str, open_codes: dict[str, tuple[int, str]]) -> None:
        place = len(flat.text)
        if name in _OPENING:
            open_codes[_code(child, _OPENING[name])] = (place, _kind(child, PAIR))
        elif name in _CLOSING and (code := _code(child, _CLOSING[name])) in open_codes:
            start, kind = open_codes.pop(code)
            flat.markup.append(Markup(self._ref(code), kind, start, place))
        elif name in _NATIVE:
            kind = _kind(child, POINT)
            flat.markup.append(Markup(self._ref(_code(child, "id")), kind, place, place))
            flat.text += "\n" if kind == "break" else ""
        elif name == "cp":
            flat.text += "\ufffd"
        else:
            self._add_content(flat, child, open_codes)
            if name in {"g", "pc"}:
                code = _code(child, "id")
                flat.markup.append(Markup(self._ref(code), _kind(child, PAIR), place, len(flat.text)))
            elif name == "mrk" and child.get("mtype") == "seg":
                flat.segments[child.get("mid", "")] = (place, len(flat.text))

    def _ref(self, code: str) -> int:
        return self._refs.setdefault(code, len(self._refs))


def _code(element: Element, attribute: str) -> str:
    return element.get(attribute) or element.get("id") or ""


def _kind(element: Element, default: str) -> str:
    names = (element.get(attribute, "") for attribute in ("ctype", "subType", "type"))
    return next((_KINDS[name] for name in names if name in _KINDS), default)
