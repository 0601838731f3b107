"""The exports: one record a line, for whatever reads them next.

Each line carries `schema_version` and the release's `path` beside the record's own fields. `segments.jsonl` puts the
French and its translation on one line, so that nothing has to be joined.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from pipeline.check.dismissals import SegmentTexts, finding_id
from pipeline.jsonl import as_dict
from pipeline.lasting_files import sync_folder
from pipeline.records import SCHEMA_VERSION, Failure, PreparedDocument
from pipeline.report.estimates import estimate_fields
from pipeline.report.model import ReleaseReport, SystemOutput
from pipeline.structure.embargoes import embargo_of

EXPORTS = ("verdicts", "findings", "summaries", "scores", "segments", "repairs", "failures")


class Exports:
    """The files being written; they get their names when all are whole.

    Args:
        folder: The output folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._files: dict[str, TextIO] = {}

    def __enter__(self) -> "Exports":
        for name in EXPORTS:
            part = self._part(name)
            self._files[name] = self._stack.enter_context(part.open("w", encoding="utf-8", errors="surrogatepass"))
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            for file in self._files.values():
                file.flush()
                os.fsync(file.fileno())
        self._stack.close()
        for name in EXPORTS:
            if kind is None:
                self._part(name).replace(self._folder / f"{name}.jsonl")
            else:
                self._part(name).unlink(missing_ok=True)
        sync_folder(self._folder)

    def add_failure(self, failure: Failure) -> None:
        """Write what could not be done."""
        self._write("failures", failure.path, as_dict(failure))

    def add_release(self, release: ReleaseReport) -> None:
        """Write everything known of a release."""
        path = release.prepared.document.path
        embargo = embargo_of(release.prepared.document.blocks)
        for summary in release.source_summaries:
            self._write("summaries", path, {**as_dict(summary), "embargo": embargo})
        of_french = SegmentTexts(release.prepared, None)
        for finding in release.source_findings:
            self._write("findings", path, {"finding_id": finding_id(finding, of_french), **as_dict(finding)})
        for output in release.outputs:
            self._add_output(path, release.prepared, output)

    def _add_output(self, path: str, prepared: PreparedDocument, output: SystemOutput) -> None:
        self._write("verdicts", path, {**as_dict(output.verdict), "file": output.file})
        texts = SegmentTexts(prepared, output.translated)
        for finding in output.findings:
            self._write("findings", path, {"finding_id": finding_id(finding, texts), **as_dict(finding)})
        for summary in output.summaries:
            self._write("summaries", path, {**as_dict(summary), "embargo": output.verdict.embargo})
        for name, records in (("scores", output.scores), ("repairs", output.repairs)):
            for record in records:
                self._write(name, path, as_dict(record))
        for segment in _segments(prepared, output):
            self._write("segments", path, segment)

    def _write(self, name: str, path: str, fields: dict[str, Any]) -> None:
        line = {"schema_version": SCHEMA_VERSION, "path": path, **fields}
        self._files[name].write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")

    def _part(self, name: str) -> Path:
        return self._folder / f".{name}.jsonl.part"


def _segments(prepared: PreparedDocument, output: SystemOutput) -> Iterator[dict[str, Any]]:
    kinds = {block.block_id: block.kind for block in prepared.document.blocks}
    estimates = {estimate.seg_id: estimate for estimate in output.estimates}
    for segment, hypothesis in zip(prepared.segments, output.translated.hypotheses, strict=True):
        yield {
            "seg_id": segment.seg_id,
            "doc_id": segment.doc_id,
            "block_id": segment.block_id,
            "kind": kinds[segment.block_id],
            "index": segment.index,
            "source": segment.source,
            "target_lang": hypothesis.target_lang,
            "system": hypothesis.system,
            "text": hypothesis.text,
            "origin": hypothesis.origin,
            "state": hypothesis.state,
            **estimate_fields(estimates.get(segment.seg_id)),
        }
