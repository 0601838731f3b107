"""A translated Word document for its reviewer: records in, the document with each finding as a comment on its words.

A comment says what the French says, what the translation says instead, and what to do about it. What was dismissed is
left out. A release under embargo says so in its first comment.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from pipeline.check.base import quoted
from pipeline.languages import name
from pipeline.read.docx import DOCX
from pipeline.read.docx_comments import NOWHERE, Comment
from pipeline.records import Finding, PreparedDocument, Span, TargetBlock, TranslatedDocument
from pipeline.structure.embargoes import LONGEST, embargo_of

AUTHOR = "communique"
WHAT_TO_DO = "Correct it or dismiss with a reason."
LOOKED_FOR = frozenset({"names", "acronyms", "placeables"})
"""Checks of things that stand in both texts; where one is gone, all comments say so in the same words."""


def has_review_copy(path: str) -> bool:
    """Tell whether a release's format can hold comments."""
    return PurePosixPath(path).suffix.lower() in DOCX.suffixes


def review_copy(
    data: bytes,
    prepared: PreparedDocument,
    translated: TranslatedDocument,
    blocks: dict[str, TargetBlock],
    findings: Sequence[Finding],
) -> bytes:
    """Write a release's translation with comments.

    Args:
        data: The bytes of the original.
        prepared: The release.
        translated: Its translation.
        blocks: The translation block by block.
        findings: What was found in it.

    Raises:
        InputError: The format cannot hold the translation.
    """
    places = _places(prepared, translated, blocks)
    sources = {segment.seg_id: segment.source for segment in prepared.segments}
    comments: defaultdict[str, list[Comment]] = defaultdict(list)
    if embargo := embargo_of(prepared.document.blocks):
        first = next(block for block in prepared.document.blocks if block.kind == "embargo")
        end = len(blocks[first.block_id].text) if first.block_id in blocks else 0
        note = f"Under embargo: French says {quoted(embargo, LONGEST)}. Do not publish before."
        comments[first.block_id].append(Comment(0, end, note, f"{AUTHOR} (embargo)"))
    for finding in findings:
        if not finding.dismissed:
            block_id, whole = places.get(finding.seg_id, (NOWHERE, Span(0, 0)))
            comments[block_id].append(_comment(finding, whole, sources.get(finding.seg_id, "")))
    return DOCX.write_reviewed(data, blocks, translated.target_lang, comments)


def _comment(finding: Finding, whole: Span, source: str) -> Comment:
    """Make a comment on the words that a finding points at, or on its whole sentence."""
    message = finding.message
    if finding.check in LOOKED_FOR and finding.source_span and not finding.target_span:
        words = source[finding.source_span.start : finding.source_span.end]
        message = f"French says {quoted(words)}; {name(finding.target_lang)} does not."
    text = f"{message} {WHAT_TO_DO}"
    comment = Comment(whole.start, whole.end, text, f"{AUTHOR} ({finding.severity})")
    span = finding.target_span
    return replace(comment, start=whole.start + span.start, end=whole.start + span.end) if span else comment


def _places(
    prepared: PreparedDocument, translated: TranslatedDocument, blocks: dict[str, TargetBlock]
) -> dict[str, tuple[str, Span]]:
    """Return by segment its block and where its translation stands in that; only white space stands between two."""
    places: dict[str, tuple[str, Span]] = {}
    pairs = zip(prepared.segments, translated.hypotheses, strict=True)
    for block_id, group in groupby(pairs, key=lambda pair: pair[0].block_id):
        at = 0
        for segment, hypothesis in group:
            start = max(blocks[block_id].text.find(hypothesis.text, at), at)
            at = start + len(hypothesis.text)
            places[segment.seg_id] = (block_id, Span(start, at))
    return places
