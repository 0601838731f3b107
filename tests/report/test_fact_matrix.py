"""The fact matrix: each value of the French, where it came out, and which summaries tell it."""

from dataclasses import replace
from pathlib import Path

from report_examples import interpol, output, prepare, run_info

from pipeline.records import Block, Finding, Span, Summary
from pipeline.report.fact_matrix import FactRow, fact_rows
from pipeline.report.model import ReleaseReport
from pipeline.report.page import write_release_page

FRENCH = prepare(
    "a.txt",
    (
        Block("b0", "headline", "58 arrestations"),
        Block("b1", "lead", "Le 2 mai 2014, 58 personnes ont été arrêtées et 15 000 USD saisis."),
    ),
)
ENGLISH = ("58 arrests", "On 2 May 2014, 85 people were arrested and USD 15,000 seized.")
WRONG = Finding("numbers", "blocker", "s1", "doc", "en", "mt", "French says 58; English says 85.", Span(15, 17))


def rows(*findings: Finding, lang: str = "en", summary: str = "") -> dict[str, FactRow]:
    made = output(FRENCH, lang, "mt", ENGLISH, findings=findings)
    made = replace(made, summaries=(Summary("doc", lang, "mt", "post", summary, ()),) if summary else ())
    source = (Summary("doc", "fr", "", "headline", "15 000 USD saisis", ()),)
    return {row.surface: row for row in fact_rows(ReleaseReport(FRENCH, source, (made,)))}


def test_each_value_of_the_french_is_one_row_with_its_sentences() -> None:
    found = rows()
    assert [(row.surface, row.kind, row.sentences) for row in found.values()] == [
        ("58", "number", (1, 2)),
        ("2 mai 2014", "date", (2,)),
        ("15 000 USD", "amount", (2,)),
    ]
    assert {row.cells[0].state for row in found.values()} == {"found"}


def test_a_finding_on_a_value_says_why_it_is_missing_until_it_is_dismissed() -> None:
    cell = rows(WRONG)["58"].cells[0]
    assert (cell.state, cell.message) == ("missing", WRONG.message)
    assert {row.cells[0].state for surface, row in rows(WRONG).items() if surface != "58"} == {"found"}
    assert rows(replace(WRONG, dismissed="recounted"))["58"].cells[0].state == "found"


def test_findings_of_other_checks_say_nothing_of_a_value() -> None:
    assert rows(replace(WRONG, check="typography"))["58"].cells[0].state == "found"


def test_a_sentence_without_translation_has_none_of_its_values() -> None:
    found = rows(Finding("empty", "blocker", "s1", "doc", "en", "mt", "It is empty."))
    assert {surface: row.cells[0].state for surface, row in found.items()} == dict.fromkeys(found, "missing")


def test_what_no_check_looks_for_in_a_language_is_not_called_found() -> None:
    found = rows(lang="x-accent")
    states = {surface: row.cells[0].state for surface, row in found.items()}
    assert states["2 mai 2014"] == "unchecked"


def test_summaries_tell_values_in_their_own_spelling() -> None:
    found = rows(summary="USD 15,000 was seized on May 2, 2014.")
    assert found["15 000 USD"].source_channels == ("headline",)
    assert {surface: row.cells[0].channels for surface, row in found.items()} == {
        "58": (),
        "2 mai 2014": ("post",),
        "15 000 USD": ("post",),
    }


def test_the_page_has_one_column_for_each_translation(tmp_path: Path) -> None:
    report = interpol()
    write_release_page(tmp_path / "a.html", run_info(), report)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    matrix = page[page.index('<details class="matrix">') : page.index("</details>", page.index('class="matrix"'))]
    assert matrix.count('<th scope="col">') == 3 + len(report.outputs)
    assert "English apertium" in matrix
    assert matrix.count("58 became 85.") == 1
