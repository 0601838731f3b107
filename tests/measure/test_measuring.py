"""What the benches measure with: varied releases, and a command's memory."""

import sys
from pathlib import Path

from whole_runs import EXAMPLES

from pipeline.measure.processes import measure
from pipeline.measure.variations import find_examples, write_variations
from pipeline.read.base import Limits
from pipeline.read.formats import read_document
from pipeline.read.source_language import require_language
from pipeline.records import Block


def blocks(path: Path) -> tuple[Block, ...]:
    document = read_document(path.name, path.read_bytes(), "fr", Limits())
    require_language(document)
    return document.blocks


def test_variations_differ_and_keep_the_structure_of_their_examples(tmp_path: Path) -> None:
    examples = find_examples(EXAMPLES)
    varied = write_variations(examples, tmp_path, 3 * len(examples))
    assert len({tuple(block.text for block in blocks(path)) for path in varied}) == len(varied)
    for number, path in enumerate(varied):
        example = examples[number % len(examples)]
        assert path.suffix == example.suffix
        assert [block.layout for block in blocks(path)] == [block.layout for block in blocks(example)]


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    examples = find_examples(EXAMPLES)
    one, same, other = (
        [path.read_bytes() for path in write_variations(examples, tmp_path / str(number), 5, seed)]
        for number, seed in enumerate((1, 1, 2))
    )
    assert one == same
    assert one != other


def test_a_command_s_memory_and_its_children_s_are_told_apart() -> None:
    hold = "import time; held = bytearray({} << 20); time.sleep(0.6)"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {hold.format(90)!r}]); {hold.format(30)}"
    usage = measure([sys.executable, "-c", start])
    assert usage.exit_code == 0
    assert usage.seconds > 0.5
    assert 30 << 20 < usage.peak < 80 << 20
    assert 90 << 20 < usage.children_peak < 200 << 20
    assert measure([sys.executable, "-c", "raise SystemExit(3)"]).exit_code == 3
