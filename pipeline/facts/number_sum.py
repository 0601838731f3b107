"""A number in words, added up word by word: what may come next, and what it is worth so far."""

from dataclasses import dataclass


@dataclass(slots=True)
class NumberSum:
    """A number in words as far as it has been read.

    Attributes:
        french: Whether *soixante-dix* and *quatre-vingts* are numbers.
        millions: What stands before the last scale of a million or more, that scale included.
        thousands: What stands before *mille* since then, *mille* included.
        rest: What has been read since then; below 1000.
        last_scale: The last scale, or 0.
    """

    french: bool
    millions: int = 0
    thousands: int = 0
    rest: int = 0
    last_scale: int = 0
    started: bool = False

    @property
    def value(self) -> int:
        """What it is worth so far."""
        return self.millions + self.thousands + self.rest

    def takes(self, value: int) -> bool:
        """Tell whether a word may be added: nothing smaller than it stands before it."""
        if not self.started or (self.rest == 0 and self.last_scale > value > 0):
            return True
        tail = self.rest % 100
        if value == 0 or value >= 100 or self.rest == 0:
            return False
        if value < 10:
            return (tail % 10 == 0 and tail != 10) or (self.french and tail == 10 and value >= 7)
        if value < 20:
            return tail == 0 or (self.french and tail in (60, 80))
        return tail == 0 or (self.french and tail == 4 and value == 20)

    def add(self, value: int) -> None:
        """Take an atom; *quatre* and *vingt* make eighty."""
        fourscore = self.french and self.rest % 100 == 4 and value == 20
        self.rest += 76 if fourscore else value
        self.started = True

    def takes_hundred(self, alone: bool) -> bool:
        """Tell whether *cent* may come next; `alone` says that it needs nothing before it."""
        return 0 < self.rest < 100 or (self.rest == 0 and alone and (not self.started or self.last_scale > 100))

    def multiply_hundred(self) -> None:
        """Take *cent*."""
        self.rest = max(self.rest, 1) * 100
        self.started = True

    def takes_scale(self, scale: int, alone: bool) -> bool:
        """Tell whether a scale may come next: a smaller one than before, or as in *mil millones*."""
        if not self.started:
            return alone
        if self.last_scale == 0 or scale < self.last_scale:
            return self.rest > 0
        return scale >= 10**6 and self.millions == 0

    def multiply(self, scale: int) -> None:
        """Take a scale; one of a million or more multiplies all that stands before it."""
        if scale < 10**6:
            self.thousands += max(self.rest, 1) * scale
        else:
            self.millions += max(self.thousands + self.rest, 1) * scale
            self.thousands = 0
        self.rest, self.last_scale, self.started = 0, scale, True
