"""Checking translations made elsewhere: every kind of input, and what is said of it."""

import json
from collections import Counter
from pathlib import Path

import pytest
from whole_runs import LEAD, SECOND, TITLE, word

from pipeline.config import Config, TermsConfig
from pipeline.elsewhere import CheckedTranslation, as_lines, check_translation, estimate_line, write_page
from pipeline.elsewhere.report import table_rows
from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.report.outcomes import exit_code
from pipeline.translate.tmx import Entry, write_tmx

CONTACT = "Contact : presse@example.org"
SOURCE = (TITLE, LEAD, SECOND, CONTACT)
TITLE_EN = "Police operation against arms trafficking"
LEAD_EN = "LYON – Police arrested 12 people on Tuesday 4 March 2025. Investigators seized 250 weapons."
SECOND_EN = "“The network has been dismantled,” said Mrs Martin. Three suspects are still wanted."
TARGET = (TITLE_EN, LEAD_EN, SECOND_EN, "Contact: presse@example.org")


def as_text(*parts: str) -> bytes:
    return "\n\n".join(parts).encode()


def as_markdown(*parts: str) -> bytes:
    return ("# " + "\n\n".join(parts)).encode()


def as_html(*parts: str) -> bytes:
    body = "".join(f"<p>{part}</p>" for part in parts[1:])
    return f"<!DOCTYPE html><html><body><h1>{parts[0]}</h1>{body}</body></html>".encode()


WRITERS = {".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": word}
CONFIG = Config(targets=("en",))


def check(
    folder: Path,
    target: tuple[str, ...],
    suffix: str = ".txt",
    source: tuple[str, ...] = SOURCE,
    config: Config = CONFIG,
) -> CheckedTranslation:
    files = (folder / f"release.fr{suffix}", folder / f"release.en{suffix}")
    for path, parts in zip(files, (source, target), strict=True):
        path.write_bytes(WRITERS[suffix](*parts))
    return check_translation(config, *files)


def grave(checked: CheckedTranslation) -> list[tuple[str, str]]:
    return [(finding.check, finding.severity) for finding in checked.findings if finding.severity != "minor"]


def pairs(checked: CheckedTranslation) -> list[tuple[str, str]]:
    return [
        (segment.source, hypothesis.text)
        for segment, hypothesis in zip(checked.prepared.segments, checked.translated.hypotheses, strict=True)
    ]


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_a_good_translation_in_any_format_is_ready(suffix: str, tmp_path: Path) -> None:
    checked = check(tmp_path, TARGET, suffix)
    assert grave(checked) == []
    assert checked.verdict.state == "ready"
    assert all(source and target for source, target in pairs(checked))
    assert exit_code(checked.states, "review") == 0


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_a_wrong_number_blocks_in_any_format(suffix: str, tmp_path: Path) -> None:
    checked = check(tmp_path, (TITLE_EN, LEAD_EN.replace("250", "520"), *TARGET[2:]), suffix)
    (finding,) = [finding for finding in checked.findings if finding.severity == "blocker"]
    segment = next(item for item in checked.prepared.segments if item.seg_id == finding.seg_id)
    assert finding.check == "numbers"
    assert "250" in segment.source
    assert checked.verdict.state == "blocked"
    assert exit_code(checked.states, "blocked") == 1


def test_a_lost_address_blocks(tmp_path: Path) -> None:
    checked = check(tmp_path, (*TARGET[:3], "Contact: the press office"))
    assert ("placeables", "blocker") in grave(checked)


def test_a_sentence_that_was_left_out_blocks_and_is_shown(tmp_path: Path) -> None:
    checked = check(tmp_path, (TITLE_EN, LEAD_EN.removesuffix(" Investigators seized 250 weapons."), *TARGET[2:]))
    (finding,) = [finding for finding in checked.findings if finding.check == "omission"]
    assert (finding.severity, checked.verdict.state) == ("blocker", "blocked")
    assert ("Les enquêteurs ont saisi 250 armes.", "") in pairs(checked)
    assert finding.source_span is not None
    assert finding.message == "No sentence of the English text answers this one: it seems not to be translated."


