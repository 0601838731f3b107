"""What a run of text looks like: `w:rPr` in, a value to compare out, and a name for the difference.

Only what a reader sees counts. Languages, spelling switches, letter spacing and the twins that Word keeps for complex
scripts differ from run to run without anyone having meant it; they part no text.
"""

from pipeline.read.wordml import is_on, local_name, w
from pipeline.read.xml import Element

Look = frozenset[tuple[str, tuple[tuple[str, str], ...]]]

_UNSEEN = frozenset(
    ("lang", "noProof", "rPrChange", "spacing", "kern", "w", "bCs", "iCs", "szCs", "rtl", "cs", "webHidden")
)
_SWITCHES = frozenset(("b", "i", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint"))
_FONT_ATTRIBUTES = frozenset(w(name) for name in ("ascii", "hAnsi", "asciiTheme", "hAnsiTheme"))
_STYLE_KINDS = {"Strong": "bold", "lev": "bold", "Emphasis": "italic", "Accentuation": "italic"}
"""Word's own character styles by id, English and French."""


def run_look(properties: Element | None) -> Look:
    """Return what a run's properties make of its text, for comparison."""
    if properties is None:
        return frozenset()
    look = set()
    for child in properties:
        name = local_name(child)
        if not name or name in _UNSEEN:
            continue
        if name in _SWITCHES:
            attributes: tuple[tuple[str, str], ...] = (("on", str(is_on(child))),)
        else:
            attributes = tuple(sorted((str(key), str(text)) for key, text in child.attrib.items()))
        if name == "rFonts":
            attributes = tuple(pair for pair in attributes if pair[0] in _FONT_ATTRIBUTES)
            if not attributes:
                continue
        look.add((name, attributes))
    return frozenset(look)


def is_raised(look: Look) -> bool:
    """Tell whether a look is superscript by its own properties."""
    return ("vertAlign", ((w("val"), "superscript"),)) in look


def name_difference(look: Look, usual: Look) -> str:
    """Return the markup kind for text that differs from the usual: `bold`, `italic`, `superscript` … or `style`."""
    added = {name: dict(attributes) for name, attributes in look - usual}
    for name, kind in (("b", "bold"), ("i", "italic")):
        if added.get(name, {}).get("on") == "True":
            return kind
    if "rStyle" in added and added["rStyle"].get(w("val")) in _STYLE_KINDS:
        return _STYLE_KINDS[added["rStyle"][w("val")]]
    raised = added.get("vertAlign", {}).get(w("val"), "")
    if raised in ("superscript", "subscript"):
        return raised
    return "underline" if "u" in added else "style"
