"""What the page and the exports say of estimates."""

import json
from dataclasses import replace
from pathlib import Path

from report_examples import TRANSLATIONS, output, prepare, run_info

from pipeline.records import Estimate
from pipeline.report.estimates import estimate_fields, lowest_estimates, why_none
from pipeline.report.exports import Exports
from pipeline.report.model import ReleaseReport
from pipeline.report.page import write_release_page

SHORT = "too short to be compared by meaning"
ESTIMATES = (Estimate("s0", 81), Estimate("s1", None, SHORT), Estimate("s2", 7))


def report(*estimates: Estimate) -> ReleaseReport:
    prepared = prepare("a.txt")
    made = output(prepared, "es", "apertium", TRANSLATIONS["es", "apertium"])
    return ReleaseReport(prepared, (), (replace(made, estimates=estimates),))


def page(folder: Path, *estimates: Estimate) -> str:
    path = folder / "releases" / "a.html"
    path.parent.mkdir(exist_ok=True)
    write_release_page(path, run_info(), report(*estimates))
    return path.read_text("utf-8")


def test_the_lowest_come_first_and_no_more_than_asked_for() -> None:
    assert lowest_estimates(ESTIMATES) == [("s2", 7), ("s0", 81)]
    assert lowest_estimates(ESTIMATES, 1) == [("s2", 7)]


def test_a_reason_is_given_only_where_nothing_was_estimated() -> None:
    assert why_none(ESTIMATES) == ""
    assert why_none(()) == ""
    assert why_none([Estimate("s0", None, "a"), Estimate("s1", None, "b"), Estimate("s2", None, "b")]) == "b"


def test_every_line_has_a_number_or_a_reason() -> None:
    assert estimate_fields(ESTIMATES[0]) == {"estimate": 81, "not_estimated": ""}
    assert estimate_fields(ESTIMATES[1]) == {"estimate": None, "not_estimated": SHORT}
    assert estimate_fields(None) == {"estimate": None, "not_estimated": "there is no French sentence"}


def test_the_page_lists_the_lowest_and_marks_low_ones(tmp_path: Path) -> None:
    html = page(tmp_path, *ESTIMATES)
    places = [html.index("Lowest quality estimates"), html.index(">3</a> (7)"), html.index(">1</a> (81)")]
    assert places == sorted(places)
    assert html.count("low estimate: ") == 1
    assert "low estimate: 7" in html
    assert "not estimated" not in html


def test_the_page_says_why_nothing_is_estimated(tmp_path: Path) -> None:
    html = page(tmp_path, *(Estimate(f"s{n}", None, "no sentence encoder for <it>") for n in range(3)))
    assert "Quality not estimated: no sentence encoder for &lt;it&gt;." in html
    assert "Lowest quality estimates" not in html


def test_segments_are_exported_with_their_estimates(tmp_path: Path) -> None:
    with Exports(tmp_path) as files:
        files.add_release(report(*ESTIMATES))
    lines = [json.loads(line) for line in (tmp_path / "segments.jsonl").read_text("utf-8").splitlines()]
    assert [(line["estimate"], line["not_estimated"]) for line in lines[:3]] == [(81, ""), (None, SHORT), (7, "")]
