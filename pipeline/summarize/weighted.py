"""How long a post is for networks that weigh characters: a text in, its length as twitter-text 3 counts it out.

Most letters of alphabetic scripts and their plain punctuation weigh 1; everything else weighs 2, among it `€`, `…`,
the narrow no-break space U+202F and CJK. An emoji weighs 2 however many code points it is made of, and an address
weighs 23 however long it is.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

URL_WEIGHT = 23
_HEAVY = re.compile("[^\x00-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""Code points that do not weigh 1."""

_PICTURE = (
    "[\u203c\u2049\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u265e\u2660-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_TONED = f"{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[#*0-9]\ufe0f?\u20e3|[©®™♟]\ufe0f?|"
    f"{_PICTURE}[\U000e0020-\U000e007e]{{1,8}}\U000e007f|{_TONED}(?:\u200d{_TONED})*"
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_URL = re.compile(
    rf"(?<![\w@$#.＠＃-])(?P<scheme>https?://)?(?:{_LABEL}\.){{1,8}}(?P<top>[a-z]{{2,24}})(?![\w@+-])(?::\d{{1,5}})?"
    r"(?:/(?:[\w!*';:=+,.$/%#\[\]~@|&-]|\([\w!*';:=+,.$/%#~@|&-]{0,80}\))*(?<![!*';:,.$%\[\]~@|&]))?"
    r"(?:\?[\w!?*'();:&=+$/%#\[\].,~|@-]*[\w&=#/-])?",
    re.IGNORECASE,
)
_GENERIC = """
com org net int info biz edu gov mil name pro aero asia cat coop jobs mobi museum tel travel app dev blog news press
media paris online site live link eu uk
"""
"""Top-level domains that are no territory's code."""


def weighted_length(text: str) -> int:
    """Count a text's weight.

    A word that looks like an address but ends in no top-level domain known here (`mot.Suivant`, a new domain) counts
    as an address or as text, whichever is longer, so that a limit holds in either case.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and "." not in text:
        return len(text) - (len(_EMOJI.findall(text)) if "\u20e3" in text else 0)
    total = 0
    last = 0
    for url in _URL.finditer(text) if "." in text else ():
        total += _weigh(text[last : url.start()])
        known = url["top"].lower() in _top_levels()
        total += URL_WEIGHT if known else max(URL_WEIGHT, _weigh(url.group()))
        last = url.end()
    return total + _weigh(text[last:])


def _weigh(text: str) -> int:
    if text.isascii():
        return len(text)
    emojis = 0

    def take(_: re.Match[str]) -> str:
        nonlocal emojis
        emojis += 1
        return ""

    rest = _EMOJI.sub(take, text)
    return 2 * emojis + len(rest) + len(_HEAVY.findall(rest))


@cache
def _top_levels() -> frozenset[str]:
    codes = map(str, Locale.parse("en").territories)
    return frozenset(_GENERIC.split()) | {code.lower() for code in codes if len(code) == 2 and code.isalpha()}
