"""Word documents: the bytes of a `.docx` in, blocks out; bytes and translations in, the translated `.docx` out.

Only the XML parts that change are written anew, and in them only what must change; every other member of the file is
copied raw. Reading and writing walk the same sites in the same order, so that nothing need be kept between them.
"""

import sys
from collections.abc import Mapping, Sequence

from pipeline.errors import InputError
from pipeline.languages import is_private
from pipeline.read.archive import open_archive, rewrite_archive
from pipeline.read.base import Limits
from pipeline.read.docx_blocks import Site, find_sites
from pipeline.read.docx_comments import Comment, add_comments
from pipeline.read.docx_fill import fill_paragraph
from pipeline.read.docx_items import Paragraph
from pipeline.read.docx_language import mark_language
from pipeline.read.docx_package import Package, open_package
from pipeline.read.docx_rebuild import rebuild_paragraph
from pipeline.read.docx_target import to_target
from pipeline.read.wordml import w
from pipeline.read.xml import legal_text, serialise_xml
from pipeline.records import Block, BlockKind, TargetBlock

_BESIDE_THE_TEXT = frozenset({"title", "cell", "header", "footer", "footnote", "textbox", "attribute"})
_CORE_PROPERTIES_STORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_ANY_SIZE = Limits(*[sys.maxsize] * 5)
"""`write` gets what `read` has accepted, under limits that only `read` is told."""


class DocxFormat:
    """Word's `.docx`."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, limits: Limits) -> tuple[Block, ...]:
        """Return the blocks; see `pipeline.read.base.Format.read`."""
        sites = find_sites(open_package(open_archive(data, limits)))
        if len(sites) > limits.max_blocks:
            raise InputError(
                f"{len(sites):,} paragraphs, the limit is {limits.max_blocks:,}",
                "split the file, or raise limits.max_blocks",
            )
        blocks = []
        for number, site in enumerate(sites):
            if len(site.text) > limits.max_block_chars:
                raise InputError(
                    f"a paragraph of {len(site.text):,} characters, more than the {limits.max_block_chars:,} allowed",
                    f"cut it into smaller ones, or raise limits.max_block_chars; it begins “{site.text[:40]}”",
                )
            kind: BlockKind = "other" if site.layout in _BESIDE_THE_TEXT else "paragraph"
            blocks.append(Block(f"b{number}", kind, site.text, site.markup, site.layout, site.level))
        return tuple(blocks)

    def write(self, data: bytes, blocks: Mapping[str, TargetBlock], target_lang: str) -> bytes:
        """Return the document with its blocks replaced; see `pipeline.read.base.Format.write`."""
        return self.write_reviewed(data, blocks, target_lang, {})

    def write_reviewed(
        self,
        data: bytes,
        blocks: Mapping[str, TargetBlock],
        target_lang: str,
        comments: Mapping[str, Sequence[Comment]],
    ) -> bytes:
        """Return what `write` does, with comments on its words.

        Args:
            data: What `read` was given.
            blocks: See `write`.
            target_lang: See `write`.
            comments: By `block_id`, on the text of the block as it is written.
        """
        archive = open_archive(data, _ANY_SIZE)
        package = open_package(archive)
        # lxml writes some XML in other words than Word does: what it makes of the original is the measure of change.
        before = _serialise(package)
        sites = find_sites(package)
        for number, site in enumerate(sites):
            target = blocks.get(f"b{number}")
            if target is not None and (target.text, tuple(target.markup)) != (site.text, site.markup):
                _write_site(site, target)
        if not is_private(target_lang):
            mark_language(package, target_lang)
        more = add_comments(archive, package, sites, comments)
        after = _serialise(package)
        return rewrite_archive(archive, {name: after[name] for name in after if after[name] != before[name]} | more)


def _write_site(site: Site, target: TargetBlock) -> None:
    for element, attribute in site.attributes:
        if attribute:
            element.set(attribute, legal_text(target.text))
        else:
            element.text = legal_text(target.text)
    for paragraph in site.paragraphs:
        # A twin whose runs are formatted in another way has other refs.
        markup = target.markup if paragraph.markup == site.markup else ()
        fitted = to_target(paragraph, target.text, markup)
        if not fill_paragraph(paragraph, fitted):
            rebuild_paragraph(paragraph.element, fitted)
        _unbind_controls(paragraph)


def _unbind_controls(paragraph: Paragraph) -> None:
    """Cut content controls loose from the data that Word would fill them with again, in French, when it opens them.

    The document's title and the like may stay bound: they are translated where they are kept.
    """
    around = paragraph.element.iterancestors(w("sdt"))
    within = [container.element for container in paragraph.containers if container.kind == "control"]
    for control in (*around, *within):
        binding = None if control is None else control.find(f"{w('sdtPr')}/{w('dataBinding')}")
        if binding is not None and binding.get(w("storeItemID"), "").upper() != _CORE_PROPERTIES_STORE:
            parent = binding.getparent()
            if parent is not None:
                parent.remove(binding)


def _serialise(package: Package) -> dict[str, bytes]:
    return {part.name: serialise_xml(part.tree, part.original) for part in package.parts()}


DOCX = DocxFormat()
"""The format, as `pipeline.read.formats` registers it."""
