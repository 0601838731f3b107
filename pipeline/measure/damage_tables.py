"""Words that damage changes and puts in their place, in the languages that are measured: word → what it means."""


def _same(table: str) -> dict[str, str]:
    return {word: word for word in table.split()}


def _named(meanings: str, words: str) -> dict[str, str]:
    return dict(zip(words.split(), meanings.split(), strict=True))


NUMBER_WORDS = {
    "en": _same("three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty"),
    "es": _same("tres cuatro cinco seis siete ocho nueve diez once doce trece quince veinte treinta cuarenta"),
    "de": _same("drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn fünfzehn zwanzig dreißig"),
    "it": _same("tre quattro cinque sette otto nove dieci undici dodici quindici venti trenta quaranta"),
}
SCALES = {
    "en": {"million": "billion", "billion": "million", "thousand": "million"},
    "es": {"millones": "mil millones", "millón": "billón", "mil": "millones"},
    "de": {"millionen": "Milliarden", "milliarden": "Millionen", "mrd": "Mio", "mio": "Mrd"},
    "it": {"milioni": "miliardi", "miliardi": "milioni", "milione": "miliardo", "miliardo": "milione"},
}
CURRENCY_SIGNS = ("$", "€", "£")
CURRENCIES = {
    "en": _same("dollars euros pounds yen crowns"),
    "es": _same("dólares euros libras yenes coronas"),
    "de": _same("Dollar Euro Pfund Kronen"),
    "it": _same("dollari euro sterline corone"),
}
_UNITS = "year month week day hour minute kilometre metre tonne kilometre"
UNITS = {
    "en": _named(_UNITS, "years months weeks days hours minutes kilometres metres tonnes km") | {"miles": "mile"},
    "es": _named(_UNITS, "años meses semanas días horas minutos kilómetros metros toneladas km"),
    "de": _named(_UNITS, "Jahre Monate Wochen Tage Stunden Minuten Kilometer Meter Tonnen km") | {"Jahren": "year"},
    "it": _named(_UNITS, "anni mesi settimane giorni ore minuti chilometri metri tonnellate km"),
}
PERCENT = {"en": "percent|per cent", "es": "por ciento|por cien", "de": "Prozent", "it": "per cento"}
MONTHS = {
    "en": _same("January February March April May June July August September October November December"),
    "es": _same("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "de": _same("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "it": _same("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
}
