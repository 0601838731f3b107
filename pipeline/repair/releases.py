"""Repair of whole releases: the ladder for all their broken sentences at once, and the releases put together again."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.check import CheckSettings, pair_segments
from pipeline.check.release import check_release
from pipeline.records import CheckedDocument, Finding, PreparedDocument, Repair, TranslatedDocument
from pipeline.repair.ladder import Broken, Rung, climb
from pipeline.restore import release_depths


def repair_releases(
    pairs: Sequence[tuple[PreparedDocument, TranslatedDocument]],
    checked: Sequence[CheckedDocument],
    settings: CheckSettings,
    rungs: Sequence[Rung],
) -> tuple[list[TranslatedDocument], list[CheckedDocument], list[Repair]]:
    """Repair what the checks found broken.

    Args:
        pairs: Releases and their translations.
        checked: What the checks found in each, in the same order.
        settings: What they were checked with.
        rungs: What is tried, in order.

    Returns:
        The translations that changed, what the checks find in all of them now, and the log.
    """
    broken = [
        _broken(prepared, translated, found, settings)
        for (prepared, translated), found in zip(pairs, checked, strict=True)
    ]
    climb([item for of_release in broken for item in of_release.values()], rungs)
    changed: list[TranslatedDocument] = []
    found_now: list[CheckedDocument] = []
    log: list[Repair] = []
    for (prepared, translated), found, of_release in zip(pairs, checked, broken, strict=True):
        before = {hypothesis.seg_id: hypothesis for hypothesis in translated.hypotheses}
        log += [item.report(before[seg_id]) for seg_id, item in of_release.items() if item.attempts]
        kept = {seg_id: item.pair.hypothesis for seg_id, item in of_release.items() if item.kept}
        if not kept:
            found_now.append(found)
            continue
        hypotheses = tuple(kept.get(seg_id, hypothesis) for seg_id, hypothesis in before.items())
        changed.append(replace(translated, hypotheses=hypotheses))
        found_now.append(check_release(prepared, changed[-1], settings))
    return changed, found_now, log


def _broken(
    prepared: PreparedDocument, translated: TranslatedDocument, found: CheckedDocument, settings: CheckSettings
) -> dict[str, Broken]:
    """Return a release's broken sentences by `seg_id`; what a person approved is no machine's to change."""
    if not found.findings:
        return {}
    findings: dict[str, list[Finding]] = {}
    for finding in found.findings:
        findings.setdefault(finding.seg_id, []).append(finding)
    pairs = zip(pair_segments(prepared, translated, settings), release_depths(prepared.segments), strict=True)
    items = (Broken(pair, tuple(findings.get(pair.segment.seg_id, ())), depth) for pair, depth in pairs)
    approved = {hypothesis.seg_id for hypothesis in translated.hypotheses if hypothesis.origin == "tm"}
    return {seg_id: item for item in items if item.is_broken and (seg_id := item.pair.segment.seg_id) not in approved}
