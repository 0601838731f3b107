"""A neural model's own language codes by BCP-47 tag: `fra_Latn`, `fr_XX`, `>>fra<<` and `<2fr>` are all `fr`.

Takes the codes that stand in a tokenizer. CLDR knows the three-letter codes; what it does not know cannot be asked
for as a tag either, and is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import LanguageError
from pipeline.languages import base, normalise, script

_SPELLINGS = {"no": "nb", "ns": "nso", "pbt": "ps", "quy": "qu", "kor_Hang": "ko"}
"""Codes that CLDR does not lead back to the tag that people use."""


@dataclass(frozen=True, slots=True)
class _Variety:
    language: str
    script: str
    territory: str


class LanguageCodes:
    """A model's codes, found by tag.

    Args:
        codes: As the model writes them, without what it puts around them.
        territories: Whether a territory in a code means something: mBART's `ro_RO` is any Romanian.
    """

    def __init__(self, codes: Iterable[str], *, territories: bool = True) -> None:
        self._codes: dict[_Variety, str] = {}
        for code in codes:
            tag = _tag(code)
            if not tag:
                continue
            variety = _variety(tag)
            if not territories:
                variety = _Variety(variety.language, variety.script, "")
            if variety not in self._codes or code.split("_")[0] == variety.language:
                self._codes[variety] = code

    def find(self, tag: str) -> str | None:
        """Return the model's code for a tag: the same territory, else none, else any; None if it has no such language.

        A language in another script is another one: a model of simplified Chinese cannot write `zh-Hant`.
        """
        try:
            wanted = _variety(tag)
        except LanguageError:
            return None
        for territory in (wanted.territory, ""):
            if code := self._codes.get(_Variety(wanted.language, wanted.script, territory)):
                return code
        same = (wanted.language, wanted.script)
        return next((code for v, code in self._codes.items() if (v.language, v.script) == same), None)

    @property
    def tags(self) -> list[str]:
        """The languages as tags, in order; a script is named where it is not the usual one."""
        return sorted({_written(variety) for variety in self._codes})


def _tag(code: str) -> str:
    if code in _SPELLINGS:
        return _SPELLINGS[code]
    parts = [part for part in code.split("_") if part != "XX"]
    parts[0] = _SPELLINGS.get(parts[0], parts[0])
    for tag in ("_".join(parts), parts[0]):
        try:
            return normalise(tag)
        except LanguageError:
            continue
    return ""


def _variety(tag: str) -> _Variety:
    tag = normalise(tag)
    territory = tag.split("-")[-1]
    return _Variety(base(tag), script(tag), territory if "-" in tag and len(territory) in (2, 3) else "")


def _written(variety: _Variety) -> str:
    parts = [variety.language, "" if script(variety.language) == variety.script else variety.script, variety.territory]
    return "-".join(part for part in parts if part)
