"""From sources to a corpus: cleaned pairs as one text file, then augmented and tokenized arrays.

Both steps are streamed, divided among processes, and give the same files however many there are. `counts.json` beside
each says what every rule removed and how many copies every augmentation added.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.lasting_files import write_atomically
from pipeline.summarize.stems import all_stems, has_stemmer
from pipeline.train.arrays import ArrayWriter
from pipeline.train.augment import Surroundings, augment, base_forms
from pipeline.train.cleaning import DUPLICATE, MEASURED, find_fault, fold, identity, measured_lines
from pipeline.train.pairs import Pair, find_sources, read_lines, read_pairs
from pipeline.train.recipe import Recipe
from pipeline.train.vocabulary import encode
from pipeline.train.workers import cut_chunks, map_chunks

PAIRS, FORMS, COUNTS = "pairs.tsv", "base-forms.json", "counts.json"
LEAST_SEEN = 5
"""How often a word must stand in the corpus to be somebody's base form."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A pair that the rules were asked about.

    Attributes:
        pair: The pair.
        fault: The rule that removes it, if one does.
        folded: What its two sides are compared by.
    """

    pair: Pair
    fault: str
    folded: tuple[int, int]


def clean_corpus(recipe: Recipe, folder: Path, processes: int) -> dict[str, Any]:
    """Write the pairs that are fit to be learnt, and the table of base forms; return what was counted.

    Raises:
        InputError: A source cannot be read, or nothing is left.
    """
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    seen: set[tuple[int, int]] = set()
    excluded = measured_lines(_measured(recipe))
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{PAIRS}.part"
    check = partial(_check, source_lang=recipe.source_lang, target_lang=recipe.target_lang)
    with part.open("w", encoding="utf-8", newline="\n") as output:
        for chunk in map_chunks(check, cut_chunks(_read_all(recipe)), processes):
            for checked in chunk:
                fault = checked.fault
                if not fault and not excluded.isdisjoint(checked.folded):
                    fault = MEASURED
                if not fault and checked.folded in seen:
                    fault = DUPLICATE
                counts[fault or "kept"] += 1
                if not fault:
                    seen.add(checked.folded)
                    words.update(checked.pair.target.lower().split())
                    output.write("\t".join(checked.pair) + "\n")
    if not counts["kept"]:
        raise InputError(f"no pair is left of {counts.total():,}", "look at the rules in docs/training.md")
    _write_json(folder / FORMS, _forms(words, recipe.target_lang))
    part.replace(folder / PAIRS)
    result = {"read": counts.total(), **dict(counts.most_common())}
    _write_json(folder / COUNTS, result)
    return result


def sample_sentences(folder: Path, number: int, in_capitals: float) -> Iterator[str]:
    """Yield about so many of the cleaned sentences, both sides, evenly over the corpus.

    Args:
        folder: Where `clean_corpus` wrote them.
        number: How many.
        in_capitals: Share that comes in capitals too, so that these have pieces longer than letters.
    """
    total = json.loads((folder / COUNTS).read_text(encoding="utf-8"))["kept"]
    step = max(1, 2 * total // number)
    due = 0.0
    for line in islice(read_lines(folder / PAIRS), 0, None, step):
        yield from line.split("\t")
        due += in_capitals
        if due >= 1:
            due -= 1
            yield from line.upper().split("\t")


def tokenize_corpus(recipe: Recipe, cleaned: Path, vocabulary: Path, folder: Path, processes: int) -> dict[str, Any]:
    """Write the arrays of all cleaned pairs and of their augmented copies; return what was counted."""
    counts: Counter[str] = Counter()
    writer = ArrayWriter(folder)
    work = partial(
        _tokenize,
        shares=dict(recipe.augmentation),
        seed=recipe.seed,
        target_lang=recipe.target_lang,
        longest=recipe.model.longest,
        forms=cleaned / FORMS,
        vocabulary=vocabulary,
    )
    pairs = (Pair(*line.split("\t")) for line in read_lines(cleaned / PAIRS))
    for sides, made in map_chunks(work, cut_chunks(pairs), processes):
        writer.add(sides)
        counts.update(made)
    result = dict(counts.most_common())
    writer.close(result)
    return result


def write_arrays(
    folder: Path, pairs: Iterable[tuple[list[int], list[int]]], longest: int, counts: dict[str, Any]
) -> None:
    """Write the arrays of pairs that are tokenized already, but for those with a side that is too long."""
    writer = ArrayWriter(folder)
    fitting = [pair for pair in pairs if max(map(len, pair)) <= longest]
    writer.add([_flat([pair[side] for pair in fitting]) for side in (0, 1)])
    writer.close(counts)


def _read_all(recipe: Recipe) -> Iterator[Pair]:
    for path in find_sources(recipe.data.pairs):
        pairs = read_pairs(path, recipe.source_lang, recipe.target_lang)
        yield from islice(pairs, 0, None, recipe.data.every)


def _measured(recipe: Recipe) -> Iterator[str]:
    names = [*recipe.data.exclude, *filter(None, (recipe.data.dev_source, recipe.data.dev_reference))]
    for path in find_sources(names):
        yield from read_lines(path)


def _check(pairs: list[Pair], source_lang: str, target_lang: str) -> list[_Checked]:
    return [
        _Checked(
            pair,
            find_fault(pair, source_lang, target_lang),
            (identity(fold(pair.source)), identity(fold(pair.target))),
        )
        for pair in pairs
    ]


def _forms(words: Counter[str], target_lang: str) -> dict[str, str]:
    frequent = {word: count for word, count in words.items() if count >= LEAST_SEEN and word.isalpha()}
    if not has_stemmer(target_lang):
        return {}
    return base_forms(frequent, lambda word: all_stems(word, target_lang)[0])


@cache
def _load_forms(path: Path) -> dict[str, str]:
    loaded: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _tokenize(
    pairs: list[Pair],
    shares: dict[str, float],
    seed: int,
    target_lang: str,
    longest: int,
    forms: Path,
    vocabulary: Path,
) -> tuple[list[tuple[Any, Any]], Counter[str]]:
    counts: Counter[str] = Counter()
    made: list[tuple[str, Pair]] = []
    for pair, following in zip(pairs, [*pairs[1:], None], strict=True):
        around = Surroundings(target_lang, following, _load_forms(forms))
        made.append(("plain", pair))
        made.extend(augment(pair, around, shares, seed))
    sides = [encode(vocabulary, [pair[side] for _, pair in made]) for side in (0, 1)]
    kept = [i for i in range(len(made)) if max(len(sides[0][i]), len(sides[1][i])) <= longest]
    counts.update(made[i][0] for i in kept)
    counts["too long"] += len(made) - len(kept)
    counts["source tokens"] += sum(len(sides[0][i]) for i in kept)
    counts["target tokens"] += sum(len(sides[1][i]) for i in kept)
    return [_flat([side[i] for i in kept]) for side in sides], counts


def _flat(sequences: list[list[int]]) -> tuple[Any, Any]:
    import numpy as np

    tokens = np.fromiter((token for sequence in sequences for token in sequence), dtype=np.uint16)
    return tokens, np.array([len(sequence) for sequence in sequences], dtype=np.int64)


def _write_json(path: Path, value: Any) -> None:
    write_atomically(path, json.dumps(value, ensure_ascii=False, indent=1).encode())
