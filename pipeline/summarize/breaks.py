"""Texts broken off where a word or a phrase ends: what is left where leaving whole parts out is not enough.

A break falls inside no number, date, name, bracket or quotation, and is marked with an ellipsis unless what stands
before it is a whole clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.languages import has_spaces
from pipeline.summarize.clauses import ClausePatterns, clause_patterns
from pipeline.summarize.compress import LONGEST, WORDS_FROM_VERB, Fits, lighter, without_opener
from pipeline.summarize.grammar import GAP, PREPOSITION, dangles, is_faithful, last_word, main_verb
from pipeline.summarize.quotations import is_balanced
from pipeline.summarize.stop_words import stop_words
from pipeline.summarize.units import splits_unit


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a sentence, as a headline.

    Attributes:
        at_phrase: It is whole, or ends where a phrase does.
        has_verb: It holds a main clause, as far as verbs of the language are known.
    """

    text: str
    at_phrase: bool
    has_verb: bool


LEAST_HEADLINE = 45

LEAST_FRAGMENT = 50
"""Code points from which a cut sentence may be a headline, with and without a main verb."""

LEAST_PREDICATE = 3
"""Words from its verb on that a headline needs."""

_CLITIC = re.compile(r"ils?|elles?|on|y|se|ne|me|te|lo|li|hi|ho|si|ci|vi|they|it|he|she|we", re.IGNORECASE)
"""Words that nothing may break off behind, though a verb may follow them."""

_INFINITIVE = re.compile(
    r"\S+\s+(?:(?:se|s[’']|y|en|le|la|les|l[’']|ne pas|to)\s*)?(?:\w+(?:er|ir|re|oir|ar|are|ere|ire)|to \w+)(?!\w)"
)

_ARTICLE_WORDS = """
le la les l un une des the a an el los las unos unas els uns o os as um uma uns umas il lo gli i uno der die das
ein eine de het een deux two dos dues due zwei
"""

_ARTICLES = frozenset(_ARTICLE_WORDS.split())

_PAUSES = "，、；,;"


def cut_at_word(text: str, fits: Fits, lang: str, sentence: bool = True) -> str:
    """Cut a text where a word ends, and mark the cut with an ellipsis: the last resort.

    The cut falls inside no number, name, bracket or quotation, and a sentence keeps its main verb where verbs of the
    language are known. Empty where there is no such place.
    """
    if len(text) > LONGEST or not is_balanced(text):
        return ""
    patterns = clause_patterns(lang)
    for one in reversed(lighter(text, patterns)) if sentence else (text,):
        for place in reversed(_word_ends(one, lang)):
            kept = one[:place].rstrip(" ,;:–—-、，；\u00a0\u202f")
            if not kept or not fits(kept + "…") or splits_unit(one, place, lang):
                continue
            if is_faithful(kept, text) and _may_break_off(kept, patterns, sentence):
                return kept + "…"
    return ""


def headline_beginnings(text: str, fits: Fits, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what stands at the beginning of a sentence and could be a headline, each with the rest that is left out."""
    if len(text) > LONGEST or not is_balanced(text):
        return
    patterns = clause_patterns(lang)
    lightened = [one for one in lighter(text, patterns) if is_faithful(one, text)]
    openerless = [rest for one in lightened if (rest := without_opener(one, patterns, sentence=True))]
    for one in dict.fromkeys((*lightened, *openerless)):
        if fits(one):
            yield one, ""
        for place in _word_ends(one, lang):
            kept = one[:place].rstrip(" ,;:–—-、，；\u00a0\u202f")
            if len(kept) >= LEAST_HEADLINE:
                if not fits(kept):
                    break
                yield kept, one[len(kept) :]


def judge_headline(kept: str, rest: str, fits: Fits, lang: str) -> Cut | None:
    """Tell what a beginning is worth as a headline; None if it is no headline.

    A cut that leaves no clause whose verb is known, or that falls inside a phrase, is marked with an ellipsis. None
    falls inside a number, name, bracket or quotation.
    """
    if not rest:
        return Cut(kept, at_phrase=True, has_verb=True)
    patterns = clause_patterns(lang)
    if kept[-1].isdigit() or (patterns and dangles(kept, patterns)) or _CLITIC.fullmatch(last_word(kept)):
        return None
    if not is_faithful(kept, kept + rest):
        return None
    gap = GAP.search(kept + rest, len(kept))
    if gap is None or splits_unit(kept + rest, gap.start(), lang):
        return None
    verb = main_verb(kept, patterns) if patterns else None
    has_verb = verb is not None and len(kept[verb:].split()) >= LEAST_PREDICATE
    if not has_verb and (len(kept) < LEAST_FRAGMENT or _opens_badly(kept, lang)):
        return None
    at_phrase = _ends_phrase(kept + rest, gap.start(), patterns)
    shown = kept if at_phrase and has_verb else kept + "…"
    return Cut(shown, at_phrase, has_verb) if fits(shown) else None


def _ends_phrase(text: str, place: int, patterns: ClausePatterns | None) -> bool:
    """Tell whether a phrase ends at a place: a comma stands there, or a preposition without an infinitive follows."""
    gap = GAP.match(text, place)
    if gap is None or gap.group(1):
        return True
    rest = text[gap.end() :]
    opens = PREPOSITION.match(rest) or (patterns and (patterns.tail.match(rest) or patterns.aside.match(rest)))
    return bool(opens) and not _INFINITIVE.match(rest)


def _opens_badly(kept: str, lang: str) -> bool:
    """Tell whether what has no main verb begins with a word that cannot be a headline's subject."""
    first = re.match(r"\w+", kept)
    word = first.group().lower() if first else ""
    return word in stop_words(lang) and word not in _ARTICLES


def _word_ends(text: str, lang: str) -> list[int]:
    if has_spaces(lang):
        return [gap.start() for gap in GAP.finditer(text)]
    return [place for place, character in enumerate(text) if character in _PAUSES]


def _may_break_off(kept: str, patterns: ClausePatterns | None, sentence: bool) -> bool:
    if patterns is None:
        return True
    if dangles(kept, patterns) or kept[-1].isdigit() or _CLITIC.fullmatch(last_word(kept)):
        return False
    verb = main_verb(kept, patterns) if sentence else 0
    return verb is not None and (not sentence or len(kept[verb:].split()) >= WORDS_FROM_VERB)
