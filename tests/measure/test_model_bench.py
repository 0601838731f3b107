"""The bench of models runs from end to end on a model that really translates, and its figures are what they say."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.config import SystemConfig
from pipeline.measure.model_bench import (
    OTHERS,
    TEST,
    Amounts,
    Row,
    mask_sentences,
    measure_against,
    measure_constraints,
    measure_masks,
    measure_model,
    stands_in,
)
from pipeline.train.pairs import Pair
from pipeline.translate import build_translator
from pipeline.translate.base import Candidate, Candidates
from pipeline.translate.fake import FakeTranslator
from tests.train.tiny_training import MADE, learnt

NAMED = [Pair("Hier, Jomar Palacio a parlé.", "Yesterday Jomar Palacio spoke."), Pair("La loi.", "The law.")]


class Forgetful(FakeTranslator):
    """Says the same whatever it is asked."""

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return [(Candidate("The law and the report."),) for _ in texts]


@pytest.mark.slow
def test_every_figure_is_measured_on_a_real_model(tmp_path: Path) -> None:
    for name in (TEST, *OTHERS):
        for side, lang in enumerate(("fr", "en")):
            lines = [f"{pair[side]}\n" for pair in [*MADE[:12], *NAMED]]
            (tmp_path / f"{name}.{lang}").write_text("".join(lines), encoding="utf-8")
    model = learnt() / "model"
    rows = list(measure_model(model, tmp_path, Amounts(14, 8, 4, 6, 4), against=model))
    assert len(rows) == 10
    figures = {row.name: row for row in rows}
    assert "BLEU" in rows[0].name
    assert "version:" in rows[0].name
    assert float(rows[1].value) > 40
    assert figures["BLEU without required terms, against a model that was not trained for them"].met
    assert all(row.line.startswith("| ") and row.line.endswith(" |") for row in rows)


def test_masks_are_those_of_a_run_and_each_is_counted() -> None:
    [text] = mask_sentences(NAMED, 9)
    assert text == "Hier, \ue000 a parlé."
    assert measure_masks(Forgetful(), NAMED, 9).met is False
    fake = build_translator(SystemConfig(name="fake", backend="fake"))

    class Copying(FakeTranslator):
        def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
            return fake.translate(texts, "fr", "x-rot13")

    row = measure_masks(Copying(), NAMED, 9)
    assert (row.value, row.met) == ("100.0%", True)


def test_terms_that_would_be_said_anyhow_are_told_apart(tmp_path: Path) -> None:
    rows = list(measure_constraints(Forgetful(), learnt() / "model" / "int8", [Pair(*pair) for pair in MADE], 20))
    assert rows[0].met is False
    assert rows[1].value == "0.0%"
    [row] = measure_constraints(Forgetful(), tmp_path, NAMED, 5)
    assert "declares none" in row.value


@pytest.mark.parametrize(
    ("term", "text", "stands"),
    [
        ("regulation", "The regulations apply.", True),
        ("financial regulation", "Financial regulations.", True),
        ("financial regulation", "Financial and other regulations.", False),
        ("regulation", "The rules apply.", False),
    ],
)
def test_any_inflection_obeys(term: str, text: str, stands: bool) -> None:
    assert stands_in(term, text) is stands


def test_what_was_not_measured_says_so() -> None:
    row = measure_against(None, [], [])
    assert row.met is None
    assert "not measured" in row.line
    assert Row("a", "b", "c", False).line == "| a | b | c **missed** |"
