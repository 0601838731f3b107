"""The summarize stage over many releases: texts in, summaries out — drawn from them, written, translated, edited.

Every release gets its extractive summaries, which cost little and can be shown as they are. Where a summarizer is
configured, it writes about all releases together, and what it wrote takes their place if it holds. Where French
summaries are to be translated, that is done for all releases together too. A release that cannot be written about
keeps its extractive summaries, and a `Failure` says why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.config import ChannelConfig
from pipeline.errors import LanguageError, TranslatorError
from pipeline.records import (
    Failure,
    PreparedDocument,
    SummarizedDocument,
    Summary,
    SummaryOrder,
    TranslatedDocument,
)
from pipeline.summarize.channels import summarize_document
from pipeline.summarize.edits import Edit, apply_edits, edits_for
from pipeline.summarize.measures import Meter, values_told
from pipeline.summarize.rank import rank_segments
from pipeline.summarize.summarizers import Summarizer
from pipeline.summarize.translated import carry_over, known_translations, sentences_of
from pipeline.summarize.written import Reviewed, Telling, set_aside, telling, write_summaries

Summarized = list[SummarizedDocument | Failure]

Translate = Callable[[Sequence[PreparedDocument]], Sequence[TranslatedDocument | Failure]]
"""Translates releases into the language at hand, each giving one result, in order."""


@dataclass(frozen=True)
class SummarySettings:
    """How a run makes its summaries.

    Attributes:
        channels: What is made.
        orders: Whether translations are summarized, French summaries translated, or both.
        summarizer: Writes in words of its own; None where summaries are drawn from the text.
        edits: What reviewers chose or wrote.
    """

    channels: tuple[ChannelConfig, ...]
    orders: tuple[SummaryOrder, ...] = ("translate-then-summarize",)
    summarizer: Summarizer | None = None
    edits: tuple[Edit, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, ChannelConfig]:
        """The channels by name."""
        return {channel.name: channel for channel in self.channels}


def summarize_sources(prepared: Sequence[PreparedDocument], settings: SummarySettings) -> Summarized:
    """Rank each release's sentences and make its summaries in its own language."""
    rankings = [rank_segments(release) for release in prepared]
    tellings = []
    for release, ranking in zip(prepared, rankings, strict=True):
        texts = {segment.seg_id: segment.source for segment in release.segments}
        drawn = summarize_document(release, texts, release.document.lang, "", settings.channels, ranking)
        tellings.append(telling(release, texts, release.document.lang, "", drawn))
    made, failures = _write(tellings, settings, "")
    results: Summarized = []
    for told, ranking, written in zip(tellings, rankings, made, strict=True):
        summaries, findings = _finish(told, [written], {}, settings, "")
        document = told.prepared.document
        results.append(
            SummarizedDocument(document.doc_id, document.path, document.lang, "", summaries, ranking, findings)
        )
    return [*results, *failures]


def summarize_translations(
    pairs: Sequence[tuple[PreparedDocument, TranslatedDocument]],
    french: Mapping[str, SummarizedDocument],
    settings: SummarySettings,
    translate: Translate,
) -> Summarized:
    """Make the summaries of releases in one language, from one system's translations of them.

    Args:
        pairs: Releases and translations, all into one language by one system.
        french: What `summarize_sources` gave for them, by path.
        settings: How.
        translate: Asks the same system for the translation of French summaries.
    """
    if not pairs:
        return []
    system = pairs[0][1].system
    tellings = []
    for release, done in pairs:
        texts = {hypothesis.seg_id: hypothesis.text for hypothesis in done.hypotheses}
        ranking = french[done.path].ranking
        drawn = summarize_document(release, texts, done.target_lang, system, settings.channels, ranking)
        tellings.append(telling(release, texts, done.target_lang, system, drawn))
    of_french = [french[done.path].summaries for _, done in pairs]
    failures: list[Failure] = []
    made: list[list[Reviewed]] = [[] for _ in pairs]
    for order in settings.orders:
        if order == "translate-then-summarize":
            outcomes, failed = _write(tellings, settings, system)
        else:
            outcomes, failed = _carry_over(tellings, of_french, settings, translate, system)
        failures += failed
        for reviewed, (summaries, findings) in zip(made, outcomes, strict=True):
            reviewed.append((tuple(replace(summary, order=order) for summary in summaries), findings))
    results: Summarized = []
    for told, (_, done), sources, reviewed in zip(tellings, pairs, of_french, made, strict=True):
        facts = {summary.channel: values_told(summary.text, summary.lang) for summary in sources}
        summaries, findings = _finish(told, reviewed, facts, settings, system)
        results.append(
            SummarizedDocument(done.doc_id, done.path, done.target_lang, system, summaries, findings=findings)
        )
    return [*results, *failures]


