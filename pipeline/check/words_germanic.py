"""Number words of English and German; see `number_words` for the form."""

from functools import cache

from pipeline.check.number_words import NumberWords, below_thousand, inflected, joined, series, vague, words


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
        halves=words("halb halbe halben halbes hälfte"),
        glued=("tausend",),
    )
