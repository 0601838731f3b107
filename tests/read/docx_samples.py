"""Word documents made by hand, part by part, for the tests of the Word format."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from pipeline.read.base import Limits
from pipeline.read.docx import DOCX
from pipeline.records import Block, TargetBlock

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{TYPES}.document.main+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    """Return a run; `properties` is the inside of its `w:rPr`."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph; `properties` is the inside of its `w:pPr`."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """Return a complex field around the runs of its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(content: str, fallback: str | None = None) -> str:
    """Return a run with a text box in both of the versions that Word writes."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
        'distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>3300000</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>100000</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2200000" cy="800000"/><wp:wrapSquare wrapText="bothSides"/>'
        '<wp:docPr id="7" name="Zone de texte 1" descr="Encadré avec les chiffres"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2200000" cy="800000"/></a:xfrm><a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="1F3A5F"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="width:173pt;height:63pt" alt="Encadré avec les chiffres"><v:textbox><w:txbxContent>'
        f"{content if fallback is None else fallback}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(description: str) -> str:
    """Return a run with the picture of relationship `rIdImage`."""
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="450000"/>'
        f'<wp:docPr id="9" name="Image 1" descr="{description}" title="Logo"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="9" name="logo.png" descr="{description}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdImage"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="450000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; each cell is the content of its paragraph."""
    cells = [
        "".join(f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{paragraph(cell)}</w:tc>' for cell in row)
        for row in rows
    ]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join('<w:gridCol w:w="3000"/>' for _ in rows[0])
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    )


def style(style_id: str, name: str, inside: str = "", based_on: str = "") -> str:
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans"/>'
    '<w:sz w:val="22"/><w:lang w:val="fr-FR" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + style("Titre", "Title", '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr>')
    + style("Titre1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr>')
    + style("Chapitre", "Chapitre maison", "", "Titre1")
    + style("Intertitre", "Intertitre", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + style("Listepuces2", "List Bullet 2", '<w:pPr><w:ind w:left="700"/></w:pPr>')
    + style("Notedebasdepage", "footnote text")
)


def make_docx(
    body: str,
    parts: Mapping[str, str] | None = None,
    styles: str | None = STYLES,
    core: str = "",
    content_type: str = MAIN_TYPE,
    replace: Mapping[str, bytes | None] | None = None,
) -> bytes:
    """Return a Word document.

    Args:
        body: The inside of `w:body`.
        parts: Content of further parts by kind: `header`, `footer`, `footnotes`, `endnotes`, `settings`.
        styles: The inside of `w:styles`; None for a document without that part.
        core: The inside of the core properties.
        content_type: Of the main part.
        replace: Members to put in place of the usual ones, or to leave out.
    """
    roots = {"header": "hdr", "footer": "ftr"}
    given = {**({} if styles is None else {"styles": styles}), **(parts or {})}
    links = "".join(
        f'<Relationship Id="rId{kind}" Type="{RELATIONSHIPS}/{kind}" Target="{kind}.xml"/>' for kind in given
    )
    links += f'<Relationship Id="rIdImage" Type="{RELATIONSHIPS}/image" Target="media/logo.png"/>'
    links += (
        f'<Relationship Id="rIdWeb" Type="{RELATIONSHIPS}/hyperlink" Target="https://example.org/" '
        'TargetMode="External"/>'
    )
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{TYPES}.{kind}+xml"/>' for kind in given)
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId{kind}"/>' for kind in ("header", "footer") if kind in given
    )
    package_types = "http://schemas.openxmlformats.org/package/2006"
    members: dict[str, bytes | None] = {
        "[Content_Types].xml": (
            f'{DECLARATION}<Types xmlns="{package_types}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override '
            f'PartName="/word/document.xml" ContentType="{content_type}"/>{overrides}<Override '
            'PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": (
            f'{DECLARATION}<Relationships xmlns="{package_types}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
            f'Type="{package_types}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            "</Relationships>"
        ).encode(),
        "docProps/core.xml": (
            f'{DECLARATION}<cp:coreProperties xmlns:cp="{package_types}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
        ).encode(),
        "word/document.xml": (
            f'{DECLARATION}<w:document {NAMESPACES} mc:Ignorable=""><w:body>{body}<w:sectPr>{references}'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1400" w:right="1400" w:bottom="1400" w:left="1400" '
            'w:header="700" w:footer="700" w:gutter="0"/></w:sectPr></w:body></w:document>'
        ).encode(),
        "word/_rels/document.xml.rels": (
            f'{DECLARATION}<Relationships xmlns="{package_types}/relationships">{links}</Relationships>'
        ).encode(),
        **{
            f"word/{kind}.xml": f"{DECLARATION}<w:{root} {NAMESPACES}>{given[kind]}</w:{root}>".encode()
            for kind, root in ((kind, roots.get(kind, kind)) for kind in given)
        },
        "word/media/logo.png": _png(),
    }
    members.update(replace or {})
    return make_zip({name: content for name, content in members.items() if content is not None})


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive whose dates and attributes are worth keeping."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, content) in enumerate(members.items()):
            entry = zipfile.ZipInfo(name, (2024, 3, 14, 14, 30, 2 * (number % 30)))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o640 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def names(data: bytes) -> list[str]:
    """Return the members' names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def canonical(data: bytes) -> dict[str, bytes]:
    """Return every member, XML in canonical form."""
    members = {name: member(data, name) for name in names(data)}
    return {
        name: etree.tostring(etree.fromstring(content), method="c14n") if content.startswith(b"<?xml") else content
        for name, content in members.items()
    }


def member(data: bytes, name: str) -> bytes:
    """Return a member's content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def read(data: bytes, max_ratio: int = 100) -> tuple[Block, ...]:
    """Read with the usual limits."""
    return DOCX.read(data, Limits(max_ratio=max_ratio))


