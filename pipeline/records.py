"""The frozen records that cross stages, and nothing else.

Every offset counts Unicode code points and every end is exclusive. Every record is a frozen, slotted
dataclass of JSON-able values, so that it can be hashed, published and read back unchanged. The names are the
field's: segment, hypothesis and reference from sacreBLEU, state and placeable from XLIFF, severity from MQM.
"""

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 1
"""Version of every record's field names; a reader of the JSONL exports can rely on it."""

Layout = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "cell",
    "header",
    "footer",
    "footnote",
    "textbox",
    "attribute",
]
"""What the file format says a block is. `attribute` is text outside the flow, such as an image's alt text."""

BlockKind = Literal[
    "headline",
    "standfirst",
    "date",
    "lead",
    "paragraph",
    "quote",
    "heading",
    "boilerplate",
    "contact",
    "note",
    "embargo",
    "other",
]
"""What a block is in a press release. `other` is content beside the running text: cells, headers, alt texts."""

PlaceableKind = Literal[
    "markup_open", "markup_close", "point", "url", "email", "phone", "file", "hashtag", "term", "name", "literal"
]
"""`point` is an empty inline element (line break, image, footnote anchor); `literal` a character that collides
with our own tokens; `term` a do-not-translate string; `name` somebody's own, which a rule-based engine would take for
words."""

