"""Who says a quotation: the same person in both texts, and no quotation that nobody said.

The speaker is the name beside a verb of saying (*a déclaré Sanjay Virmani*, *selon M. Nakatani*). In the translation
the same name must stand nearest to a verb of saying. A quotation that stands in the translation only is an invention
when it is as long as what people say and the French neither has marks nor reports speech there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.check.base import ONE_SPELLING, Check, Defect, SegmentPair, quoted
from pipeline.check.name_search import is_found, read
from pipeline.check.name_signs import CAPITAL_NOUNS, likeness
from pipeline.check.name_strangers import find_strangers
from pipeline.check.quotation import find_quotations
from pipeline.facts.base import Fact
from pipeline.facts.names import find_names
from pipeline.facts.word_patterns import any_of
from pipeline.languages import base
from pipeline.records import Span

ALIKE = 0.6
"""Likeness from which another name is the speaker's, however badly spelled."""
SAID = 4
"""Words from which a quotation is something said, and no title or expression."""
REACH = 60
"""Characters between a verb of saying and the name of who says it, at most."""
_MARKS = re.compile(r"[«»“”„‟\"‹›‚‘`´]|''|,,|(?<!\w)['’]|(?:^|\n)\s*[–—-]\s")


_SAYING = {
    "fr": "déclar* dit dis* indiqu* affirm* annonc* précis* ajout* expliqu* estim* rappel* soulign* préven* "
    "assur* confi* révél* "
    "constat* promis promet rapport* considèr* considér* jug* admis admet reconn* conclu* selon écri* répond* "
    "demand* lanc* "
    "commen* racont* regrett* insist* poursui* réagi* plaisant* not* s'exclam* exclam* avou* dénonc* critiqu* "
    "répliqu* observ* confirm* "
    "remarqu* propos* menac* cri* pens* croi* cit* mention* inform* fit signal* d'après avert* martel* résum* "
    "plaid* soupir* soutien* "
    "soutenu* suggér* témoign* prétend* évoqu* salu* met* met_en_garde communiqu* murmur* interrog* parl* décri* "
    "souhait* espèr* espér* invit* exig* énonc* accus* nie* voi* dir* exhort*",
    "en": "said say* told tell* stat* declar* announc* add* explain* according emphasi* stress* warn* assur* "
    "confid* reveal* not* "
    "promis* report* consider* think* thought conclud* wrote writ* repl* respond* ask* comment* recall* regret* "
    "insist* continu* react* "
    "jok* quip* exclaim* admit* acknowledg* claim* affirm* indicat* confirm* remark* suggest* point* argu* "
    "observ* believ* estimat* recount* propos* testif* "
    "describ* put assert* mention* inform* complain* critici* predict* express* maintain* call* threaten* deplor*",
    "es": "dijo dic* dich* declar* afirm* anunci* añad* explic* según señal* subray* advir* advert* asegur* "
    "confi* revel* indic* precis* "
    "prometi* inform* consider* opin* conclu* escrib* respond* pregunt* coment* record* lament* insist* agreg* "
    "reaccion* brome* exclam* admit* "
    "reconoc* sosten* sostuv* manifest* apunt* confirm* expres* cree cuent* cont* estim* destac* sugiri* propus* "
    "piens* pens* aleg* recalc* "
    "mencion* argument* critic* denunci* describ* sugier* plante* apel* reiter*",
    "de": "sagt* sag* erklär* laut teilt* mitgeteilt ankündig* kündigt* fügt* betont* warnt* versicher* "
    "erläuter* meint* mein* "
    "schreib* schrieb antwort* fragt* erinner* bedauer* gab gibt bericht* zufolge so räumt* behaupt* bestätig* "
    "bemerk* äußer* glaubt* erzähl* "
    "schätz* kommentier* zitier* scherz* urteil* nach merkt* stellt* weist* unterstr* versprach verspr* hinzu "
    "beschreib* hieß heißt fest wies "
    "nennt nannte kritisier* beton* denk* dacht* find* fand* beschwer* verkünd* fordert* klagt* verrät verriet*",
    "it": "ha_detto detto dic* disse dichiar* afferm* annunci* aggiun* spieg* secondo sottoline* avver* assicur* "
    "confid* rivel* indic* precis* "
    "promess* riport* consider* ritien* conclus* conclud* scriv* scritto rispos* rispond* chied* chiest* "
    "comment* ricord* insist* continu* reagi* scherz* "
    "esclam* ammess* ammett* riconosc* sostien* sostenu* conferm* osserv* raccont* stima* not* cred* pens* "
    "propon* fatto_sapere parl* descri* critic* "
    "informa* lament* espress* mette mess*",
    "pt": "disse diz* dito declar* afirm* anunci* acrescent* explic* segundo salient* sublinh* advert* alert* "
    "garant* confi* revel* indic* precis* promet* "
    "inform* consider* opin* conclu* escrev* respond* pergunt* coment* record* lembr* lament* insist* reag* "
    "brinc* admit* reconhec* refer* apont* "
    "confirm* observ* contou conta estim* destac* suger* acredit* frisou argument*",
    "ca": "va_dir ha_dit dit diu* declar* afirm* anunci* afegi* afegeix explic* segons assenyal* subratll* "
    "advert* assegur* confi* revel* indic* precis* "
    "informa* consider* opin* conclou* concl* escri* respon* pregunt* coment* record* lament* insist* admet* "
    "reconeix* sost* apunt* confirm* express* destac*",
    "nl": "zei zegt gezegd verklaar* volgens aangekondig* kondigt voegt toegevoegd legt benadruk* waarschuw* "
    "verzeker* meldt meld* schreef schrijft "
    "antwoord* vraagt vroeg herinner* betreur* geeft gaf erkent bevestig* merkt stelt vindt vertel* denkt "
    "besluit besloot concludeer*",
}


