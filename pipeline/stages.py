"""The stages over one shard: records in, records out, no file written and nothing remembered.

Each function does for all releases of a shard what a stage's package does for one, and lets a release that cannot be
done fail alone: its place in the result is taken by a `Failure`. Who calls them, when, and where the results go is
`pipeline.runner`'s business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pipeline.check import CheckSettings
from pipeline.config import ColumnsConfig
from pipeline.errors import CommuniqueError, InputError, TranslatorError, UnreadableError
from pipeline.fingerprint import digest
from pipeline.languages import base
from pipeline.protect import TermMatcher, protect_segment
from pipeline.protect.recase import Casing, is_set_in_capitals
from pipeline.protect.terms import approved
from pipeline.read.base import Limits
from pipeline.read.formats import read_document
from pipeline.read.inputs import Release, Shard
from pipeline.read.rows import Row, RowBatch, iterate_rows, row_document
from pipeline.read.source_language import require_language
from pipeline.records import (
    Document,
    Failure,
    MaskedSegment,
    PreparedDocument,
    Reference,
    ScoredDocument,
    Term,
    TranslatedDocument,
)
from pipeline.restore import Settled, release_depths, restore_segment
from pipeline.restore.settled import without_names
from pipeline.score import score_hypotheses
from pipeline.segment import segment_document
from pipeline.structure import structure_document
from pipeline.translate.base import Candidate
from pipeline.translate.context import Outcome

LIKELY_LANGUAGES = ("ca", "de", "en", "es", "it", "nl", "pt")
"""What a translation may be mistaken for, beside its own language and the source's. It is the same for every run, so
that adding a target language redoes no check."""

Prepared = list[PreparedDocument | Failure]
Translated = list[TranslatedDocument | Failure]


def read_shard(shard: Shard, source_lang: str, limits: Limits, columns: ColumnsConfig) -> Prepared:
    """Read a shard's releases, find their structure and cut them into segments."""
    documents = _row_documents if shard.releases[0].row is not None else _file_documents
    return [_prepare(path, document) for path, document in documents(shard, source_lang, limits, columns)]


def shard_rows(shard: Shard, limits: Limits, columns: ColumnsConfig) -> RowBatch:
    """Read again the batch of rows that a shard was made of.

    Raises:
        UnreadableError: The dataset is not what it was when the run began.
    """
    first = shard.releases[0]
    start = int(shard.name.rpartition("#")[2])
    batch = next(iterate_rows(first.location, columns, limits=limits, start_row=start), None)
    if batch is None or batch.digest != first.digest:
        raise UnreadableError(f"{first.location.name} has changed since the run began", "run again")
    return batch


def read_release(release: Release) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableError: It cannot be read, or is not what it was when the run began.
    """
    try:
        data = release.location.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}", "check its permissions") from error
    if digest(data) != release.digest:
        raise UnreadableError("the file has changed since the run began", "run again")
    return data


def applicable_terms(prepared: Iterable[PreparedDocument], matcher: TermMatcher) -> tuple[Term, ...]:
    """Return the entries that occur in some releases, with what they say for the matcher's language alone."""
    sources = (segment.source for release in prepared for segment in release.segments)
    return tuple(_for_language(term, matcher.target_lang) for term in matcher.applicable(sources))


def protect_release(
    release: PreparedDocument,
    matcher: TermMatcher,
    system: str,
    names: bool,
    words_of: PreparedDocument | None = None,
) -> tuple[MaskedSegment, ...] | Failure:
    """Mask all segments of a release for a system, or say which cannot be masked; see `protect_segment` on names.

    What `words_of` says tells how words in capitals are written: it is the release itself where it is not given.
    """
    markup = {block.block_id: block.markup for block in release.document.blocks}
    sources = [segment.source for segment in (*release.segments, *(words_of.segments if words_of else ()))]
    casing = Casing(sources) if any(map(is_set_in_capitals, sources)) else None
    try:
        return tuple(
            protect_segment(segment, markup[segment.block_id], matcher, casing, names=names)
            for segment in release.segments
        )
    except InputError as error:
        return Failure(release.document.path, matcher.target_lang, system, "protect", error.message, error.remedy)


