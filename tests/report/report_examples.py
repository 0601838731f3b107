"""Releases built by hand for the tests of the review page."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.records import (
    Block,
    Document,
    Finding,
    Hypothesis,
    Markup,
    PreparedDocument,
    Score,
    Segment,
    Span,
    Summary,
    TranslatedDocument,
    Verdict,
)
from pipeline.report.model import IndexRow, ReleaseReport, RunInfo, SystemOutput
from pipeline.report.page import write_index

BLOCKS = (
    Block("b0", "headline", "Opération coordonnée par INTERPOL contre la « sextorsion »", layout="title", level=1),
    Block("b1", "date", "2 mai 2014"),
    Block(
        "b2",
        "lead",
        "MANILLE – Une opération a abouti à l’arrestation de 58 personnes. Trois hommes sont liés au groupe.",
        (Markup(1, "bold", 0, 7), Markup(2, "link", 26, 49)),
    ),
    Block("b3", "quote", "« Ce succès est le fruit de la coopération », a déclaré M. Virmani."),
    Block("b4", "paragraph", "250 éléments de preuve saisis", layout="list_item", level=1),
    Block("b5", "other", "15 000 USD", layout="cell"),
)
CUTS = {"b2": 65}

TRANSLATIONS = {
    ("en", "apertium"): (
        "Operation coordinated by INTERPOL against the “sextorsion”",
        "2 May 2014",
        "MANILA – An operation has ended in the arrest of 85 people.",
        "Three men are linked to the group.",
        "“This success is the fruit of the cooperation”, Mr Virmani said.",
        "250 elements of proof seized",
        "15,000 USD",
    ),
    ("en", "marian"): (
        "Operation coordinated by INTERPOL against “sextortion”",
        "2 May 2014",
        "MANILA – An operation led to the arrest of 58 people.",
        "Three men are linked to the group.",
        "“This success is the result of cooperation”, said Mr Virmani.",
        "250 pieces of evidence seized",
        "15,000 USD",
    ),
    ("es", "apertium"): (
        "Operación coordinada por INTERPOL contra la «sextorsion»",
        "2 de mayo de 2014",
        "MANILA – Una operación desembocó en la detención de 58 personas.",
        "Tres hombres están vinculados al grupo.",
        "«Este éxito es el fruto de la cooperación», declaró el Sr. Virmani.",
        "250 elementos de prueba incautados",
        "15 000 USD",
    ),
    ("ar", "marian"): (
        "عملية منسقة من INTERPOL ضد الابتزاز الجنسي",
        "2 مايو 2014",
        "مانيلا – أسفرت عملية عن اعتقال 58 شخصا.",
        "ثلاثة رجال مرتبطون بالمجموعة.",
        "«هذا النجاح ثمرة التعاون»، قال السيد فيرماني.",
        "ضبط 250 دليلا",
        "15 000 دولار",
    ),
}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style></td></table><iframe src=javascript:alert(1)>",
    "{{7*7}}{% include 'page.css' %}",
    "<!--",
    "]]>&lt;b&gt;&#x3c;",
    "javascript:alert(1)",
    "' onfocus='alert(1)",
    "line\u2028separator",
    "\u202egnp.exe\u2066",
    "\x00\x1b[31m",
    "w" * 5_000,
]


def prepare(path: str, blocks: Sequence[Block] = BLOCKS) -> PreparedDocument:
    segments: list[Segment] = []
    for block in blocks:
        cut = CUTS.get(block.block_id) if blocks is BLOCKS else None
        spans = [(0, cut), (cut + 1, len(block.text))] if cut else [(0, len(block.text))]
        for start, end in spans:
            index = len(segments)
            segments.append(
                Segment(f"s{index}", "doc", block.block_id, index, start, end, block.text[start:end]),
            )
    return PreparedDocument(Document("doc", path, "fr", "txt", tuple(blocks)), tuple(segments))


def output(prepared: PreparedDocument, lang: str, system: str, texts: Sequence[str], **changes: object) -> SystemOutput:
    path = prepared.document.path
    hypotheses = tuple(
        Hypothesis(segment.seg_id, lang, system, text) for segment, text in zip(prepared.segments, texts, strict=True)
    )
    made = SystemOutput(
        translated=TranslatedDocument("doc", path, lang, system, (), hypotheses),
        findings=(),
        verdict=Verdict("doc", lang, system, "review", ("draft engine",), (), ("numbers: 4 compared",), ("meaning",)),
        summaries=(Summary("doc", lang, system, "headline", texts[0], (("s0",),)),),
        scores=(),
        file=f"translations/{lang}/{system}/{path}",
    )
    return replace(made, **changes)


def interpol(path: str = "interpol.fr.txt") -> ReleaseReport:
    """The seed release, shortened, in three languages, one of them by two systems."""
    prepared = prepare(path)
    outputs = {key: output(prepared, *key, texts) for key, texts in TRANSLATIONS.items()}
    outputs["en", "apertium"] = replace(
        outputs["en", "apertium"],
        findings=(
            Finding("numbers", "blocker", "s2", "doc", "en", "apertium", "58 became 85.", Span(52, 54), Span(49, 51)),
            Finding(
                "unknown_words", "minor", "s0", "doc", "en", "apertium", "Unknown: sextorsion.", None, Span(47, 57)
            ),
            Finding("length", "major", "", "doc", "en", "apertium", "Much longer than the French."),
        ),
        verdict=Verdict(
            "doc", "en", "apertium", "blocked", ("1 number differs", "draft engine"), ("s2",), ("numbers: 4",), ()
        ),
        scores=(Score("BLEU", "document", "doc", "en", "apertium", 31.42, "nrefs:1|tok:13a|version:2.6.0"),),
    )
    outputs["es", "apertium"] = replace(
        outputs["es", "apertium"],
        findings=(
            Finding("unknown_words", "minor", "s0", "doc", "es", "apertium", "Unknown.", Span(47, 57), Span(45, 55)),
        ),
    )
    return ReleaseReport(
        prepared, (Summary("doc", "fr", "", "headline", "Opération", (("s0",),)),), (*outputs.values(),)
    )


def rows_of(report: ReleaseReport, page: str = "") -> list[IndexRow]:
    return [
        IndexRow(
            report.prepared.document.path,
            "doc",
            item.translated.target_lang,
            item.translated.system,
            item.verdict.state,
            item.verdict.reasons[0],
            *(sum(finding.severity == name for finding in item.findings) for name in ("blocker", "major", "minor")),
            page,
            tuple(sorted({finding.check for finding in item.findings})),
        )
        for item in report.outputs
    ]


def run_info(**changes: object) -> RunInfo:
    info = RunInfo(
        "may releases",
        "fr",
        ("en", "es", "ar", "de"),
        ("apertium", "marian"),
        (("releases", 2), ("ready", 0), ("review", 6), ("blocked", 2), ("failed", 1), ("segments", 14)),
        (("communique", "0.1.0"),),
    )
    return replace(info, **changes)


def write_example(path: Path) -> None:
    """Two releases, and one that failed."""
    reports = [interpol(), interpol("archives/2014/second.md")]
    rows = [row for report in reports for row in rows_of(report)]
    rows.append(IndexRow("old.docx", "", "", "", "failed", "old.docx: encrypted — save it without", 0, 0, 0, ""))
    write_index(path, run_info(), rows, reports)


def hostile_report(text: str) -> ReleaseReport:
    """The same text wherever a text can stand."""
    prepared = prepare(text, (Block("b0", "headline", text), Block("b1", "paragraph", text)))
    size = len(text)
    findings = tuple(
        Finding(text, "major", seg_id, "doc", "ar", text, text, Span(0, size), Span(0, size)) for seg_id in ("", "s1")
    )
    made = [output(prepared, "ar", name, (text, text + "!")) for name in (text, "other")]
    verdict = replace(made[0].verdict, reasons=(text,), checked=(text,), not_checked=(text,), seg_ids=("s0", "s1"))
    made[0] = replace(
        made[0],
        findings=findings,
        verdict=verdict,
        summaries=(Summary("doc", "ar", text, text, text, (("s0",),), text),),
        scores=(
            Score(text, "document", "doc", "ar", text, 1, text),
            Score(text, "segment", "s1", "ar", text, 1, text),
        ),
        file=text,
    )
    return ReleaseReport(prepared, (Summary("doc", "fr", "", text, text, ()),), tuple(made))
