"""Dismissals: kept by content, read by the next run, never hiding a different problem."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check.dismissals import (
    Dismissal,
    SegmentTexts,
    add_dismissals,
    dismissals_for,
    find_dismissed,
    finding_id,
    load_dismissals,
    mark_dismissed,
)
from pipeline.check.verdict import MADE_ELSEWHERE, Maker, judge
from pipeline.errors import ConfigError
from pipeline.records import (
    Block,
    CheckedDocument,
    Document,
    Finding,
    Hypothesis,
    MaskedSegment,
    PreparedDocument,
    Segment,
    Span,
    TranslatedDocument,
)

SOURCE, TARGET = "Il y a 58 suspects et 17 témoins.", "There are 85 suspects and 71 witnesses."
FINDING = Finding("numbers", "blocker", "s0", "d", "en", "rules", "58 became 85.", Span(7, 9), Span(10, 12))


def records(source: str = SOURCE, target: str = TARGET) -> tuple[PreparedDocument, TranslatedDocument]:
    document = Document("d", "a.txt", "fr", "text", (Block("b0", "paragraph", source),))
    prepared = PreparedDocument(document, (Segment("s0", "d", "b0", 0, 0, len(source), source),))
    hypothesis = Hypothesis("s0", "en", "rules", target)
    return prepared, TranslatedDocument("d", "a.txt", "en", "rules", (MaskedSegment("s0", source),), (hypothesis,))


def checked(findings: tuple[Finding, ...]) -> CheckedDocument:
    return CheckedDocument("d", "a.txt", "en", "rules", findings)


def id_of(finding: Finding = FINDING, source: str = SOURCE, target: str = TARGET) -> str:
    return finding_id(finding, SegmentTexts(*records(source, target)))


@pytest.mark.parametrize(
    "same",
    [replace(FINDING, system="other"), replace(FINDING, doc_id="e"), replace(FINDING, dismissed="seen")],
)
def test_the_same_problem_has_the_same_id_in_any_release_and_run(same: Finding) -> None:
    assert id_of(same) == id_of()


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, check="dates"),
        replace(FINDING, severity="minor"),
        replace(FINDING, target_lang="es"),
        replace(FINDING, message="17 became 71."),
        replace(FINDING, source_span=Span(22, 24)),
        replace(FINDING, target_span=None),
        replace(FINDING, seg_id=""),
    ],
)
def test_a_different_problem_has_another_id(other: Finding) -> None:
    assert (id_of(other) == id_of()) == (other.seg_id == "")
    assert other.seg_id == "" or id_of(other) != id_of()


def test_changed_words_make_another_finding() -> None:
    assert len({id_of(), id_of(source=SOURCE + " "), id_of(target=TARGET.replace("85", "58"))}) == 3


def test_what_was_dismissed_does_not_decide_but_is_counted() -> None:
    prepared, translated = records()
    other = replace(FINDING, message="17 became 71.", source_span=Span(22, 24), severity="major")
    found = find_dismissed(prepared, translated, [FINDING, other], {id_of(): "they were recounted"})
    assert found == ((0, "they were recounted"),)
    marked = mark_dismissed([FINDING, other], found)
    assert [finding.dismissed for finding in marked] == ["they were recounted", ""]
    verdict = judge(prepared, translated, checked(marked), Maker(draft=False, quality=None, elsewhere=True))
    assert verdict.state == "review"
    assert verdict.reasons == ("1 number differs (major)", "1 finding dismissed by a reviewer", MADE_ELSEWHERE)
    both = mark_dismissed(marked, ((1, "also"),))
    calm = judge(prepared, translated, checked(both), Maker(draft=False, quality=None, elsewhere=True))
    assert (calm.state, calm.reasons, calm.seg_ids) == (
        "ready",
        ("2 findings dismissed by a reviewer", MADE_ELSEWHERE),
        (),
    )


def test_a_language_has_its_own_dismissals() -> None:
    kept = [Dismissal("a" * 16, "en", "fine"), Dismissal("b" * 16, "es", "bien")]
    assert dismissals_for(kept, "en") == {"a" * 16: "fine"}


def test_a_file_that_does_not_exist_yet_holds_none(tmp_path: Path) -> None:
    assert load_dismissals(tmp_path / "dismissed.jsonl") == ()


def test_the_latest_reason_counts(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "dismissed.jsonl"
    add_dismissals(path, [Dismissal("a" * 16, "en", "first"), Dismissal("b" * 16, "en", "other")])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add_dismissals(path, [Dismissal("a" * 16, "en", "second")])
    assert dismissals_for(load_dismissals(path), "en") == {"a" * 16: "second", "b" * 16: "other"}


text = st.text(min_size=1).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(Dismissal, text, text, text, st.text(), st.text(), st.text(), st.text()), max_size=4))
def test_what_was_added_is_read_back(tmp_path_factory: pytest.TempPathFactory, dismissals: list[Dismissal]) -> None:
    path = tmp_path_factory.mktemp("d") / "dismissed.jsonl"
    add_dismissals(path, dismissals)
    latest = {(item.finding_id, item.target_lang): item for item in dismissals}
    assert load_dismissals(path) == tuple(latest.values())


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dismissed.jsonl"
    good = {"finding_id": "a", "target_lang": "en", "reason": "fine"}
    lines = ["{", "[]", json.dumps({**good, "reason": " "}), json.dumps({**good, "source": 1}), "", json.dumps(good)]
    path.write_text("\n".join([*lines, "[" * 200_000, "1" * 1_000_001]), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_dismissals(path)
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        f"line {number}" for number in (1, 2, 3, 4, 7, 8)
    ]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_dismissals(tmp_path)
