"""Number words of French, Spanish, Catalan, Portuguese and Italian; see `number_words` for the form."""

from functools import cache

from pipeline.facts.number_words import NumberWords, below_thousand, inflected, joined, series, vague, words


@cache
def french() -> NumberWords:
    """Return the number words of French."""
    stems = "deux trois quatr cinqu six sept huit neuv dix onz douz treiz quatorz quinz seiz"
    tens = "vingt trent quarant cinquant soixant septant huitant nonant cent"
    return NumberWords(
        atoms=series(
            "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        )
        | series("vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante", 20, 10),
        hundreds=words("cent cents"),
        scales={
            **dict.fromkeys(("dizaine", "dizaines"), 10),
            **dict.fromkeys(("douzaine", "douzaines"), 12),
            **dict.fromkeys(("centaine", "centaines"), 100),
            **dict.fromkeys(("mille", "milles", "mil", "millier", "milliers"), 10**3),
            **dict.fromkeys(("million", "millions"), 10**6),
            **dict.fromkeys(("milliard", "milliards"), 10**9),
            **dict.fromkeys(("billion", "billions", "bilion", "bilions"), 10**12),
        },
        needs_number=words(
            "cents dizaines douzaines centaines milliers millions milliards billions dizaine douzaine centaine millier"
        ),
        ordinals=inflected(
            {"un": 1} | series(stems, 2) | series(tens, 20, 10) | {"mill": 1000}, "ième/ièmes/ieme/iemes"
        )
        | {"tiers": 3, "quart": 4, "quarts": 4},
        vague=vague(
            "zéro=0 un=1 une=1 premier=1 première=1 premiers=1 premières=1 second=2 seconde=2 seul=1 seule=1 "
            "unique=1 dizaine=10 douzaine=12 quinzaine=2,14,15 vingtaine=20 trentaine=30 quarantaine=40 "
            "cinquantaine=50 soixantaine=60 centaine=100 millier=1000 double=2 doubles=2 triple=3 quadruple=4 "
            "duo=2 trio=3 paire=2 couple=2 midi=12 minuit=0,12,24 décennie=10 siècle=100 semestre=2,6 "
            "trimestre=3,4 quart=4 quarts=4 dizaines=10 douzaines=12 centaines=100 milliers=1000 trentenaire=30 "
            "quadragénaire=40 quinquagénaire=50 cinquantenaire=50 sexagénaire=60 septuagénaire=70 octogénaire=80 "
            "nonagénaire=90 centenaire=100"
        ),
        links=words("et"),
        halves=words("demi demie moitié"),
    )


@cache
def spanish() -> NumberWords:
    """Return the number words of Spanish."""
    ordinals = "tercer cuart quint sext séptim octav noven décim undécim duodécim"
    tens = "vigésim trigésim cuadragésim quincuagésim sexagésim septuagésim octogésim nonagésim centésim"
    return NumberWords(
        atoms=series(
            "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
            "dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiun/veintiuna "
            "veintidós/veintidos veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete "
            "veintiocho veintinueve"
        )
        | series("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
        | series(
            "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas "
            "quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas "
            "novecientos/novecientas",
            100,
            100,
        ),
        hundreds=frozenset(),
        scales={
            **dict.fromkeys(("docena", "docenas"), 12),
            **dict.fromkeys(("mil", "miles", "millar", "millares"), 10**3),
            **dict.fromkeys(("millón", "millon", "millones"), 10**6),
            **dict.fromkeys(("millardo", "millardos"), 10**9),
            **dict.fromkeys(("billón", "billon", "billones"), 10**12),
        },
        needs_number=words("docena docenas miles millar millares millones millardos billones"),
        ordinals=inflected(series(ordinals, 3) | series(tens, 20, 10), "o/a/os/as")
        | inflected({"tercer": 3, "terci": 3, "milésim": 1000}, "o/a/os/as")
        | {"tercer": 3},
        vague=vague(
            "cero=0 un=1 uno=1 una=1 primer=1 primero=1 primera=1 primeros=1 primeras=1 segundo=2 segunda=2 "
            "segundos=2 único=1 única=1 solo=1 sola=1 ambos=2 ambas=2 doble=2 dobles=2 par=2 pareja=2 dúo=2 "
            "trío=3 triple=3 cuádruple=4 decena=10 docena=12 quincena=2,14,15 veintena=20 treintena=30 "
            "cuarentena=40 cincuentena=50 centenar=100 centena=100 millar=1000 decenio=10 década=10 siglo=100 "
            "mediodía=12 medianoche=0,12,24 semestre=2,6 trimestre=3,4 cuarto=4 cuarta=4 cuartos=4"
        ),
        links=words("y"),
        halves=words("medio media mitad"),
    )


@cache
def catalan() -> NumberWords:
    """Return the number words of Catalan."""
    stems = "cinqu sis set vuit nov des onz dotz tretz catorz quinz setz disset divuit dinov vint"
    return NumberWords(
        atoms=series(
            "zero un/una/u dos/dues tres quatre cinc sis set vuit/huit nou deu onze dotze tretze catorze quinze setze "
            "disset/desset/dèsset divuit/devuit/díhuit dinou/denou/dènou vint"
        )
        | series("trenta quaranta cinquanta seixanta setanta vuitanta/huitanta noranta", 30, 10),
        hundreds=words("cent cents centes"),
        scales={
            **dict.fromkeys(("dotzena", "dotzenes"), 12),
            **dict.fromkeys(("mil", "miler", "milers"), 10**3),
            **dict.fromkeys(("milió", "milions"), 10**6),
            **dict.fromkeys(("miliard", "miliards"), 10**9),
            **dict.fromkeys(("bilió", "bilions"), 10**12),
        },
        needs_number=words("cents centes dotzena dotzenes miler milers milions miliards bilions"),
        ordinals=inflected(series(stems, 5) | {"cent": 100}, "è/é/ena/ens/enes")
        | inflected({"tercer": 3}, "/a/s/es")
        | inflected({"quart": 4}, "/a/s/es")
        | {"terç": 3, "terços": 3},
        vague=vague(
            "zero=0 un=1 una=1 u=1 primer=1 primera=1 primers=1 primeres=1 segon=2 segona=2 segons=2 únic=1 "
            "única=1 sol=1 sola=1 ambdós=2 ambdues=2 doble=2 dobles=2 parell=2 parella=2 duo=2 trio=3 triple=3 "
            "set=7 deu=10 nou=9 desena=10 dotzena=12 quinzena=2,14,15 vintena=20 trentena=30 quarantena=40 "
            "cinquantena=50 centenar=100 miler=1000 dècada=10 decenni=10 segle=100 migdia=12 mitjanit=0,12,24 "
            "semestre=2,6 trimestre=3,4 quart=4 quarts=4"
        ),
        links=words("i"),
        halves=words("mig mitja meitat"),
    )


@cache
def portuguese() -> NumberWords:
    """Return the number words of Portuguese."""
    ordinals = "terceir quart quint sext sétim oitav non décim"
    tens = "vigésim trigésim quadragésim quinquagésim sexagésim septuagésim octogésim nonagésim centésim"
    return NumberWords(
        atoms=series(
            "zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze "
            "dezasseis/dezesseis dezassete/dezessete dezoito dezanove/dezenove"
        )
        | series("vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa", 20, 10)
        | series(
            "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas "
            "seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas",
            100,
            100,
        ),
        hundreds=frozenset(),
        scales={
            **dict.fromkeys(("dúzia", "dúzias"), 12),
            **dict.fromkeys(("mil", "milhar", "milhares"), 10**3),
            **dict.fromkeys(("milhão", "milhões"), 10**6),
            **dict.fromkeys(("bilhão", "bilhões"), 10**9),
            **dict.fromkeys(("bilião", "biliões"), 10**12),
        },
        needs_number=words("dúzia dúzias milhar milhares milhões bilhões biliões"),
        ordinals=inflected(series(ordinals, 3) | series(tens, 20, 10), "o/a/os/as") | {"terço": 3, "terços": 3},
        vague=vague(
            "zero=0 um=1 uma=1 primeiro=1 primeira=1 primeiros=1 primeiras=1 segundo=2 segunda=2 segundos=2 "
            "único=1 única=1 só=1 ambos=2 ambas=2 dobro=2 duplo=2 dupla=2 par=2 casal=2 trio=3 triplo=3 "
            "dezena=10 dúzia=12 quinzena=2,14,15 vintena=20 trintena=30 centena=100 milhar=1000 década=10 "
            "século=100 semestre=2,6 trimestre=3,4 quarto=4 quarta=4 quartos=4"
        ),
        links=words("e"),
        halves=words("meio meia metade"),
    )


@cache
def italian() -> NumberWords:
    """Return the number words of Italian."""
    small = series(
        "zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
        "sedici diciassette diciotto diciannove"
    )
    tens = series("venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20, 10)
    units = {word: value for word, value in small.items() if 2 <= value <= 9 and value != 8} | {"tré": 3}
    elided = joined({ten[:-1]: value for ten, value in tens.items()}, {"uno": 1, "un": 1, "otto": 8}, "{ten}{unit}")
    counted = {word: value for word, value in small.items() if value}
    atoms = below_thousand(counted | tens | joined(tens, units, "{ten}{unit}") | elided, "cento")
    ordinals = "terz quart quint sest settim ottav non decim undicesim dodicesim tredicesim quattordicesim quindicesim"
    return NumberWords(
        atoms={"zero": 0} | atoms,
        hundreds=frozenset(),
        scales={
            **dict.fromkeys(("mille", "mila", "migliaio", "migliaia"), 10**3),
            **dict.fromkeys(("milione", "milioni", "mln"), 10**6),
            **dict.fromkeys(("miliardo", "miliardi", "mld"), 10**9),
            **dict.fromkeys(("bilione", "bilioni"), 10**12),
        },
        needs_number=words("mila migliaio migliaia milioni miliardi bilioni mln mld"),
        ordinals=inflected(
            series(ordinals, 3)
            | {"sedicesim": 16, "diciassettesim": 17, "diciottesim": 18, "diciannovesim": 19, "ventesim": 20}
            | {"ventunesim": 21, "trentesim": 30, "quarantesim": 40, "cinquantesim": 50, "centesim": 100},
            "o/a/i/e",
        ),
        vague=vague(
            "zero=0 un=1 uno=1 una=1 primo=1 prima=1 primi=1 prime=1 secondo=2 seconda=2 secondi=2 unico=1 "
            "unica=1 solo=1 sola=1 entrambi=2 entrambe=2 ambedue=2 doppio=2 doppia=2 paio=2 coppia=2 trio=3 "
            "triplo=3 sei=6 decina=10 dozzina=12 quindicina=2,14,15 ventina=20 trentina=30 quarantina=40 "
            "cinquantina=50 centinaio=100 migliaio=1000 decennio=10 secolo=100 mezzogiorno=12 "
            "mezzanotte=0,12,24 semestre=2,6 trimestre=3,4 quarto=4 quarti=4 venti=20"
        ),
        links=words("e"),
        halves=words("mezzo mezza metà"),
        glued=("mila", "mille"),
    )
