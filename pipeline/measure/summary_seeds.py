"""Facts put into summaries that their releases do not hold: wrong by construction, in one known place.

What to change is found here by plain patterns, not by the readers of `pipeline.facts`: what those do not see must
count as missed.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:[., \u00a0\u202f]?\d{3})*(?:,\d+)?(?![\w])")
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{3,}(?![\w’'-])")
_QUOTATION = re.compile(r"«\s?([^«»]{1,400}?)\s?»|“([^“”]{1,400})”|\"([^\"]{1,400})\"")
_PLAIN_WORDS = re.compile(r"(?<= )[a-zà-ÿ]+(?: [a-zà-ÿ]+){3,6}(?= )")
_MARKS = re.compile(r"[«»“”\"]")


@dataclass(frozen=True, slots=True)
class Seeded:
    """A summary that says what its release does not.

    Attributes:
        kind: Key of `SEEDS`.
        text: The summary.
        before: The words that were changed.
        after: What they became.
    """

    kind: str
    text: str
    before: str
    after: str


def seed(kind: str, summary: str, source: str, names: Sequence[str], number: int = 0) -> Seeded | None:
    """Put an unsupported fact into a summary.

    Args:
        kind: Key of `SEEDS`.
        summary: What the release supports.
        source: The whole release, so that nothing is put in that stands in it elsewhere.
        names: Names of other releases.
        number: The same number changes the same summary in the same way.

    Returns:
        None where the summary has nothing of that kind.
    """
    return SEEDS[kind](summary, source, names, random.Random(f"{number} {kind} {summary}"))  # noqa: S311 — no secret


def names_of(text: str) -> list[str]:
    """Return the words of a text that are names by the look of them."""
    return _NAME.findall(text)


def _number(summary: str, source: str, _names: Sequence[str], rng: random.Random) -> Seeded | None:
    """Change one digit of one number."""
    places = list(_NUMBER.finditer(summary))
    rng.shuffle(places)
    for place in places:
        digits = [index for index, character in enumerate(place[0]) if character.isdigit()]
        index = rng.choice(digits)
        others = [digit for digit in "123456789" if digit != place[0][index]]
        after = place[0][:index] + rng.choice(others) + place[0][index + 1 :]
        if _bare(after) not in {_bare(number) for number in _NUMBER.findall(source)}:
            return _put("number", summary, place.span(), after)
    return None


def _bare(number: str) -> str:
    return re.sub(r"[., \u00a0\u202f]", "", number)


def _name(summary: str, source: str, names: Sequence[str], rng: random.Random) -> Seeded | None:
    """Put another release's name in the place of one."""
    places = list(_NAME.finditer(summary))
    strangers = [name for name in rng.sample(names, min(len(names), 40)) if name.lower() not in source.lower()]
    if not places or not strangers:
        return None
    return _put("name", summary, rng.choice(places).span(), strangers[0])


def _quotation_altered(summary: str, source: str, names: Sequence[str], rng: random.Random) -> Seeded | None:
    """Leave one word of a quotation out."""
    places = [place for place in _QUOTATION.finditer(summary) if len(place[0].split()) > 4]
    if not places:
        return None
    place = rng.choice(places)
    words = place[0].split(" ")
    gone = rng.randrange(2, len(words) - 2)
    after = " ".join(words[:gone] + words[gone + 1 :])
    return _put("quotation_altered", summary, place.span(), after)


def _quotation_invented(summary: str, source: str, names: Sequence[str], rng: random.Random) -> Seeded | None:
    """Put quotation marks around words that nobody is quoted with."""
    if _MARKS.search(summary):
        return None
    places = list(_PLAIN_WORDS.finditer(summary))
    quoted = "".join(part for match in _QUOTATION.finditer(source) for part in match.groups() if part)
    places = [place for place in places if place[0] not in quoted]
    return _put("quotation_invented", summary, (p := rng.choice(places)).span(), f"« {p[0]} »") if places else None


def _put(kind: str, text: str, span: tuple[int, int], after: str) -> Seeded:
    start, end = span
    return Seeded(kind, text[:start] + after + text[end:], text[start:end], after)


Seeder = Callable[[str, str, Sequence[str], random.Random], Seeded | None]

SEEDS: dict[str, Seeder] = {
    "number": _number,
    "name": _name,
    "quotation_altered": _quotation_altered,
    "quotation_invented": _quotation_invented,
}
"""By kind of fact."""
