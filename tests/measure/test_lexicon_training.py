"""The lexicon is learnt from pairs alone, and what stands in the package can be read."""

import pytest

from pipeline.facts.lexicon import lexicon, stems, strength
from pipeline.measure.lexicon_training import learn_lexicon

NOUNS = {"maison": "house", "chien": "dog", "voiture": "vehicle", "arbre": "tree", "fleuve": "river"}


def test_words_that_go_together_are_learnt():
    pairs = [
        (f"voici {one} avec {two}", f"behold {NOUNS[one]} plus {NOUNS[two]}")
        for one in NOUNS
        for two in NOUNS
        if one != two
    ] * 4
    table = learn_lexicon(pairs)
    for french, english in NOUNS.items():
        best = max(table[stems(french)[0]].items(), key=lambda entry: entry[1])
        assert best[0] == stems(english)[0]


@pytest.mark.parametrize("lang", ["en", "es", "de", "it", "pt"])
def test_a_lexicon_knows_common_words(lang):
    assert len(lexicon(lang)) > 2000
    assert all(0 < value <= 1 for words in lexicon(lang).values() for value in words.values())


def test_strength_is_of_meaning_or_of_letters():
    assert strength("femme", "women", "en") > strength("femme", "house", "en") == 0
    assert strength("perry", "perry", "en") == 1
    assert strength("arret", "arres", "nl") > 0
    assert lexicon("xx") == {}
