"""What is looked for in which language: the table check × language, and what a verdict says of it.

One table serves `communique doctor`, the verdicts and the page, so that all three say the same. A language in which
some of what a release says is not looked for is *thinly checked*: a verdict on it never looks like one on English.
"""

from collections.abc import Iterable, Sequence

from pipeline.check import CHECKS, Coverage
from pipeline.facts.quantities import number_words
from pipeline.languages import is_private

NUMBER_WORDS = "number_words"
"""The row of the table that is no check of its own: numbers that are written in words."""
NEVER_CHECKED = ("the meaning of the sentences",)

FACTS = ("numbers", "amounts", "dates", "measures", "names", "acronyms", "placeables", "terms", "quotation")
"""Checks that look for things of the French one by one."""
STATEMENTS = ("numbers", "amounts", "dates", "measures", "names", "acronyms", "speakers", "negation", "hedges")
"""Checks of what a release says: without one of these, or number words, a language is thinly checked."""


def coverage_table(targets: Iterable[str]) -> dict[str, dict[str, bool]]:
    """Return for each check, and for number words, whether it can be made in each language."""
    languages = list(targets)
    table = {name: {lang: check.applies(lang) for lang in languages} for name, check in CHECKS.items()}
    return table | {NUMBER_WORDS: {lang: number_words(lang) is not None for lang in languages}}


def not_checked(target_lang: str) -> tuple[str, ...]:
    """Say what nobody looked for in a language."""
    return (*map(what_is_checked, _absent(target_lang)), *NEVER_CHECKED)


def is_thin(target_lang: str) -> bool:
    """Tell whether some of what a release says is not looked for in a language."""
    table = coverage_table([target_lang])
    return not is_private(target_lang) and not all(table[name][target_lang] for name in (*STATEMENTS, NUMBER_WORDS))


def coverage_line(coverage: Sequence[Coverage], target_lang: str) -> str:
    """Say in one line how much was found and what was not checked: `41 of 41 facts found; not checked: negation`."""
    facts = [item for item in coverage if item.check in FACTS]
    looked, found = sum(item.looked for item in facts), sum(item.found for item in facts)
    said = f"{found} of {looked} facts found" if looked else "no facts to look for"
    absent = [name.replace("_", " ") for name in _absent(target_lang)]
    return f"{said}; not checked: {', '.join(absent)}" if absent else said


def _absent(target_lang: str) -> list[str]:
    return [name for name, in_language in coverage_table([target_lang]).items() if not in_language[target_lang]]


def what_is_checked(name: str) -> str:
    """Say for people what a row of the table is about."""
    return "numbers written in words" if name == NUMBER_WORDS else CHECKS[name].what