def restore_release(
    release: PreparedDocument,
    masked: Sequence[MaskedSegment],
    outcomes: Mapping[str, Outcome],
    target_lang: str,
    system: str,
    settled: Settled | None = None,
) -> TranslatedDocument | Failure:
    """Finish a release's translation, or say which sentence has none.

    Args:
        release: The release.
        masked: Its masked segments.
        outcomes: What became of each of them, by `seg_id`.
        target_lang: BCP-47 tag.
        system: Name of the system.
        settled: Those that no engine was asked for.
    """
    hypotheses = []
    settled = settled or {}
    masked = tuple(without_names(mask) if mask.seg_id in settled else mask for mask in masked)
    for segment, mask, depth in zip(release.segments, masked, release_depths(release.segments), strict=True):
        if segment.seg_id in settled:
            hypotheses.append(settled[segment.seg_id])
            continue
        result = outcomes[segment.seg_id]
        if isinstance(result, TranslatorError):
            where = f"{result.message} (block {segment.block_id}: “{segment.source[:60]}”)"
            return Failure(release.document.path, target_lang, system, "translate", where, result.remedy, retry=True)
        best: Candidate = result[0]
        hypotheses.append(restore_segment(segment, mask, best, target_lang, system, best.origin, quote_depth=depth))
    document = release.document
    return TranslatedDocument(document.doc_id, document.path, target_lang, system, masked, tuple(hypotheses))


def pair_up(prepared: Prepared, translated: Translated) -> Iterator[tuple[PreparedDocument, TranslatedDocument]]:
    """Put each release beside its translation, leaving out what failed on either side."""
    by_path = {item.path: item for item in translated if isinstance(item, TranslatedDocument)}
    for release in prepared:
        if isinstance(release, PreparedDocument) and release.document.path in by_path:
            yield release, by_path[release.document.path]


def final_translations(translated: Iterable[object], checked: Iterable[object]) -> Translated:
    """Return a shard's translations as their check left them: repaired, or a `Failure` where it could not be made."""
    after = {item.path: item for item in checked if isinstance(item, (TranslatedDocument, Failure))}
    return [after.get(item.path, item) for item in translated if isinstance(item, (TranslatedDocument, Failure))]


def check_settings(source_lang: str, terms: tuple[Term, ...], do_not_translate: tuple[str, ...]) -> CheckSettings:
    """Return what the checks need to know of a run."""
    return CheckSettings(source_lang, LIKELY_LANGUAGES, terms, do_not_translate)


def score_pairs(
    pairs: Iterable[tuple[PreparedDocument, TranslatedDocument]],
    reference_of: Callable[[str], Reference | None],
) -> list[ScoredDocument | Failure]:
    """Score the translated releases that have a human translation.

    Args:
        pairs: Releases and translations.
        reference_of: Gives a release's reference by its path; may raise `InputError`.
    """
    results: list[ScoredDocument | Failure] = []
    for _, done in pairs:
        try:
            reference = reference_of(done.path)
            if reference is None:
                continue
            texts = [hypothesis.text for hypothesis in done.hypotheses]
            scores = score_hypotheses(texts, reference.segments, done.target_lang, done.system, done.doc_id, "document")
        except InputError as error:
            results.append(Failure(done.path, done.target_lang, done.system, "score", error.message, error.remedy))
        else:
            results.append(ScoredDocument(done.doc_id, done.path, done.target_lang, done.system, scores))
    return results


def _prepare(path: str, document: Callable[[], Document]) -> PreparedDocument | Failure:
    try:
        found = document()
        require_language(found)
        structured = structure_document(found)
        return PreparedDocument(structured, segment_document(structured))
    except CommuniqueError as error:
        return Failure(path, "", "", "read", error.message, error.remedy, isinstance(error, UnreadableError))


def _file_documents(
    shard: Shard, source_lang: str, limits: Limits, _columns: ColumnsConfig
) -> Iterator[tuple[str, Callable[[], Document]]]:
    for release in shard.releases:

        def read(release: Release = release) -> Document:
            return read_document(release.path, read_release(release), source_lang, limits)

        yield release.path, read


def _row_documents(
    shard: Shard, source_lang: str, limits: Limits, columns: ColumnsConfig
) -> Iterator[tuple[str, Callable[[], Document]]]:
    try:
        batch = shard_rows(shard, limits, columns)
        rows: dict[int | None, Row] = {row.number: row for row in batch.rows}
        faults = {failure.number: InputError(failure.message, failure.remedy) for failure in batch.failures}
        changed = None
    except InputError as error:
        changed = error
    for release in shard.releases:
        name = release.path.rpartition("#")[0]

        def read(release: Release = release, name: str = name) -> Document:
            if changed:
                raise changed
            if release.row in faults:
                raise faults[release.row]
            return row_document(rows[release.row], name, source_lang)

        yield release.path, read


def _for_language(term: Term, target_lang: str) -> Term:
    target = approved(term, target_lang)
    tags = {target_lang, base(target_lang)}
    forbidden = tuple((tag, form) for tag, form in term.forbidden if tag in tags)
    return Term(term.source, ((target_lang, target),) if target else (), forbidden)