Origin = Literal["mt", "tm", "repair", "copy"]
State = Literal["initial", "translated", "reviewed", "final"]
Severity = Literal["blocker", "major", "minor"]
VerdictState = Literal["ready", "review", "blocked"]
Channel = str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """An inline element over a stretch of a block's text.

    Attributes:
        ref: Number of the element in its block, by which the format's writer finds the original tags again.
        kind: What it is: `bold`, `italic`, `link`, `code`, `style`, or for points `break`, `image`, `footnote` ….
        start: Where it starts in the text.
        end: Where it ends. Equal to `start` for a point, which holds no text.
    """

    ref: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell … of a release.

    Attributes:
        block_id: Unique in its document, in reading order: `b0`, `b1` ….
        kind: Its role in a press release, found by `pipeline.structure`.
        text: Plain text, without any tag or entity.
        markup: Inline elements, outermost first where two start together.
        layout: What the format says it is.
        level: Heading level from 1, list depth from 1, otherwise 0.
    """

    block_id: str
    kind: BlockKind
    text: str
    markup: tuple[Markup, ...] = ()
    layout: Layout = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One release.

    Attributes:
        doc_id: From its blocks' text alone, so that the same release has the same id in every run.
        path: Where it came from, relative to the input, with `/`; a row of a dataset is `file.parquet#12`.
        lang: BCP-47 tag of its text.
        format: Key of `pipeline.read.FORMATS`, or `row`.
        blocks: In reading order.
    """

    doc_id: str
    path: str
    lang: str
    format: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or what stands for one, with the offsets that rebuild its block.

    `source` is `block.text[start:end]` exactly: nothing normalised, no white space at either end.
    """

    seg_id: str
    doc_id: str
    block_id: str
    index: int
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class Placeable:
    """Something in a segment that must come through translation as it is.

    Attributes:
        token: The private-use character that stands for it in `MaskedSegment.text`.
        kind: What it is.
        surface: The original text, or for markup and points the decimal `Markup.ref`.
        start: Where the surface starts in `Segment.source`; where a markup tag stands.
        end: Where it ends; equal to `start` for markup and points.
        replacement: What stands in the target instead of the surface, for terms with an approved translation; for
            markup and points the `Markup.kind`; empty where the surface itself comes back.
    """

    token: str
    kind: PlaceableKind
    surface: str
    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A release with its structure found and its blocks cut into segments: all that is known of the French."""

    document: Document
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class MaskedSegment:
    """A segment as translators see it.

    Attributes:
        seg_id: The segment it was made from.
        text: Normalised source (NFC, no soft hyphens, ligatures undone, plain spaces and apostrophes) with one
            private-use character for each placeable.
        placeables: In the order of their tokens in `text`.
        outer: Markup that covers the whole segment, and points at its very start or end, offsets in `Segment.source`:
            taken off before translation, put back after it.
        term_sources: Source forms of the termbase entries that apply here.
    """

    seg_id: str
    text: str
    placeables: tuple[Placeable, ...] = ()
    outer: tuple[Markup, ...] = ()
    term_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What one system made of one segment.

    Attributes:
        seg_id: The segment.
        target_lang: BCP-47 tag.
        system: Name from the configuration.
        text: Finished target text: no token of ours, no engine's mark.
        origin: Where the text comes from.
        state: How far it has come towards publication.
        markup: Inline elements over `text`.
        unknown: Words of `text` that the engine said it did not know.
        lost: Placeables of the source that did not come back.
    """

    seg_id: str
    target_lang: str
    system: str
    text: str
    origin: Origin = "mt"
    state: State = "translated"
    markup: tuple[Markup, ...] = ()
    unknown: tuple[Span, ...] = ()
    lost: tuple[Placeable, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """What one system made of one release in one language; `masked` and `hypotheses` run beside its segments."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    masked: tuple[MaskedSegment, ...]
    hypotheses: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class TargetBlock:
    """A block's translation, as a format's writer takes it."""

    block_id: str
    text: str
    markup: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A human translation of a whole document, one string a segment, aligned with `Segment.index`."""

    path: str
    target_lang: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryChoice:
    """Another text for a channel, within the same limits, that a reviewer may take instead; fields as in `Summary`."""

    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A text for one channel in one language.

    Attributes:
        doc_id: The release.
        lang: Language of the text: the source's or a target's.
        system: The system whose translation it was drawn from; empty for the source language.
        channel: `headline`, `post`, `bullets`, `abstract` or `standfirst`.
        text: The whole text; bullets are separated by line feeds; what the channel reserves stands at the end.
        source_seg_ids: For each sentence or bullet of `text`, the segments that it was drawn from.
        note: Why it departs from what was asked (nothing fits the limit …), or empty.
        alternatives: Other texts for the channel, best first; none where the release gives only one.
    """

    doc_id: str
    lang: str
    system: str
    channel: Channel
    text: str
    source_seg_ids: tuple[tuple[str, ...], ...]
    note: str = ""
    alternatives: tuple[SummaryChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect, or the suspicion of one, with where it is in both texts.

    Attributes:
        check: Key of `pipeline.check.CHECKS`.
        severity: `blocker` (must not be published), `major` (a person must look) or `minor`.
        seg_id: The segment; empty for a finding about the whole release.
        doc_id: The release.
        target_lang: BCP-47 tag.
        system: The system whose output it is about.
        message: One sentence that a press officer understands.
        source_span: Where in `Segment.source`.
        target_span: Where in `Hypothesis.text`.
        dismissed: A reviewer's reason why it is no problem; empty where nobody has said so.
    """

    check: str
    severity: Severity
    seg_id: str
    doc_id: str
    target_lang: str
    system: str
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value with the settings that give it a meaning.

    Attributes:
        metric: `BLEU`, `chrF2`, `TER` ….
        level: What `item_id` is.
        item_id: A `seg_id`, a `doc_id`, or the run's name.
        target_lang: BCP-47 tag.
        system: The system scored.
        value: In the metric's own unit (0–100 for BLEU and chrF; TER may pass 100).
        signature: The metric's signature, version included.
    """

    metric: str
    level: Literal["segment", "document", "corpus"]
    item_id: str
    target_lang: str
    system: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the termbase.

    Attributes:
        source: The French form, matched on word boundaries, case kept when it has an upper-case letter.
        targets: Approved translation for each BCP-47 tag; the same string as `source` means "do not translate".
        forbidden: For each BCP-47 tag, forms that must not appear.
    """

    source: str
    targets: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a release's translation may be used for, and why.

    Attributes:
        doc_id: The release.
        target_lang: BCP-47 tag.
        system: The system judged.
        state: `ready`, `review` or `blocked`.
        reasons: One line each, the gravest first.
        seg_ids: The segments a person must look at.
        checked: What was looked for and how much of it was found, one line a check.
        not_checked: What nobody looked for.
    """

    doc_id: str
    target_lang: str
    system: str
    state: VerdictState
    reasons: tuple[str, ...]
    seg_ids: tuple[str, ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be done; the run goes on without it.

    Attributes:
        path: The input it is about; empty when it concerns a language for every release.
        target_lang: BCP-47 tag, or empty when the release could not be read at all.
        system: The system, or empty.
        stage: Where it happened.
        message: What is wrong, and where.
        remedy: What to do about it.
        retry: It may pass, so that the next run tries again.
    """

    path: str
    target_lang: str
    system: str
    stage: str
    message: str
    remedy: str
    retry: bool = False


@dataclass(frozen=True, slots=True)
class SummarizedDocument:
    """The summaries of one release in one language, and for the source language the ranking behind them all."""

    doc_id: str
    path: str
    lang: str
    system: str
    summaries: tuple[Summary, ...]
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What the checks found in one release's translation."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to repair a sentence.

    Attributes:
        name: `candidates`, `clauses`, or `fallback` and a system's name.
        text: What it gave; empty if it could not be made.
        blockers: Findings of that severity in it.
        majors: Findings of that severity in it.
        error: Why it could not be made, or empty.
    """

    name: str
    text: str
    blockers: int
    majors: int
    error: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What was tried on a sentence whose translation failed a check.

    Attributes:
        doc_id: The release.
        seg_id: The segment.
        target_lang: BCP-47 tag.
        system: The system whose output it was.
        before: The translation that failed.
        attempts: What was tried, in order.
        kept: The attempt that gave the translation that stands now; empty where none was better.
    """

    doc_id: str
    seg_id: str
    target_lang: str
    system: str
    before: str
    attempts: tuple[Attempt, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A release's scores against its reference."""

    doc_id: str
    path: str
    target_lang: str
    system: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A release's verdict, and the translated file it was published as.

    Attributes:
        doc_id: The release.
        path: Its path in the input.
        verdict: What was decided.
        file: The published file, relative to the output folder; empty for a row of a dataset.
        dismissed: The places, among the findings of its `CheckedDocument`, of those that a reviewer dismissed, each
            with the reason.
    """

    doc_id: str
    path: str
    verdict: Verdict
    file: str
    dismissed: tuple[tuple[int, str], ...] = ()
