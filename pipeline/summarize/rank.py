"""Which sentences tell the story: a prepared French release in, the ids of its segments out, best first.

Ranked once, on the French, so that every language tells the same story. What must never stand in a summary (embargo
lines, contact data, boilerplate, datelines, pieces of a longer quotation) is left out here, not at each channel.

A sentence scores by centrality (cosine between its TF-IDF vector and the release's), by how much it speaks of what
the release repeats, by the names in it, by its place, by what it shares with the headline, and by a length that can
be read at one go; quotations and sentences that hang on the one before lose. The weights were fitted by ridge
regression to ROUGE-1 F on OrangeSum's validation abstracts and rounded; those for the lead, the headline and
quotations are higher than news articles alone would make them, since a press release is built around these. The
order is that of maximal marginal relevance (Carbonell and Goldstein, 1998).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Block, PreparedDocument, Segment
from pipeline.summarize.anaphora import hangs
from pipeline.summarize.quotations import open_quotations, quoted_share
from pipeline.summarize.stems import content_stems

BODY_KINDS = frozenset({"standfirst", "lead", "paragraph", "quote"})
"""Kinds of blocks that a summary may draw on."""

FLOW_LAYOUTS = frozenset({"paragraph", "list_item"})
"""What else a file holds (cells, headers, footnotes, alternative texts …) stands outside the running text."""

REDUNDANCY_WEIGHT = 1.0
"""What a sentence loses for each unit of cosine with the most similar one before it."""

SAME_COSINE = 0.7
"""From here on two sentences say the same, and the second goes to the end."""

LAST = 10.0
"""Taken from the score of what is to stand behind everything else."""

DIVERSE_PICKS = 16
"""So many sentences are ordered with redundancy in mind; no channel looks further, and the cost stays linear."""

_DATELINE = re.compile(r".{1,80}\s?[‒–—―-]")
_CONTACT = re.compile(
    r"\S@\S|https?://|\bwww\.|(?:\+|\b0)\d(?:[\s.-]?\d){7}|\btél\b ?[.:]|\b(?:téléphone|fax|courriel)\b ?:",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\bsous embargo\b|\bembargo (?:jusqu|au|le)\b|\bpour diffusion\b|\bdiffusion immédiate\b|#{3}|"
    r"\bcontacts? (?:de )?presse\b|^(?:à propos d|notes? (?:aux|à l)|fin du communiqué|crédits?\b|photos? ?:)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\s’'(])[A-ZÀ-ÖØ-ÞŒ][\w’'-]*")
_SENTENCE_END = re.compile(r"[.!?…][\s»”\"’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be shown."""

    segment: Segment
    place: int
    lead: bool
    whole: bool
    hangs: bool
    vector: dict[str, float]
    stems: tuple[str, ...]


def rank_segments(prepared: PreparedDocument) -> tuple[str, ...]:
    """Order the segments that may stand in a summary.

    Returns:
        Their ids, best first; fragments (list items without a verb's full stop …) come last. Empty for a release that
        has no running text.
    """
    lang = prepared.document.lang
    headline = _headline_stems(prepared)
    candidates = _weigh(_eligible(prepared), lang)
    if not candidates:
        return ()
    spoken_of = Counter(stem for candidate in candidates for stem in candidate.stems)
    centre = _centre(candidates)
    scored = [(candidate, _score(candidate, len(candidates), centre, spoken_of, headline)) for candidate in candidates]
    return tuple(candidate.segment.seg_id for candidate in _diversify(scored))


def _headline_stems(prepared: PreparedDocument) -> frozenset[str]:
    texts = [block.text for block in prepared.document.blocks if block.kind in {"headline", "standfirst"}]
    return frozenset(stem for text in texts for stem in content_stems(text, prepared.document.lang))


def _eligible(prepared: PreparedDocument) -> list[tuple[int, Block, Segment]]:
    """Return what may be shown, each with its place among the sentences of the running text."""
    blocks = [block for block in prepared.document.blocks if _is_body(block)]
    quoted = dict(zip((block.block_id for block in blocks), open_quotations([b.text for b in blocks]), strict=True))
    known = {block.block_id: block for block in blocks}
    running = [segment for segment in prepared.segments if segment.block_id in known]
    return [
        (place, known[segment.block_id], segment)
        for place, segment in enumerate(running)
        if _may_be_shown(segment.source) and not _cuts_a_quotation(segment, quoted[segment.block_id])
    ]