def write(data: bytes, texts: Mapping[str, TargetBlock], target_lang: str = "x-test") -> bytes:
    """Write translations, by the blocks' original texts."""
    by_id = {block.block_id: texts[block.text] for block in read(data) if block.text in texts}
    return DOCX.write(data, by_id, target_lang)


def _png() -> bytes:
    """Return a small blue picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixels = zlib.compress(b"".join(b"\0" + b"\x1f\x3a\x5f" * 2 for _ in range(1)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


RICH_BODY = (
    paragraph(run("OPÉRATION CONTRE LE TRAFIC"), '<w:pStyle w:val="Titre"/>')
    + paragraph(run("Les faits"), '<w:pStyle w:val="Titre1"/>')
    + paragraph(
        run("L’opération a permis ")
        + '<w:proofErr w:type="spellStart"/>'
        + run("l’arres", "<w:b/><w:bCs/>")
        + '<w:bookmarkStart w:id="1" w:name="ici"/>'
        + run("tation", '<w:b/><w:lang w:val="en-US"/>')
        + '<w:proofErr w:type="spellEnd"/>'
        + run(" de 58 personnes")
        + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
        + '<w:bookmarkEnd w:id="1"/>'
        + run(", selon ")
        + f'<w:hyperlink r:id="rIdWeb" w:tooltip="Site officiel">{run("le ")}{run("site", "<w:i/>")}</w:hyperlink>'
        + run(".")
        + text_box(paragraph(run("Trois chiffres ") + run("clés", "<w:b/>")))
    )
    + paragraph(run("une saisie"), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
    + table((run("Année"), run("Quantité")), (run("2024"), run("12 500")), (run("Total", "<w:b/>"), run("3 millions")))
    + paragraph(picture("Le logo de l’agence"))
    + paragraph(run("Contact :") + "<w:r><w:br/><w:t>Jeanne Petit</w:t><w:tab/><w:t>Paris</w:t></w:r>")
    + paragraph(
        run("Voir ")
        + field('HYPERLINK "https://example.org"', run("notre site", "<w:u/>"))
        + run(", page ")
        + field("PAGE", run("3"))
    )
)
RICH_PARTS = {
    "header": paragraph(run("Gendarmerie nationale")),
    "footer": paragraph(run("Page ") + field("PAGE", run("1"))),
    "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="1">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" Chiffre provisoire."))}</w:footnote>',
    "settings": '<w:themeFontLang w:val="fr-FR"/>',
}
RICH_CORE = "<dc:title>Une opération réussie</dc:title><dc:subject></dc:subject><dc:language>fr-FR</dc:language>"


def rich_docx() -> bytes:
    """Return a document with something of everything."""
    return make_docx(RICH_BODY, RICH_PARTS, core=RICH_CORE)
