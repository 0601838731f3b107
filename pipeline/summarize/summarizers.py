"""What writes summaries in words of its own: the backends by name, and what each offers.

What they write is never believed: `pipeline.summarize.written` compares it with the release. Building one is cheap
and importing this module starts and loads nothing.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from pipeline.config import EXTRACTIVE, ChannelConfig, Config, SystemConfig
from pipeline.errors import ConfigError, TranslatorError

Written = str | TranslatorError
"""A summary, its bullets on lines of their own, or why there is none."""


class Summarizer(Protocol):
    """Writes summaries of releases."""

    def signature(self, lang: str) -> dict[str, str]:
        """Say what changes the result for a language: models, digests, settings, and nothing more.

        Raises:
            TranslatorError: The model cannot be had.
        """
        ...

    def supports(self, lang: str) -> bool:
        """Tell, without starting anything, whether it writes a language."""
        ...

    def summarize(self, releases: Sequence[Sequence[str]], lang: str, channel: ChannelConfig) -> list[Written]:
        """Write a text for a channel about each release, in the release's language.

        Args:
            releases: The sentences of each release, in order.
            lang: BCP-47 tag of the sentences.
            channel: What to write; its limits are a wish, and are enforced afterwards.

        Raises:
            TranslatorError: Nothing can be written at all: the model cannot be loaded, the server does not answer.
        """
        ...

    def close(self) -> None:
        """Free the model or the connections."""
        ...


def _build_seq2seq(config: SystemConfig) -> Summarizer:
    from pipeline.summarize.seq2seq_summarizer import Seq2SeqSummarizer

    return Seq2SeqSummarizer(config)


def _build_chat(config: SystemConfig) -> Summarizer:
    from pipeline.summarize.chat_summarizer import ChatSummarizer
    from pipeline.translate.chat_client import ChatClient

    if not config.url:
        raise ConfigError(["url: missing; chat needs it"], "summarize.method")
    client = ChatClient(
        config.url,
        allow_remote=config.allow_remote,
        api_key_env=config.api_key_env,
        timeout_seconds=config.timeout_seconds,
        requests_per_minute=config.requests_per_minute,
    )
    return ChatSummarizer(client, config.model, config.concurrency)


SUMMARIZERS: dict[str, Callable[[SystemConfig], Summarizer]] = {"seq2seq": _build_seq2seq, "chat": _build_chat}
"""By backend name."""


def make_summarizer(config: Config) -> Summarizer | None:
    """Make the summarizer that a configuration names, without starting it; None where it names none.

    Raises:
        ConfigError: It lacks what it needs, or its model cannot be had.
    """
    method = config.summarize.method
    if method.backend == EXTRACTIVE:
        return None
    try:
        summarizer = build_summarizer(method)
        summarizer.signature(config.source_lang)
    except ConfigError as error:
        raise ConfigError([f"summarize.method.{problem}" for problem in error.problems], "the configuration") from error
    except TranslatorError as error:
        raise ConfigError([f"summarize.method: {error}"], "the configuration") from error
    return summarizer


def build_summarizer(config: SystemConfig) -> Summarizer:
    """Make a summarizer, without starting it.

    Raises:
        ConfigError: There is no such backend, or it lacks what it needs.
    """
    if config.backend not in SUMMARIZERS:
        raise ConfigError(
            [f"backend: there is no summarizer “{config.backend}”; use one of {', '.join(SUMMARIZERS)}"],
            "summarize.method",
        )
    if not config.model:
        raise ConfigError([f"model: missing; {config.backend} needs it"], "summarize.method")
    return SUMMARIZERS[config.backend](config)
