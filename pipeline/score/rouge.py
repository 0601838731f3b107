"""ROUGE and chrF of summaries against human ones.

`rouge-score` cuts words at whatever is not ASCII and stems English alone; here words are runs of letters and digits of
any alphabet, in small letters, stemmed by the language's Snowball stemmer. Elisions are words of their own (`l’union`
is two), and scripts without spaces are cut into characters. The signature says all this, since values with another
tokenizer compare with none of these.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from pipeline.errors import InputError
from pipeline.languages import base, has_spaces
from pipeline.records import Score
from pipeline.score.metrics import Level
from pipeline.summarize.stems import has_stemmer, stems_or_letters

ROUGE_TYPES = {"ROUGE-1": "rouge1", "ROUGE-2": "rouge2", "ROUGE-L": "rougeL"}
"""By metric: its name in `rouge-score`."""


class RougeTokenizer:
    """Cuts and stems words for `rouge-score`.

    Args:
        lang: BCP-47 tag.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def tokenize(self, text: str) -> list[str]:
        """Return a text's stems."""
        return stems_or_letters(text, self._lang)


def rouge_signature(lang: str) -> str:
    """Return what gives the values a meaning."""
    cut = "words" if has_spaces(lang) else "characters"
    stems = f"snowball-{base(lang)}-{version('snowballstemmer')}" if has_stemmer(lang) else "none"
    return f"f1|tok:unicode-{cut}|lower|stem:{stems}|rouge-score:{version('rouge-score')}"


def score_summaries(
    summaries: Sequence[str], references: Sequence[str], lang: str, system: str, item_id: str, level: Level
) -> tuple[Score, ...]:
    """Score summaries against human ones, one by one, and return the means, from 0 to 100.

    Args:
        summaries: The summaries.
        references: A human summary for each.
        lang: BCP-47 tag.
        system: What made the summaries.
        item_id: What is scored: a `doc_id` or the run's name.
        level: What `item_id` is.

    Raises:
        InputError: There is nothing to compare, or not a human summary for each.
    """
    from sacrebleu.metrics.chrf import CHRF

    if not summaries or len(summaries) != len(references):
        raise InputError(
            f"{len(summaries)} summaries and {len(references)} human ones", "give exactly one human summary for each"
        )
    values = mean_rouge(summaries, references, lang)
    scores = [
        Score(metric, level, item_id, lang, system, round(value, 2), rouge_signature(lang))
        for metric, value in values.items()
    ]
    chrf = CHRF()
    value = chrf.corpus_score(list(summaries), [list(references)]).score
    return (*scores, Score("chrF2", level, item_id, lang, system, round(value, 2), str(chrf.get_signature())))


def mean_rouge(summaries: Sequence[str], references: Sequence[str], lang: str) -> dict[str, float]:
    """Return the mean F1 of each metric, from 0 to 100."""
    scorer = _scorer(lang)
    totals: Counter[str] = Counter()
    for summary, reference in zip(summaries, references, strict=True):
        scores = scorer.score(reference, summary)
        for metric, kind in ROUGE_TYPES.items():
            totals[metric] += scores[kind].fmeasure
    return {metric: 100 * totals[metric] / len(summaries) for metric in ROUGE_TYPES}


@cache
def _scorer(lang: str) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(ROUGE_TYPES.values()), tokenizer=RougeTokenizer(lang))
