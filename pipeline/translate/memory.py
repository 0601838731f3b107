"""Approved translations used again: what a memory has is not translated anew, the rest is, by whatever comes next.

Takes any translator and the files of a memory, and is itself a translator. Only the very same sentence is taken from
the memory, and its candidates say so (`tm`); similar ones are for reviewers, and examples for a translator that reads
passages. Without its passage a text is found only if nothing in it is masked.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.errors import TranslatorError
from pipeline.lasting_files import file_digest
from pipeline.translate.base import Candidate, Candidates, Route, Translator, TranslatorCounts, is_token
from pipeline.translate.context import (
    CONTEXT_TEXTS,
    ContextTranslator,
    Outcome,
    Passage,
    PassageText,
    SomeFailedError,
    as_context_translator,
)
from pipeline.translate.memory_index import FuzzyMatch, TranslationMemory
from pipeline.translate.tmx import read_entries

EXAMPLES = 6
"""Most similar sentences shown with one passage."""

_REVISION = "1"
"""To be raised whenever the code between memory and text changes a result."""


class MemoryTranslator:
    """Translates from a memory, and with another translator what that does not have.

    Args:
        paths: The memory's files; of equal sentences, the last file's last one counts most.
        then: The other translator.
        fuzzy_threshold: Least similarity, from 0 to 1, of what is called similar.
    """

    def __init__(self, paths: Sequence[Path], then: Translator, fuzzy_threshold: float = 0.75) -> None:
        self.then = then
        self.draft = then.draft
        self.batch_texts = then.batch_texts
        self._paths = tuple(paths)
        self._fuzzy_threshold = fuzzy_threshold
        self._digests: dict[Path, str] = {}
        self._memories: dict[tuple[str, str], TranslationMemory] = {}

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: the memory's files, by content, and all that does in the other translator.

        Raises:
            LanguageError: The other translator cannot translate the pair.
            TranslatorError: A file of the memory cannot be read.
        """
        then = self.then.signature(source_lang, target_lang)
        return {
            "backend": "memory",
            "fuzzy_threshold": str(self._fuzzy_threshold),
            "memories": " ".join(self._digest(path) for path in self._paths),
            "revision": _REVISION,
            **{f"then.{key}": value for key, value in then.items()},
        }

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether the other translator can: no memory has everything."""
        return self.then.supports(source_lang, target_lang)

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Say what the other translator needs."""
        return self.then.remedy(source_lang, target_lang)

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return the other translator's route."""
        return self.then.route(source_lang, target_lang, installable=installable)

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Take what the memory has of texts without tokens, and have the rest translated.

        Raises:
            LanguageError: The other translator cannot translate the pair.
            SomeFailedError: It could not translate some of the texts.
            TranslatorError: It is at fault, or a file of the memory cannot be read.
        """
        passages = [Passage((PassageText(text),)) for text in texts]
        found = [self._find(passage, source_lang, target_lang)[0] for passage in passages]
        missing = [text for text, hit in zip(texts, found, strict=True) if not hit]
        failure = None
        try:
            made: Sequence[Outcome] = self.then.translate(missing, source_lang, target_lang)
        except SomeFailedError as error:
            made, failure = error.outcomes, error
        rest = iter(made)
        outcomes: list[Outcome] = [hit or next(rest) for hit in found]
        if failure is not None:
            raise SomeFailedError(outcomes) from failure
        return [outcome for outcome in outcomes if not isinstance(outcome, TranslatorError)]

    def translate_passages(
        self, passages: Sequence[Passage], source_lang: str, target_lang: str
    ) -> list[tuple[Outcome, ...]]:
        """Take what the memory has, the same neighbours first, and have the rest translated.

        Raises:
            LanguageError: The other translator cannot translate the pair.
            TranslatorError: It is at fault, or a file of the memory cannot be read.
        """
        found = [self._find(passage, source_lang, target_lang) for passage in passages]
        if reader := as_context_translator(self.then):
            rest = self._translate_gaps(reader, passages, found, source_lang, target_lang)
        else:
            rest = self._translate_texts(passages, found, source_lang, target_lang)
        made = iter(rest)
        return [tuple(hit or next(made) for hit in hits) for hits in found]

    def matches(self, text: str, source_lang: str, target_lang: str) -> tuple[FuzzyMatch, ...]:
        """Return the approved translations of sentences like a French one, for whoever translates it."""
        return self._memory(source_lang, target_lang).fuzzy(text)

    def other_decoding(self) -> Translator | None:
        """Have the other translator search in another way; what the memory has is not asked for again."""
        return self.then.other_decoding()

    def counts(self) -> TranslatorCounts | None:
        """Return what the other translator did."""
        return self.then.counts()

    def close(self) -> None:
        """Close the other translator and forget the memory."""
        self.then.close()
        self._memories.clear()

    def _find(self, passage: Passage, source_lang: str, target_lang: str) -> list[Candidates]:
        """Return what the memory has of each text; nothing where it has none."""
        memory = self._memory(source_lang, target_lang)
        plain = [item.plain for item in passage.texts]
        around = [*passage.before[-1:], *plain, *passage.after[:1]]
        first = min(len(passage.before), 1)
        hits = []
        for index, item in enumerate(passage.texts):
            before, after = around[: first + index][-1:], around[first + index + 1 :][:1]
            targets = memory.exact(plain[index], "".join(before), "".join(after)) if plain[index].strip() else ()
            usable = (target for target in targets if not any(map(is_token, target + plain[index])))
            hits.append(tuple(Candidate(_put_tokens(target, item), origin="tm") for target in usable))
        return hits

    def _translate_gaps(
        self,
        reader: ContextTranslator,
        passages: Sequence[Passage],
        found: Sequence[Sequence[Candidates]],
        source_lang: str,
        target_lang: str,
    ) -> Iterable[Outcome]:
        """Have each stretch of a passage between two hits translated, with what is known around it."""
        gaps = []
        for passage, hits in zip(passages, found, strict=True):
            plain = [item.plain for item in passage.texts]
            for is_hit, members in groupby(range(len(hits)), key=lambda index: bool(hits[index])):
                indexes = list(members)
                if is_hit:
                    continue
                start, end = indexes[0], indexes[-1] + 1
                gaps.append(
                    Passage(
                        passage.texts[start:end],
                        (*passage.before, *plain[:start])[-CONTEXT_TEXTS:],
                        (*plain[end:], *passage.after)[:CONTEXT_TEXTS],
                        passage.terms,
                        (*passage.examples, *self._examples(plain[start:end], source_lang, target_lang)),
                    )
                )
        made = reader.translate_passages(gaps, source_lang, target_lang) if gaps else []
        return [outcome for outcomes in made for outcome in outcomes]

    def _translate_texts(
        self,
        passages: Sequence[Passage],
        found: Sequence[Sequence[Candidates]],
        source_lang: str,
        target_lang: str,
    ) -> Iterable[Outcome]:
        """Have each text that the memory lacks translated once, without its passage."""
        texts = [
            item.text
            for passage, hits in zip(passages, found, strict=True)
            for item, hit in zip(passage.texts, hits, strict=True)
            if not hit
        ]
        distinct = list(dict.fromkeys(texts))
        made = dict(zip(distinct, self._attempt(distinct, source_lang, target_lang), strict=True))
        errors = [outcome for outcome in made.values() if isinstance(outcome, TranslatorError)]
        if len(errors) == len(made) > 1:
            raise errors[0]
        return [made[text] for text in texts]

    def _attempt(self, texts: Sequence[str], source_lang: str, target_lang: str) -> Sequence[Outcome]:
        """Translate texts; where they fail together, in halves until what is at fault stands alone."""
        try:
            return self.then.translate(texts, source_lang, target_lang) if texts else []
        except SomeFailedError as error:
            return error.outcomes
        except TranslatorError as error:
            if len(texts) == 1:
                return [error]
        middle = len(texts) // 2
        halves = (texts[:middle], texts[middle:])
        return [outcome for half in halves for outcome in self._attempt(half, source_lang, target_lang)]

    def _examples(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[tuple[str, str]]:
        memory = self._memory(source_lang, target_lang)
        matches = sorted((match for text in texts for match in memory.fuzzy(text)), key=lambda match: -match.similarity)
        return list(dict.fromkeys((match.entry.source, match.entry.target) for match in matches))[:EXAMPLES]

    def _memory(self, source_lang: str, target_lang: str) -> TranslationMemory:
        pair = (source_lang, target_lang)
        if pair not in self._memories:
            entries = (entry for path in self._paths for entry in read_entries(path, source_lang, target_lang))
            self._memories[pair] = TranslationMemory(entries, self._fuzzy_threshold)
        return self._memories[pair]

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            try:
                self._digests[path] = file_digest(path)[:16]
            except OSError as error:
                raise TranslatorError(
                    f"{path}: cannot be read: {error.strerror}", "correct the path in `memories`"
                ) from error
        return self._digests[path]


def _put_tokens(target: str, item: PassageText) -> str:
    """Put a text's tokens in the place of what they stand for, so that it comes back as everything else does.

    What an approved translation says otherwise it goes on saying: that token is reported as lost.
    """
    for stand_in in sorted(item.stand_ins, key=lambda stand_in: -len(stand_in.target)):
        for surface in filter(None, (stand_in.target, stand_in.source)):
            target, replaced = re.subn(rf"(?<!\w){re.escape(surface)}(?!\w)", stand_in.token, target, count=1)
            if replaced:
                break
    return target
