"""Summaries drawn from a release's own sentences: ranked once on the French, composed in every language."""

from pipeline.summarize.channels import summarize_document
from pipeline.summarize.rank import rank_segments

__all__ = ["rank_segments", "summarize_document"]
