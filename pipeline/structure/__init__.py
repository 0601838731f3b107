"""The role of each block of a press release: headline, lead, quotation, boilerplate or contact."""

from pipeline.structure.datelines import dateline
from pipeline.structure.roles import structure_document

__all__ = ["dateline", "structure_document"]
