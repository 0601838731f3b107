"""A translation made elsewhere, checked: files in, the same findings and verdict as a run's own translations get."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.check.base import quoted
from pipeline.check.dismissals import dismissals_for, find_dismissed, load_dismissals, mark_dismissed
from pipeline.check.release import check_release
from pipeline.check.verdict import Maker, judge
from pipeline.config import Config
from pipeline.elsewhere.compose import compose, select
from pipeline.elsewhere.files import read_two_files
from pipeline.elsewhere.lists import read_lines, read_tmx
from pipeline.elsewhere.sides import SideBySide
from pipeline.elsewhere.xliff import read_xliff
from pipeline.errors import InputError
from pipeline.languages import name
from pipeline.protect import TermMatcher, load_termbase
from pipeline.read.base import Limits, has_content
from pipeline.records import Estimate, Finding, PreparedDocument, Span, TranslatedDocument, Verdict
from pipeline.stages import applicable_terms, check_settings

BILINGUAL = frozenset({".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".tmx"})
"""Suffixes of files that hold both languages."""
_BESIDE = frozenset({"title", "header", "footer", "attribute"})
"""Layouts that a translator may have had reason to leave out."""


@dataclass(frozen=True, slots=True)
class CheckedTranslation:
    """A translation made elsewhere and what was found in it.

    Attributes:
        prepared: The French, one segment a row; where it has nothing for a sentence of the translation, the segment
            is empty.
        translated: The translation beside it; its system is the name of its file.
        findings: In the order of the segments.
        verdict: What it may be used for.
        estimates: How good each translation of a French segment probably is.
        numbers: What people call each row: its place, or its line in the files.
    """

    prepared: PreparedDocument
    translated: TranslatedDocument
    findings: tuple[Finding, ...]
    verdict: Verdict
    estimates: tuple[Estimate, ...]
    numbers: tuple[int, ...]

    @property
    def states(self) -> dict[str, int]:
        """Return the counts by which `exit_code` decides."""
        return {state: int(state == self.verdict.state) for state in ("ready", "review", "blocked", "failed")}


def check_translation(config: Config, source: Path, target: Path | None, lines: bool = False) -> CheckedTranslation:
    """Check a translation into the first of a configuration's languages.

    Args:
        config: Languages, terms, limits and dismissals; nothing else of it matters here.
        source: The French, or an XLIFF or TMX file with both languages.
        target: Its translation; None for such a file.
        lines: The two are texts whose lines belong together.

    Raises:
        ConfigError: The termbase or the file of dismissals cannot be used.
        InputError: The files cannot be read, or cannot belong together.
    """
    lang = config.targets[0]
    sides = _read(config, source, target, lines)
    terms = load_termbase(config.terms.termbase) if config.terms.termbase else ()
    fixed = config.terms.do_not_translate
    matcher = TermMatcher(terms, fixed, lang)
    prepared, translated = compose(sides, matcher, (target or source).name)
    in_french = {segment.seg_id for segment in prepared.segments if segment.source}
    pair = select(prepared, translated, in_french)
    applied = applicable_terms([pair[0]], matcher)
    settings = check_settings(
        config.source_lang,
        tuple(term for term in applied if term.source not in fixed),
        tuple(term.source for term in applied if term.source in fixed),
    )
    checked = check_release(*pair, settings)
    findings = [*checked.findings, *_added(prepared, translated)]
    if sides.aligned:
        findings = [*_with_missing(findings, prepared, lang)]
    places = {segment.seg_id: segment.index for segment in prepared.segments}
    findings.sort(key=lambda finding: places.get(finding.seg_id, -1))
    known = dismissals_for(load_dismissals(config.dismissals), lang) if config.dismissals else {}
    marked = mark_dismissed(findings, find_dismissed(prepared, translated, findings, known))
    verdict = judge(
        prepared,
        translated,
        replace(checked, findings=marked),
        Maker(draft=False, quality=None, elsewhere=True),
        strictness=config.strictness,
    )
    numbers = tuple(row.number for row in sides.rows)
    return CheckedTranslation(prepared, translated, marked, verdict, checked.estimates, numbers)


def _read(config: Config, source: Path, target: Path | None, lines: bool) -> SideBySide:
    limits = Limits(**config.limits.model_dump())
    source_lang, target_lang = config.source_lang, config.targets[0]
    suffix = source.suffix.lower()
    if suffix in BILINGUAL and target is None and not lines:
        read = read_tmx if suffix == ".tmx" else read_xliff
        return read(source, source_lang, target_lang, limits)
    if target is None:
        raise InputError(f"{source.name}: its translation is not named", "name it behind the release")
    if suffix in BILINGUAL:
        raise InputError(f"{source.name}: the file holds both languages", f"leave out {target.name} and --lines")
    if lines:
        return read_lines(source, target, source_lang, limits)
    return read_two_files(source, target, source_lang, target_lang, limits)


def _with_missing(findings: list[Finding], prepared: PreparedDocument, lang: str) -> Iterator[Finding]:
    """Say of a sentence without counterpart what is known: not that its translation is empty, but that none is here."""
    segments = {segment.seg_id: segment for segment in prepared.segments}
    layouts = {block.block_id: block.layout for block in prepared.document.blocks}
    for finding in findings:
        if finding.check == "empty":
            segment = segments[finding.seg_id]
            beside = layouts[segment.block_id] in _BESIDE
            yield replace(
                finding,
                check="omission",
                severity="major" if beside else "blocker",
                message=f"No sentence of the {name(lang)} text answers this one: it seems not to be translated.",
                source_span=Span(0, len(segment.source)),
            )
        else:
            yield finding


def _added(prepared: PreparedDocument, translated: TranslatedDocument) -> Iterator[Finding]:
    """Yield what the translation says where the French has nothing."""
    language = name(translated.target_lang)
    for segment, hypothesis in zip(prepared.segments, translated.hypotheses, strict=True):
        if not segment.source and has_content(hypothesis.text):
            yield Finding(
                check="omission",
                severity="major",
                seg_id=segment.seg_id,
                doc_id=segment.doc_id,
                target_lang=translated.target_lang,
                system=translated.system,
                message=f"The {language} text says {quoted(hypothesis.text)}; nothing in the French answers it.",
                target_span=Span(0, len(hypothesis.text)),
            )


def count_severities(findings: tuple[Finding, ...]) -> Counter[str]:
    """Count the findings that stand, by severity."""
    return Counter(finding.severity for finding in findings if not finding.dismissed)
