"""BCP-47 language tags: normalise, name, script, direction.

One internal code for a language everywhere; a model's own codes stay inside its backend. Private tags (`x-rot13`)
name pseudo-languages, which have no script, typography or grammar of their own.
"""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale

from pipeline.errors import LanguageError

_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")
RIGHT_TO_LEFT_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})


@lru_cache(maxsize=1024)
def normalise(tag: str) -> str:
    """Return a tag in its usual form: `pt-br` → `pt-BR`, `ZH_hant` → `zh-Hant`, `fra` → `fr`, `iw` → `he`.

    Script and territory are there only where the tag itself names them, the script only where it is not the one that
    goes without saying (RFC 5646, section 4.1). Variants (`de-1996`) are left out: nothing here tells them apart.

    Raises:
        LanguageError: It is no language tag that CLDR knows.
    """
    cleaned = tag.strip().replace("_", "-")
    if is_private(cleaned):
        if _PRIVATE.fullmatch(cleaned.lower()):
            return cleaned.lower()
        raise LanguageError(f"“{tag}” is not a private tag", "give x- and up to eight letters or digits")
    try:
        language, territory, named_script, *_ = parse_locale(cleaned, sep="-")
        language = get_global("language_aliases").get(language, language)
        territory = get_global("territory_aliases").get(territory or "", (territory,))[0]
        given = "-".join(part for part in (language, named_script, territory) if part)
        locale = Locale.parse(given, sep="-")
        # Babel puts what is likely in the place of what it does not know: `und`, `fr-ZZ`, `en-Cyrl`, `sr@latin`.
        kept = (
            locale.language == language
            and named_script in {None, locale.script or _likely_script(locale)}
            and territory in {None, locale.territory}
        )
        if not kept or len(language) > 3 or "@" in cleaned:
            raise UnknownLocaleError(given)
    except (ValueError, UnknownLocaleError) as error:
        raise LanguageError(f"“{tag}” is not a language", "give a BCP-47 tag such as en, pt-BR or zh-Hant") from error
    return "-".join(part for part in (language, named_script and locale.script, territory) if part)


def is_private(tag: str) -> bool:
    """Tell whether a tag names a pseudo-language."""
    return tag.lower().startswith("x-")


def base(tag: str) -> str:
    """Return the language without script and territory: `pt-BR` → `pt`."""
    return tag if is_private(tag) else tag.split("-", maxsplit=1)[0]


@lru_cache(maxsize=1024)
def script(tag: str) -> str:
    """Return the ISO 15924 script that a language is usually written in, `Latn` for a private tag."""
    if is_private(tag):
        return "Latn"
    locale = Locale.parse(normalise(tag), sep="-")
    return locale.script or _likely_script(locale)


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if script(tag) in RIGHT_TO_LEFT_SCRIPTS else "ltr"


def has_spaces(tag: str) -> bool:
    """Tell whether words and sentences are set apart by spaces."""
    return script(tag) not in {"Hans", "Hant", "Jpan", "Thai", "Khmr", "Laoo", "Mymr"}


def name(tag: str, in_lang: str = "en") -> str:
    """Return a language's name for people, or the tag itself where CLDR has none."""
    if is_private(tag):
        return tag
    return Locale.parse(normalise(tag), sep="-").get_display_name(Locale.parse(in_lang, sep="-")) or tag


def _likely_script(locale: Locale) -> str:
    likely = get_global("likely_subtags")
    full = likely.get(f"{locale.language}_{locale.territory}") or likely.get(locale.language, "")
    return next((part for part in str(full).split("_")[1:] if len(part) == 4), "Latn")
