"""Estimate: how good each sentence's translation probably is, 0 to 100, without a reference.

Sentences, translations and the checks' findings come in; an `Estimate` each goes out, with the reason where there is
none. It is the share of human translations among human and damaged ones, in equal numbers, that look as this one
does: a few signals, weighed by what `scripts/fit_estimate` found on public data (`weights.json`). It finds gross
errors; it does not rank good systems, and no model's opinion of its own output is in it.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.check.base import SegmentPair
from pipeline.estimate.signals import SIGNALS, measure_signals
from pipeline.facts.similarity import can_compare, encode
from pipeline.languages import base, name
from pipeline.records import Estimate, Finding

__all__ = ["LOW", "estimate_segments", "why_not_estimated"]

LOW = 30
"""An estimate below this is low: 5 % of human translations into English are, and 83 % of damaged ones."""
FEWEST_CHARACTERS = 15
"""Of either side: shorter ones have no meaning to compare."""


def why_not_estimated(source_lang: str, target_lang: str) -> str:
    """Return why nothing can be estimated in a language; empty where something can."""
    if base(source_lang) != "fr":
        return "estimates are calibrated for French releases only"
    if not can_compare(source_lang, target_lang):
        return f"no sentence encoder for {name(source_lang)} and {name(target_lang)}"
    if base(target_lang) not in _weights():
        return f"no damaged and human translations into {name(target_lang)} to calibrate on"
    return ""


def estimate_segments(pairs: Sequence[SegmentPair], findings: Iterable[Finding]) -> tuple[Estimate, ...]:
    """Estimate the quality of segments' translations, all into one language.

    Args:
        pairs: Segments and translations.
        findings: What the checks found in them.

    Returns:
        One estimate a pair, in their order; each depends on its own pair and findings alone.
    """
    if not pairs:
        return ()
    missing = why_not_estimated(pairs[0].settings.source_lang, pairs[0].target_lang)
    reasons = [missing or _why_not_this_one(pair) for pair in pairs]
    estimable = [pair for pair, reason in zip(pairs, reasons, strict=True) if not reason]
    encode(text for pair in estimable for text in (pair.source, pair.target))
    values = iter(_values(estimable, findings))
    return tuple(
        Estimate(pair.segment.seg_id, None if reason else next(values), reason)
        for pair, reason in zip(pairs, reasons, strict=True)
    )


def _why_not_this_one(pair: SegmentPair) -> str:
    if not pair.target.strip():
        return "there is no translation"
    if min(len(pair.source), len(pair.target.strip())) < FEWEST_CHARACTERS:
        return "too short to be compared by meaning"
    return ""


def _values(pairs: Sequence[SegmentPair], findings: Iterable[Finding]) -> list[int]:
    if not pairs:
        return []
    table = _weights()[base(pairs[0].target_lang)]
    odds = [
        table["bias"] + sum(table.get(signal, 0.0) * float(value) for signal, value in zip(SIGNALS, row, strict=True))
        for row in measure_signals(pairs, findings)
    ]
    return [round(100 / (1 + math.exp(-max(-50.0, min(50.0, value))))) for value in odds]


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    text = (files("pipeline.estimate") / "weights.json").read_text("utf-8")
    languages: Mapping[str, Mapping[str, float]] = json.loads(text)["languages"]
    return languages
