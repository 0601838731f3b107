import dataclasses
import json
import subprocess
import sys

import pytest
import sacrebleu

from pipeline.errors import InputError
from pipeline.score import Statistics, collect_statistics, score_hypotheses, scores_from

HYPOTHESES = [
    "Police arrested 58 people, including three men linked to the group.",
    "The young man was 17 years old.",
    "No place is a refuge for criminals.",
]
REFERENCES = [
    "The police have arrested 58 people, among them three men with links to the group.",
    "The young man was 17.",
    "There is no refuge for criminals.",
]


def by_name(scores):
    return {score.metric: score for score in scores}


def test_document_values_are_sacrebleu_s_own():
    scores = by_name(score_hypotheses(HYPOTHESES, REFERENCES, "en", "engine", "d0", "document"))
    assert scores["BLEU"].value == sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES]).score
    assert scores["chrF2"].value == sacrebleu.corpus_chrf(HYPOTHESES, [REFERENCES]).score
    assert scores["TER"].value == sacrebleu.corpus_ter(HYPOTHESES, [REFERENCES]).score
    assert {(score.level, score.item_id, score.target_lang, score.system) for score in scores.values()} == {
        ("document", "d0", "en", "engine")
    }


def test_values_and_signatures_are_those_of_the_command_line(tmp_path):
    (tmp_path / "ref.txt").write_text("\n".join(REFERENCES) + "\n", encoding="utf-8")
    (tmp_path / "hyp.txt").write_text("\n".join(HYPOTHESES) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "sacrebleu", "ref.txt", "-i", "hyp.txt", "-m", "bleu", "chrf", "ter", "-w", "6"]
    output = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    expected = {item["name"]: item for item in json.loads(output)}
    scores = by_name(score_hypotheses(HYPOTHESES, REFERENCES, "en", "engine", "d0", "corpus"))
    assert set(scores) == set(expected)
    for name, score in scores.items():
        assert score.value == pytest.approx(expected[name]["score"], abs=1e-6)
        assert score.signature == expected[name]["signature"]


def test_a_segment_is_scored_with_effective_order():
    (bleu, *_) = score_hypotheses(HYPOTHESES[1:2], REFERENCES[1:2], "en", "engine", "s1", "segment")
    assert bleu.value == sacrebleu.sentence_bleu(HYPOTHESES[1], [REFERENCES[1]]).score
    assert "eff:yes" in bleu.signature


def test_a_corpus_is_scored_from_its_documents_statistics():
    parts = [
        collect_statistics(HYPOTHESES[:1], REFERENCES[:1], "en"),
        collect_statistics(HYPOTHESES[1:], REFERENCES[1:], "en"),
    ]
    whole = score_hypotheses(HYPOTHESES, REFERENCES, "en", "engine", "run", "corpus")
    assert scores_from(parts, "en", "engine", "run", "corpus") == whole


def test_statistics_survive_json():
    statistics = collect_statistics(HYPOTHESES, REFERENCES, "en")
    read = json.loads(json.dumps(dataclasses.asdict(statistics)))
    rows = {name: tuple(map(tuple, read[name])) for name in ("bleu", "chrf", "ter")}
    assert Statistics(read["aligned"], **rows) == statistics


def test_other_line_counts_are_compared_as_one_text():
    joined = score_hypotheses(HYPOTHESES, REFERENCES[:2], "en", "engine", "d0", "document")
    assert joined[0].value == sacrebleu.corpus_bleu([" ".join(HYPOTHESES)], [[" ".join(REFERENCES[:2])]]).score
    assert all(score.signature.endswith("|align:whole-text") for score in joined)
    aligned = score_hypotheses(HYPOTHESES, REFERENCES, "en", "engine", "d0", "document")
    assert not any("align" in score.signature for score in aligned)


@pytest.mark.parametrize(
    ("lang", "tokenizer"), [("en", "13a"), ("pt-BR", "13a"), ("ar", "13a"), ("zh-Hans", "zh"), ("ja", "char")]
)
def test_words_are_cut_as_the_language_needs(lang, tokenizer):
    (bleu, _, ter) = score_hypotheses(["警察逮捕了五十八人"], ["警方逮捕了五十八人"], lang, "engine", "d0", "document")
    assert f"tok:{tokenizer}" in bleu.signature
    assert ("asian:yes" in ter.signature) == (tokenizer != "13a")


def test_text_without_spaces_is_joined_without_spaces():
    joined = score_hypotheses(["警察", "逮捕"], ["警察逮捕"], "zh-Hans", "engine", "d0", "document")
    assert joined[1].value == pytest.approx(100)


@pytest.mark.parametrize(("hypotheses", "references"), [([], []), (["a"], []), ([" "], ["a"]), (["a"], ["", " "])])
def test_nothing_to_compare_is_refused(hypotheses, references):
    with pytest.raises(InputError, match="nothing to score"):
        collect_statistics(hypotheses, references, "en")
    with pytest.raises(InputError, match="nothing to score"):
        scores_from([], "en", "engine", "run", "corpus")
