"""Words that say nothing of what a text is about, by language: articles, pronouns, prepositions, auxiliaries.

What is listed here can be summarized by itself; see `pipeline.summarize.standalone`.
"""

from functools import cache

from pipeline.languages import base

_STOP_WORDS = {
    "fr": """
a à afin ai ailleurs ainsi alors après as au aucun aucune aujourd aura auront aussi autre autres aux avaient avait
avant avec avoir ayant bien c car ce cela celle celles celui ces cet cette ceux chaque chez ci comme contre d dans
de déjà depuis des dès donc dont du durant elle elles en encore entre es est et étaient était étant été être eu eux
fait faire faut fut hui ici il ils j je jusqu l la là le les leur leurs lors lorsque lui m ma mais me même mêmes
mes moi moins mon n ne ni nos notre nous on ont or ou où par parce pas pendant peut peuvent plus pour pourquoi
puis puisque qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soi soit sommes
son sont sous suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très trop tu un une
vers voici vos votre vous y
""",
    "en": """
a about after again against all also although am an and any are as at be because been before being between both but
by can could d did do does during each either else even every few for from further had has have having he her here
hers him his how however i if in into is it its itself just ll may me might more most much must my neither no nor not
now of off on once only or other our out over own per re s same shall she should since so some such t than that the
their them then there these they this those though through thus to too under until up upon us ve very was we were
what when where whether which while who whom whose why will with within without would yet you your
""",
    "es": """
a al algo algún alguna algunas alguno algunos ante antes aquel aquella así aún aunque bajo bien cada como con contra
cual cuales cuando cuya cuyo de del desde donde dos durante e el él ella ellas ellos en entre era eran es esa esas ese
eso esos esta está están estaba estas este esto estos fue fueron ha haber había han hasta hay he la las le les lo los
más me mediante mi mientras muy nada ni no nos nosotros o os otra otras otro otros para pero poco por porque pues que
qué quien quienes se según sea ser será si sí sido siempre sin sino sobre son su sus tal también tan tanto te tiene
tienen toda todas todo todos tras tu tú tus u un una unas uno unos y ya yo
""",
    "ca": """
a abans això al als altra altre altres amb any aquell aquella aquells aquest aquesta aquestes aquests així cada cap
com contra d de del dels des després doncs dos durant e el ella elles ells els em en encara entre era eren es és està
estan fa fins fou ha han havia hi ho i ja l la les li llur lo m mateix mentre mes més molt molts n ni no nosaltres o on
pel pels per però perquè poc pot qual quals quan que què qui s sa se segons sense ser serà seu seus seva seves si sí
són sota també tan tant te té tot tota totes tots un una unes uns va van
""",
    "pt": """
a à ainda além ao aos apenas após aquela aquele as às assim até cada com como contra cuja cujo da das de dela dele
delas deles depois desde dessa desse desta deste do dois dos durante e é ela elas ele eles em enquanto entre era eram
essa essas esse esses esta está estão estas este estes eu foi for foram há isso isto já lá lhe lhes mais mas me mesmo
muito na não nas nem nessa nesse nesta neste no nos nós nossa nosso num numa o onde os ou outra outras outro outros
para pela pelas pelo pelos pode podem por porque quais qual quando que quem são se segundo seja sem ser será seu seus
só sob sobre sua suas também tão tem têm ter teve tinha toda todas todo todos um uma umas uns
""",
    "it": """
a abbia ad agli ai al alla alle allo anche ancora aveva avevano c che chi ci cioè come con contro cui d da dagli dai
dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove due durante e è ed era erano essere fa fino
fra fu furono già gli ha hanno i il in infatti invece io l la le lei li lo loro lui ma mentre mi mia mio molto né negli
nei nel nella nelle nello no noi non nostra nostro o od ogni per perché però più poi prima può quale quali quando
quanto quel quella quelle quelli quello questa queste questi questo qui sarà se secondo sempre senza si sì sia siano
sono stata stato sua sue sugli sui sul sulla sulle suo suoi tra tutta tutte tutti tutto un una uno vi
""",
    "de": """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus außer bei beim bereits bevor bis da
dabei damit dann das dass dazu dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort
du durch ein eine einem einen einer eines er es etwa für gegen gegenüber hat hatte hatten haben hier hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer im in ins ist ja je jede jedem jeden jeder jedes jedoch kann kein keine keinen können
man mehr mein mit nach nachdem neben nicht nichts noch nun nur ob oder ohne schon sehr sei sein seine seinem seinen
seiner seit sich sie sind so sondern soll sollen sowie über um und uns unter vom von vor wäre während war waren was weil
welche welcher wenn wer werden wie wieder wir wird wo worden wurde wurden zu zum zur zwar zwischen
""",
    "nl": """
aan al alle alleen als altijd andere beide bij binnen daar daarom dan dat de der deze die dit doch doen door dus een
elke en er ge geen had hadden heb hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar me meer men
met mij mijn moet na naar niet niets nog nu of om omdat ons onze ook op over per reeds sinds te tegen ten ter tijdens
toch toen tot tussen u uit uw van veel voor waar was wat we wel welke wel werd werden wie wij wordt worden zal ze zelf
zich zij zijn zo zonder zou zouden
""",
}


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return a language's stop words in lower case; empty where none are known here."""
    return frozenset(_STOP_WORDS.get(base(lang), "").split())


def languages_with_stop_words() -> tuple[str, ...]:
    """Return the languages whose stop words are known here, without script or territory."""
    return tuple(_STOP_WORDS)
