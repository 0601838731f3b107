import pytest

from pipeline.errors import InputError
from pipeline.score.rouge import mean_rouge, rouge_signature, score_summaries

pytest.importorskip("rouge_score")


def rouge1(summary, reference, lang="fr"):
    return round(mean_rouge([summary], [reference], lang)["ROUGE-1"], 1)


@pytest.mark.parametrize(
    ("summary", "reference", "lang", "value"),
    [
        ("été", "été", "fr", 100.0),
        ("été", "ete", "fr", 0.0),  # rouge-score's own tokenizer sees « t » in both
        ("L’union", "union", "fr", 66.7),
        ("Les élèves arrêtés", "l’élève arrêté", "fr", 66.7),
        ("arrests", "arrested", "en", 100.0),
        ("国际警察", "国际", "zh", 66.7),
        ("", "mot", "fr", 0.0),
    ],
)
def test_words_are_those_of_the_language(summary, reference, lang, value):
    assert rouge1(summary, reference, lang) == value


def test_order_matters_to_rouge_l_and_pairs_to_rouge_2():
    values = mean_rouge(["le chat voit le chien"], ["le chien voit le chat"], "fr")
    assert values["ROUGE-1"] == 100
    assert values["ROUGE-L"] == pytest.approx(60)
    assert values["ROUGE-2"] == pytest.approx(75)


def test_scores_carry_their_signature():
    scores = score_summaries(["le chat dort"], ["le chat dort"], "fr", "", "d0", "document")
    assert [score.metric for score in scores] == ["ROUGE-1", "ROUGE-2", "ROUGE-L", "chrF2"]
    assert {score.value for score in scores} == {100.0}
    assert scores[0].signature == rouge_signature("fr")
    assert "snowball-fr" in rouge_signature("fr")
    assert "stem:none" in rouge_signature("zh")
    assert "nc:6" in scores[3].signature


@pytest.mark.parametrize(("summaries", "references"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_without_a_human_summary_for_each_there_is_nothing_to_score(summaries, references):
    with pytest.raises(InputError):
        score_summaries(summaries, references, "fr", "", "d0", "document")
