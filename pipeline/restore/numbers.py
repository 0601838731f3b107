"""Numbers, amounts, times and ordinals of the French, written as the target language writes them.

In come the French and a target text in which an engine left them as they were; out come edits. A number that is
written the French way is rewritten by value, and only if the French has it too: what the engine has written its own
way is left alone, and so are years, dates, identifiers (`n° 12 345`, `12-345`), durations (`pendant 3 h`) and
telephone numbers (masked).
A number is grouped in the target if it is grouped in the French: `1500` may be a year, `1 500` may not. CLDR would
have es, it and pt leave four digits together; we keep the French author's choice, so that `1 500,50 €` is
`1.500,50 €`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal

from pipeline.restore.conventions import Conventions, ordinal
from pipeline.restore.draft import Edit

_SPACE = "[ \u00a0\u202f\u2009]"
_FIGURE = re.compile(
    rf"(?<![\w.,/:])(?:"
    rf"(?P<hour>[01]?\d|2[0-3]){_SPACE}?[hH](?:{_SPACE}?(?P<minute>[0-5]\d))?(?!\w|{_SPACE}?min)"
    rf"|(?P<rank>\d{{1,4}}|[IVX]{{1,6}})(?P<ending>ers?|re|ères?|i?[èe]mes?|es?|nde?|(?<=2)d)(?!\w)"
    rf"|(?P<whole>\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,40}}|\d{{1,3}}(?:\.\d{{3}}){{1,2}}|\d{{1,30}})(?:,(?P<fraction>\d{{1,30}}))?"
    rf"(?!\d|[.,/]\d)"
    rf"(?:{_SPACE}?(?P<scale>Mds?|M)?{_SPACE}?(?P<currency>[€$£¥])(?!\w|{_SPACE}(?:US|CA|AU|HK)\b))?"
    rf")"
)
_TRANSLATED_RANK = re.compile(r"(?<![\w.,/])(?P<rank>\d{1,4})\.?(?P<ending>[ºª])")
_NUMERO = re.compile(rf"(?<!\w)(?P<n>[nN])[°º](?P<plural>s?){_SPACE}?(?=[\w\ue000-\uf8ff-])")
_FEMININE = {"re", "ère", "ères", "nde"}
_MOST_DIGITS = 18  # a longer row of threes is a table of figures, no number
_ENGLISH_SCALES = {"M": " million", "Md": " billion", "Mds": " billion"}

# What stands before and behind a figure of the French, and tells what it is.
_IDENTIFIED = re.compile(r"(?:n°s?|\b(?:siren|siret|rcs|tva|iban|isbn))\W{0,3}(?:[A-Z]\w{0,20} )?$", re.IGNORECASE)
_MEASURED = re.compile(
    rf"{_SPACE}?(?:%|millions?|milliards?|points?|[kcm]?m[²³]?|k?g|t|ha|l|s|(?:kilo)?mètres?|tonnes?)(?!\w)"
)
_LASTING = re.compile(
    r"\b(?:pendant|durant|dans|en|sous|dure|durée?|toutes les|tous les|plus de|moins de|près de|environ|délai de) $",
    re.IGNORECASE,
)
_LASTING_ON = re.compile(r" (?:de (?!l'après|la nuit)|d'|plus tard|sur 24|par jour)")
_CLOCK = re.compile(
    r"(?:^|[(,;–—-] ?|\b(?:à|dès|vers|avant|après|jusqu'à|entre|soit)) ?$|\d ?h(?: ?\d\d)? (?:et|à|ou) $", re.IGNORECASE
)
_CLOCK_ON = re.compile(r" ?(?:[-–]|à|et|ou) ?\d{1,2} ?h\b", re.IGNORECASE)

_Key = tuple[str, str, str]
"""A kind, and what a figure of that kind is worth, however it is spaced."""


@dataclass(frozen=True, slots=True)
class _Figure:
    match: re.Match[str]
    key: _Key
    grouped: bool = False


def number_edits(source: str, text: str, convention: Conventions, target_lang: str) -> list[Edit]:
    """Return the edits that write the French figures of a target text as its language does.

    Args:
        source: The French, normalised, without markup.
        text: Target text.
        convention: The language's conventions.
        target_lang: BCP-47 tag, not a private one.
    """
    french = list(_of_the_french(source))
    edits = list(_rank_edits({figure.key[1] for figure in french if figure.key[0] == "rank"}, text, target_lang))
    if "n°" in source.lower():
        edits.extend(_numero_edits(text, convention))
    # Four digits together may be a year elsewhere in the sentence: grouped only if always grouped in the French.
    ungrouped = {figure.key for figure in french if not figure.grouped}
    known = {figure.key for figure in french}
    # `2,500` is 2.5 in French; in an English text beside `2 500` it may be the engine's right answer.
    right = {
        _number(figure.key, convention, figure.grouped): figure.key for figure in french if figure.key[0] == "number"
    }
    for figure in _figures(text) if known else ():
        match, key = figure.match, figure.key
        if key not in known or right.get(match[0], key) != key:
            continue
        if key[0] == "number":
            new = _amount(match, _number(key, convention, figure.grouped or key not in ungrouped), convention)
        else:
            new = _clock(key, convention) if key[0] == "clock" else ordinal(key[1], key[2] in _FEMININE, target_lang)
        if match[0] != new:
            # The figure of `1er` stays, lest a superscript `er` spread over it.
            same = len(match["rank"] or "") if new.startswith(match["rank"] or "") else 0
            edits.append(Edit(match.start() + same, match.end(), new[same:], resolves=True))
    return edits


def _figures(text: str) -> Iterator[_Figure]:
    for match in _FIGURE.finditer(text):
        if match["hour"]:
            yield _Figure(match, ("clock", match["hour"].lstrip("0") or "0", match["minute"] or ""))
        elif match["rank"]:
            yield _Figure(match, ("rank", match["rank"], match["ending"]))
        else:
            digits = "".join(filter(str.isdigit, match["whole"]))
            if len(digits) <= _MOST_DIGITS and (digits[0] != "0" or digits == "0"):
                yield _Figure(match, ("number", digits, match["fraction"] or ""), digits != match["whole"])


def _of_the_french(source: str) -> Iterator[_Figure]:
    """Yield the figures that may be rewritten: no identifier, no duration."""
    for figure in _figures(source):
        before = source[max(figure.match.start() - 40, 0) : figure.match.start()]
        behind = source[figure.match.end() : figure.match.end() + 20]
        if figure.key[0] == "number" and (_IDENTIFIED.search(before) or _may_be_thousands(figure, behind)):
            continue
        if figure.key[0] == "clock":
            if _LASTING.search(before) or _LASTING_ON.match(behind):
                continue
            if not (figure.key[2] or _CLOCK.search(before) or _CLOCK_ON.match(behind)):
                continue
        yield figure


def _may_be_thousands(figure: _Figure, behind: str) -> bool:
    """Tell whether a comma may be an English thousands separator, as slips into French news: `3,158 agressions`."""
    _, whole, fraction = figure.key
    return len(fraction) == 3 and whole != "0" and not figure.grouped and not _MEASURED.match(behind)


def _number(key: _Key, convention: Conventions, grouped: bool) -> str:
    _, whole, fraction = key
    written = str(format_decimal(int(whole), locale=convention.locale)) if grouped else whole
    return written + (convention.decimal + fraction if fraction else "")


def _amount(match: re.Match[str], number: str, convention: Conventions) -> str:
    """Put the currency symbol, if there is one, where the language has it."""
    symbol, scale = match["currency"], match["scale"] or ""
    if not symbol:
        return number
    if not convention.currency_first or (scale and convention.locale.language != "en"):
        return f"{number}\u00a0{scale}{symbol}"
    return symbol + convention.currency_space + number + _ENGLISH_SCALES.get(scale, "")


def _clock(key: _Key, convention: Conventions) -> str:
    _, hour, minute = key
    return f"{hour.zfill(convention.hour_digits)}{convention.time_separator}{minute or '00'}"


def _rank_edits(ranks: set[str], text: str, target_lang: str) -> Iterator[Edit]:
    """Yield edits for ordinals that an engine took from French into Spanish, and no further, on its way."""
    for match in _TRANSLATED_RANK.finditer(text) if ranks else ():
        if match["rank"] in ranks:
            new = ordinal(match["rank"], match["ending"] == "ª", target_lang)
            yield Edit(match.start(), match.end(), new, resolves=True)


def _numero_edits(text: str, convention: Conventions) -> Iterator[Edit]:
    for match in _NUMERO.finditer(text):
        new = convention.numero
        if match["n"] == "N":
            new = new[0].upper() + new[1:]
        if match["plural"] and new == "No.":
            new = "Nos."
        yield Edit(match.start(), match.end(), f"{new} ", resolves=True)
