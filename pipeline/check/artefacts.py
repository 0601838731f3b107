"""Traces of the machine in the text: unknown-word symbols, sentence marks, language codes, our own tokens, entities.

None of them is ever meant for readers; each blocks, unless the French has it too.
"""

import re
from collections.abc import Iterator

from pipeline.check.base import Check, Defect, SegmentPair, in_every_language, one_sentence, quoted
from pipeline.records import Span

_ARTEFACT = re.compile(
    r"⁇|\ufffd"
    r"|<(?:unk|s|pad|eos|bos|mask|extra_id_\d{1,3}|/s)>"
    r"|\[(?:UNK|PAD|CLS|SEP|MASK)\]"
    r"|<\|[a-z_]{1,40}\|>"
    r"|>>[a-z_A-Z]{2,12}<<"
    r"|(?<!\w)__[a-z]{2,3}__(?!\w)"
    r"|[\ue000-\uf8ff]"
    r"|⟦[^⟧]{0,20}⟧"
    r"|▁"
    r"|@@(?= |$)"
    r"|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});"
    r"|(?<![\w*#@/.&])[*#@](?=[^\W\d_])(?![*#@])\w+",
)


def _find(pair: SegmentPair) -> Iterator[Defect]:
    for match in _ARTEFACT.finditer(pair.target):
        if match[0] not in pair.source:
            message = f"{_shown(match[0])} is a trace of the machine and no {pair.language}."
            yield Defect("blocker", message, target_span=Span(*match.span()))


def _shown(artefact: str) -> str:
    """Name an artefact; a private-use character has no shape to show."""
    if "\ue000" <= artefact[0] <= "\uf8ff":
        return f"The character U+{ord(artefact[0]):04X}"
    return quoted(artefact)


ARTEFACTS = Check("traces of the machine", _find, one_sentence, "sentences", in_every_language)
