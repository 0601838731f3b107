"""What estimates are fitted to and measured on: people's preferences, human and damaged translations, as signals."""

import html
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check import check_pair, prepare
from pipeline.check.base import SegmentPair
from pipeline.estimate.signals import measure_signals
from pipeline.measure.bench import ROWS, SEED, as_segment_pair
from pipeline.measure.damage_words import Pair
from pipeline.measure.estimate_fitting import Examples, Preferences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 500
_SEGMENT = re.compile(r'<seg id="(\d+)">(.*?)</seg>', re.DOTALL)


def read_preferences(folder: Path) -> Preferences:
    """Read WMT 2012's judgements of French–English systems, and measure every translation that was judged.

    Args:
        folder: Holds `rankings-wmt12/` and `newstest/`.
    """
    import numpy as np

    place = folder / "rankings-wmt12"
    french = (folder / "newstest" / "newstest2012.fr").read_text("utf-8").split("\n")
    judged = [
        (int(number), better, worse)
        for number, _, better, _, worse in map(str.split, (place / "fr-en.rank").read_text("utf-8").splitlines())
    ]
    rows = sorted({(number, system) for number, *systems in judged for system in systems})
    texts = {system: _segments(place / f"fr-en.{system}.sgm") for system in {system for _, system in rows}}
    pairs = [Pair(french[number - 1], texts[system][number], "en") for number, system in rows]
    row_of = {row: index for index, row in enumerate(rows)}
    return Preferences(
        signals_of(pairs),
        np.array([row_of[number, better] for number, better, _ in judged]),
        np.array([row_of[number, worse] for number, _, worse in judged]),
        np.array([number for number, _, _ in judged]),
    )


def _segments(path: Path) -> dict[int, str]:
    found = _SEGMENT.findall(path.read_text("utf-8"))
    return {int(number): html.unescape(text).strip() for number, text in found}


def draw_examples(pairs: Sequence[Pair], count: int, seed: int = SEED) -> list[tuple[str, Pair, Pair]]:
    """Draw human translations, each with itself damaged once: the kind of the damage, the one and the other.

    Of the kinds that a sentence allows it gets the one that came up least, so that none outweighs the others.
    """
    rng = random.Random(f"{seed} estimate")  # noqa: S311 - no secret
    drawn: list[tuple[str, Pair, Pair]] = []
    times = Counter[str]()
    for pair in rng.sample(pairs, min(count, len(pairs))):
        for kind in sorted(rng.sample(sorted(ROWS), len(ROWS)), key=lambda kind: times[kind]):
            text = ROWS[kind].damage(pair, pairs, rng)
            if text and text != pair.target:
                drawn.append((kind, pair, Pair(pair.source, text, pair.lang)))
                times[kind] += 1
                break
    return drawn


def as_examples(drawn: Sequence[tuple[str, Pair, Pair]]) -> Examples:
    """Measure drawn examples: the human translations first, then the damaged ones in the same order."""
    import numpy as np

    signals = signals_of([human for _, human, _ in drawn] + [damaged for _, _, damaged in drawn])
    return Examples(signals, np.repeat([1.0, 0.0], len(drawn)))


def signals_of(pairs: Sequence[Pair]) -> "NDArray[np.float64]":
    """Measure the signals of translations, the checks' findings included."""
    import numpy as np

    parts = [pairs[start : start + _BATCH] for start in range(0, len(pairs), _BATCH)]
    return np.concatenate(
        [_measure([as_segment_pair(pair, str(place)) for place, pair in enumerate(part)]) for part in parts]
    )


def _measure(pairs: Sequence[SegmentPair]) -> "NDArray[np.float64]":
    findings = [finding for pair in prepare(pairs) for finding in check_pair(pair)]
    return measure_signals(pairs, findings)
