"""WordprocessingML's names, and where the schema wants a property among its neighbours.

Word refuses a file whose properties stand in the wrong order, so that whatever adds one goes through `ensure_child`.
The orders are those of ECMA-376 part 1, annex A (CT_PPr, CT_RPr, CT_TblPr, CT_SectPr …).
"""

from lxml import etree

from pipeline.read.xml import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_ORDERS = {
    "styles": "docDefaults latentStyles style",
    "p": "pPr",
    "r": "rPr",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
}


def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it."""
    return f"{{{W}}}{name}"


_BEFORE = {
    w(parent): {
        w(child): [w(earlier) for earlier in order.split()[:place]] for place, child in enumerate(order.split())
    }
    for parent, order in _ORDERS.items()
}


def local_name(element: Element) -> str:
    """Return a WordprocessingML element's name without its namespace; empty for anything else, comments included."""
    tag = element.tag
    return tag[len(W) + 2 :] if isinstance(tag, str) and tag.startswith(f"{{{W}}}") else ""


def ensure_child(parent: Element, name: str) -> Element:
    """Return a property of an element, made where the schema wants it if it was not there."""
    child = parent.find(w(name))
    if child is not None:
        return child
    earlier = frozenset(_BEFORE[str(parent.tag)][w(name)])
    place = 0
    for index, sibling in enumerate(parent):
        if sibling.tag in earlier:
            place = index + 1
    child = etree.Element(w(name))
    parent.insert(place, child)
    return child


def value(element: Element | None) -> str:
    """Return an element's `w:val`, empty where there is none."""
    return "" if element is None else element.get(w("val"), "")


def number(element: Element | None, default: int) -> int:
    """Return an element's `w:val` as a number, or the default where it is none."""
    text = value(element)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as `w:b` is there and on."""
    return element is not None and element.get(w("val"), "1").lower() not in ("0", "false", "off", "none")
