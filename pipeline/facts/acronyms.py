"""Acronyms in a text, and what the same thing is called in other languages: *ONU*, *UN*; *OTAN*, *NATO*."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.number_words import words
from pipeline.facts.words import is_in_capitals
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
def family(acronym: str) -> frozenset[str]:
    """Return what an acronym's thing is called in any language, the acronym itself included."""
    return frozenset({acronym}).union(*(row for row in _FAMILIES if acronym in row))


def find_acronyms(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the acronyms of a text, without full stops, each with its place; none where all is set in capitals."""
    if is_in_capitals(text):
        return
    for match in _ACRONYM.finditer(text):
        acronym = match[0].replace(".", "")
        if not _ROMAN.fullmatch(acronym) and acronym not in _NOT_LOOKED_FOR:
            yield acronym, Span(*match.span())
