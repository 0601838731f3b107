"""Counts the words, pairs and triples of a language, and packs the commoner ones into a table.

Sentences come in, `pipeline.estimate.language_model` reads what goes out and says how it is laid out. Where two
sequences want one slot, the more frequent has it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.estimate.language_model import (
    EMPTY,
    ORDER,
    STEP,
    fingerprints,
    sequence_hashes,
    slots_of,
    word_numbers,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_SEEN = (3, 5, 8)
"""How often a word, a pair, a triple must have been seen to be kept."""
BITS = 20
"""The table has this power of two as many slots."""
_CHUNK = 1_000_000


def learn_language_model(
    sentences: Iterable[str], bits: int = BITS, least_seen: tuple[int, ...] = LEAST_SEEN
) -> "NDArray[np.uint16]":
    """Return the table for some sentences of a language; they are held in memory, four bytes a word."""
    import numpy as np

    numbers = np.concatenate([np.array([], dtype=np.uint32), *_number_chunks(sentences)])
    hashes, counts, logarithms = [], [], []
    known, times = np.array([], dtype=np.uint64), np.array([], dtype=np.int64)
    for length, least in zip(range(1, ORDER + 1), least_seen, strict=True):
        contexts, context_times = known, times
        sequences = sequence_hashes(numbers, length)
        known, first, times = np.unique(sequences, return_index=True, return_counts=True)
        kept = times >= least
        if length == 1:
            total = np.full(len(known), len(numbers))
        else:
            shorter = sequence_hashes(numbers, length - 1)[first]
            total = context_times[np.searchsorted(contexts, shorter)]
        hashes.append(known[kept])
        counts.append(times[kept])
        logarithms.append(np.log(times[kept] / total[kept]))
    return _pack(np.concatenate(hashes), np.concatenate(counts), np.concatenate(logarithms), 1 << bits)


def _number_chunks(sentences: Iterable[str]) -> "Iterator[NDArray[np.uint32]]":
    import numpy as np

    chunk: list[int] = []
    for sentence in sentences:
        chunk += word_numbers(sentence)
        if len(chunk) > _CHUNK:
            yield np.array(chunk, dtype=np.uint32)
            chunk = []
    yield np.array(chunk, dtype=np.uint32)


def _pack(
    hashes: "NDArray[np.uint64]", counts: "NDArray[np.int64]", logarithms: "NDArray[np.float64]", size: int
) -> "NDArray[np.uint16]":
    import numpy as np

    # Of equal places the last assignment holds, so the most frequent come last.
    order = np.argsort(counts, kind="stable")
    steps = np.clip(np.round(-logarithms[order] / STEP), 0, EMPTY - 1).astype(np.uint16)
    table = np.full(size, EMPTY, dtype=np.uint16)
    table[slots_of(hashes[order], size)] = fingerprints(hashes[order]) | steps
    return table
