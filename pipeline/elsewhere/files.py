"""A release and its translation in two files, of formats that runs read too."""

from pathlib import Path

from pipeline.align import align_documents
from pipeline.elsewhere.sides import SideBySide, read_bytes
from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.formats import FORMATS, read_document
from pipeline.read.source_language import require_language
from pipeline.records import Document, PreparedDocument
from pipeline.segment import segment_document
from pipeline.structure import structure_document


def read_two_files(source: Path, target: Path, source_lang: str, target_lang: str, limits: Limits) -> SideBySide:
    """Read a release and its translation, and find out which sentence answers which.

    Raises:
        InputError: One of them cannot be read, or they cannot belong together.
    """
    french = structure_document(_read(source, source_lang, limits))
    require_language(french)
    prepared = PreparedDocument(french, segment_document(french))
    rows = align_documents(prepared, _read(target, target_lang, limits))
    return SideBySide(french, tuple(rows), aligned=True)


def _read(path: Path, lang: str, limits: Limits) -> Document:
    if path.suffix.lower() not in FORMATS:
        known = " ".join(sorted(FORMATS))
        raise InputError(f"{path.name}: “{path.suffix}” files cannot be read", f"give one of: {known}")
    try:
        return read_document(path.name, read_bytes(path, limits), lang, limits)
    except InputError as error:
        if error.message.startswith(path.name):
            raise
        raise InputError(f"{path.name}: {error.message}", error.remedy) from error
