"""The fact matrix: each value of the French, where it came out, and which summaries tell it."""

from dataclasses import replace
from pathlib import Path

from report_examples import interpol, output, prepare, run_info

from pipeline.records import Block, Finding, Span, Summary
from pipeline.report.fact_matrix import MOST_ROWS, FactRow, fact_matrix
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
    return {row.surface: row for row in fact_matrix(ReleaseReport(FRENCH, source, (made,))).rows}


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
    assert {surface: row.channels for surface, row in found.items()} == {
        "58": ((), ()),
        "2 mai 2014": ((), ("en",)),
        "15 000 USD": (("fr",), ("en",)),
    }


def test_the_page_has_one_column_for_each_translation(tmp_path: Path) -> None:
    report = interpol()
    write_release_page(tmp_path / "a.html", run_info(), report)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    matrix = page[page.index('<details class="matrix">') : page.index("</details>", page.index('class="matrix"'))]
    assert matrix.count('<th scope="col">') == 2 + len(report.outputs) + len({"headline"})
    assert "English apertium" in matrix
    assert matrix.count("58 became 85.") == 1


NAMED = prepare(
    "b.txt",
    (
        Block("b0", "headline", "INTERPOL aide Londres"),
        Block("b1", "quote", "« Ce succès est le nôtre », a déclaré Sanjay Virmani, de la DNPJ."),
        Block("b2", "contact", "Tél. : 01 99 00 12 34, presse@example.org"),
    ),
)
IN_ENGLISH = ("INTERPOL helps London", "“This success is ours”, said Sanjay Virmani.", "Tel.: 01 99 00 12 34")


def test_names_acronyms_quotations_and_addresses_have_rows_too() -> None:
    made = output(NAMED, "en", "mt", IN_ENGLISH)
    summary = Summary("doc", "en", "mt", "post", "London: “This success is ours”, Virmani says.", (("s0", "s1"),))
    made = replace(made, summaries=(summary,))
    matrix = fact_matrix(ReleaseReport(NAMED, (), (made,)))
    kinds = {row.surface: row.kind for row in matrix.rows}
    assert kinds["Londres"] == "place"
    assert kinds["Sanjay Virmani"] == "person"
    assert kinds["DNPJ"] == "acronym"
    assert kinds["« Ce succès est le nôtre »"] == "quotation"
    assert kinds["01 99 00 12 34"] == "phone"
    assert kinds["presse@example.org"] == "address"
    told = {row.surface for row in matrix.rows if row.channels[matrix.channels.index("post")] == ("en",)}
    assert told == {"Londres", "Sanjay Virmani", "« Ce succès est le nôtre »"}


def test_a_fact_that_became_another_is_altered_and_one_that_is_gone_is_missing() -> None:
    altered = Finding("names", "major", "s1", "doc", "en", "mt", "Another.", Span(38, 52), Span(29, 43))
    gone = Finding("placeables", "blocker", "s2", "doc", "en", "mt", "Gone.", Span(23, 41))
    made = output(NAMED, "en", "mt", IN_ENGLISH, findings=(altered, gone))
    states = {row.surface: row.cells[0].state for row in fact_matrix(ReleaseReport(NAMED, (), (made,))).rows}
    assert states["Sanjay Virmani"] == "altered"
    assert states["presse@example.org"] == "missing"
    assert {state for surface, state in states.items() if surface not in {"Sanjay Virmani", "presse@example.org"}} == {
        "found"
    }


def test_names_are_not_called_found_in_a_language_without_a_check_of_them() -> None:
    made = output(NAMED, "ar", "mt", ("إنتربول", "«هذا النجاح»", "هاتف"))
    states = {row.surface: row.cells[0].state for row in fact_matrix(ReleaseReport(NAMED, (), (made,))).rows}
    assert states["Sanjay Virmani"] == states["DNPJ"] == "unchecked"


def test_a_long_ledger_is_cut_and_says_so() -> None:
    text = ", ".join(str(number) for number in range(1000, 1000 + 3 * (MOST_ROWS + 20), 3))
    table = prepare("c.txt", (Block("b0", "paragraph", f"Les valeurs sont {text}."),))
    matrix = fact_matrix(ReleaseReport(table, (), (output(table, "en", "mt", (text,)),)))
    assert len(matrix.rows) == MOST_ROWS
    assert matrix.more > 0


def test_a_quotation_names_its_speaker_over_several_paragraphs() -> None:
    prepared = prepare(
        "d.txt",
        (
            Block("b0", "quote", "« Ce succès est le nôtre, et nous en sommes fiers, a déclaré Sanjay Virmani."),
            Block("b1", "quote", "« Nous continuerons tant qu’il le faudra », disent ses équipes."),
            Block("b2", "paragraph", "Ces « cybermalfaiteurs » seront jugés."),
        ),
    )
    made = output(prepared, "en", "mt", ("“a", "“b”", "c"))
    rows = [row for row in fact_matrix(ReleaseReport(prepared, (), (made,))).rows if row.kind == "quotation"]
    assert [row.qualifies for row in rows] == ["Sanjay Virmani", "Sanjay Virmani", ""]
