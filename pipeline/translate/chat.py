"""Translation by a language model behind an OpenAI-compatible endpoint: vLLM, llama.cpp, Ollama and the like.

Takes passages, each a request of its own, and gives every text one candidate or the reason why it has none; a text
without its passage is a passage of one. What the model leaves out, repeats, refuses or garbles is asked for once
more, alone. Temperature 0 and a fixed seed make answers as steady as the server can; the cache keeps what was made.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pipeline.errors import LanguageError, TranslatorError
from pipeline.fingerprint import fingerprint
from pipeline.languages import base, is_private, normalise
from pipeline.translate.base import ENOUGH_TEXTS, Candidate, Candidates, Route
from pipeline.translate.chat_client import Answer, ChatClient, EndpointError
from pipeline.translate.chat_prompt import RULES, PassagePrompt, lost_tokens, needs_translation
from pipeline.translate.context import Outcome, Passage, PassageText, SomeFailedError

TEMPERATURE = 0
SEED = 0
GIVE_UP_AFTER = 4
"""Passages in a row that the server does not answer at all, before the rest are not even sent."""

_TEXT_HANDLING = "1"
"""To be raised whenever the code between text and server changes a result."""


class ChatTranslator:
    """Translates with a chat model.

    Args:
        client: Asks the endpoint.
        model: The model's name there.
        concurrency: Requests under way at once.
    """

    draft = False
    batch_texts = ENOUGH_TEXTS

    def __init__(self, client: ChatClient, model: str, concurrency: int = 8) -> None:
        self._client = client
        self._model = model
        self._concurrency = concurrency

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: the endpoint, the model, how it decodes and what it is told.

        Raises:
            LanguageError: One of the two is no language that a model could know.
        """
        self._require(source_lang, target_lang)
        return {
            "backend": "chat",
            "endpoint": self._client.host,
            "model": self._model,
            "rules": fingerprint(RULES)[:16],
            "seed": str(SEED),
            "temperature": str(TEMPERATURE),
            "text_handling": _TEXT_HANDLING,
        }

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether both are real languages; whether the model is any good at them, only a score can tell."""
        try:
            source, target = normalise(source_lang), normalise(target_lang)
        except LanguageError:
            return False
        return not is_private(source) and not is_private(target) and base(source) != base(target)

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Say what a model can be asked for."""
        if self.supports(source_lang, target_lang):
            return ""
        return "ask for another real language by its BCP-47 tag, such as en, pt-BR or zh-Hant"

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return both languages; a model cannot be taught others from here."""
        return (source_lang, target_lang) if self.supports(source_lang, target_lang) else ()

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate texts without any context, each by a request of its own.

        Raises:
            LanguageError: The pair cannot be translated.
            SomeFailedError: Some texts have no translation; the others' are in the error.
            TranslatorError: The server answers nothing at all.
        """
        passages = [Passage((PassageText(text),)) for text in texts]
        outcomes = [outcome for (outcome,) in self.translate_passages(passages, source_lang, target_lang)]
        made = [outcome for outcome in outcomes if not isinstance(outcome, TranslatorError)]
        if len(made) < len(outcomes):
            raise SomeFailedError(outcomes)
        return made

    def translate_passages(
        self, passages: Sequence[Passage], source_lang: str, target_lang: str
    ) -> list[tuple[Outcome, ...]]:
        """Translate passages, several at once; a text that fails costs no other.

        Raises:
            LanguageError: The pair cannot be translated.
            TranslatorError: The server answers nothing at all.
        """
        self._require(source_lang, target_lang)
        answered = _Answered()
        with ThreadPoolExecutor(self._concurrency) as pool:
            tasks = [pool.submit(self._translate, passage, source_lang, target_lang, answered) for passage in passages]
            try:
                results = [task.result() for task in tasks]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if answered.error is not None and not answered.ever:
            raise answered.error
        return results

    def other_decoding(self) -> None:
        """Offer nothing: what the endpoint's model answers is asked for twice already where it is wrong."""

    def counts(self) -> None:
        """Count nothing: the model is the endpoint's."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _require(self, source_lang: str, target_lang: str) -> None:
        if not self.supports(source_lang, target_lang):
            raise LanguageError(
                f"no language model translates from {source_lang} to {target_lang}",
                self.remedy(source_lang, target_lang),
            )

    def _translate(
        self, passage: Passage, source_lang: str, target_lang: str, answered: "_Answered"
    ) -> tuple[Outcome, ...]:
        """Ask for all of a passage's texts, then again for each that has no translation or has lost a token."""
        sources = [item.text for item in passage.texts]
        wanted = [index for index, source in enumerate(sources) if needs_translation(source)]
        prompt = PassagePrompt(passage, source_lang, target_lang)
        best: dict[int, str] = {}
        errors: dict[int, TranslatorError] = {}

        def ask(indexes: Sequence[int]) -> None:
            try:
                given = self._ask(prompt, indexes, answered)
            except TranslatorError as error:
                errors.update(dict.fromkeys(indexes, error))
                return
            for index in indexes:
                text = given.get(index)
                if text is None:
                    errors[index] = _no_translation(self._model, passage.texts[index].plain, refused=index in given)
                elif index not in best or lost_tokens(sources[index], text) < lost_tokens(sources[index], best[index]):
                    best[index] = text

        if wanted:
            ask(wanted)
        for index in wanted:
            if isinstance(errors.get(index), EndpointError) and not answered.promising:
                continue
            if index not in best or lost_tokens(sources[index], best[index]):
                ask([index])
        return tuple(
            (Candidate(best.get(index, source)),) if index in best or index not in wanted else errors[index]
            for index, source in enumerate(sources)
        )

    def _ask(self, prompt: PassagePrompt, wanted: Sequence[int], answered: "_Answered") -> dict[int, str | None]:
        if answered.hopeless and answered.error is not None:
            raise answered.error
        body: dict[str, Any] = {
            "model": self._model,
            "messages": prompt.messages(wanted),
            "response_format": prompt.schema(wanted),
            "max_tokens": prompt.most_tokens(wanted),
            "temperature": TEMPERATURE,
            "seed": SEED,
        }
        try:
            answer: Answer = self._client.ask(body)
        except EndpointError as error:
            answered.never(error)
            raise
        except TranslatorError:
            answered.once()
            raise
        answered.once()
        return prompt.read(answer.text, wanted) if answer.complete else {}


class _Answered:
    """Whether the server answers at all: after a few passages without any answer the rest can be spared the wait."""

    def __init__(self) -> None:
        self.ever = False
        self.error: EndpointError | None = None
        self._in_a_row = 0
        self._lock = threading.Lock()

    @property
    def hopeless(self) -> bool:
        """Whether nothing more should be sent."""
        return self._in_a_row >= GIVE_UP_AFTER

    @property
    def promising(self) -> bool:
        """Whether the server answers others, so that it may answer a smaller question too."""
        return self.ever and not self.hopeless

    def once(self) -> None:
        with self._lock:
            self.ever = True
            self._in_a_row = 0

    def never(self, error: EndpointError) -> None:
        with self._lock:
            self.error = error
            self._in_a_row += 1


def _no_translation(model: str, source: str, *, refused: bool) -> TranslatorError:
    what = "refuses to translate" if refused else "gives no usable translation of"
    return TranslatorError(f"{model} {what} “{source[:80]}”", "translate it by hand, or name another system for it")
