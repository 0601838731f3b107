"""Coverage: what is looked for in which language, and what a verdict says of it."""

import pytest

from pipeline.check import CHECKS, Coverage
from pipeline.check.coverage import NUMBER_WORDS, coverage_line, coverage_table, is_thin, not_checked

NEARLY_ALL = (
    Coverage("numbers", 30, 30, "items"),
    Coverage("names", 11, 10, "items"),
    Coverage("length", 5, 5, "sentences"),
)


@pytest.mark.parametrize("lang", ["en", "es", "de", "it", "pt", "ca", "nl", "en-GB"])
def test_languages_that_are_checked_in_full_are_not_thin(lang: str) -> None:
    assert not is_thin(lang)


@pytest.mark.parametrize("lang", ["ar", "ru", "zh", "pl", "ja", "fi"])
def test_languages_in_which_something_said_is_not_looked_for_are_thin(lang: str) -> None:
    assert is_thin(lang)


def test_table_says_what_each_check_says() -> None:
    table = coverage_table(("en", "ar"))
    assert set(table) == {*CHECKS, NUMBER_WORDS}
    assert table["negation"] == {"en": CHECKS["negation"].applies("en"), "ar": CHECKS["negation"].applies("ar")}
    assert table[NUMBER_WORDS] == {"en": True, "ar": False}


def test_line_counts_facts_and_names_what_was_not_checked() -> None:
    assert coverage_line(NEARLY_ALL, "en") == "40 of 41 facts found"
    arabic = coverage_line(NEARLY_ALL, "ar")
    assert arabic.startswith("40 of 41 facts found; not checked: ")
    assert "negation" in arabic
    assert "number words" in arabic
    assert coverage_line((), "en") == "no facts to look for"


@pytest.mark.parametrize("lang", ["en", "ar", "x-accent"])
def test_line_and_list_leave_out_the_same(lang: str) -> None:
    listed = len(not_checked(lang)) - 1  # the meaning of the sentences, which is never checked
    line = coverage_line(NEARLY_ALL, lang)
    assert listed == (len(line.split(": ")[1].split(", ")) if ": " in line else 0)
