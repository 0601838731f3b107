"""Baselines for summaries: a release's sentences in, an order of preference out.

LEAD is the sentences as they come. LexRank (Erkan and Radev, 2004) and TextRank (Mihalcea and Tarau, 2004) are
sumy's, told our own words and sentences, since its own French tokenizer wants a download and cuts sentences badly.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.summarize.stems import content_stems


def lead(sentences: Sequence[str]) -> list[int]:
    """Return the sentences' places as they come."""
    return list(range(len(sentences)))


def lexrank(sentences: Sequence[str]) -> list[int]:
    """Return the sentences' places, most central first."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _ranked(LexRankSummarizer, sentences)


def textrank(sentences: Sequence[str]) -> list[int]:
    """Return the sentences' places, those that share most words with others first."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _ranked(TextRankSummarizer, sentences)


BASELINES: dict[str, Callable[[Sequence[str]], list[int]]] = {"LEAD": lead, "LexRank": lexrank, "TextRank": textrank}
"""By name."""


def take_by_length(order: Sequence[int], sentences: Sequence[str], words: int, *, in_a_row: bool) -> str:
    """Take sentences while they stay within a number of words, and put them in their own order.

    If the first in the order is too long by itself, the first that is not takes its place, if any.

    Args:
        order: Places in `sentences`, best first.
        sentences: The sentences.
        words: The most words.
        in_a_row: Whether the first that is too long ends it; otherwise shorter ones may still follow.
    """
    taken: list[int] = []
    total = 0
    for place in order:
        size = len(sentences[place].split())
        if total + size > words:
            if in_a_row:
                break
            continue
        taken.append(place)
        total += size
    return " ".join(sentences[place] for place in sorted(taken or order[:1]))


class _Words:
    """Our words, as sumy asks for them."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(content_stems(text))


def _ranked(summarizer_class: Any, sentences: Sequence[str]) -> list[int]:
    import numpy as np
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    ratings: dict[Any, float] = {}

    class Rater(summarizer_class):  # type: ignore[misc]  # sumy is untyped
        def _get_best_sentences(self, found: Any, count: Any, rating: Any, *args: Any, **kwargs: Any) -> tuple[()]:
            for sentence in found:
                ratings[sentence] = rating[sentence] if isinstance(rating, dict) else rating(sentence)
            return ()

    model = [Sentence(sentence, _Words()) for sentence in sentences]
    with np.errstate(invalid="ignore"):  # a text whose sentences share no word has no ranking
        Rater(lambda word: word)(ObjectDocumentModel([Paragraph(model)]), len(sentences))
    return sorted(range(len(sentences)), key=lambda place: -ratings.get(model[place], 0.0))
