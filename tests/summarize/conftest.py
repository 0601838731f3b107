"""Releases built by hand, so that these tests need neither `structure` nor `segment`."""

from collections.abc import Callable, Sequence

import pytest

from pipeline.records import Block, BlockKind, Document, Layout, PreparedDocument, Segment

Prepare = Callable[..., PreparedDocument]


@pytest.fixture(scope="session")
def prepare() -> Prepare:
    """Return a function that makes a release of (kind, sentences…) or (kind, layout, sentences…) blocks."""

    def build(*parts: tuple[BlockKind, Sequence[str]], layout: Layout = "paragraph") -> PreparedDocument:
        blocks, segments = [], []
        for number, (kind, sentences) in enumerate(parts):
            blocks.append(Block(f"b{number}", kind, " ".join(sentences), layout=layout))
            start = 0
            for sentence in sentences:
                index = len(segments)
                end = start + len(sentence)
                segments.append(Segment(f"s{index}", "doc", f"b{number}", index, start, end, sentence))
                start = end + 1
        return PreparedDocument(Document("doc", "release.txt", "fr", "text", tuple(blocks)), tuple(segments))

    return build
