"""A batch that is too large for the memory is halved until it fits, and later ones are made as small at once."""

import logging
from collections.abc import Callable
from typing import TypeVar

from pipeline.errors import TranslatorError
from pipeline.translate.token_batches import TokenBatch

_LOGGER = logging.getLogger(__name__)

_SIGNS = ("out of memory", "bad_alloc", "unable to allocate", "can't allocate memory", "alloc_failed")

Row = TypeVar("Row")


class BatchHalver:
    """Computes batches within whatever memory there is.

    Attributes:
        halvings: How often a batch had to be halved after it failed.
    """

    def __init__(self) -> None:
        self.halvings = 0
        self._most_tokens: int | None = None

    def run(self, batch: TokenBatch, compute: Callable[[TokenBatch], list[Row]]) -> list[Row]:
        """Return one result for each sequence of a batch.

        Args:
            batch: What to compute.
            compute: Computes a batch, or raises what its library raises when the memory is full.

        Raises:
            TranslatorError: A single sequence is too much.
        """
        if self._most_tokens is None or batch.computed_tokens <= self._most_tokens or len(batch.rows) == 1:
            try:
                return compute(batch)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                if len(batch.rows) == 1:
                    raise TranslatorError(
                        f"the memory is too small for a single text of {batch.computed_tokens} tokens",
                        "use a smaller model, a smaller beam_size or a machine with more memory",
                    ) from error
            self._shrink(batch)
        first, second = batch.halves()
        return [*self.run(first, compute), *self.run(second, compute)]

    def _shrink(self, batch: TokenBatch) -> None:
        if not self.halvings:
            _LOGGER.warning("the memory is too small for %d tokens at once; going on with less", batch.computed_tokens)
        self.halvings += 1
        self._most_tokens = min(self._most_tokens or batch.computed_tokens, batch.computed_tokens // 2)


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error of torch or CTranslate2 says that the memory is full."""
    return isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _SIGNS)
