"""Hedges: what the French only alleges must not be stated as a fact.

French press language alleges with the conditional (*il aurait versé*), with *soupçonné*, *présumé*, *mis en examen*. A
translation that says none of it libels; one that says *convicted* where the French says *mis en examen*, more so.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.check.base import ONE_SPELLING, Check, Defect, SegmentPair, quoted
from pipeline.facts.word_patterns import any_of
from pipeline.languages import base
from pipeline.records import Span

_SUSPECTED = re.compile(
    r"(?<!\w)(?:soupçonn(?:ée?s?|ent|ait|aient)|présumée?s?|présumément|suspectée?s?|prétendue?s?|"
    r"mise?s? en (?:examen|cause|accusation)|inculpée?s?|allégu(?:ée?s?|ations?)|soupçons?)(?!\w)",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"(?<!\w)(?P<verb>aurai(?:en)?t|serai(?:en)?t)\s(?:(?:pas|plus|été|également|aussi|ainsi|notamment|alors|donc|"
    r"déjà|même|toujours|jamais|ensuite|directement)\s){0,2}(?P<participle>\w{2,20}(?:é|ée|és|ées|i|ie|is|it|u|ue|us|ues|ert|ort|aint|eint))(?!\w)",
    re.IGNORECASE,
)
_REAL_CONDITION = re.compile(
    r"(?<!\w)(?:si|s'il|s'ils|sinon|sans|même si|à condition|au cas|dans le cas|que "
    r"se|aimerai\w*|voudrai\w*|devrai\w*|pourrai\w*|"
    r"comme si|afin|imagin\w*|souhait\w*|préfér\w*|intéress\w*|fallu|pu|dû|voulu|aimé|mieux|promis|annoncé "
    r"que|dit que|avait|avaient|était|étaient)(?!\w)",
    re.IGNORECASE,
)
"""What makes a conditional mean what it says: a condition, a wish, the future seen from the past."""
_GUILTY_FRENCH = re.compile(
    r"(?<!\w)(?:condamn\w*|coupable\w*|culpabilité|reconnue?s?|verdict|peine|sentence)(?!\w)", re.IGNORECASE
)


_TABLES: dict[str, tuple[str, str]] = {
    "en": (
        "alleg* reported* suspect* suspicio* presum* accus* charged indict* believ* thought claim* apparent* "
        "purport* suppos* would could might may rumor* rumour* seem* appear* likely possib* probab* "
        "arraign* prosecut* questioned implicat* perhaps maybe consider* deemed assum* estimat* should so-called "
        "evidence potential* putative ostensib* 'd expect* hint* suggest* pretend* feared",
        "convicted guilty sentenced condemned",
    ),
    "es": (
        "presunt* sospech* supuest* acus* imputad* procesad* habría* sería* podr* pued* tendría* quizá* "
        "al_parecer aparent* posible* probable* parece* cree* creen considera* alega* alegat* inculpad* "
        "encausad* indicia* se_dice estaría* haber hubier* hubies* deb* rumor* pretend* atribu* estima* "
        "*aría *arían *ería *erían *iría *irían",
        "condenad* culpable* sentenciad*",
    ),
    "de": (
        "mutmaß* verdächt* verdacht angeblich* vermeintlich* soll sollen solle sollten sollte sei seien habe "
        "wäre* würde* hätte* könnte* dürfte* vermut* beschuldig* angeklagt* anklage* wohl offenbar anscheinend "
        "möglicherweise wahrscheinlich* vielleicht wolle gilt gelten scheint scheinen sogenannt* *verdacht* *verdächt* "
        "bezichtigt* unterstell* glaub* behaupt* werde könne müsse *vorwurf *vorwürfe*",
        "verurteilt* schuldig*",
    ),
    "it": (
        "presunt* sospett* suppost* accus* indagat* imputat* indiziat* avrebbe* sarebbe* potrebbe* forse "
        "apparentement* possibil* probabil* sembra* ritenut* ritien* crede* creduto incriminat* inquisit* pare "
        "si_dice asserit* pretes* starebbe* dovrebbe* fosse* abbia* sia siano stimat* risult* *rebbe *rebbero",
        "condannat* colpevol*",
    ),
    "pt": (
        "alegad* suspeit* presum* supost* acusad* acusaç* arguid* indiciad* teria* seria* estaria* poderia* talvez "
        "aparent* possível possivel* provável provavel* parece* acredit* considerad* imputad* dev* pod* processad* "
        "*aria *ariam *eria *eriam *iria *iriam tenha tenham",
        "condenad* culpad* culpado*",
    ),
    "ca": (
        "presumpt* sospit* suposad* acusa* imputa* hauria* seria* podria* potser aparent* possible* probable* sembla* "
        "creu* processa* encausa* considera* al·leg* pod* estaria* *aria *arien *eria *erien *iria *irien",
        "condemna* culpable*",
    ),
    "nl": (
        "verdacht* verdenk* vermeend* vermoed* vermoedelijk* beschuldigd* aangeklaagd* zou zouden kan kunnen "
        "mogelijk* waarschijnlijk* misschien blijkbaar naar_verluidt lijk* beticht* in_verdenking zogenaamd* beweer*",
        "veroordeeld* schuldig*",
    ),
}
"""For each language: words that hedge, generously; words that pronounce somebody guilty."""
_ATTRIBUTIONS = {
    "en": "according said says say saying sources indicat* cited citing",
    "es": "según dic* dij* dicho asegur* afirm* señal*",
    "de": "laut zufolge nach_angaben heißt wirft werfen warf vorgeworfen nach_ansicht nach_aussage*",
    "it": "secondo dice* dett* sostien*",
    "pt": "segundo diz* disse*",
    "ca": "segons diu* va_dir",
    "nl": "volgens zei zegt",
}
"""Words that say who alleges it: a hedge unless the French says who, too, and alleges all the same."""
_PROCEEDINGS = {
    "en": "investigat* charg* trial under_*",
    "es": "investig* juicio cargos",
    "de": "ermitt* untersuch* *prozess*",
    "it": "inchiesta indagin* processo",
    "pt": "investig* constituíd*",
    "ca": "investiga*",
    "nl": "onderzoek*",
}
"""Words that stand for *mis en examen* and *soupçonné*, and not for a conditional."""
_FRENCH_ATTRIBUTION = re.compile(
    r"(?<!\w)(?:selon|d'après|suivant|à en croire|de sources?|reproch\w{1,6})(?!\w)", re.IGNORECASE
)
_NO_CONDITIONAL = re.compile(
    r"(?<!\w)(?:secretaría|comisaría|ingeniería|galería|infantería|batería|carrocería|tesorería|"
    r"maria|varia|secretaria|materia|bacteria|aria|alegria|galeria|historia)s?(?!\w)",
    re.IGNORECASE,
)
"""Nouns that end like a conditional of the Romance languages."""


@lru_cache(maxsize=16)
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(any_of, (*_TABLES[lang], _ATTRIBUTIONS[lang], _PROCEEDINGS[lang])))


def hedges(text: str) -> list[Span]:
    """Find where a French text alleges: *soupçonné* and its kin, and the conditional of hearsay."""
    spelled = text.translate(ONE_SPELLING)
    found = [Span(*match.span()) for match in _SUSPECTED.finditer(spelled)]
    if not _REAL_CONDITION.search(spelled):
        found += [Span(*match.span()) for match in _CONDITIONAL.finditer(spelled)]
    return sorted(found, key=lambda span: span.start)


def _find(pair: SegmentPair) -> Iterator[Defect]:
    found = hedges(pair.source)
    if not found:
        return
    hedging, guilty, attribution, proceedings = _patterns(base(pair.target_lang))
    target = pair.target.translate(ONE_SPELLING)
    surface = pair.source[found[0].start : found[0].end]
    verdict = guilty.search(target)
    if verdict and not _GUILTY_FRENCH.search(pair.source):
        message = f"French only alleges ({quoted(surface)}); {pair.language} says {quoted(verdict[0])}."
        yield Defect("blocker", message, found[0], Span(*verdict.span()))
        return
    source = pair.source.translate(ONE_SPELLING)
    plain = _NO_CONDITIONAL.sub("", target)
    kept = (
        hedging.search(plain)
        or (not _FRENCH_ATTRIBUTION.search(source) and attribution.search(plain))
        or (_SUSPECTED.search(source) and proceedings.search(plain))
    )
    if not kept:
        message = f"French only alleges ({quoted(surface)}); the {pair.language} text states it as a fact."
        yield Defect("major", message, found[0])


def _applies(lang: str) -> bool:
    return base(lang) in _TABLES


def _count(pair: SegmentPair) -> int:
    return len(hedges(pair.source))


HEDGES = Check("allegations", _find, _count, "items", _applies)
