"""Words at which a sentence may be cut, by language: what `compress` knows of grammar, and nothing else.

Each list is short on purpose: it holds what can be left out without making the rest wrong or ungrammatical. What
carries the meaning of the main clause is in none of them: conditions (« si », « sauf »), attributions (« selon »),
negations, restrictive relative clauses without a comma. A language without an entry is cut at brackets and
semicolons only.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.languages import base


@dataclass(frozen=True, slots=True)
class Clauses:
    """A language's words, as regular expressions that match in lower case, at the start of a word.

    Attributes:
        tails: What opens a phrase at the end that can go.
        dates: Dates; they can go at the very end only, since elsewhere an object may follow.
        purposes: The same for words that also stand inside names (« Complexe mondial pour l’innovation »).
        asides: What opens a non-restrictive phrase behind a comma.
        finite: Finite verbs that tell where the main clause's verb is.
        openers: Adverbials at the head of a sentence that can go, comma included.
        negations: With one of these before it, nothing is cut: the cut part may be what is denied.
        relatives: Words after which a verb is no main verb.
        essential: Words without which the rest would say something else: whose claim it is, and what limits it.
        reporting: Verbs of saying; what was said must not be cut off.
        dangling: Words that nothing may end with.
    """

    tails: str
    dates: str
    purposes: str
    asides: str
    finite: str
    openers: str
    negations: str
    relatives: str
    essential: str
    reporting: str
    dangling: str


_FRENCH_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_FRENCH = Clauses(
    tails=r"dont|notamment|y compris|ainsi que|afin d|lors (?:de|du|des|d[’'])|après|pendant|durant|depuis|au cours d|"
    r"tandis que?|alors que?|lorsque?|grâce (?:à|au)|dans le cadre d|dans le but d|à l[’']occasion d|en vue d|"
    r"au moyen d|au moment où",
    dates=rf"les? \d[^,;.]{{0,20}}? (?:{_FRENCH_MONTHS})|en (?:{_FRENCH_MONTHS}|\d{{4}})|(?:le )?(?:lundi|mardi|"
    rf"mercredi|jeudi|vendredi|samedi|dimanche)",
    purposes=r"pour|dans|à partir d",
    asides=r"qui|dont|où|notamment|y compris|ainsi que|afin d|sans compter|\w{3,}ant\b|victime|avec|en \w+ant\b",
    finite=r"a|ont|est|sont|avait|avaient|était|étaient|fut|furent|sera|seront|aura|auront|s[’'](?:est|était|étaient)|"
    r"se (?:sont|tient|tiendra)|va|vont|doit|doivent|peut|peuvent|devra|devront|pourra|pourront|permet|permettent|"
    r"permettra|annonce|lance|présente|ouvre|vient|viennent|fait|font|compte|représente|désigne|gère|bénéficie|"
    r"bénéficient|lutte|travaille|reste|restent|figurent|démontre|montre|vise|visent|visait|comprend|prévoit|"
    r"concerne|s[’']élève|l[’']a|l[’']ont|accueille|propose|organise|confirme|appelle|invite",
    openers=r"dans le cadre d|à l[’']occasion d|au cours d|lors d|par ailleurs|en outre|de plus|ainsi|enfin|également|"
    r"en effet|de même|en conséquence|par conséquent|outre|à ce jour|à cet effet|à cette occasion|dans ce contexte",
    negations=r"ne|n[’'].*|ni|non|pas|jamais|aucune?|sans|rien|personne",
    relatives=r"qui|que|qu[’'].*|dont|où|lequel|laquelle|lesquels|lesquelles|si|comme|lorsque|quand|parce|puisque",
    essential=r"selon|d[’']après|sauf|excepté|hormis|à moins|à condition|sous réserve|si|mais|sans",
    reporting=r"déclaré|indiqué|affirmé|annoncé|précisé|ajouté|expliqué|estimé|rappelé|souligné|prévenu|assuré|dit|"
    r"confié|révélé|constaté|promis|rapporté|considéré|jugé|admis|reconnu|conclu|annonce|indique|déclare|affirme|"
    r"estime|précise",
    dangling=r"le|la|les|l[’']|un|une|des|du|de|d[’']|au|aux|à|en|et|ou|ni|par|pour|sur|sous|dans|avec|entre|avant|"
    r"après|dès|depuis|chez|vers|contre|sans|tout|toute|tous|toutes|chaque|que|qui|dont|où|si|son|sa|ses|leur|leurs|"
    r"ce|cet|cette|ces|plus|moins|très|jusqu[’']?|jusque|notre|nos|a|ont|est|sont|être|avoir|été|mais|comme|car|soit|environ|près|lors|afin|"
    r"c[’']est(?:-à-dire)?|notamment|pendant",
)

_ENGLISH_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ENGLISH = Clauses(
    tails=r"whose|including|as well as|in order to|after|during|since|while|whereas|when|thanks to|"
    r"as part of|with the aim of|with a view to|by means of",
    dates=rf"(?:on |the )\d[^,;.]{{0,20}}? (?:{_ENGLISH_MONTHS})|(?:on|in) (?:{_ENGLISH_MONTHS}|\d{{4}})|on (?:monday|"
    rf"tuesday|wednesday|thursday|friday|saturday|sunday)",
    purposes=r"in|from",
    asides=r"which|who|whose|whom|where|including|notably|in particular|as well as|not counting|\w{3,}ing\b|"
    r"(?:\w+ )?(?:of )?(?:which|whom)|a victim",
    finite=r"has|have|had|is|are|was|were|will|can|must|launches|allows|makes|presents|opens|led|"
    r"announced|launched|allowed|made|opened|resulted|confirmed|represents|remains|manages|aims",
    openers=r"as part of|in the frame(?:work)? of|within the framework of|on the occasion of|during|"
    r"in the course of|furthermore|moreover|in addition|finally|thus|"
    r"also|likewise|as a result|besides|to date|in this context",
    negations=r"not|no|nor|never|none|without|nobody|nothing|cannot|\w+n[’']t",
    relatives=r"who|which|that|whose|whom|where|if|as|when|because",
    essential=r"according|except|unless|provided|subject|if|but|without|alleged\w*",
    reporting=r"said|says|stated|declared|announced|added|explained|warned|told|claimed|noted|stressed|confirmed|"
    r"indicated|announces|states|concluded",
    dangling=r"the|a|an|all|every|each|of|to|in|on|at|by|for|from|with|and|or|nor|between|before|after|since|that|"
    r"which|who|whose|"
    r"his|her|its|their|this|these|more|less|very|has|have|is|are|was|were|be|been|but|as|than|about|until|under|into",
)

_SPANISH_MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_SPANISH = Clauses(
    tails=r"cuy[oa]s?|incluid[oa]s?|así como|a fin de|con el fin de|durante|desde|mientras|cuando|gracias a|"
    r"después de|tras|"
    r"en el marco de|con motivo de|con vistas a|por medio de|en el transcurso de",
    dates=rf"(?:el|los)(?: días)? \d[^,;.]{{0,20}}? (?:{_SPANISH_MONTHS})|en (?:{_SPANISH_MONTHS}|\d{{4}})|"
    rf"el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)",
    purposes=r"para|a partir de",
    asides=r"que|quien|quienes|cuy[oa]s?|donde|incluid[oa]s?|en particular|así como|sin contar|\w{2,}[aei]ndo\b|"
    r"víctima|de l[oa]s cuales|con",
    finite=r"ha|han|es|son|está|están|estaba|estaban|fue|fueron|era|eran|había|habían|será|serán|se (?:ha|había|han)|"
    r"va|van|debe|deben|puede|pueden|permite|permiten|anuncia|lanza|presenta|abre|representa|\w{3,}ó|\w{2,}(?:aron|ieron)",
    openers=r"en el marco d|en el cuadro d|con motivo de|en el transcurso de|durante|además|por otra parte|asimismo|"
    r"por último|así|"
    r"en efecto|por consiguiente|hasta la fecha|en este contexto",
    negations=r"no|ni|nunca|jamás|ningun[oa]?|ningún|sin|nada|nadie",
    relatives=r"que|quien|quienes|cuy[oa]s?|donde|si|como|cuando|porque",
    essential=r"según|salvo|excepto|a menos|a condición|siempre|si|pero|sino|sin",
    reporting=r"dicho|dijo|declarad[oa]|declaró|indicado|indicó|afirmado|afirmó|anunciado|anunció|añadido|añadió|"
    r"explicado|explicó|precisado|anuncia|concluido|concluyó",
    dangling=r"tod[oa]s?|cada|el|la|los|las|un|una|unos|unas|de|del|a|al|en|y|e|o|u|ni|por|para|sobre|bajo|con|"
    r"entre|antes|tras|"
    r"desde|hacia|contra|sin|que|quien|donde|si|su|sus|este|esta|estos|estas|más|menos|muy|hasta|ha|han|es|son|ser|"
    r"pero|sea|cerca|según|lo",
)

_CATALAN_MONTHS = "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre"
_CATALAN = Clauses(
    tails=r"del qual|de la qual|dels quals|de les quals|inclosos|incloses|així com|a fi de|amb la finalitat de|"
    r"durant|des de|mentre|quan|gràcies a|després de|"
    r"en el marc de|amb motiu de|per mitjà de|en el transcurs de",
    dates=rf"(?:el|els|l[’'])(?: dies)? ?\d[^,;.]{{0,20}}? (?:{_CATALAN_MONTHS})|(?:al|el|"
    rf"l[’'])(?: mes)?(?: de)? ?(?:{_CATALAN_MONTHS})|(?:dilluns|dimarts|dimecres|dijous|divendres|dissabte|"
    rf"diumenge)",
    purposes=r"per a|a partir de",
    asides=r"que|qui|on|inclosos|incloses|en particular|així com|sense comptar|\w{2,}[aei]nt\b|víctima|amb",
    finite=r"ha|han|és|són|està|estan|estava|fou|foren|era|eren|havia|havien|serà|seran|s[’']ha|s[’']havia|va|van|"
    r"deu|pot|poden|permet|permeten|anuncia|llança|presenta|obre|representa|ha estat",
    openers=r"en el marc d|amb motiu de|en el transcurs de|durant|a més|d[’']altra banda|així mateix|finalment|així|"
    r"en efecte|per tant|fins ara|en aquest context",
    negations=r"no|ni|mai|cap|sense|res|ningú",
    relatives=r"que|qui|on|si|com|quan|perquè|què",
    essential=r"segons|excepte|llevat|tret|sempre|si|però|sinó|sense",
    reporting=r"dit|declarat|indicat|afirmat|anunciat|afegit|explicat|precisat|anuncia|conclòs|assegurat",
    dangling=r"tots?|tot[ae]s?|cada|el|la|els|les|l[’']|un|una|uns|unes|de|del|dels|d[’']|a|al|als|en|i|o|ni|per|"
    r"sobre|sota|amb|entre|"
    r"abans|després|des|cap|contra|sense|que|qui|on|si|seu|seva|seus|seves|aquest|aquesta|més|menys|molt|fins|ha|han|"
    r"és|són|ser|però|sigui|prop|segons",
)

_PORTUGUESE_MONTHS = "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
_PORTUGUESE = Clauses(
    tails=r"cuj[oa]s?|incluindo|nomeadamente|bem como|assim como|a fim de|com o fim de|durante|desde|enquanto|"
    r"quando|graças a|"
    r"depois de|após|no âmbito d|por ocasião d|por meio de|no decurso d",
    dates=rf"(?:em|a|os|no dia|nos dias) \d[^,;.]{{0,20}}? (?:{_PORTUGUESE_MONTHS})|em (?:{_PORTUGUESE_MONTHS}|"
    rf"\d{{4}})",
    purposes=r"para|a partir de",
    asides=r"que|quem|cuj[oa]s?|onde|incluindo|nomeadamente|bem como|assim como|sem contar|\w{2,}[aei]ndo\b|"
    r"vítima|d[oa]s quais|com",
    finite=r"tem|têm|é|são|está|estão|estava|foi|foram|era|eram|tinha|tinham|havia|será|serão|vai|vão|deve|devem|"
    r"pode|podem|permite|permitem|anuncia|lança|apresenta|abre|representa|permitiu|se tinha|"
    r"\w{3,}ou|\w{2,}(?:aram|eram|iram)",
    openers=r"no âmbito d|no marco d|no quadro d|por ocasião d|no decurso d|durante|além disso|por outro lado|"
    r"igualmente|por fim|"
    r"assim|com efeito|por conseguinte|até à data|neste contexto",
    negations=r"não|nem|nunca|jamais|nenhum|nenhuma|sem|nada|ninguém",
    relatives=r"que|quem|cuj[oa]s?|onde|se|como|quando|porque",
    essential=r"segundo|salvo|exceto|excepto|a menos|desde que|se|mas|sem",
    reporting=r"dito|disse|declarado|declarou|indicado|indicou|afirmado|afirmou|anunciado|anunciou|acrescentou|"
    r"explicou|anuncia|concluiu|concluído",
    dangling=r"tod[oa]s?|cada|o|a|os|as|um|uma|uns|umas|de|do|da|dos|das|ao|aos|à|às|em|no|na|nos|nas|e|ou|nem|por|"
    r"pelo|pela|para|"
    r"sobre|sob|com|entre|antes|após|desde|contra|sem|que|quem|onde|se|seu|sua|seus|suas|este|esta|mais|menos|muito|"
    r"até|tem|têm|é|são|ser|mas|seja|cerca|segundo",
)

_ITALIAN_MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_ITALIAN = Clauses(
    tails=r"(?:il|la|i|le) cui|compres[oaie]|tra cui|fra cui|nonché|così come|al fine di|durante|mentre|quando|"
    r"grazie a|dopo|"
    r"nell[’']ambito d|in occasione d|con l[’']obiettivo di|per mezzo di|nel corso d",
    dates=rf"(?:il|i) \d[^,;.]{{0,20}}? (?:{_ITALIAN_MONTHS})|(?:a|in|nel) (?:{_ITALIAN_MONTHS}|\d{{4}})",
    purposes=r"per|a partire da",
    asides=r"che|cui|dove|tra cui|fra cui|compres[oaie]|in particolare|nonché|così come|senza contare|"
    r"\w{2,}[ae]ndo\b|vittima|con",
    finite=r"ha|hanno|è|c[’']è|c[’']era|sono|era|erano|fu|furono|aveva|avevano|sarà|saranno|si (?:è|era|sono|erano)|"
    r"va|vanno|deve|"
    r"devono|può|possono|permette|consente|annuncia|lancia|presenta|apre|rappresenta|ha permesso|"
    r"\w{3,}ò|\w{2,}(?:arono|erono|irono)",
    openers=r"nell[’']ambito d|nel marco d|nel quadro d|in occasione d|nel corso d|durante|inoltre|d[’']altra parte|"
    r"infine|così|"
    r"allo stesso modo|in effetti|di conseguenza|finora|in questo contesto",
    negations=r"non|né|mai|nessun[oa]?|senza|niente|nulla",
    relatives=r"che|cui|chi|dove|se|come|quando|perché",
    essential=r"secondo|salvo|eccetto|tranne|a meno|a condizione|se|ma|bensì|senza",
    reporting=r"detto|dichiarato|indicato|affermato|annunciato|aggiunto|spiegato|precisato|annuncia|concluso|"
    r"assicurato",
    dangling=r"tutt[oaie]|ogni|il|lo|la|i|gli|le|l[’']|un|uno|una|un[’']|di|del|della|dello|dei|degli|delle|d[’']|a|"
    r"al|alla|ai|agli|"
    r"alle|in|nel|nella|e|ed|o|né|per|su|sul|sulla|sotto|con|tra|fra|prima|dopo|da|dal|dalla|verso|contro|senza|che|"
    r"cui|dove|se|suo|sua|suoi|sue|loro|questo|questa|più|meno|molto|fino|ha|hanno|è|sono|essere|ma|sia|circa|secondo",
)

CLAUSES: dict[str, Clauses] = {
    "fr": _FRENCH,
    "en": _ENGLISH,
    "es": _SPANISH,
    "ca": _CATALAN,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
}
"""By language, without script or territory."""


@dataclass(frozen=True, slots=True, eq=False)
class ClausePatterns:
    """A language's words, compiled; see `Clauses`."""

    tail: re.Pattern[str]
    date: re.Pattern[str]
    purpose: re.Pattern[str]
    aside: re.Pattern[str]
    finite: re.Pattern[str]
    opener: re.Pattern[str]
    negation: re.Pattern[str]
    relative: re.Pattern[str]
    essential: re.Pattern[str]
    reporting: re.Pattern[str]
    dangling: re.Pattern[str]


@cache
def clause_patterns(lang: str) -> ClausePatterns | None:
    """Return the patterns for a BCP-47 tag; None for a language that nothing is known of."""
    clauses = CLAUSES.get(base(lang))
    if clauses is None:
        return None
    return ClausePatterns(
        tail=_starts(clauses.tails),
        date=_starts(clauses.dates),
        purpose=_starts(clauses.purposes),
        aside=_starts(clauses.asides),
        finite=_whole(clauses.finite),
        opener=_starts(clauses.openers),
        negation=_whole(clauses.negations),
        relative=_whole(clauses.relatives),
        essential=_whole(clauses.essential),
        reporting=_whole(clauses.reporting),
        dangling=_whole(clauses.dangling),
    )


def _starts(alternatives: str) -> re.Pattern[str]:
    """Match a phrase at its start; one that ends in `d` goes on with de, du, des or d’."""
    phrases = re.sub(r" d(?=\||$)", r" d(?:es?|u|i|os?|as?|e[il]|ell[aeo’']|egli|[’'])", alternatives)
    return re.compile(rf"(?:{phrases})(?:(?![^\W\d])|(?<=[’']))", re.IGNORECASE)


def _whole(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives})(?!\w)", re.IGNORECASE)
