"""A Word paragraph's content as a flat list: `w:p` in, events in reading order out.

Word nests by elements (links, content controls) and, independently, by pairs of field characters that stand in runs of
their own. Here both are pairs of events that know each other's place. A field whose other end is in another paragraph,
such as a table of contents, has no partner: its characters are anchors, and the text in it is text like any other.
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.read.wordml import is_on, local_name, w
from pipeline.read.xml import Element

Role = Literal["open", "close", "text", "point", "anchor"]

CONTAINER_KINDS = {"hyperlink": "link", "sdt": "control", "dir": "style", "bdo": "style", "fldSimple": "link"}
PAIRED_FIELDS = {"HYPERLINK": "link", "FORMTEXT": "control", "QUOTE": "style"}
"""Fields whose result is text of the author's own. All others (PAGE, DATE, REF …) are computed: one point each."""

_TRANSPARENT = frozenset({"smartTag", "customXml", "sdtContent"})
_PROPERTIES = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "proofState", "rubyPr"}
)
_RUN_ANCHORS = frozenset({"fldChar", "instrText", "commentReference", "lastRenderedPageBreak", "annotationRef", ""})
_TEXT = frozenset({"t", "noBreakHyphen", "softHyphen"})


@dataclass(slots=True)
class Event:
    """One thing in a paragraph.

    Attributes:
        role: What it is; `open` and `close` are a container's ends.
        element: What holds the text, or stands for the thing.
        node: The child of the paragraph or container that `element` is or stands in: a run, mostly.
        run: The `w:r` around it, if there is one.
        partner: Index of the container's or field's other end, on the earlier of the two; otherwise -1.
        separator: On a field's first end: index of what parts its instruction from its result; otherwise -1.
    """

    role: Role
    element: Element
    node: Element
    run: Element | None = None
    partner: int = -1
    separator: int = -1


def flatten(paragraph: Element) -> list[Event]:
    """Return a paragraph's content in reading order, ends paired."""
    events: list[Event] = []
    _flatten_nodes(paragraph, events)
    return events


def instruction(events: list[Event], start: int) -> str:
    """Return the first word of a field's instruction, in capitals."""
    stop = events[start].separator if events[start].separator > 0 else events[start].partner
    words = "".join(
        event.element.text or "" for event in events[start:stop] if local_name(event.element) == "instrText"
    ).split(maxsplit=1)
    return words[0].upper() if words else ""


def _flatten_nodes(parent: Element, events: list[Event]) -> None:
    """Add the events of the runs and other nodes in a paragraph or container."""
    open_fields: list[int] = []
    _flatten_level(parent, events, open_fields)


def _flatten_level(parent: Element, events: list[Event], open_fields: list[int]) -> None:
    for node in parent:
        name = local_name(node)
        if name == "r":
            _flatten_run(node, events, open_fields)
        elif name in _TRANSPARENT:
            _flatten_level(node, events, open_fields)
        elif _is_container(node, name):
            place = len(events)
            events.append(Event("open", node, node))
            _flatten_nodes(node, events)
            events[place].partner = len(events)
            events.append(Event("close", node, node))
        elif name not in _PROPERTIES:
            is_mark = name.endswith(("Start", "End")) or name == "proofErr" or not isinstance(node.tag, str)
            events.append(Event("anchor" if is_mark else "point", node, node))


def _is_container(node: Element, name: str) -> bool:
    if name == "fldSimple":
        words = node.get(w("instr"), "").split(maxsplit=1)
        return bool(words) and words[0].upper() in PAIRED_FIELDS
    return name in CONTAINER_KINDS


def _flatten_run(run: Element, events: list[Event], open_fields: list[int]) -> None:
    properties = run.find(w("rPr"))
    hidden = properties is not None and is_on(properties.find(w("vanish")))
    for child in run:
        name = local_name(child)
        if name in _PROPERTIES:
            continue
        if name == "fldChar":
            _pair_field(child.get(w("fldCharType"), ""), len(events), events, open_fields)
        is_anchor = name in _RUN_ANCHORS and (name or not isinstance(child.tag, str))
        role: Role = "anchor" if is_anchor else "text" if name in _TEXT and not hidden else "point"
        events.append(Event(role, child, run, run))


def _pair_field(kind: str, place: int, events: list[Event], open_fields: list[int]) -> None:
    """Take note of a field character that is about to stand at `place`."""
    if kind == "begin":
        open_fields.append(place)
    elif kind == "separate" and open_fields and events[open_fields[-1]].separator < 0:
        events[open_fields[-1]].separator = place
    elif kind == "end" and open_fields:
        events[open_fields.pop()].partner = place
