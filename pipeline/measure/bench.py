"""How often checks are right: false alarms in human translations, and the share of damage that they find.

Two tables drive it. `ALARMS` names groups of checks whose blocker and major findings in a human translation count as
false; `ROWS` names kinds of damage with the checks that must find them. Whoever adds a check adds its lines here.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.check import CHECKS, CheckSettings, SegmentPair, check_pair, prepare
from pipeline.measure import damage_values, damage_words
from pipeline.measure.damage_words import Pair
from pipeline.records import Block, Hypothesis, MaskedSegment, Segment

SEED = 2014
SETS = ("news-test2008", "newssyscomb2009", "newstest2009", "newstest2010", "newstest2011", "newstest2012")
FLORES = "flores"
COMMON_SET = "newstest2009"
"""The set that every language has."""
MOST_ALARMS, MOST_COMPARED = 2_000, 300
"""Human translations, and damaged ones of each kind, that are measured where checks compare meaning."""
VALUES = ("numbers", "amounts", "dates", "measures")

ALARMS: dict[str, tuple[str, ...]] = {
    "numbers, amounts, dates": ("numbers", "amounts", "dates"),
    "measures": ("measures",),
    "names": ("names", "acronyms"),
    "negation": ("negation",),
    "hedges": ("hedges",),
    "speakers": ("speakers",),
    "omission and length": ("omission", "length"),
    "language": ("language", "untranslated"),
    "all checks": tuple(CHECKS),
}
"""Groups of checks that are counted together; a check that is not registered is left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of damage.

    Attributes:
        damage: Damages a pair, given others to borrow from; None where there is nothing to damage.
        checks: The checks that count as having found it.
    """

    damage: Callable[[Pair, Sequence[Pair], random.Random], str | None]
    checks: tuple[str, ...]


def _of_values(kind: str) -> Row:
    def spoil(pair: Pair, _others: Sequence[Pair], rng: random.Random) -> str | None:
        damaged = damage_values.damage(kind, pair.target, pair.lang, rng.randrange(2**32))
        return damaged.text if damaged else None

    return Row(spoil, VALUES)


BY_ANY_CHECK = frozenset({"name replaced", "names swapped", "clause dropped", "sentence added", "segment replaced"})
"""Damage that comparing the meaning of whole sentences may find; comparing takes time, so that fewer are measured."""
WITHOUT_MEANING = tuple(check for check in CHECKS if check != "omission")
ROWS: dict[str, Row] = {kind: _of_values(kind) for kind in damage_values.DAMAGES} | {
    kind: Row(spoil, tuple(CHECKS) if kind in BY_ANY_CHECK else WITHOUT_MEANING)
    for kind, spoil in damage_words.DAMAGES.items()
}
"""Every kind of damage. Damage to values counts as found only by the checks of values."""


def read_pairs(folder: Path, language: str, half: str = "all", names: Sequence[str] = SETS) -> list[Pair]:
    """Read the human translations of a language, or of FLORES, from the folder of the development data.

    Args:
        folder: Holds `newstest/` and `systems-flores-dev/`.
        language: A language of the news test sets, or `flores`.
        half: `first`, `second` or `all` of the lines.
        names: The news test sets to read.

    Returns:
        The pairs; none where there is no such file.
    """
    if language == FLORES:
        paths = [(folder / "systems-flores-dev" / "source.fr", folder / "systems-flores-dev" / "reference.en")]
    else:
        paths = [(folder / "newstest" / f"{name}.fr", folder / "newstest" / f"{name}.{language}") for name in names]
    lang = "en" if language == FLORES else language
    pairs = [
        Pair(source, target, lang)
        for french, other in paths
        if french.is_file() and other.is_file()
        for source, target in zip(
            french.read_text("utf-8").split("\n"), other.read_text("utf-8").split("\n"), strict=True
        )
        if source.strip() and target.strip()
    ]
    middle = len(pairs) // 2
    return {"first": pairs[:middle], "second": pairs[middle:]}.get(half, pairs)


def measure_alarms(pairs: Sequence[Pair], wanted: Sequence[str] = ()) -> Iterator[str]:
    """Yield a line for each group of checks: the share of human translations with a finding."""
    for name, checks in ALARMS.items():
        known = tuple(check for check in checks if check in CHECKS)
        if known and _is_wanted(name, wanted):
            some = _some(pairs, known, MOST_ALARMS)
            if "omission" in known:
                prepare([as_segment_pair(pair) for pair in some])
            flagged = sum(is_flagged(pair, known) for pair in some)
            yield f"false alarms  {name:24} {100 * flagged / len(some):6.2f} %  of {len(some)}"


def measure_catches(pairs: Sequence[Pair], wanted: Sequence[str] = ()) -> Iterator[str]:
    """Yield a line for each kind of damage: the share found among translations that had no finding before."""
    for kind, row in ROWS.items():
        checks = tuple(check for check in row.checks if check in CHECKS)
        if checks and _is_wanted(kind, wanted):
            caught = [is_flagged(damaged, checks) for damaged in _damaged(row, pairs, checks)]
            if caught:
                yield f"caught        {kind:24} {100 * sum(caught) / len(caught):6.1f} %  of {len(caught)}"


def examples(row: Row, pairs: Sequence[Pair], count: int = 10) -> Iterator[tuple[str, str]]:
    """Yield translations before and after one kind of damage."""
    for index, pair in enumerate(pairs):
        text = row.damage(pair, pairs, random.Random(f"{SEED} {index}"))  # noqa: S311 - no secret
        if count and text and text != pair.target:
            count -= 1
            yield pair.target, text


def is_flagged(pair: Pair, checks: Sequence[str]) -> bool:
    """Tell whether any of some checks has a blocker or a major finding."""
    segments = as_segment_pair(pair)
    return any(
        defect.severity != "minor"
        for check in checks
        if CHECKS[check].applies(pair.lang)
        for defect in CHECKS[check].find(segments)
    )


def _damaged(row: Row, pairs: Sequence[Pair], checks: Sequence[str]) -> Iterator[Pair]:
    damaged = []
    for index, pair in enumerate(pairs):
        text = row.damage(pair, pairs, random.Random(f"{SEED} {index}"))  # noqa: S311 - no secret
        if text is not None and text != pair.target:
            damaged.append((pair, Pair(pair.source, text, pair.lang)))
    step = max(1, len(damaged) // MOST_COMPARED) if "omission" in checks else 1
    if "omission" in checks:
        prepare([as_segment_pair(pair) for both in damaged[::step] for pair in both])
    for pair, spoilt in damaged[::step]:
        if not is_flagged(pair, checks):
            yield spoilt


def _some(pairs: Sequence[Pair], checks: Sequence[str], most: int) -> Sequence[Pair]:
    """Return every pair, or about as many at even distances as there is time for where meaning is compared."""
    step = max(1, len(pairs) // most) if "omission" in checks else 1
    return pairs[::step]


def measure_speed(folder: Path, languages: Sequence[str], count: int) -> Iterator[str]:
    """Yield how many segments a second all checks together do: in one language, and in several with the same French.

    Args:
        folder: As for `read_pairs`.
        languages: Those of the set that has them all.
        count: Segments of each.
    """
    texts = {
        lang: [as_segment_pair(pair) for pair in read_pairs(folder, lang, names=(COMMON_SET,))] for lang in languages
    }
    for pairs in texts.values():
        check_pair(prepare(pairs[-2:])[0])
    for first, rounds in ((0, (languages[0],)), (count, tuple(languages))):
        started = time.process_time()
        for lang in rounds:
            for pair in prepare(texts[lang][first : first + count]):
                check_pair(pair)
        speed = count * len(rounds) / (time.process_time() - started)
        yield f"speed         {len(rounds)} language(s) {speed:7.0f} segments a second of one core"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"memory        {memory:.0f} MiB at most"


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in name for word in wanted)


def as_segment_pair(pair: Pair, seg_id: str = "s") -> SegmentPair:
    """Return a pair as the checks take it: a paragraph of one sentence."""
    segment = Segment(seg_id, "d", "b", 0, 0, len(pair.source), pair.source)
    block = Block("b", "paragraph", pair.source)
    hypothesis = Hypothesis(seg_id, pair.lang, "human", pair.target)
    return SegmentPair(
        segment, block, MaskedSegment(seg_id, pair.source), hypothesis, CheckSettings("fr", (pair.lang,))
    )
