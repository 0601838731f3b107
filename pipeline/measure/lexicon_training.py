"""Learns from sentence pairs which words of a language stand for which French ones: IBM model 1, on word stems.

Source: Brown et al., *The Mathematics of Statistical Machine Translation*, Computational Linguistics 19(2), 1993. In
come pairs of sentences, out comes a table of stems; `pipeline.facts.lexicon` reads it. Words are cut to their first
letters, so that inflections fall together and the table stays small.
"""

from collections import Counter
from collections.abc import Iterable

from pipeline.facts.lexicon import stems

ITERATIONS = 6
LEAST_SEEN = 7
"""How often a stem must stand in the pairs to be learnt."""
LEAST_PROBABLE = 0.03
MOST = 8
"""How many stems of the other language are kept for a French one."""


def learn_lexicon(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return for each French stem its likeliest stems in the other language, with their probabilities.

    Each sentence gives every stem once. The table is the normalised product of what both directions say, so that a
    frequent word does not answer for everything.
    """
    import numpy as np

    sentences = [(set(stems(source)), set(stems(target))) for source, target in pairs]
    known = [Counter(stem for pair in sentences for stem in pair[side]) for side in (0, 1)]
    names = [sorted(stem for stem, count in counts.items() if count >= LEAST_SEEN) for counts in known]
    numbers = [{stem: number for number, stem in enumerate(side)} for side in names]
    left, right, row_of_left, row_of_right = [], [], [], []
    lefts = rights = 0
    for source, target in sentences:
        here = [numbers[0][stem] for stem in source if stem in numbers[0]]
        there = [numbers[1][stem] for stem in target if stem in numbers[1]]
        left.append(np.repeat(np.array(here, dtype=np.int32), len(there)))
        right.append(np.tile(np.array(there, dtype=np.int32), len(here)))
        row_of_left.append(np.repeat(np.arange(lefts, lefts + len(here), dtype=np.int32), len(there)))
        row_of_right.append(np.tile(np.arange(rights, rights + len(there), dtype=np.int32), len(here)))
        lefts, rights = lefts + len(here), rights + len(there)
    cells, cell = np.unique(
        np.concatenate(left).astype(np.int64) * len(names[1]) + np.concatenate(right), return_inverse=True
    )
    french, other = cells // len(names[1]), cells % len(names[1])
    forward = _train(cell, np.concatenate(row_of_right), french, len(cells), len(names[0]), rights)
    backward = _train(cell, np.concatenate(row_of_left), other, len(cells), len(names[1]), lefts)
    strength = np.sqrt(forward * backward)
    table: dict[str, dict[str, float]] = {}
    for index in np.argsort(-strength):
        if strength[index] < LEAST_PROBABLE:
            break
        words = table.setdefault(names[0][french[index]], {})
        if len(words) < MOST:
            words[names[1][other[index]]] = float(strength[index])
    return table


def _train(cell, row, given, cells: int, givens: int, rows: int):  # type: ignore[no-untyped-def]
    """Return for each cell how probable its word is, given its other word; a row is one word of one sentence."""
    import numpy as np

    probability = np.full(cells, 1.0)
    for _ in range(ITERATIONS):
        weight = probability[cell]
        share = weight / np.bincount(row, weights=weight, minlength=rows)[row]
        count = np.bincount(cell, weights=share, minlength=cells)
        probability = count / np.bincount(given, weights=count, minlength=givens)[given]
    return probability
