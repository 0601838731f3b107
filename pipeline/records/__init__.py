"""The frozen records that cross stages, and nothing else.

Every offset counts Unicode code points and every end is exclusive. Every record is a frozen, slotted
dataclass of JSON-able values, so that it can be hashed, published and read back unchanged. The names are the
field's: segment, hypothesis and reference from sacreBLEU, state and placeable from XLIFF, severity from MQM.

This is the door: everybody imports from here, whichever room a record stands in.
"""

from pipeline.records.judgement import (
    CheckedDocument,
    Estimate,
    Failure,
    Finding,
    Reference,
    Score,
    ScoredDocument,
    Severity,
    Verdict,
    VerdictState,
    WrittenDocument,
)
from pipeline.records.release import Block, BlockKind, Document, Layout, Markup, PreparedDocument, Segment, Span
from pipeline.records.summary import (
    Channel,
    SummarizedDocument,
    Summary,
    SummaryChoice,
    SummaryMeasures,
    SummaryOrder,
)
from pipeline.records.translation import (
    Attempt,
    Hypothesis,
    MaskedSegment,
    Origin,
    Placeable,
    PlaceableKind,
    Repair,
    State,
    TargetBlock,
    Term,
    TranslatedDocument,
)

__all__ = [
    "SCHEMA_VERSION",
    "Attempt",
    "Block",
    "BlockKind",
    "Channel",
    "CheckedDocument",
    "Document",
    "Estimate",
    "Failure",
    "Finding",
    "Hypothesis",
    "Layout",
    "Markup",
    "MaskedSegment",
    "Origin",
    "Placeable",
    "PlaceableKind",
    "PreparedDocument",
    "Reference",
    "Repair",
    "Score",
    "ScoredDocument",
    "Segment",
    "Severity",
    "Span",
    "State",
    "SummarizedDocument",
    "Summary",
    "SummaryChoice",
    "SummaryMeasures",
    "SummaryOrder",
    "TargetBlock",
    "Term",
    "TranslatedDocument",
    "Verdict",
    "VerdictState",
    "WrittenDocument",
]

SCHEMA_VERSION = 1
"""Version of every record's field names; a reader of the JSONL exports can rely on it."""
