"""Score a finished output folder against human translations, whoever made them and whenever.

Takes `segments.jsonl` and a folder of references; gives for each language and system the scores over all releases
that have one, with how much they rest on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, StoreError
from pipeline.records import Score
from pipeline.score.metrics import Statistics, collect_statistics, scores_from
from pipeline.score.references import load_references


@dataclass(slots=True)
class OutputScores:
    """What a system's output is worth in one language.

    Attributes:
        target_lang: BCP-47 tag.
        system: The system.
        releases: Paths of the releases that have a reference.
        without: How many have none.
        segments: Segments compared.
        scores: Over all of them together.
        digest: The system's digest, for a `[[quality]]` record; empty if `run.json` does not tell.
    """

    target_lang: str
    system: str
    releases: list[str] = field(default_factory=list)
    without: int = 0
    segments: int = 0
    scores: tuple[Score, ...] = ()
    digest: str = ""


def score_output(output: Path, references: Path) -> list[OutputScores]:
    """Score an output folder.

    Args:
        output: The folder of a run.
        references: A folder with `release.en.txt` …; see `pipeline.score.references`.

    Raises:
        StoreError: There is no finished run in the folder.
        InputError: There is no such folder of references, or one of them cannot be read.
    """
    if not references.is_dir():
        raise InputError(f"{references}: no such folder", "give the folder that holds release.en.txt …")
    digests = _digests(output)
    found: dict[tuple[str, str], OutputScores] = {}
    statistics: dict[tuple[str, str], list[Statistics]] = {}
    for (path, lang, system), texts in _translations(output):
        key = (lang, system)
        result = found.setdefault(key, OutputScores(lang, system, digest=digests.get(key, "")))
        reference = load_references(references, path, lang)
        if reference is None:
            result.without += 1
            continue
        result.releases.append(path)
        result.segments += len(reference.segments)
        statistics.setdefault(key, []).append(collect_statistics(texts, reference.segments, lang))
    for key, rows in statistics.items():
        found[key].scores = scores_from(rows, *key, output.resolve().name, "corpus")
    return list(found.values())


def _translations(output: Path) -> Iterator[tuple[tuple[str, str, str], list[str]]]:
    """Yield each translation's texts, by release, language and system; they stand together in the file."""
    file = output / "segments.jsonl"
    current: tuple[str, str, str] | None = None
    texts: list[str] = []
    for number, line in _lines(file):
        try:
            fields: dict[str, Any] = json.loads(line)
            key = (fields["path"], fields["target_lang"], fields["system"])
            text = str(fields["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file}:{number}: not a segment", "run again: the file is made anew") from error
        if current not in (None, key):
            yield current, texts
            texts = []
        current = key
        texts.append(text)
    if current:
        yield current, texts


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        with file.open(encoding="utf-8", errors="surrogatepass") as lines:
            yield from enumerate(lines, start=1)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}", "give the output folder of a finished run") from error


def _digests(output: Path) -> dict[tuple[str, str], str]:
    try:
        run = json.loads((output / "run.json").read_text(encoding="utf-8"))
        return {(system["target_lang"], system["name"]): str(system["digest"]) for system in run["systems"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