@lru_cache(maxsize=16)
def _saying(lang: str) -> re.Pattern[str]:
    return any_of(_SAYING[lang])


def speaker(text: str, names: tuple[Fact, ...]) -> Fact | None:
    """Return who a French text says speaks: the only name near the only verb of saying outside its quotations."""
    people = [name for name in names if name.kind == "person"]
    outside = _outside(text)
    spoken: list[Fact] = []
    for match in _FRENCH_SPEAKER.finditer(outside):
        after = [name for name in people if match.end() <= name.start <= match.end() + 3]
        spoken += after
    for name in people:
        if _SPEAKER_BEFORE.match(outside, name.end):
            spoken.append(name)
    return spoken[0] if len({name.value for name in spoken}) == 1 else None


_VERBS = (
    r"(?:déclaré|dit|indiqué|affirmé|annoncé|précisé|ajouté|expliqué|estimé|rappelé|souligné|prévenu|assuré|confié|révélé|"
    r"constaté|conclu|écrit|répondu|demandé|lancé|commenté|raconté|regretté|insisté|poursuivi|réagi|averti|confirmé|observé|remarqué|noté)"
)
_PRESENT = (
    r"(?:déclare|dit|indique|affirme|annonce|précise|ajoute|explique|estime|rappelle|souligne|prévient|assure|confie|révèle|constate|"
    r"conclut|écrit|répond|demande|lance|commente|raconte|regrette|insiste|poursuit|réagit|avertit|confirme|observe|remarque|note)"
)
_REPORTED = re.compile(
    r"(?<!\w)(?:(?:a|ont|avait|avaient) \w{1,30}é|dit|dire|disent|disait|disaient|selon|d'après|déclarent?|indiquent?|"
    r"affirment?|estiment?|annoncent?|expliquent?|précisent?|ajoutent?|pensent?)(?!\w)",
    re.IGNORECASE,
)
"""French that may report what somebody said: a translator may have put marks around it."""
_FRENCH_SPEAKER = re.compile(
    rf"(?<!\w)(?:a (?:également |aussi |encore |notamment |ensuite )?{_VERBS}|{_PRESENT}|selon|d'après) ?(?=[A-ZÀ-Ý])"
)
_SPEAKER_BEFORE = re.compile(
    rf"(?:, [^,.;:«\"]{{1,80}},)? (?:a (?:également |aussi |encore |notamment |ensuite )?{_VERBS}|{_PRESENT})(?!\w)"
)


def _outside(text: str) -> str:
    """Blank out what stands between quotation marks, so that verbs of the quotation count for nothing."""
    text = text.translate(ONE_SPELLING)
    found = find_quotations(text)
    for start, end in zip(found.opened, found.closed, strict=False):
        if start < end:
            text = text[:start] + "\x1f" * (end + 1 - start) + text[end + 1 :]
    return text


