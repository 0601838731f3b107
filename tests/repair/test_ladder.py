"""Broken sentences are tried again, the best translation is kept, and the log says what was tried."""

import pytest

from pipeline.check import CheckSettings, check_document
from pipeline.errors import TranslatorError
from pipeline.protect import TermMatcher
from pipeline.records import Block, CheckedDocument, Document, PreparedDocument
from pipeline.repair import Rung, repair_releases
from pipeline.segment import segment_document
from pipeline.stages import protect_release, restore_release
from pipeline.translate.base import Candidate

SOURCE = (
    "La police a arrêté 58 personnes à Manille, et 250 téléphones ont été saisis ; "
    "l’enquête continue dans 12 pays de la région."
)
GOOD = (
    "The police arrested 58 people in Manila, and 250 telephones were seized; "
    "the investigation goes on in 12 countries of the region."
)
DAMAGED = {
    "empty": "",
    "copied": SOURCE,
    "a loop": "The police arrested the police arrested the police arrested the police arrested the police arrested.",
    "a dropped number": GOOD.replace("250 ", ""),
    "a changed number": GOOD.replace("58", "85"),
    "another language": "La policía detuvo a 58 personas en Manila y se incautaron 250 teléfonos; la investigación "
    "sigue en 12 países de la región.",
}
SETTINGS = CheckSettings("fr", ("en", "es", "fr"))


def prepare(text=SOURCE):
    document = Document("d", "d.txt", "fr", "text", (Block("b0", "paragraph", text),))
    return PreparedDocument(document, segment_document(document))


def repair(first, rungs):
    """Check a first translation, repair it, and return all that came of it."""
    prepared = prepare()
    masked = protect_release(prepared, TermMatcher((), (), "en"), "s", names=False)
    translated = restore_release(prepared, masked, {prepared.segments[0].seg_id: (Candidate(first),)}, "en", "s")
    findings = check_document(prepared, translated, SETTINGS)
    checked = CheckedDocument("d", "d.txt", "en", "s", findings)
    changed, now, log = repair_releases([(prepared, translated)], [checked], SETTINGS, rungs)
    return findings, changed, now[0].findings, log


def always(*answers):
    """Return an asker that gives every text the same candidates."""
    return lambda texts: {text: tuple(map(Candidate, answers)) for text in texts}


def refuse(_texts):
    raise TranslatorError("the engine is gone", "start it")


@pytest.mark.parametrize("name", DAMAGED)
def test_every_kind_of_damage_is_found_and_repaired_by_a_sound_fallback(name):
    before, changed, after, log = repair(DAMAGED[name], [Rung("fallback other", always(GOOD))])
    assert any(finding.severity in {"blocker", "major"} for finding in before)
    assert changed[0].hypotheses[0].text == GOOD
    assert changed[0].hypotheses[0].origin == "repair"
    assert not any(finding.severity == "blocker" for finding in after)
    assert [(attempt.name, attempt.text) for attempt in log[0].attempts] == [("fallback other", GOOD)]
    assert log[0].kept == "fallback other"
    assert log[0].before[:40] == DAMAGED[name][:40].replace("’", "’")


def test_a_sound_translation_is_left_alone():
    before, changed, after, log = repair(GOOD, [Rung("fallback other", always("Something else."))])
    assert not changed
    assert not log
    assert before == after


def test_nothing_is_changed_without_a_gain():
    first = DAMAGED["a changed number"]
    before, changed, after, log = repair(first, [Rung("fallback other", always(GOOD.replace("58", "59")))])
    assert not changed
    assert before == after
    assert log[0].kept == ""
    assert log[0].attempts[0].blockers == 1


def test_the_best_of_several_candidates_is_kept():
    candidates = always("", GOOD.replace("250", "205"), GOOD, "")
    _, changed, _, log = repair("", [Rung("candidates", candidates)])
    assert changed[0].hypotheses[0].text == GOOD
    assert len(log[0].attempts) == 2, "the first is no other text, the last comes too late"


def test_a_faulty_translation_is_better_than_none():
    _, changed, after, _ = repair("", [Rung("candidates", always(GOOD.replace("250", "205")))])
    assert "205" in changed[0].hypotheses[0].text
    assert [finding.check for finding in after if finding.severity == "blocker"] == ["numbers"]


def test_rungs_are_climbed_only_as_far_as_needed():
    asked = []

    def second(texts):
        asked.append(texts)
        return always("Never asked.")(texts)

    _, changed, _, _ = repair("", [Rung("candidates", always(GOOD)), Rung("fallback other", second)])
    assert changed[0].hypotheses[0].text == GOOD
    assert not asked


def test_clauses_are_translated_one_by_one_and_joined():
    answers = {
        "La police": GOOD.split(", ", maxsplit=1)[0] + ",",
        "et 250": "And 250 telephones were seized;",
        "l'": "",
    }
    asked = []

    def translate(texts):
        asked.extend(texts)
        return {
            text: (Candidate(next((to for start, to in answers.items() if text.startswith(start)), "")),)
            for text in texts
        }

    _, _, _, log = repair("", [Rung("clauses", translate, in_clauses=True)])
    assert len(asked) > 1
    assert "".join(asked).replace(" ", "") == SOURCE.replace("’", "'").replace(" ", "")
    assert log[0].attempts[0].name == "clauses"


def test_an_engine_that_is_gone_stands_in_the_log_and_the_next_is_asked():
    _, changed, _, log = repair("", [Rung("fallback gone", refuse), Rung("fallback other", always(GOOD))])
    assert changed[0].hypotheses[0].text == GOOD
    assert [attempt.error for attempt in log[0].attempts] == ["the engine is gone", ""]


def test_one_text_that_fails_stands_in_the_log():
    _, changed, _, log = repair(
        "", [Rung("candidates", lambda texts: {t: TranslatorError("too long", "") for t in texts})]
    )
    assert not changed
    assert log[0].attempts[0].error == "too long"
