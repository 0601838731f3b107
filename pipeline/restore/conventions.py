"""What each language does with quotation marks, spaces, numbers, times and ordinals.

In comes a language tag, out come its conventions, read from tables. Numbers, percent signs, currencies and clock
times are CLDR's, through babel. Quotation marks are CLDR 48's (`delimiters` of cldr-misc-full, which babel leaves
out). What CLDR does not say is in small tables here, each with its source.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from babel import Locale

from pipeline.languages import base, normalise, script

Key = TypeVar("Key", str, tuple[str, str])


def _by_language(table: dict[Key, str]) -> dict[str, Key]:
    """Turn a table whose values list languages around."""
    return {language: key for key, languages in table.items() for language in languages.split()}


# Outer opening and closing mark, inner opening and closing mark: CLDR 48, its root for all others.
_QUOTES_TABLE = {
    "«»“”": "ast blo bm br ca cv el es eu ie it kab kk lij mg pt-AO pt-CH pt-MO pt-MZ pt-PT pt-TL sc sg ti",
    "„“‚‘": "cs de dsb et hr hsb is ksh lb luy mk nds sk sl",
    "«»‹›": "az-Cyrl fa fr-CH gsw rm",
    "«»„“": "be os ru sah uk",
    "””’’": "fi he se sv yi",
    "«»‘’": "nb nn no rw",
    "«»«»": "fr ht hy oc",
    "”“’‘": "ar ms-Arab ur",
    "„“„“": "bg lt",
    "‘’“”": "fur ia nl tn",
    "„”«»": "pl ro",
    "「」『』": "ja yue zh-Hant",
    "„”»«": "hu szl",
    "“”«»": "eo",
    "„”’’": "sr",
    "“”’‘": "uz",
    "„“«»": "ka",
    "«»”“": "fr-CA",
}
_QUOTES = _by_language(_QUOTES_TABLE)
_ROOT_QUOTES = "“”‘’"

# Spaces of French: inside guillemets, before the colon, before ; ! ? (Imprimerie nationale; OQLF for Canada).
_INNER_SPACE = {"fr": "\u00a0"}
_BEFORE_COLON = {"fr": "\u00a0"}
_BEFORE_HIGH_MARKS = {"fr": "\u202f", "fr-CA": ""}

# The abbreviation of "number". RAE Ortografía (es), Acordo Ortográfico (pt), Treccani (it), IEC (ca), Duden (de),
# Genootschap Onze Taal (nl), Chicago Manual of Style (en).
_NUMERO = {
    "fr": "n°",
    "en": "No.",
    "es": "n.º",
    "gl": "n.º",
    "pt": "n.º",
    "it": "n.",
    "ca": "núm.",
    "ro": "nr.",
    "de": "Nr.",
    "nl": "nr.",
    "sv": "nr",
    "da": "nr.",
    "nb": "nr.",
    "nn": "nr.",
    "no": "nr.",
    "fi": "nro",
    "pl": "nr",
    "cs": "č.",
    "sk": "č.",
    "sl": "št.",
    "hr": "br.",
    "ru": "№",
    "uk": "№",
    "bg": "№",
}
_DEFAULT_NUMERO = "No."

# Ordinals in figures, masculine and feminine: RAE, Acordo Ortográfico, Crusca, IEC; a full stop by DIN 5008 and its
# like. Catalan (1r 2n 3r 4t 5è) and English are counted in `ordinal`; others get the bare figure.
_ORDINALS_TABLE = {
    ("{}.º", "{}.ª"): "es gl pt",
    ("{}º", "{}ª"): "it",
    ("{}.", "{}."): "bs cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr",
    ("{}e", "{}e"): "nl af",
    ("{}:e", "{}:e"): "sv",
    ("{}-й", "{}-я"): "ru",
    ("第{}", "第{}"): "zh ja",
}
_ORDINALS = _by_language(_ORDINALS_TABLE)
_BARE = ("{}", "{}")
# Where a century stays in Roman figures, without an ending.
_ROMAN = frozenset({"es", "ast", "gl", "pt", "it", "ca", "ro", "pl", "ru", "uk"})

# Questions and exclamations that open with a mark of their own (RAE Ortografía; Academia de la Llingua Asturiana).
_INVERTED = {"es", "ast"}

# Marks that a script has of its own, by the mark that ends a French sentence (Unicode names them by script).
_FINAL_MARKS = {
    "Arab": {"?": "؟", ";": "؛", ",": "،"},
    "Hans": {".": "。", "?": "？", "!": "！", ":": "：", ";": "；", ",": "，"},
    "Hant": {".": "。", "?": "？", "!": "！", ":": "：", ";": "；", ",": "，"},
    "Jpan": {".": "。", "?": "？", "!": "！", ":": "：", ";": "；", ",": "、"},
    "Deva": {".": "।"},
    "Beng": {".": "।"},
    "Armn": {".": "։"},
    "Grek": {"?": ";", ";": "·"},
}
_BIDI = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a language writes what restore puts right.

    Attributes:
        locale: Its CLDR locale.
        quotes: Outer opening and closing mark, inner opening and closing mark.
        inner_space: What stands between a quotation mark and what it encloses.
        before_colon: What stands before a colon.
        before_high_marks: What stands before ; ! ?.
        decimal: The decimal separator.
        percent: What stands after a number of per cent; empty where the sign precedes it.
        currency_first: Whether a currency symbol precedes its amount.
        currency_space: What stands between them.
        time_separator: What stands between hours and minutes.
        hour_digits: The fewest digits of an hour.
        numero: The abbreviation of "number".
        inverted: Whether questions and exclamations open with ¿ and ¡.
        final_marks: Sentence marks of its script by the French ones.
    """

    locale: Locale
    quotes: str
    inner_space: str
    before_colon: str
    before_high_marks: str
    decimal: str
    percent: str
    currency_first: bool
    currency_space: str
    time_separator: str
    hour_digits: int
    numero: str
    inverted: bool
    final_marks: dict[str, str]


