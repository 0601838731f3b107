"""Lists of words, as people write them down, made into one pattern that finds any of them."""

import re


def any_of(words: str) -> re.Pattern[str]:
    """Compile words separated by spaces; `*` stands for any letters, `_` for a space; case does not count."""
    parts = (re.escape(word).replace(r"\*", r"\w*").replace("_", r"\s") for word in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
