"""Damage to the words of a good translation: what the checks of words must find, by construction and by a seed.

In: a French sentence, its translation, and other such pairs to borrow from. Out: the translation with one thing wrong,
or None where the pair holds nothing that this kind of damage could spoil. Every kind is a function of the same form,
listed in `DAMAGES`.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.check.hedges import hedges
from pipeline.check.name_search import read
from pipeline.check.negation import denials
from pipeline.check.speakers import SAID, speaker
from pipeline.facts.base import Fact
from pipeline.facts.names import find_names
from pipeline.facts.names_exonyms import Words, renderings
from pipeline.records import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A French sentence, its translation and the translation's language."""

    source: str
    target: str
    lang: str


Damage = Callable[[Pair, Sequence[Pair], random.Random], str | None]


def locate(name: Fact, pair: Pair) -> Span | None:
    """Find a French name in the translation, as it is or in the form that the language has for it."""
    forms: list[Words] = sorted(renderings(tuple(name.value.split()), "fr", pair.lang), key=len, reverse=True)
    forms.append(tuple(read(name.surface).folded))
    text = read(pair.target)
    for form in forms:
        for index in range(len(text.folded) - len(form) + 1):
            if text.folded[index : index + len(form)] == form and text.words[index].is_capitalised:
                return Span(text.words[index].start, text.words[index + len(form) - 1].end)
    return None


@lru_cache(maxsize=20_000)
def _located(pair: Pair) -> tuple[tuple[Fact, Span], ...]:
    """Return the names that stand in both texts and once only, by their place in the translation."""
    found = [(name, span) for name in find_names(pair.source) if (span := locate(name, pair))]
    once = [(name, span) for name, span in found if pair.target.count(pair.target[span.start : span.end]) == 1]
    return tuple(sorted(once, key=lambda item: item[1].start))


def replace_name(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Put a name of the same kind from another sentence in the place of a name."""
    own = _located(pair)
    if not own:
        return None
    name, span = rng.choice(own)
    words = set(read(pair.source).folded)
    for other in rng.sample(others, min(len(others), 40)):
        foreign = [
            other.target[place.start : place.end]
            for fact, place in _located(other)
            if fact.kind == name.kind and not words.intersection(fact.value.split())
        ]
        if foreign:
            return pair.target[: span.start] + rng.choice(foreign) + pair.target[span.end :]
    return None


def swap_names(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Let two names of one sentence change places."""
    own = _located(pair)
    pairs = [
        (one, two)
        for index, (first, one) in enumerate(own)
        for second, two in own[index + 1 :]
        if first.kind == second.kind and first.value != second.value and one.end < two.start
    ]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    text = pair.target
    return (
        text[: one.start]
        + text[two.start : two.end]
        + text[one.end : two.start]
        + text[one.start : one.end]
        + text[two.end :]
    )


_NOT = {
    "en": re.compile(r"n['’]t\b|(?<=\s)(?:not|never)\s", re.IGNORECASE),
    "es": re.compile(r"(?<=\s)(?:no|nunca)\s"),
    "de": re.compile(r"(?<=\s)(?:nicht|nie)\s"),
    "it": re.compile(r"(?<=\s)(?:non|mai)\s"),
}
_AUXILIARY = {
    "en": (re.compile(r"(?<=\s)(?:is|are|was|were|has|have|had|will|would|can|could|should|must)(?=\s)"), "{} not"),
    "es": (re.compile(r"(?<=\s)(?:es|está|están|ha|han|fue|será|era|son|puede|había|debe|tiene)(?=\s)"), "no {}"),
    "de": (re.compile(r"(?<=\s)(?:ist|sind|war|waren|hat|haben|wird|wurde|wurden|kann|soll)(?=\s)"), "{} nicht"),
    "it": (re.compile(r"(?<=\s)(?:è|sono|era|ha|hanno|sarà|può|stato|deve)(?=\s)"), "non {}"),
}


def drop_negation(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Leave out what denies, where both texts deny."""
    found = list(_NOT[pair.lang].finditer(pair.target)) if pair.lang in _NOT else []
    if not found or not denials(pair.source):
        return None
    match = rng.choice(found)
    kept = pair.target[: match.start()]
    if kept.lower().endswith(("ca", " wo")) and match[0].lower().startswith("n"):
        return None
    return kept + pair.target[match.end() :]


def add_negation(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Deny what neither text denies."""
    if pair.lang not in _NOT or denials(pair.source) or _NOT[pair.lang].search(pair.target):
        return None
    auxiliary, form = _AUXILIARY[pair.lang]
    found = list(auxiliary.finditer(pair.target))
    if not found:
        return None
    match = rng.choice(found)
    return pair.target[: match.start()] + form.format(match[0]) + pair.target[match.end() :]


_UNHEDGED: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\b(?:is|are|was|were) (?:suspected|accused|charged|indicted) (?:of|with|for)\b", "was convicted of"),
        (r"\b(?:suspected|accused|charged|indicted|placed under (?:formal )?investigation)\b", "convicted"),
        (r"\b(?:alleged|suspected|presumed|supposed)\s", ""),
        (r"\b(?:allegedly|reportedly|apparently|supposedly|presumably|probably)\s", ""),
        (r"\b(?:would|could|might|may) have been\b", "were"),
        (r"\b(?:would|could|might|may) (?:have|be)\b", "have"),
        (r"\b(?:is|are) (?:said|reported|believed|thought|alleged) to (?:have|be)\b", "has"),
        (r"\b(?:would|could|might|may)\s", "will "),
    ),
    "es": (
        (r"\b(?:sospechos[oa]s?|acusad[oa]s?|imputad[oa]s?|inculpad[oa]s?)\b", "condenado"),
        (r"\b(?:presunt[oa]s?|supuest[oa]s?|presuntamente|supuestamente)\s", ""),
        (r"\bhabr(?:ía|ían)\b", "ha"),
        (r"\b(?:ser|estar|tendr|podr)(?:ía|ían)\b", "es"),
    ),
    "de": (
        (r"\b(?:verdächtigt|beschuldigt|angeklagt)\b", "verurteilt"),
        (r"\b(?:mutmaßliche[nrsm]?|vermeintliche[nrsm]?|angebliche[nrsm]?)\s", ""),
        (r"\b(?:angeblich|vermutlich|offenbar|wohl|wahrscheinlich)\s", ""),
        (r"\b(?:soll|sei|habe|solle|wäre|hätte|würde|könnte|dürfte)\b", "hat"),
        (r"\b(?:sollen|seien|haben|wären|hätten|würden|könnten|dürften)\b", "haben"),
    ),
    "it": (
        (r"\b(?:sospettat[oaie]|accusat[oaie]|indagat[oaie]|imputat[oaie])\b", "condannato"),
        (r"\b(?:presunt[oaie]|suppost[oaie])\s", ""),
        (r"\b(?:avrebbe|avrebbero)\b", "ha"),
        (r"\b(?:sarebbe|sarebbero|potrebbe|potrebbero)\b", "è"),
    ),
}


