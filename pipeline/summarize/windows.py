"""Long texts for models with a short view: sentences in, windows of whole sentences that each fit out."""

from collections.abc import Callable, Sequence

Count = Callable[[str], int]
"""Gives a text's tokens."""


def cut_windows(sentences: Sequence[str], most: int, count: Count) -> list[str]:
    """Pack sentences into as few windows as they need, in order.

    A sentence that is too long by itself is cut between words; a word that is, stands alone.

    Args:
        sentences: What to pack.
        most: Tokens in a window.
        count: Counts tokens; for two texts together at most one more than for both apart.
    """
    windows: list[str] = []
    window = ""
    used = 0
    for part in (part for sentence in sentences for part in _parts(sentence, most, count)):
        size = count(part) + 1
        if window and used + size > most:
            windows.append(window)
            window, used = "", 0
        window = f"{window} {part}".lstrip()
        used += size
    return [*windows, window] if window else windows


def _parts(sentence: str, most: int, count: Count) -> list[str]:
    """Halve a sentence between words until each part fits."""
    words = sentence.split()
    if len(words) < 2 or count(sentence) <= most:
        return [sentence] if words else []
    middle = len(words) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    return [part for half in halves for part in _parts(half, most, count)]