def _find(pair: SegmentPair) -> Iterator[Defect]:
    yield from _invented(pair)
    names = find_names(pair.source, pair.names)
    who = speaker(pair.source, names)
    if who is None:
        return
    outside = _outside(pair.target)
    verbs = [match.span() for match in _saying(base(pair.target_lang)).finditer(outside)][:MOST]
    if is_found(who, read(pair.target), pair.target_lang):
        others = [name for name in names if name.kind == "person" and name.value != who.value][:MOST]
        place = _rival(who, others, outside, verbs)
    else:
        place = _stranger(pair, who, verbs)
    if place:
        surface = pair.target[place.start : place.end]
        message = f"In French {quoted(who.surface)} speaks; in {pair.language} it seems to be {quoted(surface)}."
        yield Defect("major", message, Span(who.start, who.end), place)


CLOSE = 12
"""Characters between a verb of saying and a name that cannot but be the speaker's."""
BESIDE = 2
"""Characters between a verb of saying and a name that stands right beside it."""
MOST = 30
"""Verbs and names of one sentence that are looked at."""


def _rival(who: Fact, others: list[Fact], text: str, verbs: list[tuple[int, int]]) -> Span | None:
    """Return where another name of the French stands beside a verb of saying, the speaker's being farther off."""
    own = _nearest(who, text, verbs)
    for other in others:
        rival = _nearest(other, text, verbs)
        if rival is not None and (
            (rival[0] <= CLOSE and (own is None or own[0] > 3 * CLOSE))
            or (rival[0] <= BESIDE and own is not None and own[0] > CLOSE)
        ):
            return rival[1]
    return None


def _stranger(pair: SegmentPair, who: Fact, verbs: list[tuple[int, int]]) -> Span | None:
    """Return where a name that the French does not have stands beside a verb of saying, the speaker's being gone."""
    for stranger in find_strangers(pair.target, pair.source, pair.target_lang)[:MOST]:
        distance = min((max(stranger.start - end, start - stranger.end, 0) for start, end in verbs), default=CLOSE)
        surface = pair.target[stranger.start : stranger.end]
        is_known = stranger.is_sure or stranger.is_place or " " in surface
        is_name = is_known or not (stranger.is_first or base(pair.target_lang) in CAPITAL_NOUNS)
        if distance <= BESIDE and is_name and likeness(who, surface) < ALIKE:
            return Span(stranger.start, stranger.end)
    return None


def _nearest(name: Fact, text: str, verbs: list[tuple[int, int]]) -> tuple[int, Span] | None:
    """Return how far a name stands from the nearest verb of saying, and where; none where either is not there."""
    wanted = set(name.value.split())
    taken = read(text)
    places = [
        Span(word.start, word.end) for word, folded in zip(taken.words, taken.folded, strict=True) if folded in wanted
    ]
    distances = [(max(place.start - end, start - place.end, 0), place) for place in places for start, end in verbs]
    return min(distances, key=lambda item: item[0], default=None)


def _invented(pair: SegmentPair) -> Iterator[Defect]:
    translated = find_quotations(pair.target)
    if not translated.number or _MARKS.search(pair.source) or _MARKS.search(pair.block.text):
        return
    for start, end in zip(translated.opened, translated.closed, strict=False):
        if _is_speech(pair.target[start:end], read(pair.source).every):
            reported = _REPORTED.search(pair.source.translate(ONE_SPELLING))
            message = (
                f"The {pair.language} text quotes {quoted(pair.target[start + 1 : end])}; the French quotes nobody."
            )
            yield Defect("minor" if reported else "major", message, None, Span(start, end + 1))


def _is_speech(quotation: str, french: frozenset[str]) -> bool:
    """Tell a quotation from a name, a title or an expression that the French writes without marks."""
    text = read(quotation)
    small = any(not word.is_capitalised for word in text.words)
    return len(quotation.split()) >= SAID and small and not text.every <= french


def _applies(lang: str) -> bool:
    return base(lang) in _SAYING


def _count(pair: SegmentPair) -> int:
    return int(speaker(pair.source, find_names(pair.source, pair.names)) is not None)


SPEAKERS = Check("who said a quotation", _find, _count, "items", _applies)
