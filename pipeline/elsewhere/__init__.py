"""Elsewhere: a translation that other people or tools made → the same findings and verdict as a run's own."""

from pipeline.elsewhere.check import CheckedTranslation, check_translation
from pipeline.elsewhere.report import as_lines, estimate_line, table_rows, write_page

__all__ = ["CheckedTranslation", "as_lines", "check_translation", "estimate_line", "table_rows", "write_page"]
