"""Summaries on their own: releases, texts or lines in, summaries out, nothing translated and nothing stored.

Works for every language whose stop words are known here; structure, anaphora and headlines know French best.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.config import ChannelConfig
from pipeline.errors import ConfigError, InputError, LanguageError, TranslatorError
from pipeline.languages import base, normalise
from pipeline.read.base import Limits, has_content
from pipeline.read.formats import FORMATS, document_id, read_document
from pipeline.records import Block, Document, Failure, PreparedDocument, SummarizedDocument
from pipeline.segment import segment_document
from pipeline.structure import structure_document
from pipeline.summarize.stage import SummarySettings, summarize_sources
from pipeline.summarize.stop_words import languages_with_stop_words

MOST_LINE_CHARS = 1_000_000
"""Code points in one line; a longer one is no release."""

ALL_CHANNELS = ("headline", "post", "bullets", "abstract", "standfirst")


def pick_channels(
    configured: Sequence[ChannelConfig], names: Sequence[str] | None, max_words: int | None
) -> tuple[ChannelConfig, ...]:
    """Choose what to compose.

    Args:
        configured: The channels of the configuration; one that is named but not among them has no limit of its own.
        names: The channels wanted; all that are configured if none is named, and the abstract alone where only
            `max_words` is given.
        max_words: A limit that stands beside the configured ones and takes the place of `max_words` there.

    Raises:
        ConfigError: There is no such channel, or the limit is too small.
    """
    wanted = list(dict.fromkeys(names or ())) or (["abstract"] if max_words else [])
    if unknown := [name for name in wanted if name not in ALL_CHANNELS]:
        raise ConfigError([f"there is no channel “{unknown[0]}”; use {', '.join(ALL_CHANNELS)}"], "--channel")
    if max_words is not None and max_words < 5:
        raise ConfigError([f"{max_words} words are too few; give 5 at least"], "--max-words")
    known: dict[str, ChannelConfig] = {channel.name: channel for channel in configured}
    chosen = [known.get(name) or ChannelConfig.model_validate({"name": name}) for name in wanted] or list(configured)
    if max_words is None:
        return tuple(chosen)
    return tuple(channel.model_copy(update={"max_words": max_words}) for channel in chosen)


def summarize_file(path: Path, settings: SummarySettings, lang: str = "fr") -> SummarizedDocument:
    """Summarize a release in any format that can be read.

    Raises:
        InputError: The file cannot be read, or is in another language.
        LanguageError: Nothing is known here of the language.
        TranslatorError: A summarizer is asked for, and can write nothing.
    """
    from pipeline.read.source_language import require_language

    tag = _require(lang)
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"{path}: not a format that can be read", f"give a file with {', '.join(FORMATS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "give the path of a release") from error
    document = read_document(path.name, data, tag, Limits())
    require_language(document)
    return _summarize(document, settings)


def summarize_text(text: str, settings: SummarySettings, lang: str = "fr", title: str = "") -> SummarizedDocument:
    """Summarize a text whose lines are paragraphs.

    Raises:
        LanguageError: Nothing is known here of the language.
        TranslatorError: A summarizer is asked for, and can write nothing.
    """
    tag = _require(lang)
    lines = [line.strip() for line in text.splitlines() if has_content(line)]
    blocks = [Block("b0", "paragraph", " ".join(title.split()), layout="title")] if has_content(title) else []
    blocks += [Block(f"b{number}", "paragraph", line) for number, line in enumerate(lines, start=len(blocks))]
    return _summarize(Document(document_id(tuple(blocks)), "-", tag, "line", tuple(blocks)), settings)


def summarize_lines(lines: Iterable[str], settings: SummarySettings, lang: str = "fr") -> Iterator[str]:
    """Summarize lines one for one, each a text or a JSON object, into lines of JSON.

    An object has `text` and may have `title`, `lang` and `id`. A line that cannot be summarized gives an object with
    `error`, and the others go on.

    Args:
        lines: Without their line feeds.
        settings: How.
        lang: BCP-47 tag of the lines that name none.

    Raises:
        LanguageError: Nothing is known here of `lang`.
        TranslatorError: A summarizer is asked for, and can write nothing.
    """
    _require(lang)
    for number, line in enumerate(lines, start=1):
        fields: dict[str, Any] = {"id": str(number)}
        try:
            row = _read_line(line)
            fields["id"] = row.get("id", str(number))
            made = summarize_text(row["text"], settings, row.get("lang") or lang, row.get("title") or "")
            fields |= as_fields(made)
        except (InputError, LanguageError) as error:
            fields["error"] = str(error)
        # ASCII alone: a lone surrogate has no UTF-8, but it has an escape.
        plain = json.dumps(fields, ensure_ascii=False)
        yield plain if plain.isprintable() else json.dumps(fields)


def as_fields(made: SummarizedDocument) -> dict[str, Any]:
    """Return a release's summaries, and what was found wrong with any, as plain JSON values."""
    summaries = [
        {
            "channel": summary.channel,
            "lang": summary.lang,
            "text": summary.text,
            "note": summary.note,
            "alternatives": [choice.text for choice in summary.alternatives],
        }
        for summary in made.summaries
    ]
    return {"summaries": summaries, "findings": [finding.message for finding in made.findings]}


def as_text(name: str, made: SummarizedDocument) -> str:
    """Return a release's summaries for people: one without its name, several under theirs."""
    summaries = made.summaries
    if len(summaries) == 1:
        return summaries[0].text
    parts = [f"{summary.channel.upper()}\n\n{summary.text or summary.note}\n" for summary in summaries]
    return "\n".join([f"{name}\n{'=' * len(name)}\n", *parts])


def _require(lang: str) -> str:
    tag = normalise(lang)
    if base(tag) not in languages_with_stop_words():
        raise LanguageError(
            f"texts in {tag} cannot be summarized by themselves", f"use one of {', '.join(languages_with_stop_words())}"
        )
    return tag


def _read_line(line: str) -> dict[str, Any]:
    if len(line) > MOST_LINE_CHARS:
        raise InputError(f"the line has {len(line):,} characters", f"give at most {MOST_LINE_CHARS:,}")
    if not line.lstrip().startswith("{"):
        return {"text": line}
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("the line begins like JSON and is none", "mend it, or give plain text") from error
    if any(not isinstance(row.get(key, ""), str | None) for key in ("title", "lang")) or not isinstance(
        row.get("text"), str
    ):
        raise InputError("the line has no text under “text”", 'give {"text": "…"}, and “title” and “lang” if you like')
    return dict(row)


def _summarize(document: Document, settings: SummarySettings) -> SummarizedDocument:
    structured = structure_document(document)
    prepared = PreparedDocument(structured, segment_document(structured))
    results = summarize_sources([prepared], settings)
    if failure := next((item for item in results if isinstance(item, Failure)), None):
        raise TranslatorError(failure.message, failure.remedy)
    return next(item for item in results if isinstance(item, SummarizedDocument))
