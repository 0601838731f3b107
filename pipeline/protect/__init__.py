"""Protect: segments → masked segments, in which everything that must survive is one private-use character."""

from pipeline.protect.boilerplate import ApprovedTexts, load_boilerplate
from pipeline.protect.mask import protect_segment
from pipeline.protect.terms import TermMatcher, load_termbase

__all__ = ["ApprovedTexts", "TermMatcher", "load_boilerplate", "load_termbase", "protect_segment"]
