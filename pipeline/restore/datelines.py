"""Dates, datelines and embargoes written by rule: a French segment in, the same in the target language out.

`MANILLE (Philippines) ‒ 2 mai 2014 ‒` becomes `MANILA, Philippines – May 2, 2014 –`. No engine is asked, so that none
can take a city for a verb or a month for a planet. What a rule does not understand wholly it leaves to the engine.
"""

from dataclasses import dataclass

from pipeline.facts.place_names import place_name
from pipeline.languages import base, is_private, script
from pipeline.records import Span
from pipeline.restore.conventions import conventions
from pipeline.restore.dates import write_date
from pipeline.structure.datelines import Dateline, read_dateline
from pipeline.structure.embargoes import is_embargo, read_embargo

EMBARGO = {
    "en": "Embargoed until",
    "es": "Embargo hasta:",
    "de": "Sperrfrist:",
    "it": "Embargo fino a:",
    "pt": "Embargo até:",
    "ca": "Embargament fins:",
    "nl": "Embargo tot:",
    "ru": "Эмбарго до:",
    "ar": "حظر النشر حتى:",
    "zh": "禁发至：",
}
"""What stands before the end of an embargo. A colon keeps the date in the form that CLDR gives it."""

LABELS = {
    "publié": {
        "en": "Published:",
        "es": "Publicado:",
        "de": "Veröffentlicht:",
        "it": "Pubblicato:",
        "pt": "Publicado:",
        "ca": "Publicat:",
        "nl": "Gepubliceerd:",
    },
    "mis à jour": {
        "en": "Updated:",
        "es": "Actualizado:",
        "de": "Aktualisiert:",
        "it": "Aggiornato:",
        "pt": "Atualizado:",
        "ca": "Actualitzat:",
        "nl": "Bijgewerkt:",
    },
}

_COMMA_COUNTRIES = frozenset({"en"})
"""Languages in which a dateline's country follows its city after a comma."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text written by rule.

    Attributes:
        text: In the target language.
        pieces: Stretches of the French, each with the stretch of `text` that says the same.
    """

    text: str
    pieces: tuple[tuple[Span, Span], ...]


def render_dateline(source: str, source_lang: str, target_lang: str) -> Rendering | None:
    """Write a dateline, a date or an embargo by rule; None where the engine must be asked."""
    if is_private(target_lang):
        return None
    if is_embargo(source.strip()):
        return _embargo(source, source_lang, target_lang)
    line = read_dateline(source)
    if line is None or (line.label and base(target_lang) not in LABELS[line.label]):
        return None
    written = _line(line, source_lang, target_lang)
    if written is None:
        return None
    place, rest = written
    if source.isupper():
        place, rest = place.upper(), rest.upper()
    text = place + rest
    if not place and source[:1].isupper():
        text = text[:1].upper() + text[1:]
    if not place:
        return Rendering(text, ((Span(0, len(source)), Span(0, len(text))),))
    behind = Span(line.place_span.end, len(source)), Span(len(place), len(text))
    return Rendering(text, ((line.place_span, Span(0, len(place))), behind))


def _line(line: Dateline, source_lang: str, target_lang: str) -> tuple[str, str] | None:
    """Return the city and what stands behind it."""
    places = [(part, place_name(part, source_lang, target_lang)) for part in line.place.split("/") if part]
    if script(target_lang) != "Latn" and not all(known for _, known in places):
        return None
    place = "/".join(known or part for part, known in places)
    rest = _country(line, source_lang, target_lang)
    if line.date:
        date = write_date(line.date, source_lang, target_lang)
        label = f"{LABELS[line.label][base(target_lang)]} " if line.label else ""
        between = " – " if line.dash_before_date else _comma(target_lang)
        rest += (between if place else label) + date
    rest += f" ({line.agency})" if line.agency else ""
    return place, rest + (" –" if line.has_dash else "")


def _country(line: Dateline, source_lang: str, target_lang: str) -> str:
    """Write what stands beside the city: a known country as the language does, anything else as the French does."""
    if not line.country:
        return ""
    known = place_name(line.country, source_lang, target_lang)
    if known and base(target_lang) in _COMMA_COUNTRIES:
        return f", {known}"
    country = known or line.country
    return f" ({country})" if line.bracketed else _comma(target_lang) + country


def _comma(target_lang: str) -> str:
    mark = conventions(target_lang).final_marks.get(",", ",")
    return mark if script(target_lang) in {"Hans", "Hant", "Jpan"} else f"{mark} "


def _embargo(source: str, source_lang: str, target_lang: str) -> Rendering | None:
    stated = read_embargo(source.strip())
    phrase = EMBARGO.get(base(target_lang))
    if stated is None or phrase is None:
        return None
    text = f"{phrase}{'' if phrase.endswith('：') else ' '}{write_date(stated, source_lang, target_lang)}"
    text = text.upper() if source.isupper() else text
    return Rendering(text, ((Span(0, len(source)), Span(0, len(text))),))
