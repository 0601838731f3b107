"""What a run wrote, checked as if it had been made elsewhere: the files alone lead to what the run knew."""

from pathlib import Path

import pytest
from whole_runs import EXAMPLES, jsonl

from pipeline.config import Config
from pipeline.elsewhere import check_translation

DATELINES = 1
"""Sentences that the run cuts in two and no other text does: the dateline is a segment of its own."""


@pytest.mark.parametrize("example", sorted(EXAMPLES.iterdir()), ids=lambda path: path.suffix[1:] + path.stem[:4])
@pytest.mark.parametrize("lang", ["en", "ca"])
def test_the_files_of_a_run_are_aligned_as_the_run_had_them(example: Path, lang: str, example_run: Path) -> None:
    (target,) = (
        path
        for path in (example_run / "translations").rglob(f"{example.stem}.{lang}{example.suffix}")
        if path.parent.parent.name == lang
    )
    checked = check_translation(Config(targets=(lang,)), example, target)
    segments = jsonl(example_run / "segments.jsonl")
    known = {(item["source"], item["text"]) for item in segments if item["target_lang"] == lang}
    pairs = [
        (segment.source, hypothesis.text)
        for segment, hypothesis in zip(checked.prepared.segments, checked.translated.hypotheses, strict=True)
    ]
    others = [pair for pair in pairs if pair not in known]
    assert all(source and text for source, text in others)
    assert len([pair for pair in others if "\t" not in pair[0]]) <= DATELINES
    assert "blocker" not in {finding.severity for finding in checked.findings if finding.check == "omission"}
