"""Negation: a sentence that says no in French and yes in translation, or the other way round.

Languages say no in many ways (*not know*, *ignore*, *unknown*, *fail to*), so that the absence of a negative word is a
suspicion only. It becomes an alarm where one side denies plainly (*ne … pas*, *not*) and the other holds no word at all
that could carry it, however remotely.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.check.base import ONE_SPELLING, Check, Defect, SegmentPair, quoted
from pipeline.facts.word_patterns import any_of
from pipeline.languages import base
from pipeline.records import Span


class Negatives(NamedTuple):
    """How a language denies.

    Attributes:
        plain: Words that deny a whole statement.
        other: Further negative words, and words that another language may need a negative word for.
    """

    plain: re.Pattern[str]
    other: re.Pattern[str]


_FRENCH = re.compile(
    r"(?<!\w)(?:ne\s|n')(?=(?:[^\s,.;:!?»]{1,40}[\s,]{1,3}){1,5}?"
    r"(?:pas|plus(?!\squ)|jamais|rien|aucune?|guère|nulle?(?:\spart)?|personne|ni)(?!\w))"
    r"|(?<!\w)(?:aucune?|personne|rien|jamais|nul)\s(?:\w{1,40}\s){0,4}?(?:ne\s|n')"
    r"|(?<!\w)ne\s(?:pas|plus(?!\squ)|jamais|rien)(?!\w)",
    re.IGNORECASE,
)
"""*ne … que* is “only”, and *ne* alone after *avant que*, *craindre que*, *plus … que* denies nothing."""
_FRENCH_OTHER = any_of(
    "ne n' pas non ni sans aucun* nul nulle nullement rien jamais personne guère sauf hors peu moins loin faute "
    "manqu* absen* "
    "refus* rejet* interdi* empêch* évit* échou* échec* nier nie nié dément* impossib* incapab* inconnu* incert* "
    "inutil* "
    "insuffi* illég* irrég* dépourv* cess* mal mauvais* difficil* rare* seul* ignor* renonc* priv* plutôt "
    "contrair* pire "
    "sinon malgré injust* inégal* invisib* imposs* contre perd* exclu* à_peine non-* échéant mais in*ble in*bles "
    "im*ble im*bles dés* encore avant autre autres différen* critiqu* oppos* trop vide libre* oubli* abandon* "
    "arrêt* fin suspen* problème* reste* aussi toujours presque tout tous ou si"
)
_TABLES = {
    "en": (
        "not n't cannot never no nobody nothing none nor neither nowhere",
        "without unless unable unlike* unknown unclear uncertain* unnecess* unaccept* unwilling* unus* unlikely "
        "un*ed fail* lack* hardly "
        "scarcely barely rarely seldom few little less only refus* reject* deni* deny* denying prevent* avoid* "
        "stop* ban banned forbid* "
        "prohibit* illegal* impossib* incap* inab* insuff* inadequat* indep* irreg* disagre* disapp* dislik* "
        "absen* missing miss missed instead far ignor* "
        "against despite free rather otherwise than reluctan* doubt* abandon* ceas* lose lost difficult* hard "
        "bad wrong any beyond "
        "hate* mere* simply else still too yet no-one except",
    ),
    "es": (
        "no nunca jamás nadie nada ningún ninguna ninguno ni tampoco",
        "sin excepto salvo falta* carec* apenas poco poca pocos pocas menos sólo solo solamente únicamente neg* "
        "niega* rechaz* "
        "impid* imped* evit* prohib* incap* imposib* inút* insuf* desconoc* descart* deja* dejó ilegal* ausen* "
        "raramente ignor* contra "
        "pese sino lejos perd* fracas* difícil* mal mala malo ningun* siquiera otro distinto* molest*",
    ),
    "de": (
        "nicht nie niemals nichts kein* niemand* nirgend* weder",
        "ohne außer statt anstatt anstelle kaum wenig* nur lediglich unmög* unbe* unge* unz* unw* unf* unr* "
        "unkl* unn* unv* "
        "fehl* mangel* verweiger* ablehn* abgelehn* lehn* "
        "verbot* verbiet* verhinder* vermeid* vermied* abwesen* selten ignor* gegen trotz sondern verlor* "
        "verlier* scheiter* schwer* "
        "schwierig* schlecht* *los *lose *losen erst weit illegal* unlängst unhalt* schloss nein sonst "
        "versäum* anders andere* noch",
    ),
    "it": (
        "non mai nessun* niente nulla né neppure nemmeno neanche",
        "senza tranne eccetto manc* poc* solo soltanto solamente meno neg* rifiut* impedi* evit* vieta* proibi* "
        "incap* imposs* inut* "
        "insuf* sconosc* illegal* assen* raramente ignor* contro nonostante anziché bensì lontano perd* falli* "
        "difficil* male mal no appena",
    ),
    "pt": (
        "não nunca jamais ninguém nada nenhum nenhuma nem tampouco",
        "sem exceto salvo falta* carec* apenas pouco poucos poucas pouca menos só somente unicamente neg* recus* "
        "rejeit* imped* evit* "
        "proib* incap* imposs* inút* insuf* desconhec* deix* ilegal* ausên* raramente ignor* contra apesar longe "
        "perd* fracass* difícil* mal",
    ),
    "ca": (
        "no mai ningú res ni tampoc",
        "cap sense excepte tret falt* manc* poc* menys només solament neg* rebutj* impe* evit* prohib* incap* "
        "imposs* inút* insuf* "
        "desconeg* deix* il·leg* absèn* rarament ignor* contra malgrat sinó lluny perd* frac* difícil* mal",
    ),
    "nl": (
        "niet nooit niets geen niemand nergens",
        "zonder behalve nauwelijks weinig alleen slechts on* ontbreek* ontbra* gebrek weiger* verbied* verbod* "
        "voorkom* vermijd* "
        "afwezig* zelden negeer* tegen ondanks verlie* verlor* mislu* moeilijk* slecht* *loos *loze noch nee "
        "meer maar pas",
    ),
}
"""For each language: words that deny; words that may carry a French denial in another way. Catalan
*cap* is a head, too, and stands beside *no* where it denies."""


@lru_cache(maxsize=16)
def _negatives(lang: str) -> Negatives:
    plain, other = _TABLES[lang]
    pattern = any_of(plain)
    if lang == "en":
        pattern = re.compile(pattern.pattern.replace("|no|", r"|no(?!\.? ?\d)|") + r"|n't(?!\w)", re.IGNORECASE)
    return Negatives(pattern, any_of(other))


def denials(text: str) -> list[Span]:
    """Find where a French text denies a whole statement: at *ne* or at *aucun*."""
    return [Span(*match.span()) for match in _FRENCH.finditer(text.translate(ONE_SPELLING))]


def _find(pair: SegmentPair) -> Iterator[Defect]:
    source, target = pair.source.translate(ONE_SPELLING), pair.target.translate(ONE_SPELLING)
    lang = base(pair.target_lang)
    negatives = _negatives(lang)
    french = denials(source)
    translated = [Span(*match.span()) for match in negatives.plain.finditer(target)]
    if french and not translated:
        carried = _carries(negatives.other, target, french[0].start / len(source), _window(lang))
        weak = carried or not _SURE_FRENCH.search(source) or bool(_LOOSE_FRENCH.search(source))
        where = quoted(_near(pair.source, french[0]))
        message = f"French denies (near {where}); the {pair.language} text has no negative word."
        yield Defect("minor" if weak or len(source) < SHORTEST else "major", message, french[0])
    elif translated and not french:
        weak = all(_is_explained(source, target, span, lang) for span in translated[:MOST])
        where = quoted(_near(pair.target, translated[0]))
        message = f"The {pair.language} text denies (near {where}); the French does not."
        yield Defect("minor" if weak or len(source) < SHORTEST else "major", message, None, translated[0])
    elif len(french) > len(translated):
        message = f"French denies {len(french)} times, {pair.language} {len(translated)}."
        yield Defect("minor", message, french[0], translated[0])


def _is_explained(source: str, target: str, denial: Span, lang: str) -> bool:
    """Tell whether a word that denies in the translation denies no statement, or carries something of the French."""
    idiomatic = _IDIOMATIC - {"no"} if lang in {"es", "ca"} else _IDIOMATIC
    if target[denial.start : denial.end].lower() in idiomatic:
        return True
    idioms = _IDIOMS.finditer(target, max(0, denial.start - LOOK_BACK), denial.end + LOOK_BACK)
    if any(idiom.start() <= denial.start < idiom.end() for idiom in idioms):
        return True
    return _carries(_FRENCH_OTHER, source, denial.start / len(target), _window(lang))


def _window(lang: str) -> float:
    return WINDOWS.get(lang, WINDOW)


def _carries(words: re.Pattern[str], text: str, place: float, window: float) -> bool:
    """Tell whether a text has any of some words about where a share of it is over."""
    middle, around = place * len(text), max(window * len(text), CLOSE)
    return any(
        abs(match.start() - middle) <= around
        for match in words.finditer(text, max(0, int(middle - around) - LOOK_BACK))
        if match.start() <= middle + around
    )


WINDOW, CLOSE = 0.15, 25
"""How far from its place, as a share of the text and in characters, what carries a denial may stand."""
WINDOWS = {"de": 0.6, "es": 0.5}
"""Likewise where words move more, or where people rephrase more denials."""
LOOK_BACK = 20
MOST = 20
"""Denials of one sentence that are looked at."""
_IDIOMS = any_of(
    "not_only not_just not_far not_least not_surprisingly or_not not_long not_to_mention cannot_but no_sooner "
    "no_obstante no_más no_sólo no_solo no_solamente no_únicamente no_hace_mucho no_lejos no_importa não_importa "
    "non_importa "
    "nicht_nur nicht_zu_vergessen nicht_weit nicht_zuletzt nicht_ganz oder_nicht nicht_lange nicht_einmal_ein "
    "non_solo non_soltanto non_solamente non_a_caso non_appena non_lontano o_no o_meno non_ultimo "
    "não_só não_apenas não_somente não_obstante não_longe no_només no_sols no_gaire niet_alleen niet_ver of_niet"
)
"""Expressions with a negative word that deny nothing."""
_LOOSE_FRENCH = re.compile(
    r"(?<!\w)(?:pas|jamais|aucune?)\s(?:sans|longtemps|doute|confondre|oublier|cess\w{1,5}|manqu\w{1,5}|dépass\w{1,5}|"
    r"hésit\w{1,5}|moins|chang\w{1,5}|seulement|que|encore|forcément|obligatoire|le choix)(?!\w)|"
    r"(?<!\w)(?:chang|dépass|manqu|cess|hésit|empêch|exclu)\w{1,6}\spas(?!\w)|\?",
    re.IGNORECASE,
)
"""Denials that other languages put the other way round, and questions."""
_SURE_FRENCH = re.compile(r"(?<!\w)(?:pas|jamais|aucune?|nullement)(?!\w)", re.IGNORECASE)
"""*Plus* and *rien* are also found where nothing is denied: *ne … rien que*, *plus … que*."""
_IDIOMATIC = frozenset({"no", "nothing", "nada", "nulla", "niente", "nichts", "kein", "keine", "nie"})
"""Words that deny one word rather than a statement."""
SHORTEST = 20
"""Characters from which a sentence is more than an interjection."""
_AROUND = 18


def _near(text: str, span: Span) -> str:
    start = text.rfind(" ", 0, max(0, span.start - _AROUND)) + 1
    end = text.find(" ", min(len(text), span.end + _AROUND))
    return text[start : end if end >= 0 else len(text)]


def _applies(lang: str) -> bool:
    return base(lang) in _TABLES


def _count(pair: SegmentPair) -> int:
    return len(denials(pair.source))


NEGATION = Check("negations", _find, _count, "items", _applies)
