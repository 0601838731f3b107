"""What asks for a person at each strictness."""

import pytest

from pipeline.check.verdict import STRICTNESS, WORDING, Maker, doubtful, judge, low_estimates
from pipeline.config import QualityRecord
from pipeline.estimate import LOW
from pipeline.records import CheckedDocument, Estimate, Finding

QUALITY = QualityRecord(
    system="engine",
    system_digest="0" * 64,
    target_lang="en",
    metric="chrF2",
    value=61.2,
    signature="nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0",
    segments=997,
    test_set="a test set",
)
GOOD = [
    ("La police a arrêté 58 personnes.", "Police arrested 58 people."),
    ("Elle a saisi 250 téléphones.", "It seized 250 telephones."),
]


def finding(check: str, severity: str, seg_id: str = "s0", dismissed: str = "") -> Finding:
    return Finding(check, severity, seg_id, "d0", "en", "engine", "It differs.", dismissed=dismissed)


@pytest.mark.parametrize(
    ("findings", "states"),
    [
        ([], ("ready", "ready", "ready")),
        ([("numbers", "blocker")], ("blocked", "blocked", "blocked")),
        ([("numbers", "major")], ("review", "review", "review")),
        ([("names", "major")], ("review", "review", "review")),
        ([("hedges", "major")], ("review", "review", "review")),
        ([("negation", "major")], ("ready", "review", "review")),
        ([("negation", "major"), ("numbers", "minor")], ("review", "review", "review")),
        ([("negation", "major"), ("negation", "minor")], ("ready", "review", "review")),
        ([("negation", "minor")], ("ready", "ready", "ready")),
        ([("negation", "minor"), ("numbers", "minor")], ("ready", "ready", "review")),
    ],
)
def test_what_findings_lead_to(findings, states, make_release):
    release = make_release(GOOD)
    found = tuple(finding(*item) for item in findings)
    checked = CheckedDocument("d0", "release.txt", "en", "engine", found)
    verdicts = [judge(*release, checked, Maker(draft=False, quality=QUALITY), strictness=name) for name in STRICTNESS]
    assert tuple(verdict.state for verdict in verdicts) == states
    assert [verdict.seg_ids for verdict in verdicts] == [() if state == "ready" else ("s0",) for state in states]


def test_findings_of_two_checks_about_two_sentences_do_not_agree():
    apart = [finding("negation", "major", "s0"), finding("numbers", "minor", "s1")]
    assert doubtful(apart, (), "lenient") == frozenset()
    assert doubtful(apart, (), "normal") == {"s0"}


def test_what_leniency_passes_over_is_said(make_release):
    checked = CheckedDocument("d0", "release.txt", "en", "engine", (finding("negation", "major"),))
    lenient = judge(*make_release(GOOD), checked, Maker(draft=False, quality=QUALITY), strictness="lenient")
    assert lenient.reasons[-1] == "judged leniently: 1 sentence with a major finding that no second check confirms"
    normal = judge(*make_release(GOOD), checked, Maker(draft=False, quality=QUALITY))
    assert not [reason for reason in normal.reasons if "lenient" in reason]


def test_a_low_estimate_asks_for_a_person_only_where_it_is_strict(make_release):
    estimates = (Estimate("s0", LOW), Estimate("s1", LOW - 1))
    checked = CheckedDocument("d0", "release.txt", "en", "engine", (), estimates)
    verdicts = {
        name: judge(*make_release(GOOD), checked, Maker(draft=False, quality=QUALITY), strictness=name)
        for name in STRICTNESS
    }
    assert {name: verdict.state for name, verdict in verdicts.items()} == {
        "lenient": "ready",
        "normal": "ready",
        "strict": "review",
    }
    assert verdicts["strict"].seg_ids == ("s1",)
    for verdict in verdicts.values():
        assert verdict.low_estimates == ("s1",)
        assert verdict.reasons == ("1 sentence with a low quality estimate",)


def test_the_lowest_estimate_comes_first_and_what_was_looked_at_not_at_all(make_release):
    estimates = (Estimate("s0", 9), Estimate("s1", 3), Estimate("s2", None, "why"), Estimate("s3", 90))
    assert low_estimates(estimates) == ("s1", "s0")
    assert low_estimates(estimates, {"s1"}) == ("s0",)
    dismissed = (finding("negation", "major", "s1", "a nickname"),)
    checked = CheckedDocument("d0", "release.txt", "en", "engine", dismissed, estimates[1:2])
    verdict = judge(*make_release(GOOD), checked, Maker(draft=False, quality=QUALITY), strictness="strict")
    assert (verdict.state, verdict.low_estimates) == ("ready", ())


def test_no_strictness_makes_a_draft_ready(make_release):
    checked = CheckedDocument("d0", "release.txt", "en", "engine", ())
    for name in STRICTNESS:
        assert (
            judge(*make_release(GOOD), checked, Maker(draft=True, quality=QUALITY), strictness=name).state == "review"
        )


def test_checks_of_wording_exist():
    from pipeline.check import CHECKS

    assert set(CHECKS) > WORDING
