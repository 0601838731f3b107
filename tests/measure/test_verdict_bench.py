"""Releases of human translations are judged whole and damaged, and what is missed is counted."""

from pipeline.check.verdict import STRICTNESS
from pipeline.measure.damage_words import Pair
from pipeline.measure.verdict_bench import DAMAGES, SENTENCES, as_release, measure_verdicts, table

TOWNS = ("Lyon", "Lille", "Nantes", "Rennes", "Dijon", "Toulouse", "Bordeaux", "Grenoble")


def pairs(count: int, wrong: int = -1) -> list[Pair]:
    made = []
    for place in range(count):
        town, number = TOWNS[place % len(TOWNS)], 20 + 7 * place % 70
        french = f"La police de {town} a arrêté {number} personnes mardi, selon un communiqué de la préfecture."
        people = number + 5 if place == wrong else number
        english = f"Police in {town} arrested {people} people on Tuesday, according to a statement by the prefecture."
        made.append(Pair(french, english, "en"))
    return made


def test_a_release_is_as_many_paragraphs_as_sentences():
    prepared, translated = as_release(pairs(3))
    assert [segment.source for segment in prepared.segments] == [block.text for block in prepared.document.blocks]
    assert [hypothesis.seg_id for hypothesis in translated.hypotheses] == ["s0", "s1", "s2"]


def test_good_releases_are_ready_and_damaged_ones_counted():
    counts = measure_verdicts(pairs(2 * SENTENCES + 7, wrong=SENTENCES + 3))
    assert list(counts) == list(STRICTNESS)
    for found in counts.values():
        assert (found.releases, found.ready) == (2, 1)
        assert found.damaged["number_digit"] == 5
        assert found.missed["number_digit"] == 0
        assert found.damaged["negation dropped"] == 0


def test_the_table_has_a_line_for_each_strictness_and_a_column_for_each_damage():
    head, *lines = table(measure_verdicts(pairs(SENTENCES)))
    assert all(kind in head for kind in DAMAGES)
    assert [line.split()[0] for line in lines] == list(STRICTNESS)
    assert all("100.0 %" in line and "0 % of 5" in line and line.rstrip().endswith("–") for line in lines)