def _is_body(block: Block) -> bool:
    return block.kind in BODY_KINDS and block.layout in FLOW_LAYOUTS


def _may_be_shown(source: str) -> bool:
    return (
        len(source.split()) >= 4
        and not source.endswith((":", "?"))
        and not _DATELINE.fullmatch(source)
        and not _CONTACT.search(source)
        and not _NOTICE.search(source)
    )


def _cuts_a_quotation(segment: Segment, quoted: Sequence[tuple[int, int]]) -> bool:
    return any(
        start < segment.end and segment.start < end and not (segment.start <= start and end <= segment.end)
        for start, end in quoted
    )


def _weigh(eligible: Sequence[tuple[int, Block, Segment]], lang: str) -> list[_Candidate]:
    """Give every sentence its TF-IDF vector, of length one."""
    stems = [tuple(content_stems(segment.source, lang)) for _, _, segment in eligible]
    holding = Counter(stem for sentence in stems for stem in set(sentence))
    rarity = {stem: math.log(1 + len(eligible) / count) for stem, count in holding.items()}
    candidates = []
    for (place, block, segment), sentence in zip(eligible, stems, strict=True):
        vector = {stem: (1 + math.log(count)) * rarity[stem] for stem, count in Counter(sentence).items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        unit = {stem: weight / length for stem, weight in vector.items()}
        whole = bool(_SENTENCE_END.search(segment.source)) and not segment.source[0].islower()
        lead = block.kind in {"lead", "standfirst"}
        candidates.append(_Candidate(segment, place, lead, whole, hangs(segment.source, lang), unit, sentence))
    return candidates


def _centre(candidates: Sequence[_Candidate]) -> dict[str, float]:
    centre: dict[str, float] = {}
    for candidate in candidates:
        for stem, weight in candidate.vector.items():
            centre[stem] = centre.get(stem, 0.0) + weight
    length = math.sqrt(sum(weight * weight for weight in centre.values())) or 1.0
    return {stem: weight / length for stem, weight in centre.items()}


def _score(
    candidate: _Candidate, count: int, centre: dict[str, float], spoken_of: Counter[str], headline: frozenset[str]
) -> float:
    source = candidate.segment.source
    words = len(source.split())
    distinct = set(candidate.stems)
    salience = sum(math.log(spoken_of[stem]) for stem in distinct) / max(len(distinct), 1)
    named = len(_NAME.findall(source)) / words
    shared = len(distinct & headline) / max(len(headline), 1)
    score = 2.0 * _cosine(candidate.vector, centre) + 0.5 * salience + 0.3 * named + 0.8 * shared
    score += 0.3 / (1 + candidate.place) - 0.5 * candidate.place / max(count, 1)
    score += math.log(1 + words) - 1.75 * min(words, 60) / 60
    score -= quoted_share(source)
    if candidate.lead:
        score += 0.4
    if candidate.hangs:
        score -= 0.2
    if not candidate.whole:
        score -= LAST
    return score


def _cosine(vector: dict[str, float], other: dict[str, float]) -> float:
    return sum([weight * other[stem] for stem, weight in vector.items() if stem in other])


def _diversify(scored: Sequence[tuple[_Candidate, float]]) -> list[_Candidate]:
    """Order by score, less what a sentence repeats of those before it; equal ones stay in document order."""
    waiting = dict(enumerate(scored))
    likeness = dict.fromkeys(waiting, 0.0)
    ordered: list[_Candidate] = []
    while waiting and len(ordered) < DIVERSE_PICKS:
        best = max(waiting, key=lambda number: (waiting[number][1] - _repetition(likeness[number]), -number))
        chosen, _ = waiting.pop(best)
        ordered.append(chosen)
        for number, (candidate, _) in waiting.items():
            likeness[number] = max(likeness[number], _cosine(candidate.vector, chosen.vector))
    rest = sorted(waiting.items(), key=lambda item: (-item[1][1], item[0]))
    return ordered + [candidate for _, (candidate, _) in rest]


def _repetition(likeness: float) -> float:
    return REDUNDANCY_WEIGHT * likeness + (LAST if likeness >= SAME_COSINE else 0.0)
