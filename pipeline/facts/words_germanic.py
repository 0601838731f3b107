"""Number words of English, German and Dutch; see `number_words` for the form."""

from functools import cache

from pipeline.facts.number_words import NumberWords, below_thousand, inflected, joined, series, vague, words


@cache
def english() -> NumberWords:
    """Return the number words of English."""
    ordinals = (
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth"
    )
    tens = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
    stems = {"first": 1, "second": 2} | series(ordinals, 3) | series(tens, 20, 10) | {"thousandth": 1000}
    return NumberWords(
        atoms=series(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
        | series("twenty thirty forty/fourty fifty sixty seventy eighty ninety", 20, 10),
        hundreds=words("hundred hundreds"),
        scales={
            "dozen": 12,
            **dict.fromkeys(("thousand", "thousands"), 10**3),
            **dict.fromkeys(("million", "millions", "mln"), 10**6),
            **dict.fromkeys(("billion", "billions", "bln", "bn"), 10**9),
            **dict.fromkeys(("trillion", "trillions"), 10**12),
        },
        needs_number=words(
            "hundred hundreds thousand thousands million millions billion billions trillion trillions mln bln bn dozen"
        ),
        ordinals=inflected(stems, "/s") | {"quarter": 4, "quarters": 4},
        vague=vague(
            "zero=0 a=1 an=1 one=1 first=1 second=2 seconds=2 once=1 single=1 sole=1 twice=2 both=2 double=2 "
            "doubled=2 pair=2 couple=2 thrice=3 triple=3 tripled=3 trio=3 quadruple=4 dozen=12 decade=10 "
            "century=100 fortnight=2,14,15 noon=12 midday=12 midnight=0,12,24 quarter=3,4 quarters=4 "
            "twenties=20,1920 thirties=30,1930 forties=40,1940 fifties=50,1950 sixties=60,1960 "
            "seventies=70,1970 eighties=80,1980 nineties=90,1990 either=2 neither=2 latter=2"
        ),
        links=words("and"),
        halves=words("half"),
    )


@cache
def german() -> NumberWords:
    """Return the number words of German."""
    small = series(
        "null eins/ein/eine/einem/einen/einer/eines zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf "
        "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
    )
    tens = series("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
    units = {"ein": 1} | {word: value for word, value in small.items() if 2 <= value <= 9}
    counted = {word: value for word, value in small.items() if value}
    atoms = below_thousand(counted | tens | joined(tens, units, "{unit}und{ten}"), "hundert")
    return NumberWords(
        atoms={"null": 0, "einhundert": 100} | atoms,
        hundreds=frozenset(),
        scales={
            **dict.fromkeys(("dutzend", "dutzende"), 12),
            **dict.fromkeys(("tausend", "tausende", "tausenden"), 10**3),
            **dict.fromkeys(("million", "millionen", "mio"), 10**6),
            **dict.fromkeys(("milliarde", "milliarden", "mrd"), 10**9),
            **dict.fromkeys(("billion", "billionen"), 10**12),
        },
        needs_number=words(
            "dutzend dutzende tausende tausenden million millionen mio milliarde milliarden mrd billion billionen"
        ),
        ordinals=inflected(
            series("dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft", 3)
            | {ten + "st": value for ten, value in tens.items()}
            | {"zwanzigst": 20, "einundzwanzigst": 21, "hundertst": 100},
            "e/en/er/es/em/el/eln",
        )
        | {"viertel": 4},
        vague=vague(
            "null=0 ein=1 eine=1 einem=1 einen=1 einer=1 eines=1 eins=1 erste=1 ersten=1 erster=1 erstes=1 "
            "zweite=2 zweiten=2 zweiter=2 zweites=2 einmal=1 einzige=1 einzigen=1 zweimal=2 dreimal=3 beide=2 "
            "beiden=2 beider=2 doppelt=2 doppelte=2 doppelten=2 paar=2 zwölfte=12 dutzend=12 jahrzehnt=10 "
            "jahrhundert=100 mittag=12 mitternacht=0,12,24 quartal=3,4 viertel=4 achtziger=80,1980 "
            "neunziger=90,1990 siebziger=70,1970 sechziger=60,1960 fünfziger=50,1950"
        ),
        links=frozenset(),
        halves=words("halb halbe halben halbes hälfte einhalb"),
        glued=("tausend",),
        endings=("einhalb", "jährig", "prozentig", "minütig", "stündig", "tägig", "wöchig", "monatig", "köpfig"),
    )


@cache
def dutch() -> NumberWords:
    """Return the number words of Dutch."""
    small = series(
        "nul een/één/eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien"
    )
    tens = series("twintig dertig veertig vijftig zestig zeventig tachtig negentig", 20, 10)
    units = {word: value for word, value in small.items() if 1 <= value <= 9}
    counted = {word: value for word, value in small.items() if value}
    pairs = joined(tens, units, "{unit}en{ten}") | joined(tens, units, "{unit}ën{ten}")
    stems = {"der": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12}
    return NumberWords(
        atoms={"nul": 0} | below_thousand(counted | tens | pairs, "honderd"),
        hundreds=frozenset(),
        scales={
            **dict.fromkeys(("dozijn", "dozijnen"), 12),
            **dict.fromkeys(("duizend", "duizenden"), 10**3),
            **dict.fromkeys(("miljoen", "miljoenen", "mln"), 10**6),
            **dict.fromkeys(("miljard", "miljarden", "mld"), 10**9),
            **dict.fromkeys(("biljoen", "biljoenen"), 10**12),
        },
        needs_number=words(
            "dozijn dozijnen duizenden miljoen miljoenen mln miljard miljarden mld biljoen biljoenen honderden"
        ),
        ordinals=inflected(stems, "de") | {"achtste": 8, "twintigste": 20, "honderdste": 100, "kwart": 4},
        vague=vague(
            "nul=0 een=1 één=1 eén=1 eerste=1 tweede=2 eens=1 enige=1 tweemaal=2 beide=2 beiden=2 dubbel=2 dubbele=2 "
            "paar=2 drievoudig=3 dozijn=12 decennium=10 eeuw=100 twaalf=12 middag=12 middernacht=0,12,24 "
            "kwartaal=3,4 kwart=4 tiental=10 tientallen=10 twintigtal=20 vijftigtal=50 honderdtal=100 twaalftal=12"
        ),
        links=frozenset(),
        halves=words("half halve helft"),
        glued=("duizend",),
        endings=("jarig", "procents", "daags", "delig"),
    )


@cache
def scales_alone(lang: str) -> NumberWords:
    """Return the scales of a language whose other number words are not known: `1,5 млн`, `3 مليون`."""
    nothing: dict[str, int] = {}
    scales = {word: value for value, forms in _SCALES[lang].items() for word in forms.split()}
    return NumberWords(
        atoms=nothing,
        hundreds=frozenset(),
        scales=scales,
        needs_number=frozenset(scales),
        ordinals=nothing,
        vague={},
        links=frozenset(),
        halves=frozenset(),
    )


_SCALES = {
    "ru": {
        10**3: "тыс тысяча тысячи тысяч тысячу",
        10**6: "млн миллион миллиона миллионов",
        10**9: "млрд миллиард миллиарда миллиардов",
        10**12: "трлн триллион триллиона триллионов",
    },
    "ar": {
        10**3: "ألف آلاف ألفا",
        10**6: "مليون ملايين مليونا",
        10**9: "مليار مليارات بليون",
        10**12: "تريليون تريليونات",
    },
}
