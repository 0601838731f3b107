"""Put a translation into the text elements that a Word paragraph has, when its markup kept its shape.

Source and target are cut at the same items in the same order; each stretch of target text goes where the source's
was. Nothing else in the paragraph is touched, so that a translation and its inverse give back the original exactly
wherever the lengths agree, and up to the arbitrary cutting of runs elsewhere.
"""

from bisect import bisect_left
from itertools import pairwise

from pipeline.read.docx_items import Paragraph, Piece
from pipeline.read.docx_target import Target
from pipeline.read.wordml import XML_SPACE, local_name, w


def fill_paragraph(paragraph: Paragraph, target: Target) -> bool:
    """Put the target text into the paragraph's own elements, if it fits; otherwise change nothing.

    Returns:
        Whether it was done.
    """
    places = _matching_places(paragraph, target)
    if places is None:
        return False
    anchors = [anchor.order for anchor in paragraph.anchors if not anchor.disposable]
    plans: list[tuple[list[Piece], str]] = []
    index = 0
    for (source_at, target_at), (source_end, target_end) in pairwise(places):
        pieces = []
        while index < len(paragraph.pieces) and paragraph.pieces[index].at < source_end:
            pieces.append(paragraph.pieces[index])
            index += 1
        text = target.text[target_at:target_end]
        for part in _share(pieces, source_at, text, anchors):
            if not any(_is_text(piece) for piece in part[0]) and _joined(part[0]) != part[1]:
                return False
            plans.append(part)
    for pieces, text in plans:
        _pour(pieces, text)
    if any(_joined(pieces) != text and len(pieces) > 1 for pieces, text in plans):
        _drop_disposable(paragraph)
    return True


def _matching_places(paragraph: Paragraph, target: Target) -> list[tuple[int, int]] | None:
    """Return (source, target) offsets of all item ends, in order, or None where the two differ in shape."""
    stretches = paragraph.stretches
    if len(target.points) != len(paragraph.points) or len(target.spans) != len(stretches):
        return None
    pairs = {(0, 0), (len(paragraph.bare), len(target.text))}
    for point in paragraph.points:
        pairs.add((point.at, target.points[point.ref]))
    for stretch in stretches:
        spans = target.spans[stretch.ref]
        if len(spans) != 1:
            return None
        pairs |= {(stretch.start, spans[0][0]), (stretch.end, spans[0][1])}
    places = sorted(pairs)
    for (source_before, target_before), (source_at, target_at) in pairwise(places):
        if source_before == source_at or target_before > target_at:
            return None
    return places


def _share(pieces: list[Piece], start: int, text: str, anchors: list[int]) -> list[tuple[list[Piece], str]]:
    """Deal a stretch's target text to its pieces: one by one where lengths agree, otherwise between its anchors."""
    source = _joined(pieces)
    if len(source) == len(text):
        one_by_one = [([piece], text[piece.at - start : piece.end - start]) for piece in pieces]
        if all(_is_text(piece) or piece.text == part for (piece,), part in one_by_one):
            return one_by_one
    groups: list[list[Piece]] = []
    passed = -1
    for piece in pieces:
        before, passed = passed, bisect_left(anchors, piece.order)
        if groups and before == passed:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    cuts = [corresponding(group[0].at - start, len(source), text) for group in groups]
    return [(group, text[cut:after]) for group, cut, after in zip(groups, cuts, [*cuts[1:], len(text)], strict=True)]


def corresponding(at: int, source_length: int, text: str) -> int:
    """Return the start of the word in a target text that is nearest to where a source offset falls in proportion."""
    if at <= 0 or not source_length:
        return 0
    if at >= source_length:
        return len(text)
    place = (2 * at * len(text) + source_length) // (2 * source_length)
    before = text.rfind(" ", 0, place) + 1
    after = text.find(" ", place) + 1 or len(text)
    return before if place - before <= after - place else after


def _pour(pieces: list[Piece], text: str) -> None:
    """Put a text into the longest of some pieces that stand beside one another, and take the others out."""
    if _joined(pieces) == text:
        return
    chosen = max((piece for piece in pieces if _is_text(piece)), key=lambda piece: len(piece.text))
    _set_text(chosen, text)
    for piece in pieces:
        if piece is not chosen:
            piece.run.remove(piece.element)
            parent = piece.run.getparent()
            if parent is not None and all(child.tag == w("rPr") for child in piece.run):
                parent.remove(piece.run)


def _set_text(piece: Piece, text: str) -> None:
    element = piece.element
    for child in list(element):
        element.remove(child)
    element.text = text
    if _edges(text) != _edges(piece.text) and any(_edges(text)):
        element.set(XML_SPACE, "preserve")


def _edges(text: str) -> tuple[str, str]:
    """Return the white space at both ends of a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _drop_disposable(paragraph: Paragraph) -> None:
    for anchor in paragraph.anchors:
        parent = anchor.element.getparent()
        if anchor.disposable and parent is not None:
            parent.remove(anchor.element)


def _joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _is_text(piece: Piece) -> bool:
    return local_name(piece.element) == "t"
