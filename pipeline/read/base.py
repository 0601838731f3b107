"""What every file format offers: blocks out of bytes, and bytes with other text in the blocks.

A format keeps no state between reading and writing. `write` parses the original bytes again, in the same order
as `read` did, and replaces the text of the blocks that it is given; everything else is copied raw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.records import Block, TargetBlock


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts; anything above is an `InputError` that names the limit.

    Attributes:
        max_bytes: Size of the file.
        max_unpacked_bytes: Size of everything in an archive, unpacked.
        max_ratio: Unpacked size ÷ packed size of any one archive member.
        max_blocks: Blocks in a release.
        max_block_chars: Code points in one block.
    """

    max_bytes: int = 20_000_000
    max_unpacked_bytes: int = 100_000_000
    max_ratio: int = 100
    max_blocks: int = 20_000
    max_block_chars: int = 100_000


def has_content(text: str) -> bool:
    """Tell whether a text holds a letter or a digit: a figure alone in a cell is written anew in each language too."""
    return any(map(str.isalnum, text))


class Format(Protocol):
    """A file format. Implementations are modules' single instances, registered in `pipeline.read.FORMATS`."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, limits: Limits) -> tuple[Block, ...]:
        """Return the blocks that hold text to translate, in reading order, ids `b0`, `b1` ….

        `layout` and `level` say what the format knows; `kind` stays `paragraph` (or `other` for content beside
        the running text) until `pipeline.structure` decides. Blocks without a letter or a digit are left out.

        Raises:
            InputError: The bytes are damaged, encrypted, hostile or above a limit.
        """
        ...

    def write(self, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
        """Return the original bytes with each given block's text and markup replaced.

        A block that is not in `blocks` keeps its original text. With every block's own text and markup the
        result equals the original (byte for byte; in XML parts, canonically, apart from language marks), except
        that the document's language and direction are set to `target_lang` where the format can say so.

        Args:
            data: What `read` was given.
            blocks: By `block_id`. A `Markup.ref` that `read` did not give out is ignored.
            target_lang: BCP-47 tag; a private one (`x-…`) leaves language marks alone.
        """
        ...
