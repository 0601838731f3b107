"""Any number of releases out of a few: copies whose names, numbers and sentences vary, for measurements at scale.

Takes releases of any format; gives files of the same formats with other text in them, written by the formats' own
writers. The same seed gives the same files, byte for byte.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from pipeline.read.base import Limits
from pipeline.read.formats import FORMATS, read_document, write_document
from pipeline.records import Block, TargetBlock

_SURNAMES = ("Bernard", "Chevalier", "Delorme", "Faure", "Girard", "Lacroix", "Marchand", "Perrin", "Renaud", "Vidal")
_CITIES = ("Amiens", "Besançon", "Brest", "Dijon", "Grenoble", "Limoges", "Metz", "Nancy", "Nantes", "Pau", "Rennes")
_CRIMES = ("fraude", "contrebande", "corruption", "blanchiment", "trafic de stupéfiants", "escroquerie en ligne")
_SENTENCES = (
    "À {city}, les enquêteurs ont interrogé {number} témoins dans une affaire de {crime}.",
    "Le procureur de {city}, M. {surname}, a salué le travail de {number} policiers.",
    "Selon Mme {surname}, {number} dossiers de {crime} restent ouverts à {city} et à {other_city}.",
    "Une somme de {number} euros a été saisie à {city} le même jour.",
    "Les polices de {city} et de {other_city} ont échangé {number} messages sur cette affaire de {crime}.",
)
_NUMBER = re.compile(r"(?<![\w@/.-])\d{2,}(?![\w@/-])")
_PERSON = re.compile(r"\b(M\.|Mme)(\s)\w+")


def write_variations(examples: Sequence[Path], folder: Path, number: int, seed: int = 0) -> list[Path]:
    """Write so many releases, each a variation of one of the examples in turn.

    Args:
        examples: French releases.
        folder: Where to; made if need be.
        number: How many.
        seed: Another seed gives other variations.

    Raises:
        InputError: An example cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    originals = [(path, path.read_bytes()) for path in examples]
    written = []
    for count, (path, data) in enumerate(islice(cycle(originals), number), start=1):
        chance = random.Random(f"{seed}/{count}")  # noqa: S311 - reproducible variety, not a secret
        document = read_document(path.name, data, "fr", Limits())
        blocks = {block.block_id: _vary(block, chance) for block in document.blocks}
        target = folder / f"{count:05}-{path.name}"
        target.write_bytes(write_document(path.name, data, blocks, "x-varied"))
        written.append(target)
    return written


def find_examples(folder: Path) -> list[Path]:
    """Return the releases that stand in a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in FORMATS)


def _vary(block: Block, chance: random.Random) -> TargetBlock:
    """Change a block's numbers, which keep their length and so the places of its markup; where it has none, more."""
    text = _NUMBER.sub(lambda match: match[0][:-1] + chance.choice("123456789"), block.text)
    if not block.markup:
        text = _PERSON.sub(lambda match: f"{match[1]}{match[2]}{chance.choice(_SURNAMES)}", text)
        if block.layout == "paragraph" and text.endswith("."):
            text = " ".join([text, *_new_sentences(chance)])
    return TargetBlock(block.block_id, text, block.markup)


def _new_sentences(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.randrange(3)):
        city, other_city = chance.sample(_CITIES, 2)
        yield chance.choice(_SENTENCES).format(
            city=city,
            other_city=other_city,
            crime=chance.choice(_CRIMES),
            number=chance.randrange(3, 900),
            surname=chance.choice(_SURNAMES),
        )
