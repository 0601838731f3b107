"""Names and signs of currencies in every language, from CLDR: text → the ISO 4217 codes that it may stand for.

`dollars` may be the money of twenty countries, `US$` and *dollar américain* of one: what is written stands for a set
of codes, and two writings agree if their sets meet.
"""

from collections import defaultdict
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

HEAD_LAST = frozenset({"en", "de", "nl", "ru", "sv", "da", "nb"})
"""Languages in which the noun stands last: *Canadian dollar*, *kanadischer Dollar*."""
USUAL = ("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "RUB", "INR", "CZK", "SEK", "MXN", "BRL", "KRW", "TRY")
"""Which of several codes a writing most likely stands for."""
SIGNS = {
    "€": "EUR",
    "$": "USD CAD AUD NZD HKD SGD MXN ARS CLP COP TWD",
    "£": "GBP EGP LBP SYP",
    "¥": "JPY CNY",
    "US$": "USD",
    "$US": "USD",
    "$ US": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "$ CA": "CAD",
    "$CA": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "R$": "BRL",
    "Kč": "CZK",
    "zł": "PLN",
    "Ft": "HUF",
    "₽": "RUB",
    "руб": "RUB",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "₴": "UAH",
    "฿": "THB",
    "₦": "NGN",
    "₱": "PHP",
    "元": "CNY",
}
_LEGACY = frozenset({"FRF", "DEM", "ITL", "ESP", "BEF", "NLG", "ATS", "PTE", "GRD", "HRK", "BGN", "EEK", "LTL", "LVL"})
_NEW = frozenset({"nouveau", "nouveaux", "nuevo", "nuevos", "nou", "nous", "novo", "novos", "nuovo", "nuovi"})
_NO_CURRENCY = {"en": {"won", "som", "sum", "all"}, "de": {"sum", "real"}, "es": {"sol", "real"}, "pt": {"som", "sons"}}
"""Names that are everyday words as well."""
_ALSO = {
    "fr": {"dollars américains": "USD", "dollar américain": "USD", "livres sterling": "GBP", "livre sterling": "GBP"},
    "en": {
        "us dollars": "USD",
        "us dollar": "USD",
        "american dollars": "USD",
        "sterling": "GBP",
        "pounds sterling": "GBP",
        "crown": "CZK DKK NOK SEK ISK",
        "crowns": "CZK DKK NOK SEK ISK",
        "kronor": "SEK",
        "rouble": "RUB BYN",
        "roubles": "RUB BYN",
        "renminbi": "CNY",
    },
    "es": {"dólares americanos": "USD", "libras esterlinas": "GBP"},
    "ca": {"dòlars americans": "USD", "lliures esterlines": "GBP"},
    "pt": {"dólares americanos": "USD", "libras esterlinas": "GBP"},
    "it": {"dollari americani": "USD", "sterline": "GBP EGP LBP SYP", "lire sterline": "GBP", "lira sterlina": "GBP"},
    "de": {"us dollar": "USD", "dollars": SIGNS["$"], "yen": "JPY", "pfund sterling": "GBP"},
    "nl": {"amerikaanse dollar": "USD", "euro's": "EUR", "pond sterling": "GBP"},
    "zh": {"元": "CNY", "块": "CNY"},
    "ar": {"يورو": "EUR"},
}
_COUNTS = (1, 2, 5, 21, 1.5)
"""Numbers whose plural forms differ somewhere."""


@cache
def current_codes() -> frozenset[str]:
    """Return the codes of the currencies in use, and of those that news still speaks of."""
    territories = get_global("territory_currencies")
    in_use = {code for spells in territories.values() for code, _, end, tender in spells if end is None and tender}
    return frozenset(in_use) | _LEGACY


@cache
def currency_names(lang: str) -> dict[str, frozenset[str]]:
    """Return what currencies are called in a language, in lower case, with spaces for hyphens."""
    locale = Locale.parse(lang)
    names: dict[str, set[str]] = defaultdict(set)
    for code in current_codes():
        for name in {_plain(get_currency_name(code, count, locale)) for count in _COUNTS}:
            if name.upper() != code:
                names[name].add(code)
                names[_head(name, lang)].add(code)
    for name in _NO_CURRENCY.get(lang, ()):
        names.pop(name, None)
    also = {name: frozenset(codes.split()) for name, codes in _ALSO.get(lang, {}).items()}
    return {name: frozenset(codes) for name, codes in names.items()} | also


def likely_code(codes: frozenset[str]) -> str:
    """Return the code that a writing stands for unless something says otherwise."""
    return next((code for code in USUAL if code in codes), min(codes))


def _plain(name: str) -> str:
    return name.lower().replace("-", " ").replace("’", "'").replace("\u00a0", " ")


def _head(name: str, lang: str) -> str:
    words = [word for word in name.split() if word not in _NEW and not word.startswith("(")]
    last = lang in HEAD_LAST and not (lang == "ru" and words[-1] in {"сша", "стерлингов"})
    return words[-1 if last else 0]
