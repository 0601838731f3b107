"""Text set in capitals, brought back to ordinary French so that a translator can read it.

In come the release's own sentences, which show how its words are written; out comes the same text, of the same
length, in lower case but for names and acronyms: TROIS POLICIERS TUES A L'AEROPORT → Trois policiers tués à
l'aéroport. A word that the release writes nowhere else is written small.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
_PARTICIPLE = re.compile(r"(?:é|i|u|is|it|rt)e?s?$")
_SENTENCE_END = re.compile(r"[.!?…:»«“”\"]\s*$")


def is_set_in_capitals(text: str) -> bool:
    """Tell whether a text is in capitals because of its style: several words, not all of them acronyms."""
    words = _WORD.findall(text)
    return len(words) > 1 and all(map(str.isupper, words)) and any(len(word) > 1 and _is_word(word) for word in words)


class Casing:
    """How a release writes its words.

    Args:
        texts: Its sentences; those in capitals say nothing and are passed over.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        first: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            if is_set_in_capitals(text):
                continue
            for match in _WORD.finditer(text):
                starts = not text[: match.start()].strip() or _SENTENCE_END.search(text[: match.start()])
                word = match[0]
                known = first if starts else inside
                known[_folded(word)][word if not starts or word.isupper() else word[0].lower() + word[1:]] += 1
        self._forms = {**first, **inside}

    def recase(self, text: str) -> str:
        """Return a text that is set in capitals as the release would write it inside a paragraph.

        The result is as long as `text`, so that offsets stay. Any other text comes back as it is.
        """
        if not is_set_in_capitals(text):
            return text
        accented = any(_folded(character) != character.lower() for character in text if character.isalpha())
        pieces: list[str] = []
        done = 0
        words = list(_WORD.finditer(text))
        for match in words:
            pieces += (text[done : match.start()], self._word(match[0], accented))
            done = match.end()
        pieces.append(text[done:])
        for place in range(1, len(pieces), 2):
            following = pieces[place + 2] if place + 2 < len(pieces) else ""
            if pieces[place] == "a" and not accented and not _PARTICIPLE.search(following):
                pieces[place] = "à"
        if len(pieces) > 1 and not any(map(str.isalnum, pieces[0])):
            pieces[1] = pieces[1][0].upper() + pieces[1][1:]
        return "".join(pieces)

    def _word(self, word: str, accented: bool) -> str:
        forms = self._forms.get(_folded(word), Counter())
        if accented:
            forms = Counter({form: number for form, number in forms.items() if form.lower() == word.lower()})
        likely = [form for form, _ in forms.most_common() if len(form) == len(word)]
        if likely:
            return likely[0]
        return word.lower() if _is_word(word) and len(word.lower()) == len(word) else word


def _is_word(letters: str) -> bool:
    """Tell a word from an acronym that nobody could say."""
    return len(letters) < 2 or any(letter in _VOWELS for letter in letters)


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
