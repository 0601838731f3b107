"""Sentences made shorter by rule: a sentence and a limit in, a shorter sentence that is still right out, or None.

Only whole parts go, at their own borders: brackets, insertions between dashes or commas, an adverbial at the head, a
phrase at the end. So no cut falls inside a word, a number, a name or a quotation; what is quoted stays verbatim.
Where grammar cannot be told, nothing is cut: the caller takes another sentence.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.summarize.clauses import ClausePatterns, clause_patterns
from pipeline.summarize.grammar import GAP, PREPOSITION, REMEMBERED, dangles, has_any, is_faithful, last_word, main_verb
from pipeline.summarize.quotations import is_balanced, quotations

Fits = Callable[[str], bool]

LONGEST = 1_500
"""Code points; a longer sentence is no sentence, and is not worked on."""

LEAST_WORDS = 4
"""A shorter rest says nothing."""

WORDS_FROM_VERB = 5
"""A main clause needs so many words from its verb on: « a abouti à » alone is not one."""

DATE_WORDS = 6
"""A date at the end is no longer than this; behind a longer rest the verb's object may stand."""

_BRACKETED = re.compile(r"\s+\([^()]*\)(?!\w)|（[^（）]*）")

_BETWEEN_DASHES = re.compile(r"\s+([‒–—])\s[^‒–—]{1,200}\s\1(?=[\s,])")

_SEMICOLON = re.compile(r"\s*;\s")

_KICKER = re.compile(r"[^:«“\"]{2,60}?\s?:\s+(?=\S)")

_CONJUNCTION = re.compile(r"(?<!\w)(?:et|ou|and|or|y|e|i|o|ed|und|oder)(?!\w)", re.IGNORECASE)

_TIME_UNIT = re.compile(
    r"(?:minute|heure|jour|semaine|an|année|hour|day|week|month|year|hora|día|semana|año|dia|ano|setmana|any|minuto|ora|"
    r"giorno|anno)s?|mois|meses|mesos|ore|giorni|settimane|mesi|anni|peu|juste|just|shortly|poco|pouco|logo",
    re.IGNORECASE,
)

_BEFORE_OR_AFTER = re.compile(
    r"(?:après|avant|after|before|después|tras|antes|després|abans|depois|após|dopo|prima)\b", re.IGNORECASE
)

_TERMINAL = ".!?。！？؟।"


def shorten(text: str, fits: Fits, lang: str, sentence: bool = True) -> str | None:
    """Make a text fit by leaving out what can go, as little as possible.

    Args:
        text: One sentence or one headline, on one line.
        fits: Tells whether a text is within the limit.
        lang: BCP-47 tag of the text.
        sentence: It must keep its main clause; a headline need not have one.

    Returns:
        The text itself where it fits; None where no clean cut makes it fit.
    """
    if fits(text):
        return text
    if len(text) > LONGEST or not is_balanced(text):
        return None
    patterns = clause_patterns(lang)
    lightened = lighter(text, patterns)
    openerless = [rest for one in lightened if (rest := without_opener(one, patterns, sentence))]
    for stage in (lightened, tuple(openerless)):
        if whole := next((one for one in stage if is_faithful(one, text) and fits(one)), None):
            return whole
        cuts = [cut for one in stage for cut in _cut_tails(one, fits, patterns, sentence) if is_faithful(cut, text)]
        if cuts:
            return max(cuts, key=len)
    return None


@lru_cache(maxsize=REMEMBERED)
def lighter(text: str, patterns: ClausePatterns | None) -> tuple[str, ...]:
    """Return the text without brackets, without insertions, and without both, the lightest last."""
    unbracketed = _drop_outside_quotations(_BRACKETED, text)
    undashed = _drop_outside_quotations(_BETWEEN_DASHES, unbracketed)
    variants = [text, unbracketed, undashed]
    if patterns:
        variants += [_without_insertion(text, patterns), _without_insertion(undashed, patterns)]
    return tuple(dict.fromkeys(variants))