def _write(tellings: Sequence[Telling], settings: SummarySettings, system: str) -> tuple[list[Reviewed], list[Failure]]:
    """Have summaries written where that is wanted; where nothing can be, the extractive ones stand."""
    if settings.summarizer is None or not tellings:
        return [(release.drawn, ()) for release in tellings], []
    try:
        return write_summaries(tellings, tellings[0].lang, settings.channels, settings.summarizer), []
    except TranslatorError as error:
        kept = [_all_set_aside(release, "none could be written") for release in tellings]
        return kept, [_failure(release, system, error) for release in tellings]


def _carry_over(
    tellings: Sequence[Telling],
    french: Sequence[Sequence[Summary]],
    settings: SummarySettings,
    translate: Translate,
    system: str,
) -> tuple[list[Reviewed], list[Failure]]:
    """Have French summaries translated; where that cannot be done, those of the translation stand."""
    if not settings.channels:
        return [((), ()) for _ in tellings], []
    known = [known_translations(release) for release in tellings]
    asked = [
        sentences_of(release.prepared.document.path, summaries, settings.channels, translations)
        for release, summaries, translations in zip(tellings, french, known, strict=True)
    ]
    try:
        translated = iter(translate([sentences for sentences in asked if sentences.segments]))
    except (TranslatorError, LanguageError) as error:
        return [_not_carried(release) for release in tellings], [
            _failure(release, system, error) for release in tellings
        ]
    outcomes: list[Reviewed] = []
    failures: list[Failure] = []
    for release, summaries, sentences, translations in zip(tellings, french, asked, known, strict=True):
        done = next(translated) if sentences.segments else None
        if isinstance(done, Failure):
            failures.append(replace(done, stage="summarize"))
            outcomes.append(_not_carried(release))
            continue
        texts = [hypothesis.text for hypothesis in done.hypotheses] if done else []
        translations |= {segment.source: text for segment, text in zip(sentences.segments, texts, strict=True)}
        outcomes.append(carry_over(release, summaries, translations, settings.channels))
    return outcomes, failures


def _finish(
    release: Telling,
    made: Sequence[Reviewed],
    french: Mapping[str, frozenset[str]],
    settings: SummarySettings,
    system: str,
) -> Reviewed:
    """Put edits in the place of what was made, and measure what stands.

    Args:
        release: The release in the language of the summaries.
        made: Its summaries, one group an order, with what was found wrong.
        french: The values that each French summary tells, by channel; empty for the French ones themselves.
        settings: How.
        system: The system whose translation it is; empty for the French.
    """
    summaries = [summary for group, _ in made for summary in group]
    edits = edits_for(settings.edits, release.lang, system)
    edited, wrong = apply_edits(release, summaries, settings.by_name, edits)
    meter = Meter(list(release.told.values()), release.lang, release.source.facts)
    measured = tuple(
        replace(summary, measures=meter.measure(summary.text, french.get(summary.channel, frozenset())))
        for summary in edited
    )
    return measured, (*(finding for _, findings in made for finding in findings), *wrong)


def _not_carried(release: Telling) -> Reviewed:
    return _all_set_aside(release, "the French ones could not be translated")


def _all_set_aside(release: Telling, why: str) -> Reviewed:
    return tuple(set_aside(summary, f"drawn from the text: {why}") for summary in release.drawn), ()


def _failure(release: Telling, system: str, error: TranslatorError | LanguageError) -> Failure:
    lang = release.lang if system else ""
    path = release.prepared.document.path
    return Failure(path, lang, system, "summarize", error.message, error.remedy, retry=True)
