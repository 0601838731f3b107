"""Where no cut may fall: inside numbers with what they count, dates, and names of several words."""

import re
from functools import lru_cache

from pipeline.summarize.grammar import GAP, REMEMBERED, last_word
from pipeline.summarize.stop_words import stop_words

_CAPITALIZED = r"(?<!\w)[^\W\d_a-zß-öø-ÿ][\w’'-]*"

_JOIN = (
    r"(?:de|du|des|d[’']|of|von|van|der|den|zu|da|do|dos|das|di|del|della|dello|dei|degli|delle|dels|el|al|bin|ibn)"
    r"(?:\s?(?:la|le|les|l[’']|the|los|las|lo|els|den|der))?"
)

_NAME = re.compile(rf"{_CAPITALIZED}(?:\s[^\W\d_]{{3,20}})?\s{_JOIN}(?:\s|(?<=[’']))[^\W\d_a-zß-öø-ÿ]\w*")
"""A name in several words: « Police nationale des Philippines », « Forest of Dean »."""

_NAME_GOES_ON = re.compile(rf"{_JOIN}(?:\s|(?<=[’']))[^\W\d_a-zß-öø-ÿ]")

_SCALE_OR_YEAR = re.compile(
    r"(?:1\d{3}|20\d\d|mille|mil|thousand|milliers?|cents?|Millionen|Milliarden|"
    r"millones|milions?|millions?|milliards?|billions?|milhões|milhão|miliardi?|milioni?)(?!\w)",
    re.IGNORECASE,
)

_COUNT = re.compile(
    r"\w{3,}aines?|milliers?|millions?|milliards?|billions?|millones|milions?|milhões|milioni|miliardi|thousands|"
    r"dozens?|hundreds|docenas?|decenas?|dezenas?|decine|decina|centinaia|migliaia",
    re.IGNORECASE,
)

_NUMBER_WORDS = """
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
soixante cent mille two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred
thousand dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil dues quatre cinc set vuit
nou deu onze dotze vint cent dois duas três quatro sete oito nove dez vinte trinta cem due tre quattro cinque sei sette
otto dieci venti trenta cento zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend twee
drie vijf zes zeven negen tien twintig honderd duizend
"""
_NUMBERS = frozenset(_NUMBER_WORDS.split())
"""Behind one of these stands what it counts: « six | mois »."""
_OF = re.compile(r"(?:de|d[’']|of|di)(?!\w)|d[’']", re.IGNORECASE)

_ELIDED = re.compile(r"^(?:[ldnsjmtc]|qu|jusqu|lorsqu|dell|all|nell|un)[’']", re.IGNORECASE)


def splits_unit(text: str, place: int, lang: str) -> bool:
    """Tell whether a gap between words stands inside a number, a date or a name."""
    gap = GAP.match(text, place)
    if gap is None or gap.group(1):
        return False
    before = _ELIDED.sub("", last_word(text[: gap.start()]).lstrip('«“"(\u00a0\u202f'))
    after = text[gap.end() :]
    if (before[-1:].isdigit() or before[:1].isupper()) and (after[:1].isdigit() or after[:1].isupper()):
        return True
    if before.lower() in _NUMBERS or _SCALE_OR_YEAR.match(after) or (_COUNT.fullmatch(before) and _OF.match(after)):
        return True
    if not before[:1].isupper():
        return any(start < place < end for start, end in _long_names(text))
    # « l’Union | européenne », « Police nationale | des Philippines »: only a function word surely ends a name.
    follower = re.match(r"\w+", after)
    if not follower or follower.group().lower() not in stop_words(lang):
        return True
    return bool(_NAME_GOES_ON.match(after))


@lru_cache(maxsize=REMEMBERED)
def _long_names(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(name.span() for name in _NAME.finditer(text))
