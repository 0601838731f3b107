"""From configuration and inputs to cells, in the order in which they can be made.

A cell is one stage over one shard of releases, for one target language and system where the stage has them. Its key
is the fingerprint of everything that changes its result: the stage's own code and the libraries behind it, its part
of the configuration, the translator's signature, and the keys of the cells that it reads. Device, workers and batch
size are not in it. So all keys are known before anything is translated, and a new language, release or term leaves
every other key as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.config import Config, QualityRecord, SystemConfig
from pipeline.errors import LanguageError, TranslatorError
from pipeline.fingerprint import fingerprint
from pipeline.read.inputs import Shard
from pipeline.records import Failure, Term
from pipeline.stage_version import Stage, stage_version
from pipeline.translate.base import Translator

STAGES: tuple[Stage, ...] = ("read", "translate", "check", "summarize", "score", "write", "index")
"""In the order in which they run. Structure and segment belong to `read`; protect and restore to `translate`; repair,
which needs what the checks found, to `check`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of work.

    Attributes:
        stage: What is done.
        shard: The releases it is done to.
        target_lang: BCP-47 tag; empty for `read` and for the summaries in the source language.
        system: Name of the system; empty likewise.
        key: Its name in the store.
        reads: The cells whose records it needs, by stage.
    """

    stage: Stage
    shard: Shard
    target_lang: str
    system: str
    key: str
    reads: tuple["Cell", ...] = ()

    def read_from(self, stage: Stage) -> "Cell":
        """Return the cell of that stage which this one reads."""
        return next(cell for cell in self.reads if cell.stage == stage)


@dataclass(frozen=True, slots=True)
class Job:
    """A system that can translate into a language here, and what makes its output publishable.

    Attributes:
        system: The system's configuration.
        target_lang: BCP-47 tag.
        translator: Its translator, not started.
        digest: Fingerprint of the translator's signature.
        other_digest: The same for its other decoding; empty if it has none.
        quality: Its measured quality for this language, if any is on record.
    """

    system: SystemConfig
    target_lang: str
    translator: Translator
    digest: str
    other_digest: str
    quality: QualityRecord | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What is settled of a shard's wording in a language: no other term or text can change its result.

    Attributes:
        terms: The termbase's entries that occur in it.
        approved_texts: The approved paragraphs that occur in it, with their translations.
    """

    terms: Sequence[Term]
    approved_texts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What changes one shard's results for one system and language, beside the shard and the translator.

    Attributes:
        fallbacks: Systems that are asked where the output cannot be repaired otherwise.
        wording: What is settled of the shard's wording.
        reference: Digest of the shard's references in the language; empty if it has none.
        dismissals: What reviewers dismissed in the language: it decides nothing but the verdict.
        summaries: What changes the summaries of the system and language.
    """

    fallbacks: tuple[Job, ...]
    wording: Wording
    reference: str
    dismissals: Mapping[str, str]
    summaries: object


def find_jobs(config: Config, translators: Mapping[str, Translator]) -> tuple[list[Job], list[Failure]]:
    """Pair every system with every target language, and name the pairs that nothing here can translate."""
    jobs, failures = [], []
    for target_lang in config.targets:
        for system in config.systems:
            try:
                jobs.append(_find_job(config, system, translators[system.name], target_lang))
            except (LanguageError, TranslatorError) as error:
                failures.append(Failure("", target_lang, system.name, "translate", error.message, error.remedy))
    return jobs, failures


def fallback_jobs(job: Job, jobs: Sequence[Job], config: Config) -> tuple[Job, ...]:
    """Return the jobs that a job's broken sentences fall back on, in order."""
    others = {other.system.name: other for other in jobs if other.target_lang == job.target_lang and other is not job}
    return tuple(others[name] for name in config.repair.fallback if name in others)


def read_cell(shard: Shard, config: Config) -> Cell:
    """Return the cell that reads a shard."""
    settings = [config.source_lang, config.limits.model_dump(), config.columns.model_dump()]
    return Cell("read", shard, "", "", _key("read", settings, [shard.digest]))


def source_cell(read: Cell, summaries: object) -> Cell:
    """Return the cell of a shard's summaries in its own language.

    Args:
        read: The cell that reads the shard.
        summaries: What changes them.
    """
    return Cell("summarize", read.shard, "", "", _key("summarize", summaries, [read.key]), (read,))


def target_cells(read: Cell, source: Cell, job: Job, config: Config, given: Given) -> list[Cell]:
    """Return one shard's cells for one system and language, in order.

    Args:
        read: The cell that reads the shard.
        source: The cell of its summaries in its own language.
        job: The system and language.
        config: The configuration.
        given: What else changes a result.
    """
    shard, lang, name = read.shard, job.target_lang, job.system.name

    def cell(stage: Stage, settings: object, reads: tuple[Cell, ...]) -> Cell:
        keys = [item.key for item in reads]
        return Cell(stage, shard, lang, name, _key(stage, [lang, name, settings], keys), reads)

    translate = cell("translate", [job.digest, given.wording.terms, given.wording.approved_texts], (read,))
    repair = [config.repair.attempts, job.other_digest, [fallback.digest for fallback in given.fallbacks]]
    check = cell("check", [given.wording.terms, repair], (translate, read))
    summarize = cell("summarize", given.summaries, (check, translate, read, source))
    cells = [translate, check, summarize]
    if given.reference:
        cells.append(cell("score", given.reference, (check, translate, read)))
    quality = job.quality.model_dump() if job.quality else None
    publishable = [job.translator.draft, quality, config.strictness, dict(given.dismissals)]
    cells.append(cell("write", publishable, (translate, read, check, summarize)))
    return cells


def index_cell(
    config: Config, cells: Sequence[Cell], failures: Sequence[Failure], dismissals: Mapping[str, str]
) -> Cell:
    """Return the cell of the page and the exports: about the whole run, from all its cells.

    Args:
        config: The configuration.
        cells: All others.
        failures: What failed outside all cells.
        dismissals: What reviewers dismissed of the French summaries.
    """
    names = [config.output.resolve().name, list(config.targets), [system.name for system in config.systems]]
    key = _key("index", [names, failures, dict(dismissals)], [cell.key for cell in cells])
    return Cell("index", Shard("", (), ""), "", "", key, tuple(cells))


def _find_job(config: Config, system: SystemConfig, translator: Translator, target_lang: str) -> Job:
    if not translator.supports(config.source_lang, target_lang):
        remedy = translator.remedy(config.source_lang, target_lang)
        raise LanguageError(f"no translator {config.source_lang}→{target_lang}", remedy)
    signature = fingerprint(translator.signature(config.source_lang, target_lang))
    other = translator.other_decoding() if "decoding" in config.repair.attempts else None
    other_signature = fingerprint(other.signature(config.source_lang, target_lang)) if other else ""
    quality = _quality(config, system.name, signature, target_lang)
    return Job(system, target_lang, translator, signature, other_signature, quality)


def _key(stage: Stage, settings: object, inputs: Sequence[str]) -> str:
    return fingerprint({"stage": stage, "version": stage_version(stage), "settings": settings, "inputs": list(inputs)})


def _quality(config: Config, system: str, signature: str, target_lang: str) -> QualityRecord | None:
    for record in config.quality:
        if (record.system, record.system_digest, record.target_lang) == (system, signature, target_lang):
            return record
    return None