def lose_hedge(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """State as a fact what the French alleges, everywhere in a sentence that attributes it to nobody else."""
    if not hedges(pair.source) or pair.lang not in _UNHEDGED or REPORTS.search(pair.source):
        return None
    text = pair.target
    for pattern, plain in _UNHEDGED[pair.lang]:
        text = re.sub(pattern, plain, text)
    return text if text != pair.target else None


def change_speaker(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Let somebody else say it: another name of the sentence where there is one, otherwise one from elsewhere."""
    who = speaker(pair.source, find_names(pair.source))
    own = _located(pair)
    mine = next((span for name, span in own if who and name.value == who.value), None)
    if who is None or mine is None:
        return None
    rivals = [span for name, span in own if name.kind == "person" and name.value != who.value]
    text = pair.target
    if rivals and rng.random() < HALF:
        rival = rng.choice(rivals)
        one, two = sorted((mine, rival), key=lambda span: span.start)
        if one.end < two.start:
            middle = text[one.end : two.start]
            return text[: one.start] + text[two.start : two.end] + middle + text[one.start : one.end] + text[two.end :]
    words = set(read(pair.source).folded)
    for other in rng.sample(others, min(len(others), 60)):
        foreign = [other.target[place.start : place.end] for name, place in _located(other) if name.kind == "person"]
        foreign = [name for name in foreign if not words.intersection(read(name).folded)]
        if foreign:
            return text[: mine.start] + rng.choice(foreign) + text[mine.end :]
    return None


def invent_quotation(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Put quotation marks around half of a sentence that quotes nobody and reports no speech."""
    if any(mark in pair.source + pair.target for mark in QUOTATION_MARKS) or REPORTS.search(pair.source):
        return None
    words = pair.target.split()
    if len(words) < 2 * SAID:
        return None
    first = rng.randrange(0, len(words) // 2)
    last = first + max(SAID, len(words) // 2)
    opening, closing = ("„", "“") if pair.lang == "de" else ("«", "»") if pair.lang in {"es", "it"} else ("“", "”")
    return " ".join((*words[:first], opening + " ".join(words[first:last]) + closing, *words[last:]))


def drop_clause(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Leave out a clause of a quarter to six tenths of the words, between punctuation or at an end of the sentence."""
    parts = re.split(r"(?<=[,;:–—])\s", pair.target)
    total = len(pair.target.split())
    large = [index for index, part in enumerate(parts) if LEAST * total <= len(part.split()) <= MOST * total]
    if len(parts) < 2 or not large:
        return None
    gone = rng.choice(large)
    return " ".join((*parts[:gone], *parts[gone + 1 :]))


def add_sentence(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Append another sentence."""
    other = rng.choice(others).target
    return None if other == pair.target else f"{pair.target} {other}"


def replace_segment(pair: Pair, others: Sequence[Pair], rng: random.Random) -> str | None:
    """Put a whole other sentence in the place of the translation."""
    other = rng.choice(others).target
    return None if other == pair.target else other


HALF = 0.5
LEAST, MOST = 0.25, 0.6
REPORTS = re.compile(
    r"\b(?:a|ont|avait) \w+é\b|\b(?:dit|dire|disent|selon|indique|affirme|estime|annonce|explique|pense)\b"
)
"""French that may report speech: a quotation there is loose, but no invention."""
QUOTATION_MARKS = "\"«»“”„‹›‚‘`´'’"
DAMAGES: dict[str, Damage] = {
    "name replaced": replace_name,
    "names swapped": swap_names,
    "negation dropped": drop_negation,
    "negation added": add_negation,
    "hedge lost": lose_hedge,
    "speaker changed": change_speaker,
    "quotation invented": invent_quotation,
    "clause dropped": drop_clause,
    "sentence added": add_sentence,
    "segment replaced": replace_segment,
}
"""Every kind of damage, by the name that tables give it."""
