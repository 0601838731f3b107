"""Repair: a translation that fails a check → the best of further attempts, with a log of what was tried."""

from pipeline.repair.ladder import Asked, Rung
from pipeline.repair.releases import repair_releases

__all__ = ["Asked", "Rung", "repair_releases"]
