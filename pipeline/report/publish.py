"""The files that a release's translation becomes: the release in its own format, and its summaries as plain text.

Takes records, writes into the output folder through the store, and returns what the cell's manifest is to say of the
files. What is blocked lies under `blocked/`, and never in both places.
"""

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePosixPath

from pipeline.languages import base
from pipeline.read.formats import write_document
from pipeline.records import Finding, PreparedDocument, SummarizedDocument, TargetBlock, TranslatedDocument
from pipeline.report.review_copy import has_review_copy, review_copy
from pipeline.restore import compose_block
from pipeline.store import PublishedFile, Store
from pipeline.summarize.limits import describe_length

TRANSLATIONS = "translations"
SUMMARIES = "summaries"
BLOCKED = "blocked"
ORDER_NAMES = {
    "": "",
    "translate-then-summarize": "drawn from the translation",
    "summarize-then-translate": "translated from the French summary",
}
"""What people are told of the order in which a summary was made."""
MAX_NAME_BYTES = 255
"""The longest name that the usual file systems take."""


def publish_translation(
    store: Store, data: bytes, prepared: PreparedDocument, translated: TranslatedDocument, blocked: bool
) -> PublishedFile:
    """Write a release's translation in the format it came in.

    Args:
        store: The output folder.
        data: The bytes of the original.
        prepared: The release.
        translated: Its translation.
        blocked: Whether it must not be published.

    Raises:
        InputError: The format cannot hold the translation.
    """
    lang = translated.target_lang
    written = write_document(translated.path, data, target_blocks(prepared, translated), lang)
    name = translated_name(translated.path, prepared.document.lang, lang)
    place = f"{lang}/{translated.system}/{name}"
    return _put(store, TRANSLATIONS, translated.path, place, written, blocked)


def publish_review_copy(
    store: Store,
    data: bytes,
    prepared: PreparedDocument,
    translated: TranslatedDocument,
    findings: Sequence[Finding],
    blocked: bool,
) -> list[PublishedFile]:
    """Write a Word document's translation again, as `release.en.review.docx`, with its findings as comments.

    Args:
        store: The output folder.
        data: The bytes of the original.
        prepared: The release.
        translated: Its translation.
        findings: What was found in it.
        blocked: Whether it must not be published.

    Returns:
        The file, or none: there is nothing to say, or the format is another one.
    """
    if not has_review_copy(translated.path):
        return []
    lang = translated.target_lang
    name = translated_name(translated.path, prepared.document.lang, f"{lang}.review")
    place = f"{lang}/{translated.system}/{name}"
    if all(finding.dismissed for finding in findings):
        for either in (False, True):
            store.remove_file(f"{TRANSLATIONS}/{release_folder(translated.path, either)}{place}")
        return []
    written = review_copy(data, prepared, translated, target_blocks(prepared, translated), findings)
    return [_put(store, TRANSLATIONS, translated.path, place, written, blocked)]


def publish_summaries(
    store: Store, summarized: SummarizedDocument, place: str, blocked: bool, embargo: str = ""
) -> PublishedFile:
    """Write a release's summaries as plain text, ready to be copied.

    Args:
        store: The output folder.
        summarized: They, one a channel and order.
        place: What they are of: `fr`, or `en/apertium`.
        blocked: Whether the translation that they are drawn from must not be published.
        embargo: Until when nothing of it must be published; it stands above the texts, and in none of them.
    """
    orders = {summary.order for summary in summarized.summaries}
    parts = [f"UNDER EMBARGO: {embargo}\n"] if embargo else []
    for summary in summarized.summaries:
        told = [describe_length(summary.text, summary.channel, summary.lang)]
        told += [ORDER_NAMES[summary.order]] if len(orders) > 1 else []
        told += ["reviewed"] if summary.state == "reviewed" else []
        parts.append(f"{summary.channel.upper()} ({', '.join(told)})\n\n{summary.text}\n")
    return _put(store, SUMMARIES, summarized.path, f"{place}.txt", "\n".join(parts).encode(), blocked)


def target_blocks(prepared: PreparedDocument, translated: TranslatedDocument) -> dict[str, TargetBlock]:
    """Compose each block's translation, by `block_id`."""
    blocks = {block.block_id: block for block in prepared.document.blocks}
    pairs = zip(prepared.segments, translated.hypotheses, strict=True)
    composed = {}
    for block_id, group in groupby(pairs, key=lambda pair: pair[0].block_id):
        segments, hypotheses = zip(*group, strict=True)
        composed[block_id] = compose_block(blocks[block_id], segments, hypotheses, translated.target_lang)
    return composed


def translated_name(path: str, source_lang: str, target_lang: str) -> str:
    """Name a translation: `news/release.docx` and `news/release.fr.docx` → `release.en.docx`.

    A name too long for the disk loses the end of its stem; its folder still bears the release's whole name.
    """
    name = PurePosixPath(path)
    stem = name.stem.removesuffix(f".{base(source_lang)}") or name.stem
    end = f".{target_lang}{name.suffix}"
    room = MAX_NAME_BYTES - len(os.fsencode(end))
    return os.fsencode(stem)[:room].decode(errors="ignore") + end if len(os.fsencode(stem)) > room else stem + end


def release_folder(path: str, blocked: bool) -> str:
    """Name the folder of a release's files, with a final slash; no release's own folders can pass for blocked ones."""
    first, slash, rest = path.partition("/")
    if first.rstrip("~").casefold() == BLOCKED:
        path = f"{first}~{slash}{rest}"
    return f"{BLOCKED}/{path}/" if blocked else f"{path}/"


def _put(store: Store, kind: str, path: str, place: str, data: bytes, blocked: bool) -> PublishedFile:
    put = store.put_file(f"{kind}/{release_folder(path, blocked)}{place}", data)
    store.remove_file(f"{kind}/{release_folder(path, not blocked)}{place}")
    return put
