import pytest

from pipeline.summarize.source import source_of
from pipeline.summarize.support import find_unsupported

FRENCH = [
    "Le 2 mai 2014, à 14 h 30, la police a arrêté 58 personnes à Manille, dont Daniel Perry et Sanjay Virmani.",
    "Les sommes exigées étaient comprises entre 500 et 15 000 USD, soit 12,5 % du total.",
    "« Un adolescent écossais est mort à cause de ces activités », a déclaré M. Virmani.",
    "Le gouvernement n’a pas confirmé ces chiffres. La politique ukrainienne reste inchangée.",
    "Le score était de 2-1 vendredi.",
]
ENGLISH = [
    "On 2 May 2014 at 2.30 pm, police arrested 58 people in Manila, including Daniel Perry and Sanjay Virmani.",
    "The sums demanded ranged from $500 to $15,000, or 12.5% of the total.",
    "“A Scottish teenager died because of these activities,” said Mr Virmani.",
    "The government has not confirmed these figures. Ukrainian policy is unchanged.",
    "The score was 2-1 on Friday.",
]


def kinds(text, lang="fr", translated=False):
    source = source_of(FRENCH, "fr", ENGLISH if translated else (), "en")
    return sorted({found.kind for found in find_unsupported(text, lang, source)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La police a arrêté cinquante-huit personnes à Manille le 2 mai.", []),
        ("La police a arrêté 53 personnes.", ["number"]),
        ("La police a arrêté 58 personnes le 3 mai 2014.", ["date"]),
        ("La police a arrêté 58 personnes en mai 2015.", ["date"]),
        ("Tout s’est passé à 14h30.", []),
        ("Tout s’est passé à 15h30.", ["number"]),
        ("Les sommes allaient de 500 à 15.000 USD.", []),
        ("Les sommes allaient de 500 à 15 000 euros.", ["number"]),
        ("La part est de 12,5 %.", []),
        ("La part est de 12,6 %.", ["number"]),
        ("Le match a eu lieu samedi.", ["date"]),
        ("Daniel Perry est mort.", []),
        ("Daniel Martin est mort.", ["name"]),
        ("La police a arrêté Daniel Virmani.", ["name"]),
        ("M. Virmani a parlé d’« un adolescent écossais » mort.", []),
        ("M. Virmani a parlé d’« un adolescent anglais ».", ["quotation"]),
        ("« La police a arrêté 58 personnes », a dit M. Virmani.", ["quotation"]),
        ("M. Virmani a dit « non.", ["quotation"]),
        ("Le gouvernement n’a pas confirmé ces chiffres.", []),
        ("Le gouvernement a confirmé ces chiffres.", ["negation"]),
        ("La police n’a pas arrêté 58 personnes.", ["negation"]),
        ("Mot à mot, " + "la police a arrêté des personnes, " * 40, ["length"]),
        ("", []),
    ],
)
def test_what_the_release_does_not_say_is_found(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police arrested 58 people in Manila on May 2, among them Daniel Perry.", []),
        ("Police arrested 85 people in Manila.", ["number"]),
        ("The sums reached USD 15,000.", []),
        ("The sums reached €15,000.", ["number"]),
        ("Police arrested Jonathan Meyers in Manila.", ["name"]),
        ("Virmani said “a Scottish teenager died because of these activities”.", []),
        ("Virmani said “a Scottish boy died”.", ["quotation"]),
        ("The government confirmed these figures.", ["negation"]),
        ("Ukraine is unchanged.", []),
    ],
)
def test_values_are_compared_with_the_french_and_words_with_the_translation(text, found):
    assert kinds(text, "en", translated=True) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police arrested 58 people in Manila, including Sanjay Virmani.", []),
        ("Police arrested 57 people in Manila.", ["number"]),
        ("Police arrested Bartholomew in Manila.", ["name"]),
        ("Virmani said “anything at all” to NATO.", []),
    ],
)
def test_without_a_translation_only_what_travels_is_compared(text, found):
    assert kinds(text, "en") == found


def test_scripts_that_are_not_read_letter_by_letter_are_compared_by_value():
    assert kinds("警方在马尼拉逮捕了58人。", "zh") == []
    assert kinds("警方在马尼拉逮捕了59人。", "zh") == ["number"]
