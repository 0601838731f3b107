"""Acronyms: each of the French kept, or put as the language puts it (*ONU*, *UN*; *OTAN*, *NATO*).

An acronym may also be spelled out, so that one not found is a suspicion only; it is an alarm when another acronym
that the French does not have stands in the translation instead.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.check.base import Check, Defect, SegmentPair, hide_placeables, quoted
from pipeline.facts.names_fold import fold
from pipeline.facts.number_words import words
from pipeline.facts.words import is_in_capitals
from pipeline.languages import base, is_private, script
from pipeline.records import Span

_ACRONYM = re.compile(r"(?<![\w.-])(?:[A-ZÀ-Þ]\.){2,6}|(?<![\w-])[A-ZÀ-Þ][A-ZÀ-Þ\d]{1,7}(?![\w])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_FAMILIES = tuple(
    frozenset(row.split())
    for row in (
        "ONU UN UNO VN OON NU",
        "OTAN NATO",
        "UE EU",
        "USA US EUA EEUU VS EU UU EE",
        "RU UK GB",
        "VIH HIV",
        "SIDA AIDS",
        "ADN DNA DNS",
        "ARN RNA",
        "PIB GDP BIP PIL BBP GNP PNB BSP",
        "FMI IMF IWF",
        "BCE ECB EZB",
        "OMS WHO",
        "OVNI UFO",
        "OMC WTO",
        "OCDE OECD OCSE OESO",
        "OSCE OSZE OVSE",
        "OPEP OPEC",
        "ONG NGO NRO",
        "TVA VAT IVA MWST BTW",
        "PDG CEO PCA",
        "AIEA IAEA OIEA IAEO",
        "HCR UNHCR ACNUR",
        "CPI ICC IStGH CIC",
        "CIJ ICJ IGH",
        "CEDH ECHR EGMR TEDH",
        "URSS USSR UDSSR",
        "RDA DDR GDR RDT",
        "RFA BRD FRG RFT",
        "GIEC IPCC",
        "IA AI KI",
        "PME SME KMU PMI",
        "OGM GMO",
        "BERD EBRD",
        "BEI EIB",
        "MSF DWB",
        "CICR ICRC IKRK",
        "JO OG",
        "DOM OUM",
    )
)
"""What one thing is called in several languages; a country's or currency's letters are among the values."""
_NOT_LOOKED_FOR = words("EUR USD GBP CHF CZK HUF JPY AM PM OK TV BC AD UTC GMT CD DVD")


@cache
def _family(acronym: str) -> frozenset[str]:
    return frozenset({acronym}).union(*(row for row in _FAMILIES if acronym in row))


def find_acronyms(text: str) -> dict[str, Span]:
    """Return the acronyms of a text, without full stops, with the place of the first of each."""
    if is_in_capitals(text):
        return {}
    found: dict[str, Span] = {}
    for match in _ACRONYM.finditer(text):
        acronym = match[0].replace(".", "")
        if not _ROMAN.fullmatch(acronym) and acronym not in _NOT_LOOKED_FOR:
            found.setdefault(acronym, Span(*match.span()))
    return found


def _find(pair: SegmentPair) -> Iterator[Defect]:
    source, target = hide_placeables(pair.source, pair.masked), hide_placeables(pair.target, pair.masked)
    french, translated = find_acronyms(source), find_acronyms(target)
    if not french:
        return
    plain = fold(target)
    known = frozenset().union(*map(_family, french))
    strangers = [acronym for acronym in translated if acronym not in known and fold(acronym) not in fold(source)]
    for acronym, place in french.items():
        if _family(acronym) & translated.keys() or fold(acronym) in plain or is_in_capitals(target):
            continue
        if strangers and not _is_related(acronym, strangers[0]):
            other = strangers.pop(0)
            message = f"French says {quoted(acronym)}; {pair.language} says {quoted(other)}."
            certain = len(acronym) > 2 and len(other) > 2
            yield Defect("major" if certain else "minor", message, place, translated[other])
        else:
            yield Defect("minor", f"{quoted(acronym)} was not found in the {pair.language} text.", place)


def _is_related(one: str, other: str) -> bool:
    """Tell whether two acronyms may be of the same words in another order or language: half of the letters alike."""
    return 2 * len(set(one) & set(other)) >= min(len(one), len(other))


def _applies(lang: str) -> bool:
    return not is_private(lang) and script(lang) == "Latn" and bool(base(lang))


def _count(pair: SegmentPair) -> int:
    return len(find_acronyms(hide_placeables(pair.source, pair.masked)))


ACRONYMS = Check("acronyms", _find, _count, "items", _applies)
