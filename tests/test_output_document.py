"""`docs/output.md` is what others rely on: it names every field that is written, and no other."""

import json
import re
from pathlib import Path

import pytest

from pipeline.records import (
    Attempt,
    Block,
    Document,
    Estimate,
    Failure,
    Finding,
    Hypothesis,
    MaskedSegment,
    PreparedDocument,
    Repair,
    Score,
    Segment,
    Summary,
    TranslatedDocument,
    Verdict,
)
from pipeline.report.exports import EXPORTS, Exports
from pipeline.report.model import ReleaseReport, SystemOutput
from pipeline.report.rows_output import COLUMNS

DOCUMENT = (Path(__file__).parents[1] / "docs" / "output.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\.jsonl\n(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))

PREPARED = PreparedDocument(
    Document("d0", "release.txt", "fr", "text", (Block("b0", "lead", "Bonjour."),)),
    (Segment("s0", "d0", "b0", 0, 0, 8, "Bonjour."),),
)
OUTPUT = SystemOutput(
    TranslatedDocument(
        "d0",
        "release.txt",
        "en",
        "rules",
        (MaskedSegment("s0", "Bonjour."),),
        (Hypothesis("s0", "en", "rules", "Hi."),),
    ),
    (Finding("length", "minor", "s0", "d0", "en", "rules", "It is short."),),
    Verdict("d0", "en", "rules", "review", ("why",), ("s0",), ("numbers",), ("meaning",)),
    (Summary("d0", "en", "rules", "headline", "Hi.", (("s0",),)),),
    (Score("BLEU", "document", "d0", "en", "rules", 1.0, "signature"),),
    "translations/release.txt/en/rules/release.en.txt",
    (Repair("d0", "s0", "en", "rules", "Ho.", (Attempt("candidates", "Hi.", 0, 0, ""),), "candidates"),),
    (Estimate("s0", 12),),
)
SOURCE_SUMMARY = Summary("d0", "fr", "", "headline", "Bonjour.", (("s0",),))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    with Exports(folder) as files:
        files.add_failure(Failure("bad.txt", "", "", "read", "it is empty", "fill it"))
        files.add_release(ReleaseReport(PREPARED, (SOURCE_SUMMARY,), (OUTPUT,)))
    return folder


def test_every_export_has_its_section() -> None:
    assert sorted(SECTIONS) == sorted(EXPORTS)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_fields_that_are_written_are_documented(name: str, exports: Path) -> None:
    documented = {"schema_version", "path", *re.findall(r"^\| `(\w+)` \|", SECTIONS[name], re.MULTILINE)}
    lines = (exports / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        assert set(json.loads(line)) == documented


def test_the_columns_of_rows_are_documented() -> None:
    (sentence,) = re.findall(r"The columns, all of text: (.*?)\n\n", DOCUMENT, re.DOTALL)
    assert tuple(re.findall(r"`(\w+)`", sentence)) == COLUMNS
