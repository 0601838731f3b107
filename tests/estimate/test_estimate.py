"""Estimates fall where a translation is damaged, depend on nothing else, and are missing where nothing is known."""

from statistics import mean

import pytest

from pipeline.check import CheckSettings, SegmentPair, check_pair, prepare
from pipeline.estimate import estimate_segments, why_not_estimated
from pipeline.estimate.signals import MOST_FINDINGS, SIGNALS, measure_signals
from pipeline.records import Block, Estimate, Finding, Hypothesis, MaskedSegment, Segment

SENTENCES = [
    (
        "La police judiciaire a interpellé douze personnes mardi matin à Lyon, dont trois mineurs.",
        "Detectives arrested twelve people in Lyon on Tuesday morning, three of them minors.",
    ),
    (
        "Le procureur n'a pas confirmé que l'enquête avait été ouverte avant les élections.",
        "The prosecutor did not confirm that the investigation had been opened before the elections.",
    ),
    (
        "Les douaniers ont saisi 250 kilos de cocaïne, cachés dans un conteneur venu de Colombie.",
        "Customs officers seized 250 kilos of cocaine, hidden in a container from Colombia.",
    ),
    (
        "Selon la ministre, le projet coûtera 3 millions d'euros et créera une centaine d'emplois.",
        "According to the minister, the project will cost 3 million euros and create about a hundred jobs.",
    ),
    (
        "Le tribunal a rejeté la demande des familles, qui feront appel de cette décision.",
        "The court rejected the families' request, and they will appeal against this decision.",
    ),
    (
        "Aucun blessé n'est à déplorer, mais deux immeubles ont dû être évacués pendant la nuit.",
        "Nobody was injured, but two buildings had to be evacuated during the night.",
    ),
]
DAMAGES = {
    "shuffled": lambda text, _other: " ".join(sorted(text.split(), key=lambda word: (word[-1:], word))),
    "half": lambda text, _other: " ".join(text.split()[: len(text.split()) // 2]),
    "another": lambda _text, other: other,
    "added": lambda text, other: f"{text} {other}",
    "digits": lambda text, _other: text.replace("250", "520").replace("3 ", "8 ").replace("two", "nine"),
    "denied": lambda text, _other: text.replace("did not confirm", "confirmed").replace("Nobody was", "People were"),
}


def pair(source: str, target: str, lang: str = "en", seg_id: str = "s0") -> SegmentPair:
    return SegmentPair(
        Segment(seg_id, "d", "b", 0, 0, len(source), source),
        Block("b", "paragraph", source),
        MaskedSegment(seg_id, source),
        Hypothesis(seg_id, lang, "engine", target),
        CheckSettings("fr", ("en", "es", "de", "it")),
    )


def estimates(sentences, lang="en"):
    pairs = [pair(source, target, lang, f"s{place}") for place, (source, target) in enumerate(sentences)]
    findings = [finding for item in prepare(pairs) for finding in check_pair(item)]
    return estimate_segments(pairs, findings)


def values(sentences, lang="en"):
    return [estimate.value for estimate in estimates(sentences, lang)]


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_lowers_the_mean(kind):
    sources, targets = zip(*SENTENCES, strict=True)
    others = (*targets[1:], targets[0])
    damaged = [DAMAGES[kind](text, other) for text, other in zip(targets, others, strict=True)]
    assert damaged != list(targets)
    assert mean(values(zip(sources, damaged, strict=True))) < mean(values(SENTENCES))


def test_a_gross_error_is_lower_than_every_good_translation():
    source, _ = SENTENCES[0]
    assert max(values([(source, SENTENCES[1][1]), (source, source)])) < min(values(SENTENCES))


def test_an_estimate_does_not_depend_on_its_neighbours():
    together = values(SENTENCES)
    assert together == [values([sentence])[0] for sentence in SENTENCES]
    assert together[::-1] == values(SENTENCES[::-1])
    assert values([SENTENCES[0]] * 3) == together[:1] * 3


@pytest.mark.parametrize(
    ("lang", "target"),
    [
        ("es", "La policía judicial detuvo el martes por la mañana en Lyon a doce personas, tres de ellas menores."),
        ("de", "Die Kriminalpolizei nahm am Dienstagmorgen in Lyon zwölf Menschen fest, darunter drei Minderjährige."),
        ("it", "Martedì mattina a Lione la polizia giudiziaria ha fermato dodici persone, tra cui tre minori."),
    ],
)
def test_other_languages_are_estimated_too(lang, target):
    source = SENTENCES[0][0]
    good, copied = values([(source, target), (source, source)], lang)
    assert good > 50 > copied


@pytest.mark.parametrize(
    ("source_lang", "target_lang", "reason"),
    [
        ("fr", "en", ""),
        ("fr", "en-GB", ""),
        ("fr", "ca", "no sentence encoder for French and Catalan"),
        ("fr", "ar", "no damaged and human translations into Arabic to calibrate on"),
        ("it", "en", "estimates are calibrated for French releases only"),
    ],
)
def test_a_language_nothing_is_known_of_has_a_reason(source_lang, target_lang, reason):
    assert why_not_estimated(source_lang, target_lang) == reason


def test_what_cannot_be_estimated_has_a_reason_and_no_number():
    found = estimates([SENTENCES[0], (SENTENCES[1][0], " "), ("Contact presse", "Press contact"), SENTENCES[2]])
    assert [estimate.reason for estimate in found] == [
        "",
        "there is no translation",
        "too short to be compared by meaning",
        "",
    ]
    assert [estimate.value is None for estimate in found] == [False, True, True, False]
    reason = "no sentence encoder for French and Catalan"
    assert estimates(SENTENCES[:1], "ca") == (Estimate("s0", None, reason),)
    assert estimate_segments([], []) == ()


def test_findings_of_a_segment_are_its_own_and_bounded():
    pairs = [pair(*SENTENCES[0], seg_id="s0"), pair(*SENTENCES[1], seg_id="s1")]
    findings = [Finding("numbers", "major", "s1", "d", "en", "engine", "It differs.")] * 9
    majors = measure_signals(pairs, findings)[:, SIGNALS.index("majors")]
    assert majors.tolist() == [0, MOST_FINDINGS]


def test_left_over_french_counts_but_no_shared_word_or_name():
    source = "Une rançon fut exigée par Dubois, ancien ministre."
    column = SIGNALS.index("left_over")
    rows = measure_signals(
        [
            pair(source, "A ransom was demanded by Dubois, a former minister."),
            pair(source, "A rançon was exigée by Dubois, a former minister."),
        ],
        [],
    )
    assert rows[:, column].tolist() == [0, pytest.approx(2 / 8)]