@lru_cache(maxsize=256)
def conventions(target_lang: str) -> Conventions:
    """Return the conventions of a language.

    Args:
        target_lang: BCP-47 tag, not a private one.
    """
    locale = Locale.parse(normalise(target_lang), sep="-")
    percent = str(locale.percent_formats[None].pattern).translate(_BIDI)
    currency = str(locale.currency_formats["standard"].pattern).translate(_BIDI).split(";")[0]
    clock = str(locale.time_formats["short"].pattern)
    minutes = re.search(r"[hHkK]([.:])mm", clock)
    language = base(target_lang)
    return Conventions(
        locale=locale,
        quotes=_pick(target_lang, _QUOTES, _ROOT_QUOTES),
        inner_space=_pick(target_lang, _INNER_SPACE, ""),
        before_colon=_pick(target_lang, _BEFORE_COLON, ""),
        before_high_marks=_pick(target_lang, _BEFORE_HIGH_MARKS, ""),
        decimal=str(locale.number_symbols["latn"]["decimal"]),
        percent=percent[percent.rfind("0") + 1 :],
        currency_first=currency.startswith("¤"),
        currency_space="\u00a0" if "\u00a0" in currency else "",
        time_separator=minutes[1] if minutes else ":",
        hour_digits=2 if "HHH" not in clock and "HH" in clock else 1,
        numero=_NUMERO.get(language, _DEFAULT_NUMERO),
        inverted=language in _INVERTED,
        final_marks=_FINAL_MARKS.get(script(target_lang), {}),
    )


def ordinal(rank: str, feminine: bool, target_lang: str) -> str:
    """Write an ordinal in figures.

    Args:
        rank: Its number, in Arabic or Roman figures.
        feminine: Whether the French form is feminine.
        target_lang: BCP-47 tag.
    """
    language = base(target_lang)
    if not rank.isdigit():
        if language in _ROMAN:
            return rank
        rank = str(_roman_value(rank))
    number = int(rank)
    if language == "en":
        ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return rank + ending
    if language == "ca":
        return rank + ("a" if feminine else {1: "r", 2: "n", 3: "r", 4: "t"}.get(number, "è"))
    return _ORDINALS.get(language, _BARE)[feminine].format(rank)


def _roman_value(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[figure] for figure in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _pick(target_lang: str, table: dict[str, str], default: str) -> str:
    """Look a language up: with its territory, with its script, alone."""
    language = base(target_lang)
    tags = (target_lang, f"{language}-{script(target_lang)}", language)
    return next((table[tag] for tag in tags if tag in table), default)
