"""A whole release checked: the findings, then from them and the same sentence vectors the estimates."""

from pipeline.check import CheckSettings, check_document, pair_segments
from pipeline.estimate import estimate_segments
from pipeline.records import CheckedDocument, PreparedDocument, TranslatedDocument


def check_release(
    prepared: PreparedDocument, translated: TranslatedDocument, settings: CheckSettings
) -> CheckedDocument:
    """Check a release's translation, and estimate the quality of each of its segments."""
    findings = check_document(prepared, translated, settings)
    estimates = estimate_segments(list(pair_segments(prepared, translated, settings)), findings)
    return CheckedDocument(
        translated.doc_id, translated.path, translated.target_lang, translated.system, findings, estimates
    )
