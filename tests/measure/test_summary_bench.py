import json

import pytest

from pipeline.measure.summary_baselines import BASELINES, take_by_length
from pipeline.measure.summary_bench import Article, cuts_inside, measure_all, read_articles
from pipeline.measure.summary_seeds import SEEDS, seed

SOURCE = (
    "La police de Manille a arrêté 58 personnes lors de cette opération contre la fraude en ligne. "
    "Le ministre, Daniel Perry, a salué « le travail remarquable de toutes les équipes engagées » dans cette affaire. "
    "Les enquêteurs ont saisi 250 téléphones et 12 ordinateurs dans les locaux de la société. "
    "La société avait été créée en 2011 par deux hommes connus des services de police. "
    "Le procès aura lieu à Lyon au mois de septembre, selon une source proche du dossier."
)


@pytest.mark.parametrize("kind", SEEDS)
def test_seeds_change_one_place_into_what_the_release_does_not_hold(kind):
    summary = {"quotation_invented": "La police de Manille a arrêté hier soir plusieurs hommes dans leur maison."}.get(
        kind, SOURCE
    )
    made = seed(kind, summary, SOURCE, ["Dupontel"])
    assert made is not None
    assert made.text != summary
    assert made.after in made.text
    assert made.after not in SOURCE
    assert made.text.replace(made.after, made.before, 1) == summary
    assert made == seed(kind, summary, SOURCE, ["Dupontel"])


@pytest.mark.parametrize("kind", SEEDS)
def test_where_there_is_nothing_to_change_there_is_no_seed(kind):
    assert seed(kind, "« Oui », dit-il.", SOURCE, ["Dupontel"]) is None


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_order_every_sentence_once(name):
    pytest.importorskip("sumy")
    sentences = SOURCE.split(". ")
    assert sorted(BASELINES[name](sentences)) == list(range(len(sentences)))


def test_sentences_are_taken_up_to_a_length_in_their_own_order():
    sentences = ["a b c", "d e", "f g h i"]
    assert take_by_length([2, 0, 1], sentences, 6, in_a_row=False) == "d e f g h i"
    assert take_by_length([2, 0, 1], sentences, 6, in_a_row=True) == "f g h i"
    assert take_by_length([2, 0, 1], sentences, 1, in_a_row=True) == "f g h i"


@pytest.mark.parametrize(
    ("kept", "inside"),
    [
        ("La police de Manille a arrêté…", 0),
        ("La police de Manille a arrêté 5…", 1),
        ("La police de Man…", 1),
        ("Le ministre, Daniel…", 1),
        ("La société avait été créée en 2011.", 0),
    ],
)
def test_cuts_inside_are_seen(kept, inside):
    assert cuts_inside(kept, [part + "." for part in SOURCE.split(". ")]) == inside


def test_the_whole_bench_runs_on_a_few_articles(tmp_path):
    pytest.importorskip("sumy")
    pytest.importorskip("rouge_score")
    folder = tmp_path / "orangesum"
    folder.mkdir()
    row = {
        "id": "1",
        "text": SOURCE,
        "summary": "La police a arrêté 58 personnes à Manille.",
        "title": "58 arrestations",
    }
    for name in ("abstract", "title"):
        (folder / f"{name}.valid.jsonl").write_text("\n".join([json.dumps(row)] * 3), encoding="utf-8")
    assert isinstance(read_articles(folder / "title.valid.jsonl", 2)[1], Article)
    rows = list(measure_all(tmp_path, 2))
    limits = next(row for row in rows if row.what.startswith("channel limits"))
    assert (limits.value, limits.met) == ("0", True)
    assert all(row.line.startswith("| ") for row in rows)
