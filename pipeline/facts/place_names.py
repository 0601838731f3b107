"""What a language calls a place: a French city or country in, its name there out.

Countries and the cities that give time zones their names are CLDR's, further cities those of `exonyms.tsv`, which has
the last word on cities. What none of them holds keeps its French name, as most towns do.
"""

import re

from babel import Locale

from pipeline.facts.names_exonyms import exonyms, gazetteer, words_of
from pipeline.languages import base, normalise, script

_TERRITORY = re.compile(r"[A-Z]{2}|\d{3}")
_ALTERNATIVE = re.compile(r"\s*\(.*?\)")


def place_name(place: str, source_lang: str, target_lang: str) -> str | None:
    """Return a place's name in another language, in capitals where it is given in capitals; None if not known."""
    keys = sorted(gazetteer(base(source_lang)).keys.get(words_of(place), ()))
    locale = Locale.parse(normalise(target_lang), sep="-")
    listed = [_listed(key, base(target_lang)) for key in keys]
    cities = [_zone_city(key, locale, target_lang) for key in keys]
    countries = [str(locale.territories.get(key, "")) for key in keys if _TERRITORY.fullmatch(key)]
    found = (*listed, *cities, *countries) if any(cities) else (*countries, *listed)
    name = next((_ALTERNATIVE.sub("", name) for name in found if name), None)
    return name.upper() if name and place.isupper() else name


def _listed(key: str, target_lang: str) -> str:
    """Return the first form that the table of exonyms has; its rows are known by their French cell."""
    header, rows = exonyms()
    if target_lang not in header:
        return ""
    column = header.index(target_lang)
    return next((row[column].split("/")[0] for row in rows if row[0] == key), "")


def _zone_city(key: str, locale: Locale, target_lang: str) -> str:
    """Return the city of a time zone; CLDR leaves out those that a language writes as their English name."""
    if "/" not in key or not key.isascii() or key not in Locale.parse("ru").time_zones:
        return ""
    city = locale.time_zones.get(key, {}).get("city")
    if city or script(target_lang) != "Latn":
        return str(city or "")
    return key.rsplit("/", maxsplit=1)[-1].replace("_", " ")