def test_a_sentence_that_was_added_is_for_a_person(tmp_path: Path) -> None:
    added = "The leader of the gang fled to Switzerland with his family."
    checked = check(tmp_path, (TITLE_EN, f"{LEAD_EN} {added}", *TARGET[2:]))
    (finding,) = [finding for finding in checked.findings if finding.check == "omission"]
    assert ("", added) in pairs(checked)
    assert added in finding.message
    assert (finding.severity, checked.verdict.state) == ("major", "review")
    assert exit_code(checked.states, "blocked") == 0
    assert exit_code(checked.states, "review") == 1


@pytest.mark.parametrize(("approved", "expected"), [("detective", ["terms"]), ("investigator", [])])
def test_terms_are_looked_for_in_any_inflection(approved: str, expected: list[str], tmp_path: Path) -> None:
    termbase = tmp_path / "terms.csv"
    termbase.write_text(f"source,en\nenquêteurs,{approved}\n", encoding="utf-8")
    config = Config(targets=("en",), terms=TermsConfig(termbase=termbase))
    assert [check for check, _ in grave(check(tmp_path, TARGET, config=config))] == expected


def test_swapped_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the text is in English, not in French"):
        check(tmp_path, SOURCE, source=(*TARGET, *TARGET))


@pytest.mark.parametrize(
    ("names", "lines", "message"),
    [
        (("a.txt", None), False, "its translation is not named"),
        (("a.xlf", "b.txt"), False, "the file holds both languages"),
        (("a.pdf", "b.pdf"), False, "“.pdf” files cannot be read"),
        (("gone.txt", "b.txt"), False, "cannot be read"),
        (("empty.txt", "b.txt"), False, "the file is empty"),
        (("a.txt", "short.txt"), True, "a.txt has 3 lines, short.txt 1"),
        (("a.tmx", None), False, "not a TMX file|not well-formed"),
        (("a.xlf", None), False, "not XML|not an XLIFF"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    names: tuple[str, str | None], lines: bool, message: str, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt", "a.pdf", "b.pdf", "a.tmx", "a.xlf"):
        (tmp_path / name).write_text("Un.\nDeux.\nTrois.\n", encoding="utf-8")
    (tmp_path / "short.txt").write_text("One.\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    source, target = (name and tmp_path / name for name in names)
    with pytest.raises(InputError, match=message):
        check_translation(CONFIG, tmp_path / str(names[0]) if source else tmp_path, target or None, lines)


def test_lines_are_segments_with_the_numbers_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("Il a 17 ans. Elle part.\n\nLe 2 mai, 58 suspects.\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("He is 17. She leaves.\n\nOn 2 May, 85 suspects.\n", encoding="utf-8")
    checked = check_translation(CONFIG, tmp_path / "a.fr", tmp_path / "a.en", lines=True)
    lines = list(as_lines(checked))
    assert [line["segment"] for line in lines] == [1, 2, 3]
    assert [bool(line["findings"]) for line in lines] == [False, False, True]
    assert lines[2]["findings"][0]["severity"] == "blocker"
    assert [line["not_estimated"] for line in lines] == ["", "there is no French sentence", ""]
    good, none, wrong = (line["estimate"] for line in lines)
    assert none is None
    assert 0 <= wrong < 50 < good <= 100
    assert estimate_line(checked) == f"lowest quality estimates: segment 3 ({wrong}), segment 1 ({good})"


def test_a_language_without_estimates_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("La police a arrêté 58 personnes.\n", encoding="utf-8")
    (tmp_path / "a.ca").write_text("La policia ha detingut 58 persones.\n", encoding="utf-8")
    checked = check_translation(Config(targets=("ca",)), tmp_path / "a.fr", tmp_path / "a.ca", lines=True)
    assert estimate_line(checked) == "quality not estimated: no sentence encoder for French and Catalan"
    write_page(checked, tmp_path / "page.html")
    assert "Quality not estimated: no sentence encoder" in (tmp_path / "page.html").read_text("utf-8")


def test_a_line_without_its_translation_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("Bonjour.\nMerci à tous.\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("Hello.\n\n", encoding="utf-8")
    assert grave(check_translation(CONFIG, tmp_path / "a.fr", tmp_path / "a.en", lines=True)) == [("empty", "blocker")]


def test_a_tmx_is_checked_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    write_tmx(path, [Entry("Il y a 58 suspects.", "There are 85 suspects."), Entry("Merci.", "Thanks.")], "fr", "en")
    checked = check_translation(CONFIG, path, None)
    assert pairs(checked) == [("Il y a 58 suspects.", "There are 85 suspects."), ("Merci.", "Thanks.")]
    assert grave(checked) == [("numbers", "blocker")]
    with pytest.raises(InputError, match="no entry from fr into de"):
        check_translation(Config(targets=("de",)), path, None)


def test_a_list_above_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("Un.\n" * 4, encoding="utf-8")
    (tmp_path / "a.en").write_text("One.\n" * 4, encoding="utf-8")
    config = CONFIG.model_copy(update={"limits": CONFIG.limits.model_copy(update={"max_blocks": 3})})
    with pytest.raises(InputError, match="more than the 3 sentences allowed"):
        check_translation(config, tmp_path / "a.fr", tmp_path / "a.en", lines=True)
    assert Limits().max_blocks > 4


def test_every_line_of_json_has_the_same_fields_and_every_finding_an_id(tmp_path: Path) -> None:
    checked = check(tmp_path, (TITLE_EN, LEAD_EN.replace("12", "21"), *TARGET[2:]))
    lines = [json.loads(json.dumps(line)) for line in as_lines(checked)]
    assert {tuple(line) for line in lines} == {
        ("schema_version", "segment", "source", "target", "findings", "estimate", "not_estimated")
    }
    ids = [finding["finding_id"] for line in lines for finding in line["findings"]]
    assert len(ids) == len(checked.findings) > 0
    assert all(len(item) == 16 for item in ids)


def test_the_table_says_where_what_is(tmp_path: Path) -> None:
    checked = check(tmp_path, (TITLE_EN, LEAD_EN.replace("250", "520"), *TARGET[2:]))
    number, severity, what, message = next(row for row in table_rows(checked) if row[1] == "blocker")
    assert "250 armes" in pairs(checked)[int(number) - 1][0]
    assert (severity, what) == ("blocker", "numbers")
    assert "250" in message


def test_the_page_shows_both_texts_and_escapes_them(tmp_path: Path) -> None:
    hostile = "<img onerror=alert(1)> The leader of the gang fled to Switzerland with his family."
    checked = check(tmp_path, (TITLE_EN, f"{LEAD_EN} {hostile}", *TARGET[2:]))
    write_page(checked, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Les enquêteurs ont saisi" in page
    assert "&lt;img onerror" in page
    assert "<img" not in page
    assert "1 to review" in page


def test_links_that_were_lost_are_found_in_two_files(tmp_path: Path) -> None:
    source, target = tmp_path / "a.html", tmp_path / "b.html"
    text = '<p>Le rapport complet est sur <a href="https://example.org/r">notre site</a> depuis hier à 10 heures.</p>'
    source.write_text(text, encoding="utf-8")
    kept = '<p>The full report has been on <a href="https://example.org/r">our site</a> since 10 o’clock yesterday.</p>'
    for written, expected in ((kept, 0), (kept.replace("<a", "<i").replace("/a", "/i"), 1)):
        target.write_text(written, encoding="utf-8")
        found = Counter(finding.check for finding in check_translation(CONFIG, source, target).findings)
        assert found["markup"] == expected
