"""How much each signal of an estimate weighs: fitted to people's preferences and to human and damaged translations.

One logistic regression for each language takes both kinds of evidence, each case counting once: that a human
translation is not a damaged one, and that of two systems' outputs the one is better which people preferred. The second
kind exists for English alone; other languages borrow it for the signals that they have. It says nothing of findings,
so that how much these weigh follows from damage alone. An estimate of 70 means that of human and damaged translations
in equal numbers, about 70 % of those that look so are human.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.estimate.signals import SIGNALS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

FOLDS = 5
SEED = 2012
TEXT_SIGNALS = SIGNALS.index("blockers")
"""The signals before this one are of the texts; it and those behind it count findings."""
_RIDGE = 1e-3
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Preferences:
    """Which of two translations of the same sentence people preferred.

    Attributes:
        signals: A row for each translation.
        better: The row of the preferred one, a number for each judgement.
        worse: The row of the other.
        groups: The sentence that each judgement is about.
    """

    signals: "Floats"
    better: "Places"
    worse: "Places"
    groups: "Places"


@dataclass(frozen=True, slots=True)
class Examples:
    """Human and damaged translations: a row of signals each, and 1 for a human one, 0 for a damaged one."""

    signals: "Floats"
    human: "Floats"


def fit_weights(examples: Examples, preferences: Preferences) -> tuple[float, "Floats"]:
    """Return the bias and the weights of an estimate's log-odds.

    Signals that have one value for all examples weigh nothing.
    """
    import numpy as np

    scale = examples.signals.std(axis=0)
    differences = preferences.signals[preferences.better] - preferences.signals[preferences.worse]
    differences[:, TEXT_SIGNALS:] = 0.0
    differences[:, scale == 0] = 0.0
    rows = np.r_[
        np.c_[examples.signals / np.where(scale, scale, 1.0), np.ones(len(examples.human))],
        np.c_[differences / np.where(scale, scale, 1.0), np.zeros(len(differences))],
    ]
    *weights, bias = _regress(rows, np.r_[examples.human, np.ones(len(differences))])
    return float(bias), np.where(scale, weights / np.where(scale, scale, 1.0), 0.0)


def _regress(rows: "Floats", answers: "Floats") -> "Floats":
    """Logistic regression by Newton's method, with a small ridge."""
    import numpy as np

    ridge = _RIDGE * np.eye(rows.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (answers - likely) / len(rows) - ridge @ weights
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows / len(rows) + ridge
        weights += np.linalg.solve(curvature, gradient)
    return weights


def as_estimates(signals: "Floats", bias: float, weights: "Floats") -> "Floats":
    """Return the estimate of each row, as `pipeline.estimate` rounds it."""
    import numpy as np

    return np.round(100 / (1 + np.exp(-np.clip(signals @ weights + bias, -50, 50))))


def kendall(scores: "Floats", preferences: Preferences) -> float:
    """Return Kendall's τ as WMT 2012 counts it: (concordant − discordant) ÷ all judgements.

    Pairs that people found equal are not among the judgements; a pair that the scores find equal is neither
    concordant nor discordant, and is divided by (Callison-Burch et al., *Findings of the 2012 Workshop on Statistical
    Machine Translation*, section 4).
    """
    import numpy as np

    return float(np.sign(scores[preferences.better] - scores[preferences.worse]).mean())


def cross_validated_kendall(examples: Examples, preferences: Preferences) -> float:
    """Return τ where each judgement is met by estimates that were fitted without any judgement of its sentence."""
    import numpy as np

    sentences = np.unique(preferences.groups)
    shuffled = np.random.default_rng(SEED).permutation(sentences)
    fold_of = dict(zip(shuffled.tolist(), (np.arange(len(shuffled)) % FOLDS).tolist(), strict=True))
    folds = np.array([fold_of[group] for group in preferences.groups.tolist()])
    agreed = 0.0
    for fold in range(FOLDS):
        bias, weights = fit_weights(examples, _some(preferences, folds != fold))
        held_out = _some(preferences, folds == fold)
        agreed += kendall(as_estimates(held_out.signals, bias, weights), held_out) * len(held_out.groups)
    return agreed / len(preferences.groups)


def _some(preferences: Preferences, chosen: "NDArray[np.bool_]") -> Preferences:
    return Preferences(
        preferences.signals, preferences.better[chosen], preferences.worse[chosen], preferences.groups[chosen]
    )


def as_table(bias: float, weights: Sequence[float]) -> dict[str, float]:
    """Return what `weights.json` says of a language."""
    named = {name: round(float(weight), 3) for name, weight in zip(SIGNALS, weights, strict=True) if weight}
    return {"bias": round(bias, 3), **named}
