"""What a French sentence is about: its text in, the stems of its content words out, stop words left out."""

import re
from functools import lru_cache

from snowballstemmer import stemmer

_STEMMER = stemmer("french")
_WORD = re.compile(r"[^\W_]+")

_STOP_WORDS = """
a à afin ai ailleurs ainsi alors après as au aucun aucune aujourd aura auront aussi autre autres aux avaient avait
avant avec avoir ayant bien c car ce cela celle celles celui ces cet cette ceux chaque chez ci comme contre d dans
de déjà depuis des dès donc dont du durant elle elles en encore entre es est et étaient était étant été être eu eux
fait faire faut fut hui ici il ils j je jusqu l la là le les leur leurs lors lorsque lui m ma mais me même mêmes
mes moi moins mon n ne ni nos notre nous on ont or ou où par parce pas pendant peut peuvent plus pour pourquoi
puis puisque qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soi soit sommes
son sont sous suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes très trop tu un une
vers voici vos votre vous y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def content_stems(text: str) -> list[str]:
    """Return the stems of a French text's content words, in order, repetitions kept; figures stand as they are."""
    words = _WORD.findall(text.lower())
    return [_stem(word) for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem
