"""A summarizer that is asked once for each text: what it wrote is kept in the cache of segments, a batch at a time.

So a killed run loses at most the batch in flight, and a summary is not written anew where only what is done with it
has changed.
"""

from collections.abc import Callable, Sequence

from pipeline.config import ChannelConfig
from pipeline.fingerprint import fingerprint
from pipeline.summarize.summarizers import Summarizer, Written
from pipeline.translate.base import Candidate
from pipeline.translate.cache import SegmentCache

BATCH_RELEASES = 32
"""Releases that are written about at once, and the most that a killed run loses for a channel."""


class RememberingSummarizer:
    """Writes as another summarizer does, and remembers.

    Args:
        summarizer: Writes.
        cache: Remembers.
        after_batch: Called with the number of texts when a batch is safe in the cache; may raise `Interrupted`.
    """

    def __init__(self, summarizer: Summarizer, cache: SegmentCache, after_batch: Callable[[int], None]) -> None:
        self._summarizer = summarizer
        self._cache = cache
        self._after_batch = after_batch

    def signature(self, lang: str) -> dict[str, str]:
        """Say what changes the result."""
        return self._summarizer.signature(lang)

    def supports(self, lang: str) -> bool:
        """Tell whether the summarizer writes a language."""
        return self._summarizer.supports(lang)

    def summarize(self, releases: Sequence[Sequence[str]], lang: str, channel: ChannelConfig) -> list[Written]:
        """Write what was not written before; equal releases are written about once.

        Raises:
            TranslatorError: Nothing can be written at all.
        """
        context = [self.signature(lang), lang, channel.model_dump()]
        keys = [fingerprint(["summary", *context, list(sentences)]) for sentences in releases]
        written: dict[str, Written] = {key: found[0].text for key, found in self._cache.get(keys).items()}
        missing = {key: sentences for key, sentences in zip(keys, releases, strict=True) if key not in written}
        waiting = list(missing)
        for start in range(0, len(waiting), BATCH_RELEASES):
            batch = waiting[start : start + BATCH_RELEASES]
            made = self._summarizer.summarize([missing[key] for key in batch], lang, channel)
            written |= zip(batch, made, strict=True)
            whole = {key: (Candidate(text),) for key, text in zip(batch, made, strict=True) if isinstance(text, str)}
            self._cache.put(whole)
            self._after_batch(len(batch))
        return [written[key] for key in keys]

    def close(self) -> None:
        """Free what the summarizer holds."""
        self._summarizer.close()
