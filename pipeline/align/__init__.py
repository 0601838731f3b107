"""Align: a release and a translation of it that was made elsewhere → which sentence answers which."""

from pipeline.align.documents import Row, align_documents

__all__ = ["Row", "align_documents"]
