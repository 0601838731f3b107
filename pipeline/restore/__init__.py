"""Restore: an engine's raw translation → the finished text of a segment, and segments → blocks."""

from pipeline.restore.compose import compose_block
from pipeline.restore.quotes import quote_depths, release_depths
from pipeline.restore.segment import restore_segment
from pipeline.restore.settled import Settled, settle_release

__all__ = ["Settled", "compose_block", "quote_depths", "release_depths", "restore_segment", "settle_release"]
