"""What an estimate is made from: eight figures of a sentence and its translation, none of them from a reference.

Each says one thing that speaks for a translation or against it; how much each weighs stands in `weights.json`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.check.base import SegmentPair
from pipeline.check.length import EXPECTED
from pipeline.estimate.language_model import has_model, mean_log_probabilities
from pipeline.facts.names_fold import fold
from pipeline.facts.similarity import similarity
from pipeline.facts.vocabulary import vocabulary
from pipeline.facts.words import find_words
from pipeline.languages import base
from pipeline.records import Finding, Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNALS = ("similarity", "fluency", "left_over", "short", "long", "blockers", "majors", "minors")
"""In the order of the columns of `measure_signals`:

- `similarity`: how near both are in meaning, from `pipeline.facts.similarity`;
- `fluency`: the mean log-probability of the translation's words, from `pipeline.estimate.language_model`; 0 where the
  language has no model;
- `left_over`: the share of French words that stand in the translation and are not in its language's vocabulary;
- `short`, `long`: by how many standard deviations the translation is shorter or longer than usual;
- `blockers`, `majors`, `minors`: what the checks found, by severity; more than `MOST_FINDINGS` count as that many.
"""
MOST_FINDINGS = 2
_SHORTEST_WORD = 3
_SEVERITIES: tuple[Severity, ...] = ("blocker", "major", "minor")


def measure_signals(pairs: Sequence[SegmentPair], findings: Iterable[Finding]) -> "NDArray[np.float64]":
    """Return a row of `SIGNALS` for each pair; all pairs are of one language.

    Args:
        pairs: Sentences and translations, of languages that can be compared by meaning.
        findings: What the checks found in them, among others.
    """
    import numpy as np

    if not pairs:
        return np.zeros((0, len(SIGNALS)))
    lang = pairs[0].target_lang
    found: dict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        found[finding.seg_id][finding.severity] += 1
    fluency = mean_log_probabilities([pair.target for pair in pairs], lang) if has_model(lang) else [0.0] * len(pairs)
    rows = []
    for pair, likely in zip(pairs, fluency, strict=True):
        distance = _length_distance(pair)
        severities = found[pair.segment.seg_id]
        rows.append(
            (
                similarity(pair.source, pair.target),
                likely,
                _left_over(pair),
                max(-distance, 0.0),
                max(distance, 0.0),
                *(min(severities[severity], MOST_FINDINGS) for severity in _SEVERITIES),
            )
        )
    return np.array(rows)


def _left_over(pair: SegmentPair) -> float:
    known = vocabulary(pair.target_lang)
    words = find_words(pair.source)
    small = {word.text for word in words if word.text.islower() and len(word.text) >= _SHORTEST_WORD}
    left = sum(word.lower in small and fold(word.text) not in known for word in find_words(pair.target))
    return min(left / max(len(words), 1), 1.0)


def _length_distance(pair: SegmentPair) -> float:
    ratio, deviation = EXPECTED[base(pair.target_lang)]
    french = max(len(pair.source), 1)
    return (len(pair.target.strip()) - ratio * french) / (deviation * math.sqrt(french))
