"""Which French sentences hang on an earlier one: sentences in, the ones that make each understandable out.

« Elles ont donné lieu à 250 saisies » says nothing without the sentence before it; « dans le cadre de cette
opération » needs some earlier sentence that speaks of an operation. A summary that shows the one without the other
makes its reader ask who or what.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.languages import base
from pipeline.summarize.stems import content_stems

_PRONOUN_OR_LINK = re.compile(
    r"(?:Il|Elle|Ce|Celui|Celle|Cela|Ça|Ceux|Celles|Ils|Elles|Son|Sa|Ses|Leurs?|Y|Là|Or|Car|Donc|Mais|Et|Puis|"
    r"Ensuite|Enfin|Ainsi|Aussi|Alors|Pourtant|Toutefois|Cependant|Néanmoins|Également|De plus|En outre|En effet|"
    r"Par ailleurs|De même|Outre cela|Parmi (?:eux|elles|ceux))\b|[CD]['’](?:est|où|était)\b"
)
_ALSO = re.compile(r"\b(?:également|aussi|en outre|par ailleurs|quant à)\b")
_DEMONSTRATIVE = re.compile(
    r"\b(?:ce|cet|cette|ces)\s(?!(?:que|qu|qui|dont|sont|soir|matin|jour|midi|mois|année|semaine|week|été|hiver|"
    r"printemps|automne|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)(?P<noun>\w+(?:[\s’'-]\w+)?)",
    re.IGNORECASE,
)
_REMEMBERED = 40
"""Sentences back in which a noun may have been introduced."""

_LONGEST = 1_500
"""Code points; what is longer is no sentence."""

_LOOKED_AT = 60
"""Code points at the head of a sentence in which « également » links it to the one before."""


def hangs(source: str, lang: str = "fr") -> bool:
    """Tell whether a sentence can hardly be understood without an earlier one; only of French can it be told."""
    return base(lang) == "fr" and (_links_back(source) or bool(_demonstrated(source)))


def supporters(sources: Sequence[str], place: int) -> frozenset[int]:
    """Return the places of earlier sentences any one of which makes a hanging sentence understandable.

    It is the one right before it, and for « cette opération » every earlier one that has the word; empty for a
    sentence that hangs on none. « Cette opération » behind its own first mention does not hang.
    """
    source = sources[place]
    links_back, demonstrated = _links_back(source), _demonstrated(source)
    if place == 0 or not (links_back or demonstrated):
        return frozenset()
    found = {place - 1}
    if not links_back:
        nearby = range(max(0, place - _REMEMBERED), place)
        found.update(earlier for earlier in nearby if demonstrated <= _stems_of(sources[earlier]))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _stems_of(source: str) -> frozenset[str]:
    return frozenset(content_stems(source))


def _links_back(source: str) -> bool:
    return bool(_PRONOUN_OR_LINK.match(source)) or bool(_ALSO.search(source[:_LOOKED_AT]))


def _demonstrated(source: str) -> frozenset[str]:
    """Return the stems of the nouns that « ce », « cette » or « ces » points back to, unless they are said before."""
    stems: set[str] = set()
    source = source[:_LONGEST]
    for found in _DEMONSTRATIVE.finditer(source):
        nouns = content_stems(found.group("noun"))[:1]
        stems.update(set(nouns) - set(content_stems(source[: found.start()])))
    return frozenset(stems)
