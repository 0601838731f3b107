import random

import pytest

from pipeline.measure.damage_words import DAMAGES, Pair

SPEECH = Pair(
    "« Nous cherchons », a déclaré Noboru Nakatani, et Alan Purisima ne dort pas à Manille.",
    "“We are looking,” said Noboru Nakatani, and Alan Purisima does not sleep in Manila.",
    "en",
)
ALLEGED = Pair(
    "Le suspect aurait été vu à Londres, et la police, qui enquête, cherche un présumé voleur depuis lundi.",
    "The suspect has reportedly been seen in London, and the police, who investigate, look for an alleged thief.",
    "en",
)
OTHER = Pair("Sanjay Virmani vit à Singapour.", "Sanjay Virmani lives in Singapore.", "en")
EXPECTED = {
    "name replaced": SPEECH,
    "names swapped": SPEECH,
    "negation dropped": SPEECH,
    "negation added": ALLEGED,
    "hedge lost": ALLEGED,
    "speaker changed": SPEECH,
    "quotation invented": ALLEGED,
    "clause dropped": ALLEGED,
    "sentence added": OTHER,
    "segment replaced": SPEECH,
}


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secrets here


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_kind_damages_and_is_seeded(kind):
    pair = EXPECTED[kind]
    others = [OTHER, ALLEGED]
    first, again = (DAMAGES[kind](pair, others, seeded(5)) for _ in range(2))
    assert first == again
    assert first is not None
    assert first != pair.target


def test_the_damage_is_what_its_name_says():
    rng = seeded(1)
    swapped = DAMAGES["names swapped"](SPEECH, [], rng)
    assert swapped == "“We are looking,” said Alan Purisima, and Noboru Nakatani does not sleep in Manila."
    assert DAMAGES["negation dropped"](SPEECH, [], rng) == SPEECH.target.replace("not ", "")
    assert DAMAGES["hedge lost"](ALLEGED, [], rng) == (
        "The suspect has been seen in London, and the police, who investigate, look for an thief."
    )
    assert DAMAGES["sentence added"](OTHER, [SPEECH], rng) == f"{OTHER.target} {SPEECH.target}"


@pytest.mark.parametrize("kind", sorted(DAMAGES.keys() - {"sentence added", "segment replaced"}))
def test_a_pair_without_such_things_is_not_damaged(kind):
    assert DAMAGES[kind](Pair("Oui.", "Yes.", "en"), [OTHER], seeded(1)) is None
