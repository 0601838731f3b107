"""Weights are found where there are some, and agreement is counted as WMT counted it."""

import numpy as np
import pytest

from pipeline.estimate.signals import SIGNALS
from pipeline.measure.estimate_fitting import (
    Examples,
    Preferences,
    as_table,
    cross_validated_kendall,
    fit_weights,
    kendall,
)
from pipeline.measure.estimate_report import describe

SIMILARITY, FLUENCY, MAJORS = (SIGNALS.index(name) for name in ("similarity", "fluency", "majors"))


def preferences(scores, judgements, groups=None):
    better, worse = np.array(judgements).T
    rows = np.zeros((len(scores), len(SIGNALS)))
    rows[:, FLUENCY] = scores
    return Preferences(rows, better, worse, np.array(groups or range(len(judgements))))


@pytest.mark.parametrize(
    ("scores", "judgements", "tau"),
    [
        ([2, 1], [(0, 1)], 1.0),
        ([1, 2], [(0, 1)], -1.0),
        ([1, 1], [(0, 1)], 0.0),
        ([3, 2, 1], [(0, 1), (1, 2), (2, 0), (0, 2)], 0.5),
        ([2, 2, 1], [(0, 1), (0, 2)], 0.5),
    ],
)
def test_kendall_counts_ties_as_neither_but_divides_by_them(scores, judgements, tau):
    assert kendall(np.array(scores), preferences(scores, judgements)) == tau


def drawn(seed=1, count=400):
    """Human translations are nearer in meaning and have fewer findings; people prefer near and fluent ones, mostly."""
    rng = np.random.default_rng(seed)
    signals = np.zeros((2 * count, len(SIGNALS)))
    human = np.repeat([1.0, 0.0], count)
    signals[:, SIMILARITY] = rng.normal(0.4 + 0.3 * human, 0.2)
    signals[:, FLUENCY] = rng.normal(-5, 1, 2 * count)
    signals[:, MAJORS] = rng.random(2 * count) < 0.3 - 0.25 * human
    rows = np.zeros((200, len(SIGNALS)))
    rows[:, FLUENCY] = rng.normal(-5, 1, 200)
    rows[:, SIMILARITY] = rng.normal(0.6, 0.2, 200)
    pairs = rng.integers(0, 200, (1500, 2))
    worth = rows[:, FLUENCY] + 10 * rows[:, SIMILARITY]
    likely = 1 / (1 + np.exp(worth[pairs[:, 1]] - worth[pairs[:, 0]]))
    pairs = np.where((rng.random(1500) < likely)[:, None], pairs, pairs[:, ::-1])
    return Examples(signals, human), Preferences(rows, pairs[:, 0], pairs[:, 1], pairs.min(axis=1))


def test_both_kinds_of_evidence_give_weights():
    bias, weights = fit_weights(*drawn())
    table = as_table(bias, weights.tolist())
    assert table["similarity"] > 0
    assert table["fluency"] > 0
    assert table["majors"] < 0
    assert set(table) == {"bias", "similarity", "fluency", "majors"}


def test_estimates_are_on_the_scale_of_shares():
    bias, weights = fit_weights(*drawn())
    fresh, _ = drawn(seed=2, count=4000)
    estimates = 1 / (1 + np.exp(-(fresh.signals @ weights + bias)))
    for low in (0.1, 0.3, 0.5, 0.7):
        here = (estimates >= low) & (estimates < low + 0.2)
        assert fresh.human[here].mean() == pytest.approx(estimates[here].mean(), abs=0.08)


def test_a_signal_that_the_language_lacks_weighs_nothing():
    examples, judged = drawn()
    examples.signals[:, FLUENCY] = 0.0
    _, weights = fit_weights(examples, judged)
    assert weights[FLUENCY] == 0


def test_cross_validation_finds_agreement_where_there_is_some_and_none_in_noise():
    examples, judged = drawn()
    assert cross_validated_kendall(examples, judged) > 0.4
    rng = np.random.default_rng(5)
    swap = rng.random(len(judged.groups)) < 0.5
    noise = Preferences(
        judged.signals,
        np.where(swap, judged.better, judged.worse),
        np.where(swap, judged.worse, judged.better),
        judged.groups,
    )
    assert abs(cross_validated_kendall(examples, noise)) < 0.1


def test_the_report_tells_how_human_and_damaged_differ():
    examples, judged = drawn()
    bias, weights = fit_weights(examples, judged)
    kinds = ["number"] * 100 + ["clause dropped"] * 300
    lines = list(describe(examples, kinds, bias, weights))
    assert lines[0].startswith("damaged below its own human translation: ")
    assert lines[0].endswith("% of 400")
    assert [line.split("  ")[0] for line in lines[-2:]] == ["clause dropped", "number"]
    assert lines[-1].endswith("of 100")
