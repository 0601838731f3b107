"""Numbers of a thousand million and more, which Apertium's dictionaries know only in part.

Takes a text on its way and gives it back with such numbers in words that what follows understands: the French before it
is sent, a text between two pairs, and the final one. In figures, `2 milliards` comes out right of every dictionary that
has the word; in words it becomes *two thousand millions*, *duemila milioni* or *ciento Billion*, so that the French is
put into figures (whole ones, since only figures of the French itself are written the target's way later on). The rest
mends what one dictionary writes and the next does not know (*millardos*), or takes for a thousand times less: the
long scale's `billion` is Brazil's *trilhão*.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.languages import base
from pipeline.records import Span
from pipeline.translate.apertium_modes import Pair
from pipeline.translate.base import Candidate

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""A pattern, and what takes the place of what it matches, as `re.sub` has it."""

_WORDS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9},
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    **{"septante": 70, "huitante": 80, "octante": 80, "nonante": 90, "cent": 100, "cents": 100, "mille": 1000},
}
_WORD = f"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_NUMBER = rf"{_WORD}(?:(?:[ -]|[ -]et[ -]){_WORD}){{0,14}}"


def _rules(*rules: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in rules)


def _in_figures(match: re.Match[str]) -> str:
    """Write French words as billions (long scale), milliards or millions, whichever gives a whole number."""
    millions = 1000 * _value(match["milliards"]) + (_value(match["millions"]) if match["millions"] else 0)
    millions += 500 if match["half"] else 0
    scales = ((10**6, "billion"), (10**3, "milliard"), (1, "million"))
    size, scale = next((size, scale) for size, scale in scales if millions % size == 0)
    count = millions // size
    return f"{count} {scale}{'s' if count > 1 else ''}"


def _value(words: str) -> int:
    total = part = 0
    for word in re.split("[ -]", words.lower()):
        value = _WORDS.get(word, 0)  # `et` adds nothing
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif value == 100:
            part = max(part, 1) * 100
        else:
            part += 76 if value == 20 and part % 100 == 4 else value  # quatre-vingt
    return total + part


def _masculine(match: re.Match[str]) -> str:
    """Make an Italian article or pronoun of *migliaia* (feminine) one of *miliardi*: delle → dei, alcune → alcuni."""
    word = match[1].lower()
    return f"{re.sub('l?le$|e$', 'i', word)} miliardi"


_MILLARDO = _rules(
    (r"(?<=\d )millardos?\b", "mil millones"),
    (r"\bun millardo\b", "mil millones"),
    (r"\bmillardo\b", "millar de millones"),
    (r"\bmillardos\b", "miles de millones"),
)

_BEFORE: dict[str | Pair, tuple[Rule, ...]] = {
    "fr": _rules(
        (
            rf"(?<![\w-])(?<!\d )(?P<milliards>{_NUMBER})[ -]milliards?"
            rf"(?:[ -](?P<millions>{_NUMBER})[ -]millions?|(?P<half> et demi))?(?![\w-])",
            _in_figures,
        ),
        (r"(?<![\w-])(?:un )?demi-milliard(?!\w)", "500 millions"),
        (r"(?<=\d) ?Mr?ds? ?€", " milliards d'euros"),
        (r"(?<=\d) ?Mr?ds? ?\$", " milliards de dollars"),
        (r"(?<=\d) ?Mr?ds?(?= d['e])", " milliards"),
    ),
    ("ca", "en"): _rules((r"\bbilions\b", "bilió")),
    ("ca", "pt-BR"): _rules((r"\bbili(ó|ons)\b", r"trili\1")),
    ("es", "en"): _MILLARDO,
    ("es", "it"): _rules(
        (r"(?<=\d )mil millones\b|\bmiles de millones\b", "millardos"),
        (r"\bmillar de millones\b", "millardo"),
    ),
    ("es", "pt"): _MILLARDO,
    ("es", "pt-BR"): _MILLARDO,
}
"""By language, whatever it is translated into, and by pair."""

_FINAL: dict[str, tuple[Rule, ...]] = {
    "ca": _rules((r"(?<![\d.,])1 mil milions\b", "mil milions")),
    "en": _rules(
        (r"\bthousands of millions?\b", "billions"),
        (r"\bthousand of millions?\b", "billion"),
        (r"(?<=\d )((?:m|b|tr)illion)s\b", r"\1"),
        (r"(?<=\d )((?:m|b|tr)illion) of (?!(?:the|th[eo]se|this|that|them|it|us|which|whom|whose)\b)", r"\1 "),
    ),
    "es": (*_MILLARDO, *_rules((r"(?<![\d.,])1 mil millones\b", "mil millones"))),
    "it": _rules(
        (
            r"\b((?:[dn]el|d?al|sul|quel)?le|(?:alcun|quest|divers|molt|poch|tant|altr)e) migliaia di milioni\b",
            _masculine,
        ),
        (r"\bmigliaia di milioni\b", "miliardi"),
        (r"\bmigliaio di milioni\b", "miliardo"),
        (r"(?<![\d.,])1 miliardi\b", "1 miliardo"),
        (r"(?<=,)(\d+) miliardo\b", r"\1 miliardi"),
    ),
    "pt": _rules(
        (r"\bbilh(?:ão|ões)\b", "mil milhões"),
        (r"(?<![\d.,])1 mil milhões\b", "mil milhões"),
    ),
    "pt-BR": _rules(
        (r"\b(?:trilió|bilião)\b", "trilhão"),
        (r"\b(?:trilions|biliões)\b", "trilhões"),
        (r"\bmilhares de milhões\b", "bilhões"),
        (r"\bmilhar de milhões\b", "bilhão"),
        (r"(?<![\d.,])([01](?:,\d+)? (?:b|tr)ilh)ões\b", r"\1ão"),
        (r"(?<![\d.,])((?:[2-9]|\d{2,18})(?:,\d+)? (?:b|tr)ilh)ão\b", r"\1ões"),
    ),
}
"""By language: what a reader expects."""


def before_leg(candidate: Candidate, pair: Pair) -> Candidate:
    """Return a text as a pair's dictionaries know its numbers."""
    return _apply((*_BEFORE.get(pair[0], ()), *_BEFORE.get(pair, ())), candidate)


def as_read(candidate: Candidate, lang: str) -> Candidate:
    """Return a finished text with its numbers as the language's readers say them."""
    return _apply(_FINAL.get(lang) or _FINAL.get(base(lang), ()), candidate)


def _apply(rules: Sequence[Rule], candidate: Candidate) -> Candidate:
    for pattern, replacement in rules:
        matches = list(pattern.finditer(candidate.text))
        if matches:
            candidate = _replaced(candidate, matches, replacement)
    return candidate


def _replaced(
    candidate: Candidate, matches: Sequence[re.Match[str]], replacement: str | Callable[[re.Match[str]], str]
) -> Candidate:
    """Replace matches, keep a capital at their start, and move the unknown words along; a replaced one is known."""
    text = ""
    unknown: list[Span] = []
    edges = [0, *(edge for match in matches for edge in match.span()), len(candidate.text)]
    kept = list(pairwise(edges))[::2]
    for index, (start, end) in enumerate(kept):
        shift = len(text) - start
        inside = (span for span in candidate.unknown if start <= span.start and span.end <= end)
        unknown += [Span(span.start + shift, span.end + shift) for span in inside]
        text += candidate.text[start:end]
        if index < len(matches):
            match = matches[index]
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            text += new[0].upper() + new[1:] if match[0][0].isupper() else new
    return replace(candidate, text=text, unknown=tuple(unknown))
