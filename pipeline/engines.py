"""The engines of a run: one for each system and language, started when they are first asked.

Takes releases with their masked segments, gives what became of each segment. A translator that reads sentences in
context is asked passage by passage, any other text by text, each distinct text once.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from pipeline.graph import Job
from pipeline.protect import TermMatcher
from pipeline.records import Failure, MaskedSegment, PreparedDocument
from pipeline.restore import Settled
from pipeline.stages import applicable_terms
from pipeline.translate.cache import SegmentCache
from pipeline.translate.context import Outcome, as_context_translator, cut_passages
from pipeline.translate.engine import Engine, EngineCounts

Masked = tuple[MaskedSegment, ...]


class Engines:
    """The engines of a run.

    Args:
        cache: What was translated before.
        source_lang: BCP-47 tag.
        after_batch: Called with the number of texts when a batch is safe in the cache; may raise `Interrupted`.
    """

    def __init__(self, cache: SegmentCache, source_lang: str, after_batch: Callable[[int], None]) -> None:
        self._cache = cache
        self._source_lang = source_lang
        self._after_batch = after_batch
        self._engines: dict[tuple[str, str], Engine] = {}

    @property
    def counts(self) -> dict[tuple[str, str], EngineCounts]:
        """What each engine did, by language and system."""
        return {key: engine.counts for key, engine in self._engines.items()}

    def ask(
        self,
        job: Job,
        releases: Sequence[PreparedDocument],
        masked: Mapping[str, Masked | Failure],
        matcher: TermMatcher,
        settled: Mapping[str, Settled] | None = None,
    ) -> dict[str, dict[str, Outcome]]:
        """Return what became of each release's segments, by path and `seg_id`.

        Args:
            job: The system and language.
            releases: The releases.
            masked: By path, their masked segments; one that could not be masked is left out.
            matcher: The terms, for the language.
            settled: By path, the segments that need no engine; one that reads in context gets them for context.

        Raises:
            LanguageError: The translator cannot translate the pair.
            TranslatorError: The translator itself is at fault.
        """
        engine = self._engine(job)
        settled = settled or {}
        whole = {release: m for release in releases if not isinstance(m := masked[release.document.path], Failure)}
        translator = as_context_translator(job.translator)
        if translator is None:
            asked = {
                release.document.path: [
                    mask for mask in masks if mask.seg_id not in settled.get(release.document.path, {})
                ]
                for release, masks in whole.items()
            }
            made = engine.translate(mask.text for masks in asked.values() for mask in masks)
            return {path: {mask.seg_id: made[mask.text] for mask in masks} for path, masks in asked.items()}
        passages = {}
        for release, masks in whole.items():
            terms = {term.source: term for term in applicable_terms([release], matcher)}
            passages[release.document.path] = cut_passages(release.segments, masks, terms)
        done = engine.translate_passages(translator, list(chain.from_iterable(passages.values())))
        found = {path: chain.from_iterable(map(done.__getitem__, parts)) for path, parts in passages.items()}
        return {
            release.document.path: {
                mask.seg_id: outcome for mask, outcome in zip(masks, found[release.document.path], strict=True)
            }
            for release, masks in whole.items()
        }

    def asker(self, job: Job) -> Callable[[Sequence[str]], dict[str, Outcome]]:
        """Return the function that has masked texts translated by a job, one by one."""
        return lambda texts: self._engine(job).translate(texts)

    def other_asker(self, job: Job) -> Callable[[Sequence[str]], dict[str, Outcome]] | None:
        """Return the function that has masked texts translated by a job's model in another way; None without one."""
        other = job.translator.other_decoding()
        if other is None:
            return None
        engine = Engine(other, self._cache, self._source_lang, job.target_lang, self._after_batch)
        return engine.translate

    def _engine(self, job: Job) -> Engine:
        key = (job.target_lang, job.system.name)
        if key not in self._engines:
            self._engines[key] = Engine(
                job.translator, self._cache, self._source_lang, job.target_lang, self._after_batch
            )
        return self._engines[key]
