"""The model's card: what it was made of, how, how good it is and what it must not be trusted with, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.languages import name
from pipeline.train.evaluate import DevScores

LIMITS = (
    "It translates sentence by sentence and knows nothing of the sentence before.",
    "Like every neural model it can leave out, invent and change: numbers, names and negations above all. "
    "What it writes has to be checked; `communique` does so, and a person decides.",
)


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of a model.

    Attributes:
        source_lang: What it reads.
        target_lang: What it writes.
        origin: How it came to be, in a sentence.
        data: Where its pairs come from and under what licence, one line each.
        counts: Pairs by what became of them: kept, removed by which rule, augmented in which way.
        sizes: Layers, widths, pieces, parameters, by name.
        learning: Steps, minutes, rates, by name.
        scores: By the dev set's name.
        limits: What it is not good for, beside what holds for all such models.
    """

    source_lang: str
    target_lang: str
    origin: str
    data: Sequence[str] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sizes: Mapping[str, object] = field(default_factory=dict)
    learning: Mapping[str, object] = field(default_factory=dict)
    scores: Mapping[str, DevScores] = field(default_factory=dict)
    limits: Sequence[str] = ()


def write_card(card: Card, digest: str, number_type: str) -> str:
    """Return the card of one of the model's folders.

    Args:
        card: What is told.
        digest: The folder's digest, as in every key of a run with it.
        number_type: What its weights are stored in.
    """
    pair = f"{name(card.source_lang)} to {name(card.target_lang)}"
    parts = [
        f"# A translation model, {pair}",
        f"{card.origin} Weights: {number_type}. Digest: `{digest}`.",
        _section("Data", [f"- {line}" for line in card.data or ["Not stated: ask whoever made it."]]),
        *(_section(title.capitalize(), _rows(table)) for title, table in card.counts.items()),
        _section("Architecture", ["Marian (transformer encoder-decoder).", "", *_rows(card.sizes)]),
        _section("Learning", _rows(card.learning)),
        _section("Scores", _scores(card.scores)),
        _section("Limits", [f"- {limit}" for limit in (*LIMITS, *card.limits)]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *lines]) if lines else ""


def _rows(table: Mapping[str, object]) -> list[str]:
    written = {key: f"{value:,}" if isinstance(value, int) else str(value) for key, value in table.items()}
    return ["| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in written.items())] if table else []


def _scores(scores: Mapping[str, DevScores]) -> list[str]:
    if not scores:
        return ["Not scored: no dev set was given."]
    lines = ["| set | sentences | BLEU | chrF |", "|---|---|---|---|"]
    lines += [f"| {name} | {one.sentences:,} | {one.bleu:.1f} | {one.chrf:.1f} |" for name, one in scores.items()]
    signatures = dict.fromkeys(signature for one in scores.values() for signature in one.signatures)
    return [*lines, "", *(f"- `{signature}`" for signature in signatures)]
