"""Whole runs with an engine that loops, copies, says nothing and drops numbers on demand: all is found and logged."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from whole_runs import communique, config_file, jsonl, write_files

from pipeline.translate import TRANSLATORS
from pipeline.translate.base import Candidate, Candidates, Translator
from pipeline.translate.fake import FakeTranslator

SENTENCES = {
    "La police a arrêté 58 personnes à Manille, et 250 téléphones ont été saisis dans 12 maisons.": (
        "The police arrested 58 people in Manila, and 250 telephones were seized in 12 houses."
    ),
    "Le conseil a adopté 17 mesures contre la fraude, et 3 pays ont signé cet accord hier.": (
        "The council adopted 17 measures against fraud, and 3 countries signed this agreement yesterday."
    ),
    "Les pompiers ont évacué 140 habitants du quartier, et 9 blessés sont encore à l'hôpital.": (
        "The firefighters evacuated 140 inhabitants of the district, and 9 injured people are still in hospital."
    ),
}
DAMAGE = {
    "a loop": lambda french, english: " ".join(english.split()[:3] * 8),
    "a copy": lambda french, english: french,
    "nothing": lambda french, english: "",
    "a dropped number": lambda french, english: " ".join(word for word in english.split() if not word.isdigit()),
}
SYSTEMS = """
targets = ["en"]
[repair]
fallback = ["sound"]
[[systems]]
name = "broken"
backend = "broken"
[[systems]]
name = "sound"
backend = "sound"
"""


class Engine(FakeTranslator):
    """Knows the sentences above by heart, and damages what it says in one way."""

    def __init__(self, damage: str = "", other: Translator | None = None) -> None:
        self.damage = damage
        self.other = other

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        return {"damage": self.damage}

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return target_lang == "en"

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return [(Candidate(self.say(text)),) for text in texts]

    def say(self, french: str) -> str:
        english = SENTENCES.get(french, "Here are 1000 words.")
        return DAMAGE[self.damage](french, english) if self.damage else english

    def other_decoding(self) -> Translator | None:
        return self.other


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, broken: Engine) -> tuple[int, list[dict], list[dict]]:
    """Run the sentences through the broken engine; return the exit code, the log of repairs and the findings."""
    monkeypatch.setitem(TRANSLATORS, "broken", lambda config: broken)
    monkeypatch.setitem(TRANSLATORS, "sound", lambda config: Engine())
    write_files(folder / "in", {"a.txt": "\n\n".join(SENTENCES)})
    config = config_file(folder, SYSTEMS)
    ended = communique("run", config, "--input", folder / "in", "--output", folder / "out")
    rows = [row for row in jsonl(folder / "out" / "repairs.jsonl") if row["system"] == "broken"]
    findings = [row for row in jsonl(folder / "out" / "findings.jsonl") if row["system"] == "broken"]
    return ended.code, rows, findings


def translations(folder: Path) -> list[str]:
    rows = jsonl(folder / "out" / "segments.jsonl")
    return [row["text"] for row in rows if row["system"] == "broken"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_all_damage_is_found_and_every_rung_is_logged_up_to_the_sound_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    code, repairs, findings = run(tmp_path, monkeypatch, Engine(damage, other=Engine(damage)))
    assert code == 0
    assert len(repairs) == len(SENTENCES)
    for row in repairs:
        names = [attempt["name"] for attempt in row["attempts"]]
        assert names == ["decoding", "clauses", "fallback sound"]
        assert row["kept"] == "fallback sound"
    assert translations(tmp_path) == list(SENTENCES.values())
    assert not [finding for finding in findings if finding["severity"] == "blocker"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_another_decoding_that_is_sound_ends_the_climb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    _, repairs, _ = run(tmp_path, monkeypatch, Engine(damage, other=Engine()))
    assert [[attempt["name"] for attempt in row["attempts"]] for row in repairs] == [["decoding"]] * len(SENTENCES)
    assert translations(tmp_path) == list(SENTENCES.values())


@pytest.mark.parametrize("damage", DAMAGE)
def test_where_nothing_helps_the_finding_stays_and_blocks_or_calls_for_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(Engine, "say", lambda self, french: DAMAGE[damage](french, SENTENCES.get(french, french)))
    _, repairs, findings = run(tmp_path, monkeypatch, Engine(damage, other=Engine(damage)))
    assert len(repairs) == len(SENTENCES)
    grave = {finding["seg_id"] for finding in findings if finding["severity"] in {"blocker", "major"}}
    assert grave == {row["seg_id"] for row in repairs}
    verdicts = [row for row in jsonl(tmp_path / "out" / "verdicts.jsonl") if row["system"] == "broken"]
    assert [row["state"] for row in verdicts] in (["blocked"], ["review"])


def test_the_other_decoding_is_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def keys(other: Engine | None) -> set[str]:
        monkeypatch.setitem(TRANSLATORS, "broken", lambda config: Engine("a copy", other))
        monkeypatch.setitem(TRANSLATORS, "sound", lambda config: Engine())
        ended = communique("plan", config_file(tmp_path, SYSTEMS), "--input", tmp_path / "in", "--json")
        return {cell["key"] for cell in ended.json["cells"] if cell["stage"] == "check" and cell["system"] == "broken"}

    write_files(tmp_path / "in", {"a.txt": "\n\n".join(SENTENCES)})
    assert keys(None) == keys(None)
    assert keys(None) != keys(Engine("a loop")) != keys(Engine())
