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
        "alleg* reported* suspect* suspicio* presum* accus* charg* indict* investigat* believ* thought said says "
        "say saying claim* apparent* "
        "purport* suppos* would could might may rumor* rumour* according seem* appear* likely possib* probab* "
        "arraign* prosecut* "
        "questioned under_* implicat* perhaps maybe consider* deemed assum* estimat* should so-called estimated "
        "evidence potential* putative "
        "ostensib* 'd expect* hint* suggest* indicat* mean* think* thinks sources pretend* feared trial stand*",
        "convicted guilty sentenced condemned",
    ),
    "es": (
        "presunt* sospech* supuest* acus* imput* investig* procesad* habría* sería* podría* pod* tendría* quizá* "
        "al_parecer aparent* posible* "
        "probable* según parece* dic* dij* dicho cree* creen considera* asegur* afirm* alega* alegat* inculpad* "
        "encausad* indicia* se_dice estaría* "
        "haber hubier* hubies* pued* pudo deb* iba* rumor* pretend* atribu* estima* cargos señal* juicio *ría *rían",
        "condenad* culpable* sentenciad*",
    ),
    "de": (
        "mutmaß* verdächt* verdacht angeblich* vermeintlich* soll sollen solle sollten sollte sei seien habe "
        "wäre* würde* hätte* könnte* dürfte* "
        "vermut* beschuldig* angeklagt* anklage* ermitt* wohl offenbar anscheinend möglicherweise "
        "wahrscheinlich* vielleicht laut zufolge "
        "nach_angaben wolle wollen will gilt gelten scheint scheinen heißt sogenannt* vorgeworfen vorw* wirft "
        "werfen *verdacht* *verdächt* annahme  "
        "angenommen bezichtigt* unterstell* glaub* geh* behaupt* werde werden könne können müsse *vorwurf "
        "*prozess* untersuch*",
        "verurteilt* schuldig*",
    ),
    "it": (
        "presunt* sospett* suppost* accus* indagat* imputat* indiziat* avrebbe* sarebbe* potrebbe* forse "
        "apparentement* possibil* probabil* secondo "
        "sembra* dice* dett* ritenut* ritien* crede* creduto incriminat* inquisit* pare si_dice asserit* pretes* "
        "starebbe* dovrebbe* può inchiesta "
        "indagin* fosse* abbia* sia siano stimat* risult* processo sostien*",
        "condannat* colpevol*",
    ),
    "pt": (
        "alegad* suspeit* presum* supost* acusad* acusaç* arguid* indiciad* investig* teria* seria* estaria* "
        "poderia* talvez aparent* possível possivel* "
        "provável provavel* segundo parece* diz* disse* acredit* considerad* imputad* dev* constituíd* pod* "
        "processad*",
        "condenad* culpad* culpado*",
    ),
    "ca": (
        "presumpt* sospit* suposad* acusa* imputa* investiga* hauria* seria* podria* potser aparent* possible* "
        "probable* segons sembla* diu* creu* "
        "pressumpt* processa* encausa* considera* al·leg* pod* estaria*",
        "condemna* culpable*",
    ),
    "nl": (
        "verdacht* verdenk* vermeend* vermoed* vermoedelijk* beschuldigd* aangeklaagd* zou zouden kan kunnen "
        "mogelijk* waarschijnlijk* misschien "
        "volgens blijkbaar naar_verluidt lijk* beticht* in_verdenking onderzoek* zogenaamd* beweer*",
        "veroordeeld* schuldig*",
    ),
}
"""For each language: words that hedge, generously; words that pronounce somebody guilty."""


@lru_cache(maxsize=16)
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    hedging, guilty = _TABLES[lang]
    return any_of(hedging), any_of(guilty)


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
    hedging, guilty = _patterns(base(pair.target_lang))
    target = pair.target.translate(ONE_SPELLING)
    surface = pair.source[found[0].start : found[0].end]
    verdict = guilty.search(target)
    if verdict and not _GUILTY_FRENCH.search(pair.source):
        message = f"French only alleges ({quoted(surface)}); {pair.language} says {quoted(verdict[0])}."
        yield Defect("blocker", message, found[0], Span(*verdict.span()))
    elif not hedging.search(target):
        message = f"French only alleges ({quoted(surface)}); the {pair.language} text states it as a fact."
        yield Defect("major", message, found[0])


def _applies(lang: str) -> bool:
    return base(lang) in _TABLES


def _count(pair: SegmentPair) -> int:
    return len(hedges(pair.source))


HEDGES = Check("allegations", _find, _count, "items", _applies)
