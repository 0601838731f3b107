"""Score: hypotheses and references → BLEU, chrF and TER, each with the signature that gives it a meaning."""

from collections.abc import Sequence

from pipeline.records import Score
from pipeline.score.metrics import Level, Statistics, collect_statistics, scores_from
from pipeline.score.references import load_references

__all__ = ["Level", "Statistics", "collect_statistics", "load_references", "score_hypotheses", "scores_from"]


def score_hypotheses(
    hypotheses: Sequence[str],
    references: Sequence[str],
    target_lang: str,
    system: str,
    item_id: str,
    level: Level,
) -> tuple[Score, ...]:
    """Score translations against human ones.

    As many hypotheses as references are compared one by one. Otherwise all are joined and compared as one text,
    which the signature says (`align:whole-text`): such values compare with no others.

    Args:
        hypotheses: Target texts, in order.
        references: Human translations, in order.
        target_lang: BCP-47 tag; it decides how words are cut.
        system: The system that made the hypotheses.
        item_id: What is scored: a `seg_id`, a `doc_id` or the run's name.
        level: What `item_id` is.

    Raises:
        InputError: There is nothing to compare.
    """
    statistics = collect_statistics(hypotheses, references, target_lang)
    return scores_from([statistics], target_lang, system, item_id, level)
