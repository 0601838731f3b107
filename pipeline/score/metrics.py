"""BLEU, chrF2 and TER by sacrebleu, computed from statistics that are kept.

A document's statistics are counts for each of its segments (matching n-grams, edits, lengths). They are JSON-able and
add up: the score of a corpus comes from those of its documents, and nothing is compared twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.errors import InputError
from pipeline.languages import base, has_spaces, is_private
from pipeline.records import Score

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

Level = Literal["segment", "document", "corpus"]
_TOKENIZERS = {"zh": "zh", "ja": "char", "ko": "char", "th": "char", "km": "char", "lo": "char", "my": "char"}
"""How BLEU cuts words where not by spaces. Sacrebleu's own tokenizers for Japanese and Korean need dictionaries."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the metrics need to know of a text: one row of counts for each segment compared.

    Attributes:
        aligned: Whether segments were compared one by one; otherwise the whole text is one row.
        bleu: System and reference length in words, then matching and all n-grams for n = 1 to 4.
        chrf: Hypothesis, reference and matching character n-grams for n = 1 to 6.
        ter: Edits and reference length in words.
    """

    aligned: bool
    bleu: tuple[tuple[float, ...], ...]
    chrf: tuple[tuple[float, ...], ...]
    ter: tuple[tuple[float, ...], ...]


def collect_statistics(hypotheses: Sequence[str], references: Sequence[str], target_lang: str) -> Statistics:
    """Compare hypotheses with references.

    Raises:
        InputError: There is nothing to compare.
    """
    if not any(text.strip() for text in hypotheses) or not any(text.strip() for text in references):
        raise InputError("nothing to score", "give a translation and a reference that are not empty")
    aligned = len(hypotheses) == len(references)
    if not aligned:
        hypotheses, references = [_join(hypotheses, target_lang)], [_join(references, target_lang)]
    rows = (
        tuple(tuple(row) for row in metric._extract_corpus_statistics(list(hypotheses), [list(references)]))
        for metric in _metrics(target_lang, "corpus").values()
    )
    return Statistics(aligned, *rows)


def scores_from(
    statistics: Sequence[Statistics], target_lang: str, system: str, item_id: str, level: Level
) -> tuple[Score, ...]:
    """Score the texts behind statistics together.

    Args:
        statistics: Of one text or of many, in the same language.
        target_lang: BCP-47 tag, the same as when they were collected.
        system: The system scored.
        item_id: What is scored.
        level: What `item_id` is; a single segment is scored with BLEU's effective order.

    Raises:
        InputError: There are no statistics.
    """
    if not statistics:
        raise InputError("nothing to score", "give at least one translation that has a reference")
    alignment = "" if all(item.aligned for item in statistics) else "|align:whole-text"
    scores = []
    for (name, metric), field in zip(_metrics(target_lang, level).items(), ("bleu", "chrf", "ter"), strict=True):
        rows = [list(row) for item in statistics for row in getattr(item, field)]
        value = float(metric._aggregate_and_compute(rows).score)
        metric.num_refs = 1
        signature = f"{metric.get_signature()}{alignment}"
        scores.append(Score(name, level, item_id, target_lang, system, value, signature))
    return tuple(scores)


def _metrics(target_lang: str, level: Level) -> dict[str, "Metric"]:
    """Build the metrics; their private halves (count, then compute) are what their public `corpus_score` calls."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    tokenizer = _TOKENIZERS.get(base(target_lang), "13a")
    by_character = tokenizer != "13a"
    return {
        "BLEU": BLEU(tokenize=tokenizer, effective_order=level == "segment", force=True),
        "chrF2": CHRF(),
        "TER": TER(normalized=by_character, asian_support=by_character),
    }


def _join(texts: Sequence[str], target_lang: str) -> str:
    space = " " if is_private(target_lang) or has_spaces(target_lang) else ""
    return space.join(text.strip() for text in texts)
