"""A headline for a release that has none: its sentences in, the words of one of them out, within a limit.

Each sentence is cut where a phrase ends, and what is left is judged by the words that it says: how likely each is to
stand in a headline, from how often and how early the release uses it and whether it is a name. The weights were
fitted by logistic regression to the headlines of OrangeSum's validation articles for abstracts, and are measured on
those for titles. The sentence is chosen on the French, the cut in the language that it is shown in.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from pipeline.config import ChannelConfig
from pipeline.summarize.anaphora import hangs
from pipeline.summarize.breaks import headline_beginnings, judge_headline
from pipeline.summarize.compress import Fits
from pipeline.summarize.limits import within
from pipeline.summarize.stems import all_stems
from pipeline.summarize.stop_words import stop_words

LOOKED_AT = 6
"""Sentences from the start of the running text that may give a headline."""

USUAL_WORDS = 13
"""Words of a usual headline."""

INSIDE_PHRASE = 0.05
"""What a headline that breaks off inside a phrase loses, in units of the share of words that it likely hits."""

FRAGMENT = 0.02
"""What one without a known main verb loses."""

HANGING = 0.05
"""What a sentence that hangs on an earlier one loses: « Elle était accompagnée du ministre »."""

EARLY = {0: 0.85, 1: 0.7}
"""What a word gains that stands in the first sentence, or first in the second one."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=64)
def headlines(
    sources: tuple[str, ...], texts: tuple[str, ...], source_lang: str, lang: str, channel: ChannelConfig
) -> tuple[tuple[int, str], ...]:
    """Make a headline of each sentence that gives one.

    Args:
        sources: The sentences of the running text that may be shown, in the release's order and language.
        texts: The same in the language of the headline.
        source_lang: BCP-47 tag of `sources`.
        lang: BCP-47 tag of `texts`.
        channel: The limit.

    Returns:
        Place in `texts` and headline, those first whose sentence gives a good one in the release's own language.
    """
    own = _best_cuts(sources, source_lang, channel)
    scored = [(score - HANGING * hangs(sources[place], source_lang), -place) for place, (_, score) in own.items()]
    shown = own if texts == sources else _best_cuts(texts, lang, channel)
    places = [-place for _, place in sorted(scored, reverse=True)]
    return tuple((place, shown[place][0]) for place in places if place in shown)


def _best_cuts(sentences: tuple[str, ...], lang: str, channel: ChannelConfig) -> dict[int, tuple[str, float]]:
    chances = word_chances(sentences, lang)
    found = {}
    for place, sentence in enumerate(sentences[:LOOKED_AT]):
        if cut := best_cut(sentence, chances, lambda text: within(text, channel, lang), lang):
            found[place] = cut
    return found


def best_cut(sentence: str, chances: Mapping[str, float], fits: Fits, lang: str) -> tuple[str, float] | None:
    """Return the best headline that a sentence gives, and how good it is; None if it gives none.

    Beginnings are judged from the most promising on, until none can be better than the best.
    """
    best: tuple[str, float] | None = None
    beginnings = headline_beginnings(sentence.rstrip(".。 "), fits, lang)
    promising = sorted(((_promise(kept, chances, lang), kept, rest) for kept, rest in beginnings), reverse=True)
    for promise, kept, rest in promising:
        if best and promise <= best[1]:
            break
        if cut := judge_headline(kept, rest, fits, lang):
            score = promise - (0.0 if cut.at_phrase else INSIDE_PHRASE) - (0.0 if cut.has_verb else FRAGMENT)
            if best is None or score > best[1]:
                best = (cut.text, score)
    return best


def _promise(kept: str, chances: Mapping[str, float], lang: str) -> float:
    """Return the share of words that a text likely has in common with the headline."""
    words = all_stems(kept, lang)
    return 2 * sum([chances.get(word, 0.0) for word in set(words)]) / (len(words) + USUAL_WORDS)


def word_chances(sentences: tuple[str, ...], lang: str) -> Mapping[str, float]:
    """Estimate for each stem of a text how likely it is to stand in the text's headline."""
    stop = stop_words(lang)
    times: Counter[str] = Counter()
    first: dict[str, int] = {}
    names: set[str] = set()
    common: set[str] = set()
    for number, sentence in enumerate(sentences):
        words = _WORD.findall(sentence)
        for place, (word, stem) in enumerate(zip(words, all_stems(sentence, lang), strict=True)):
            times[stem] += 1
            first.setdefault(stem, number)
            if place and word[0].isupper():
                names.add(stem)
            if word.lower() in stop:
                common.add(stem)
    return {
        stem: _chance(stem, count, first[stem] / len(sentences), EARLY.get(first[stem], 0.0), stem in names)
        if stem not in common
        else _sigmoid(-4.1 + math.log(count) + EARLY.get(first[stem], 0.0))
        for stem, count in times.items()
    }


def _chance(stem: str, count: int, depth: float, early: float, is_name: bool) -> float:
    length = 0.03 * min(len(stem), 10)
    return _sigmoid(-3.9 + 1.6 * math.log(count) + early - 1.6 * depth + length + 0.9 * is_name)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))
