"""How likely a text is in its language: a small model of words, pairs and triples of words.

Texts come in, the mean log-probability of their words goes out. The score of a word is its relative frequency behind
the two words before it, or `BACK_OFF` times that behind one, or that squared times its own (stupid back-off: Brants
et al., *Large Language Models in Machine Translation*, EMNLP 2007). What was counted stands in a hash table without
its words: of a slot's sixteen bits, twelve tell whether it is the sequence's own (one stranger in 4,096 passes) and
four hold the rounded logarithm. `pipeline.measure.language_model_training` makes the table.
"""

import math
import re
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.languages import base

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]
    Hashes = NDArray[np.uint64]
    Table = NDArray[np.uint16]
    Floats = NDArray[np.float64]

ORDER = 3
BACK_OFF = math.log(0.4)
STEP = 0.8
"""Width of the bins that log-probabilities are rounded to, in natural units."""
EMPTY = 15
"""The four low bits of a slot without a log-probability; 0 to 14 hold it in steps."""
UNKNOWN = -18.8
"""The log-probability of a word that was never counted: half an occurrence in the texts counted."""
LONGEST = 1200
"""Characters of a text that are looked at."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ONE_SPELLING = str.maketrans("’‘“”«»", '\'\'""""')
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_SCRAMBLE = 0x7FB5D329728EA185
_FINGERPRINT_SHIFT = 40


def has_model(lang: str) -> bool:
    """Tell whether there is a model of a language."""
    return (files("pipeline.estimate") / "language_models" / f"{base(lang)}.npy").is_file()


def mean_log_probabilities(texts: Sequence[str], lang: str) -> list[float]:
    """Return for each text the mean log-probability of its words and marks, to three decimals.

    It does not depend on the other texts. A text without words has that of an unknown one.
    """
    import numpy as np

    numbers = [word_numbers(text) for text in texts]
    ends = np.cumsum([len(row) for row in numbers])
    scores = score_words(np.array([number for row in numbers for number in row], dtype=np.uint32), _table(base(lang)))
    return [
        round(float(scores[end - len(row) + ORDER - 1 : end].mean()), 3) if len(row) > ORDER else UNKNOWN
        for row, end in zip(numbers, ends, strict=True)
    ]


def word_numbers(text: str) -> list[int]:
    """Return a number of 32 bits for each word and mark, behind two for the start and before one for the end."""
    spelt = text[:LONGEST].translate(_ONE_SPELLING).lower()
    return [_number("<"), _number("<"), *(_number(token) for token in _TOKEN.findall(spelt)), _number(">")]


@lru_cache(maxsize=262144)
def _number(token: str) -> int:
    return zlib.crc32(b"0" if token.isdigit() else token.encode("utf-8", "surrogatepass"))


def sequence_hashes(numbers: "Numbers", length: int) -> "Hashes":
    """Hash every sequence of some length, by the place of its first word."""
    import numpy as np

    wide = numbers.astype(np.uint64)
    count = len(wide) - length + 1
    total = np.full(max(count, 0), length, dtype=np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS[:length]):
        total += wide[place : place + count] * np.uint64(multiplier)
    total ^= total >> np.uint64(31)
    total *= np.uint64(_SCRAMBLE)
    return total ^ (total >> np.uint64(27))


def slots_of(hashes: "Hashes", size: int) -> "Hashes":
    """Return the place of each sequence in a table whose size is a power of two."""
    import numpy as np

    return hashes & np.uint64(size - 1)


def fingerprints(hashes: "Hashes") -> "Table":
    """Return the twelve bits by which a slot knows its sequence, where they stand in it."""
    import numpy as np

    return (hashes >> np.uint64(_FINGERPRINT_SHIFT)).astype(np.uint16) & np.uint16(0xFFF0)


def score_words(numbers: "Numbers", table: "Table") -> "Floats":
    """Return the log-probability of each word behind the two before it; of the first two it means nothing."""
    import numpy as np

    scores = np.full(len(numbers), UNKNOWN + (ORDER - 1) * BACK_OFF)
    for length in range(1, ORDER + 1):
        hashes = sequence_hashes(numbers, length)
        found = table[slots_of(hashes, len(table))]
        known = (found & np.uint16(0xFFF0) == fingerprints(hashes)) & (found & np.uint16(EMPTY) < EMPTY)
        values = (ORDER - length) * BACK_OFF - STEP * (found & np.uint16(EMPTY))
        behind = scores[length - 1 :]
        behind[known] = values[known]
    return scores


@cache
def _table(lang: str) -> "Table":
    import numpy as np

    with (files("pipeline.estimate") / "language_models" / f"{lang}.npy").open("rb") as file:
        table: Table = np.load(file, allow_pickle=False)
    return table
