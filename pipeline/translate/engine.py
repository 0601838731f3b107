"""The engine around every translator: each distinct text once, cached, in batches, contract checked.

Takes masked texts and gives each its candidates. It asks the cache first, sends the translator only what is left, as
many texts at once as suit it, and stores every batch as soon as it is done: a killed run loses one batch. A batch that
fails is halved until the text at fault is alone; that text is reported and the others go on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.errors import TranslatorError
from pipeline.translate.base import Candidate, Translator
from pipeline.translate.cache import SegmentCache, segment_keys
from pipeline.translate.context import ContextTranslator, Outcome, Passage, SomeFailedError, translate_cached

GIVE_UP_AFTER = 8
"""Texts that fail in a row, each alone, before the translator itself is taken to be at fault."""


@dataclass(slots=True)
class EngineCounts:
    """What the engine did, for `run.json`.

    Attributes:
        texts: Texts asked for, repetitions included.
        distinct: Different texts among them.
        cached: Of those, how many the cache had.
        translated: Of those, how many the translator made.
        failed: Of those, how many it could not.
    """

    texts: int = 0
    distinct: int = 0
    cached: int = 0
    translated: int = 0
    failed: int = 0


@dataclass(slots=True)
class Engine:
    """A translator with its cache, for one pair of languages.

    Attributes:
        translator: Makes what the cache does not have.
        cache: Keeps what was made.
        source_lang: BCP-47 tag.
        target_lang: BCP-47 tag.
        after_batch: Called with the number of texts done after each batch is safe in the cache; may raise
            `Interrupted`.
        counts: What was done so far.
    """

    translator: Translator
    cache: SegmentCache
    source_lang: str
    target_lang: str
    after_batch: Callable[[int], None] = lambda done: None
    counts: EngineCounts = field(default_factory=EngineCounts)
    _failures_in_a_row: int = 0

    def translate(self, texts: Iterable[str]) -> dict[str, Outcome]:
        """Return each distinct text's candidates, or why there are none; a text without a letter is copied.

        Raises:
            LanguageError: The translator cannot translate the pair.
            TranslatorError: The translator itself is at fault: it cannot be started or fails whatever it is sent.
        """
        everything = list(texts)
        results: dict[str, Outcome] = {text: (Candidate(text, origin="copy"),) for text in everything}
        distinct = [text for text in results if any(map(str.isalpha, text))]
        signature = self.translator.signature(self.source_lang, self.target_lang)
        keys = segment_keys(distinct, signature, self.source_lang, self.target_lang)
        cached = self.cache.get(keys)
        results.update({text: cached[key] for text, key in zip(distinct, keys, strict=True) if key in cached})
        missing = [(text, key) for text, key in zip(distinct, keys, strict=True) if key not in cached]
        self.counts.texts += len(everything)
        self.counts.distinct += len(distinct)
        self.counts.cached += len(cached)
        missing.sort(key=lambda item: -len(item[0]))
        for start in range(0, len(missing), self.translator.batch_texts):
            batch = dict(missing[start : start + self.translator.batch_texts])
            done = self._attempt(list(batch))
            made = {batch[text]: result for text, result in done.items() if not isinstance(result, TranslatorError)}
            self.cache.put(made)
            self.counts.translated += len(made)
            self.counts.failed += len(done) - len(made)
            results.update(done)
            self.after_batch(len(batch))
        return results

    def translate_passages(
        self, translator: ContextTranslator, passages: Sequence[Passage]
    ) -> dict[Passage, tuple[Outcome, ...]]:
        """Return what became of each passage's texts, from a translator that reads them in context.

        Raises:
            LanguageError: The translator cannot translate the pair.
            TranslatorError: The translator itself is at fault.
        """
        results = translate_cached(
            translator, self.cache, passages, self.source_lang, self.target_lang, self.after_batch
        )
        outcomes = list(chain.from_iterable(results.values()))
        self.counts.texts += sum(len(passage.texts) for passage in passages)
        self.counts.distinct += len(outcomes)
        self.counts.failed += sum(isinstance(outcome, TranslatorError) for outcome in outcomes)
        return results

    def _attempt(self, texts: list[str]) -> dict[str, Outcome]:
        try:
            answers = self.translator.translate(texts, self.source_lang, self.target_lang)
        except SomeFailedError as error:
            return dict(zip(texts, error.outcomes, strict=True))
        except TranslatorError as error:
            if len(texts) > 1:
                middle = len(texts) // 2
                return {**self._attempt(texts[:middle]), **self._attempt(texts[middle:])}
            self._failures_in_a_row += 1
            if self._failures_in_a_row >= GIVE_UP_AFTER:
                raise
            return {texts[0]: error}
        self._failures_in_a_row = 0
        if len(answers) != len(texts) or not all(answers):
            name = type(self.translator).__name__
            empty = sum(not answer for answer in answers)
            raise TranslatorError(
                f"{name} gave {len(answers)} results, {empty} of them empty, for {len(texts)} texts",
                "this is a defect of the backend: please report it",
            )
        return dict(zip(texts, answers, strict=True))
