"""Pairs as releases will look, made of pairs as they are: in capitals, with masks, with required terms, with slips.

Each augmentation takes a pair and gives a changed copy, or nothing where it does not apply. Chance comes from a
generator that is seeded by the pair itself, so that a corpus is the same however the work is divided.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from pipeline.languages import base
from pipeline.protect.placeables import find_placeables
from pipeline.summarize.stop_words import stop_words
from pipeline.train.alignment import Aligned, align_terms
from pipeline.train.cleaning import identity
from pipeline.train.noise import add_noise
from pipeline.train.pairs import Pair
from pipeline.translate.declaration import MASKS, MOST_MASKS, TERMS

MOST_JOINED_CHARS = 400
MOST_TERMS = 3
"""Required terms in one sentence."""
BASE_FORM = 0.7
"""Share of the required terms that are given in their base form, as a termbase has them."""
LATE_MASKS = 0.1
"""Share of the sentences with masks whose numbers do not begin at 1."""

_NAME = re.compile(r"[A-ZÀ-Þ][\w.-]*\w(?: [A-ZÀ-Þ][\w.-]*\w)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = stop_words("en")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an augmentation may know beside the pair.

    Attributes:
        target_lang: The language of the target.
        following: The pair behind it in its source, None at the end.
        base_forms: Words of the target language, in small letters, with their base form where it is another.
    """

    target_lang: str
    following: Pair | None = None
    base_forms: Mapping[str, str] = field(default_factory=dict)


Augmentation = Callable[[Pair, Surroundings, Random], Pair | None]


def augment(pair: Pair, around: Surroundings, shares: Mapping[str, float], seed: int) -> Iterator[tuple[str, Pair]]:
    """Yield the changed copies of a pair, each with the name of what changed it.

    Args:
        pair: The pair.
        around: What stands beside it.
        shares: By an augmentation's name, how probable it is.
        seed: The corpus's seed.
    """
    for name, share in shares.items():
        chance = Random(identity(f"{seed}\t{name}\t{pair.source}\t{pair.target}"))  # noqa: S311 - no secrets here
        if chance.random() < share:
            changed = AUGMENTATIONS[name](pair, around, chance)
            if changed is not None:
                yield name, changed


def base_forms(counts: Mapping[str, int], stem: Callable[[str], str]) -> dict[str, str]:
    """Return the words that have a base form other than themselves: the shortest frequent word with the same stem.

    Args:
        counts: How often each word, in small letters, stands in the corpus.
        stem: The language's stemmer.
    """
    families: dict[str, list[str]] = {}
    for word in counts:
        families.setdefault(stem(word), []).append(word)
    found = {}
    for words in families.values():
        most = max(counts[word] for word in words)
        shortest = min((word for word in words if counts[word] >= most / 10), key=lambda word: (len(word), word))
        found.update({word: shortest for word in words if word != shortest})
    return found


def _upper(pair: Pair, _around: Surroundings, chance: Random) -> Pair | None:
    """Both sides in capitals, the French without its accents half of the time."""
    source = pair.source.upper()
    return Pair(_unaccented(source) if chance.random() < 0.5 else source, pair.target.upper())


def _title(pair: Pair, around: Surroundings, _chance: Random) -> Pair | None:
    """Every word of the French with a capital, the English as its headlines are; other languages do no such thing."""
    if base(around.target_lang) != "en":
        return None
    return Pair(
        _WORD.sub(lambda match: match[0][0].upper() + match[0][1:], pair.source),
        _WORD.sub(
            lambda match: match[0] if match.start() and match[0] in _SMALL else match[0][0].upper() + match[0][1:],
            pair.target,
        ),
    )


def _masks(pair: Pair, _around: Surroundings, chance: Random) -> Pair | None:
    """What both sides write alike (addresses, numbers to call, names) as masks; else a mask before or behind."""
    shared = list(_shared(pair))
    if not shared:
        before = chance.random() < 0.5 or pair.source[-1:] != pair.target[-1:]
        source, target = (0, 0) if before else map(_before_stop, pair)
        place = Aligned(source, source, target, target)
        return _with_masks(pair, [place], chance, gaps=("", " ") if before else (" ", ""))
    chance.shuffle(shared)
    return _with_masks(pair, shared[: chance.randint(1, len(shared))], chance)


def _markup(pair: Pair, around: Surroundings, chance: Random) -> Pair | None:
    """Two masks around the same words on both sides, as bold words and links have them."""
    found = align_terms(pair, around.target_lang)
    if not found:
        return None
    chosen = chance.choice(found)
    first = _first_number(chance, 2)
    opening, closing = (f"{MASKS.before}{number}{MASKS.after}" for number in (first, first + 1))
    texts = chosen.texts(pair)
    return _replaced(pair, [(chosen, Pair(*(f"{opening}{text}{closing}" for text in texts)))])


