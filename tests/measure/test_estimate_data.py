"""Judgements and examples are read and drawn as they stand, and again the same."""

from collections import Counter
from pathlib import Path

import numpy as np

from pipeline.estimate.signals import SIGNALS
from pipeline.measure.damage_words import Pair
from pipeline.measure.estimate_data import as_examples, draw_examples, read_preferences, signals_of

SYSTEMS = {
    "sys1": ["Police arrested 58 people on Tuesday.", "He said &quot;no&quot; to the minister yesterday."],
    "sys2": ["The police has arrêté 58 persons Tuesday.", "He has said not at the minister yesterday."],
}
FRENCH = ["La police a arrêté 58 personnes mardi.", "Il a dit « non » au ministre hier."]
PAIRS = [
    Pair(
        "La police a arrêté 58 personnes, dont trois mineurs.",
        "Police arrested 58 people, including three minors.",
        "en",
    ),
    Pair(
        "Il n'a pas confirmé la nouvelle, selon son avocat.",
        "He did not confirm the news, according to his lawyer.",
        "en",
    ),
    Pair("Le projet coûtera 3 millions d'euros à la ville.", "The project will cost the city 3 million euros.", "en"),
] * 4


def write(folder: Path) -> None:
    (folder / "newstest").mkdir()
    (folder / "rankings-wmt12").mkdir()
    (folder / "newstest" / "newstest2012.fr").write_text("\n".join(FRENCH), encoding="utf-8")
    for system, texts in SYSTEMS.items():
        segments = "\n".join(f'<seg id="{number}"> {text} </seg>' for number, text in enumerate(texts, start=1))
        (folder / "rankings-wmt12" / f"fr-en.{system}.sgm").write_text(f"<doc>\n{segments}\n</doc>", encoding="utf-8")
    judgements = "1\tfr-en\tsys1\tfr-en\tsys2\n2\tfr-en\tsys1\tfr-en\tsys2\n"
    (folder / "rankings-wmt12" / "fr-en.rank").write_text(judgements, encoding="utf-8")


def test_judgements_point_at_the_signals_of_what_was_judged(tmp_path: Path) -> None:
    write(tmp_path)
    judged = read_preferences(tmp_path)
    assert judged.groups.tolist() == [1, 2]
    left_over = judged.signals[:, SIGNALS.index("left_over")]
    assert left_over[judged.better[0]] == 0
    assert left_over[judged.worse[0]] > 0
    expected = signals_of([Pair(FRENCH[1], 'He said "no" to the minister yesterday.', "en")])
    np.testing.assert_allclose(judged.signals[judged.better[1]], expected[0])


def test_examples_are_drawn_alike_and_each_is_damaged() -> None:
    drawn = draw_examples(PAIRS, 10)
    assert drawn == draw_examples(PAIRS, 10)
    assert len(drawn) == 10
    assert all(human.target != damaged.target and human.source == damaged.source for _, human, damaged in drawn)


def test_no_kind_of_damage_outweighs_the_others() -> None:
    times = Counter(kind for kind, _, _ in draw_examples(PAIRS, 12))
    assert max(times.values()) <= 3


def test_human_examples_come_before_the_damaged_ones() -> None:
    drawn = draw_examples(PAIRS, 4)
    examples = as_examples(drawn)
    assert examples.human.tolist() == [1] * 4 + [0] * 4
    assert examples.signals.shape == (8, len(SIGNALS))
    np.testing.assert_allclose(examples.signals[:4], signals_of([human for _, human, _ in drawn]))
