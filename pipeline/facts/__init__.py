"""The ledger of facts: what a text says that can be looked for, by value, in another language."""

from pipeline.facts.base import Fact, FactKind
from pipeline.facts.values import find_value_facts

__all__ = ["Fact", "FactKind", "find_value_facts"]