def _terms(pair: Pair, around: Surroundings, chance: Random) -> Pair | None:
    """Some words of the French with the translation that they must have."""
    found = align_terms(pair, around.target_lang)
    if not found:
        return None
    chance.shuffle(found)
    replacements = []
    for aligned in found[: chance.randint(1, MOST_TERMS)]:
        source, target = aligned.texts(pair)
        wanted = _base(target, around.base_forms) if chance.random() < BASE_FORM else target
        replacements.append((aligned, Pair(TERMS.write(source, wanted), target)))
    return _replaced(pair, replacements)


def _noise(pair: Pair, _around: Surroundings, chance: Random) -> Pair | None:
    """Slips of typing in the French."""
    source = add_noise(pair.source, chance)
    return Pair(source, pair.target) if source != pair.source else None


def _joined(pair: Pair, around: Surroundings, _chance: Random) -> Pair | None:
    """Two neighbours as one text."""
    following = around.following
    if following is None or max(map(len, pair)) + max(map(len, following)) > MOST_JOINED_CHARS:
        return None
    ended = all(text[-1:] in ".!?" for text in pair)
    return Pair(f"{pair.source} {following.source}", f"{pair.target} {following.target}") if ended else None


AUGMENTATIONS: dict[str, Augmentation] = {
    "upper": _upper,
    "title": _title,
    "masks": _masks,
    "markup": _markup,
    "terms": _terms,
    "noise": _noise,
    "joined": _joined,
}
"""By name."""


def _shared(pair: Pair) -> Iterator[Aligned]:
    """Yield what stands once on both sides, letter for letter: addresses and the like, then names."""
    addresses = [pair.source[one.start : one.end] for one in find_placeables(pair.source)]
    names = [match[0] for match in _NAME.finditer(pair.source)]
    taken: list[Aligned] = []
    for surface in dict.fromkeys([*addresses, *names]):
        if len(surface) > 1 and all(_count(surface, text) == 1 for text in pair):
            start, there = pair.source.index(surface), pair.target.index(surface)
            found = Aligned(start, start + len(surface), there, there + len(surface))
            if all(found.source_end <= one.source_start or one.source_end <= found.source_start for one in taken):
                taken.append(found)
                yield found


def _count(surface: str, text: str) -> int:
    """Count a surface's occurrences as a word of its own; one inside a word counts as two, which is too many."""
    places = [match.start() for match in re.finditer(re.escape(surface), text)]
    inside = any(text[p - 1 : p].isalnum() or text[p + len(surface) : p + len(surface) + 1].isalnum() for p in places)
    return 2 if inside else len(places)


def _with_masks(pair: Pair, places: list[Aligned], chance: Random, gaps: tuple[str, str] = ("", "")) -> Pair:
    """Put masks, numbered in the order of the source as `protect` numbers them."""
    ordered = sorted(places[:MOST_MASKS], key=lambda place: place.source_start)
    first = _first_number(chance, len(ordered))
    marks = [f"{gaps[0]}{MASKS.before}{first + i}{MASKS.after}{gaps[1]}" for i in range(len(ordered))]
    return _replaced(pair, [(place, Pair(mark, mark)) for place, mark in zip(ordered, marks, strict=True)])


def _first_number(chance: Random, needed: int) -> int:
    return chance.randint(1, MOST_MASKS - needed + 1) if chance.random() < LATE_MASKS else 1


def _replaced(pair: Pair, replacements: Iterable[tuple[Aligned, Pair]]) -> Pair:
    """Replace stretches on both sides."""
    source, target = pair
    made = list(replacements)
    for place, new in sorted(made, key=lambda item: -item[0].source_start):
        source = source[: place.source_start] + new.source + source[place.source_end :]
    for place, new in sorted(made, key=lambda item: -item[0].target_start):
        target = target[: place.target_start] + new.target + target[place.target_end :]
    return Pair(source, target)


def _before_stop(text: str) -> int:
    return len(text.rstrip(".!?;:"))


def _base(words: str, forms: Mapping[str, str]) -> str:
    """Give the last word of a term, which is the one that English inflects, its base form, its capital kept."""
    *others, last = words.split(" ")
    form = forms.get(last.lower(), last.lower())
    fitting = last if form == last.lower() else form[:1].upper() + form[1:] if last[:1].isupper() else form
    return " ".join([*others, fitting])


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