def _drop_outside_quotations(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.search(text):
        return text
    kept = pattern.sub(lambda found: found.group() if quotations(found.group()) else "", text)
    return kept if quotations(kept) == quotations(text) else text


def _without_insertion(text: str, patterns: ClausePatterns) -> str:
    """Drop what stands between commas before the main verb: « L’opération, visant les réseaux, a abouti … »."""
    commas = [comma.start() for comma in re.finditer(r",\s", text)]
    for number, first in enumerate(commas[:3]):
        head = text[:first]
        if main_verb(head, patterns) is not None:
            break
        for second in commas[number + 1 :]:
            after = text[second + 1 :].lstrip()
            inserted = text[first + 1 : second].strip()
            goes_on = patterns.finite.match(after) and not _only_says(after, patterns)
            if goes_on and _may_go(head, inserted, patterns):
                return f"{head} {after}"
    return text


def _may_go(head: str, inserted: str, patterns: ClausePatterns) -> bool:
    if "," in head and PREPOSITION.match(head):
        return False
    if ("," in inserted and quotations(inserted)) or has_any(patterns.essential, inserted):
        return False
    if patterns.aside.match(inserted):
        return True
    no_subjects = (PREPOSITION, patterns.essential, patterns.opener, patterns.tail, patterns.date)
    if any(words.match(head) for words in no_subjects):
        return False
    plain = "," not in inserted and not _CONJUNCTION.search(inserted)
    return plain and main_verb(f"· {inserted}", patterns) is None


def _only_says(predicate: str, patterns: ClausePatterns) -> bool:
    """Tell « a précisé la gendarmerie », which follows what was said, from « a précisé que … », which does not."""
    words = re.findall(r"[^\W_][\w’'-]*", predicate)
    saying = any(patterns.reporting.fullmatch(word) for word in words[:4])
    return saying and not any(patterns.relative.match(word) for word in words)


def without_opener(text: str, patterns: ClausePatterns | None, sentence: bool) -> str:
    """Drop an adverbial at the head of a sentence, or what stands before the colon of a headline."""
    if not sentence:
        kicker = _KICKER.match(text)
        return _capitalized(text[kicker.end() :]) if kicker else ""
    if patterns and patterns.opener.match(text):
        head, comma, rest = text.partition(", ")
        if comma and len(head.split()) <= 12 and main_verb(rest, patterns) is not None:
            return _capitalized(rest)
    return ""


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut_tails(text: str, fits: Fits, patterns: ClausePatterns | None, sentence: bool) -> Iterator[str]:
    """Yield the text without its last phrase or phrases, the longest that fits first."""
    for place in _tails(text, patterns):
        kept = text[:place].rstrip()
        ended = _end_like(kept, text) if sentence else kept
        if not fits(ended) or (patterns and has_any(patterns.essential, text[place:])):
            continue
        if is_balanced(kept) and _stands_alone(kept, patterns, sentence):
            yield ended


@lru_cache(maxsize=REMEMBERED)
def _tails(text: str, patterns: ClausePatterns | None) -> tuple[int, ...]:
    """Return where a last phrase may begin, the last place first."""
    places = [found.start() for found in _SEMICOLON.finditer(text)]
    if patterns:
        places += [gap.start() for gap in GAP.finditer(text) if _opens_tail(text, gap, patterns)]
    return tuple(sorted(places, reverse=True))


def _opens_tail(text: str, gap: re.Match[str], patterns: ClausePatterns) -> bool:
    place = gap.end()
    if patterns.tail.match(text, place):
        last = last_word(text[: gap.start()])
        return not (_BEFORE_OR_AFTER.match(text, place) and _TIME_UNIT.fullmatch(last))
    if gap.group(1):
        return bool(patterns.aside.match(text, place) or patterns.purpose.match(text, place))
    if patterns.date.match(text, place):
        return len(text[place:].split()) <= DATE_WORDS
    if not patterns.purpose.match(text, place):
        return False
    words_before = text[: gap.start()].split()[-4:]
    return not any(word.lstrip("«“\"'‘(")[:1].isupper() for word in words_before)


def _stands_alone(kept: str, patterns: ClausePatterns | None, sentence: bool) -> bool:
    if len(kept.split()) < LEAST_WORDS:
        return False
    if patterns is None:
        return True
    if dangles(kept, patterns) or has_any(patterns.negation, kept):
        return False
    if not sentence:
        return True
    verb = main_verb(kept, patterns)
    if verb is None or len(kept[verb:].split()) < WORDS_FROM_VERB:
        return False
    return _clauses_are_whole(kept[verb:], patterns)


def _clauses_are_whole(predicate: str, patterns: ClausePatterns) -> bool:
    """Tell whether every clause that a predicate opens has its verb, and every verb of saying what was said."""
    verbs = 0
    clauses = 1
    saying = False
    before = ""
    for word in re.finditer(r"[^\W_][\w’'-]*", predicate):
        if patterns.relative.match(word.group()):
            clauses += 1
            saying = False
        elif patterns.finite.match(predicate, word.start()) and not (before and dangles(before, patterns)):
            verbs += 1
        saying = saying or bool(patterns.reporting.fullmatch(word.group()))
        before = word.group()
    return verbs >= clauses and not saying


def _end_like(kept: str, text: str) -> str:
    """Give a shortened sentence the full stop that the whole one has."""
    kept = kept.rstrip(" ,;:–—-")
    last = text.rstrip('»”"’) \u00a0\u202f')[-1:]
    return kept + last if last and last in _TERMINAL and kept[-1:] not in _TERMINAL else kept
