"""The words that decide what a full stop means in French: abbreviations, initials' neighbours, sentence openers.

Data only, so that a press officer can add a word without reading a rule. Keys carry no final stop and are in
lower case unless a comment says otherwise; `pipeline.segment.stops` looks them up after undoing ligatures, soft
hyphens and decomposed accents. An abbreviation that is in no table and stands before a capital ends its sentence.
"""


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


TITLES = _words(
    # Forms of address: a name always follows. « Dr. » and « Mme. » are wrong in French and common in French texts.
    """mme mmes mlle mlles mr mrs dr drs mgr ste vve mtre sra srta"""
)

CASED_TITLES = _words(
    # The same, where the lower-case form is a word or a unit: « 3 m. », « 12 mm. », « aidez-me », « 200 ms. ».
    """M MM Me Mes Mc Ms Pr Prs St Sts Mt Ft SM SS RP"""
)

NEVER_FINAL = _words(
    # Always lead on to something in the same sentence, a capital included.
    """cf tél tel télec fax mob vs c.-à-d c.à.d c-à-d càd i.e e.g p.ex n.b nb p.-s p.s resp ndlr ndt"""
)

BEFORE_NAME = _words(
    # Ranks and offices, parts of an address, publishers: the sentence goes on where what follows can be a name,
    # and ends where it cannot (« le gén. Il … »). Also `ch ph th`, which are initials of two letters, and legal
    # `c` and `v` (« Dupont c. France »).
    """prof pres prés dir insp insp-chef préf proc adj adjt adj-chef asp sgt sgt-chef cap capt cne lt lieut
    cdt cmdt col lt-col gén gal maj mal brig brig-chef amb sén sen dép gov rep rev hon hôp univ inst sté ets éts
    av apr ave bd bld boul bvd pl rte chem imp fg fbg sq rés bât appt apt éd édit coll trad réf anc int ext
    jr sr inc ltd corp co cie bros dept mt ft ch ph th aff req c v"""
)

BEFORE_NUMBER = _words(
    # The sentence goes on before a figure, a Roman numeral or a lone letter (« art. L. 511-1 », « vol. II »), and
    # ends before anything else: « art », « vol », « sept », « cap » and « col » are words as well.
    """n nᵒ n° nº no nr num art al p pp pg pag fig tab ill vol t tit liv chap sect par § col lig l f fol éd
    env max min moy h janv jan févr fév mars avr juil juill aoû sept oct nov déc lun ven sam dim
    r d a alin ann app arr décr éch ex lot pt réf rés ref suppl vers v"""
)

MAY_END = _words(
    # Looks like initials, and ends its sentence before any capital all the same.
    """etc j.-c j.c n.-s a.m p.m et.al"""
)

LABELLED = _words(
    # A lone capital after one of these is a label, not an initial: « le plan B. Le maire … ».
    """plan vitamine vitamines hépatite grippe catégorie catégories groupe annexe zone type classe série point lot
    bâtiment porte hall option niveau permis section titre partie tome volume livre chapitre acte lettre terminal
    terminale quai méthode solution hypothèse variante équipe formule figure tableau division tranche voie escalier aile
    bloc rubrique liste modèle appendice phase étape degré rang film témoin charles pie monsieur madame"""
)

PARTICLES = _words(
    # Begin a surname if a capital follows (« D. Le Goff »), a sentence if not (« plan B. Le maire »).
    """le la de du des van von der den el al ben bin ibn da di do dos san santa saint sainte mac mc o"""
)

OPENERS = _words(
    # Words that open sentences and never continue a name.
    """il elle ils elles on je tu nous vous ce cet cette ces cela ceci ça celui celle ceux celles les un une
    mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs aucun aucune chaque plusieurs certains certaines
    quelques quelque tout toute tous toutes tel telle tels telles nul nulle autre autres même mêmes
    deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante soixante cent mille
    et ou mais donc or ni car que qui quoi dont où quand comment pourquoi combien quel quelle quels quelles si
    lorsque puisque quoique comme tandis parce
    à au aux avec avant après afin ainsi alors aussi aussitôt autour auparavant aujourd'hui chez contre
    dans depuis derrière devant dès durant en encore enfin ensuite entre environ hier demain désormais
    faute grâce hormis hors jamais jusque jusqu'à là ici lors maintenant malgré mieux moins
    néanmoins non notamment oui outre par parmi parfois pas pendant peu plus pour pourtant presque près puis
    quant sans sauf selon seul seule seuls seules sinon soit sous souvent sur surtout suite tant tantôt tard tôt
    toujours toutefois trop très vers voici voilà vu également cependant concernant face lui eux moi toi
    est sont était étaient a ont avait avaient sera seront fut furent faut peut doit"""
)
