"""What everything around translating costs, measured against a neural model's time on the very same sentences.

Varied releases go through whole runs with Apertium, because the checks cost less or more with what they find and a
model of random weights says nothing that makes sense. Then the random model translates the same sentences, each
distinct one once. The releases repeat many, as varied ones do, but every sentence is written, so that the model's time
is brought up to all of them, by their words; the stages' seconds of `run.json` are divided by that.
"""

import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.measure.neural_bench import Settings, through_engine
from pipeline.measure.neural_models import build_checkpoint
from pipeline.measure.processes import measure
from pipeline.measure.variations import find_examples, write_variations

APART = frozenset({"translate", "check", "repair", "summarize", "score"})
"""Stages that have bars of their own, or none."""

TARGET = "en"
PIECES = 8_000
BEAMS = {"around": 1, "check": 4}
SEGMENTS_A_RELEASE = 20
_CONFIG = """fail_on = "never"
targets = ["en"]
[[systems]]
name = "apertium"
backend = "apertium"
[repair]
attempts = []
"""


def compare_stages(settings: Settings, examples: Path, folder: Path) -> Iterator[str]:
    """Measure the stages around translating, and checking in its processes.

    Args:
        settings: Segments are rounded up to whole releases.
        examples: The folder of the releases that are varied.
        folder: Where everything is written.
    """
    releases = folder / "releases"
    write_variations(find_examples(examples), releases, max(1, settings.segments // SEGMENTS_A_RELEASE))
    run, texts = _run(releases, folder / "out-0")
    distinct = list(dict.fromkeys(texts))
    checkpoint = build_checkpoint(folder / "marian-french", distinct, PIECES)
    seconds: dict[str, list[float]] = {"around": [], "check": []}
    translating: dict[str, list[float]] = {"around": [], "check": []}
    models = {part: replace(settings, checkpoint=checkpoint, beam=beam) for part, beam in BEAMS.items()}
    translators = {part: model.build("ctranslate2") for part, model in models.items()}
    for translator in translators.values():
        translator.translate(distinct[:1], "fr", TARGET)
    for number in range(settings.rounds):
        if number:
            run, _ = _run(releases, folder / f"out-{number}")
        seconds["around"].append(sum(took for stage, took in run["seconds"].items() if stage not in APART))
        seconds["check"].append(run["seconds"]["check"])
        for part, translator in translators.items():
            started = settings.clock()
            through_engine(translator, distinct)
            translating[part].append(settings.clock() - started)
            print(
                f"round {number + 1}: {part} {seconds[part][-1]:.1f} s, {translating[part][-1]:.1f} s translating",
                file=sys.stderr,
                flush=True,
            )
    share = _words(distinct) / _words(texts)
    median = {part: statistics.median(took) for part, took in seconds.items()}
    ratio = {part: share * median[part] / statistics.median(took) for part, took in translating.items()}
    releases_read = run["counts"]["releases"]
    yield (
        f"{releases_read} releases, {len(texts)} segments, {len(distinct)} distinct with {share:.0%} of the words, "
        f"{settings.rounds} rounds"
    )
    yield f"read … report ÷ translate (beam 1)       {ratio['around']:8.3f}   (at most 0.08; {median['around']:.1f} s)"
    yield f"check ÷ translate (beam 4)               {ratio['check']:8.3f}   (at most 0.15; {median['check']:.1f} s)"


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _run(releases: Path, output: Path) -> tuple[dict[str, Any], list[str]]:
    """Run Apertium over releases; return `run.json` and the French of all segments."""
    config = output.with_suffix(".toml")
    config.write_text(_CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "run", str(config), "--input", str(releases)]
    usage = measure([*command, "--output", str(output)])
    if usage.exit_code:
        raise RuntimeError(f"the run ended with {usage.exit_code}")
    with (output / "segments.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["source"] for line in lines]
    return json.loads((output / "run.json").read_text(encoding="utf-8")), [text for text in texts if text.strip()]
