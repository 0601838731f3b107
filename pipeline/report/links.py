"""Anchors and links of the review page: stable from run to run, and never leading to another host."""

import hashlib
import re
from urllib.parse import quote


def anchor(path: str) -> str:
    """Return the anchor of a release: from its path, as two files of a run may hold the same text."""
    return "r" + hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def section_id(path: str, target_lang: str) -> str:
    """Return the anchor of a release's translations into one language."""
    return f"{anchor(path)}-{target_lang}"


def relative_link(path: str) -> str:
    """Return a link to a file beside the page; whatever the path holds, it names no other host or scheme."""
    if not path:
        return ""
    encodable = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", path)
    return "./" + quote(encodable, safe="/", errors="surrogateescape")
