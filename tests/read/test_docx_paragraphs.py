"""Translated paragraphs in Word's XML, in a short notation: `b(text)`, `link[…]`, `{tab}`, one `|` between runs."""

import codecs

import pytest
from docx_samples import canonical, field, make_docx, member, paragraph, picture, read, run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.read.docx import DOCX
from pipeline.read.wordml import local_name, w
from pipeline.read.xml import Element
from pipeline.records import Block, Markup, TargetBlock

BOLD, ITALIC = "<w:b/>", "<w:i/>"
START, END = '<w:bookmarkStart w:id="4" w:name="ici"/>', '<w:bookmarkEnd w:id="4"/>'
FOOTNOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
LINK = '<w:hyperlink r:id="rIdWeb">{}</w:hyperlink>'
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
TOC = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'


def sketch(parent: Element) -> str:
    """Draw a paragraph's or container's content."""
    parts = []
    for node in parent:
        name = local_name(node)
        if name == "r":
            properties = node.find(w("rPr"))
            look = "" if properties is None else "".join(local_name(child) for child in properties)
            inside = "".join(
                (child.text or "") if child.tag == w("t") else f"{{{local_name(child) or 'other'}}}"
                for child in node
                if child.tag != w("rPr")
            )
            parts.append(f"{look}({inside})" if look else inside)
        elif name == "sdt":
            inner = node.find(w("sdtContent"))
            assert inner is not None
            parts.append(f"control[{sketch(inner)}]")
        elif name in ("hyperlink", "fldSimple", "smartTag"):
            parts.append(f"{name}[{sketch(node)}]")
        elif name != "pPr":
            parts.append(f"{{{name or 'other'}}}")
    return "|".join(parts)


def translate(inside: str, text: str, *markup: Markup) -> str:
    """Draw a paragraph after its translation was written."""
    data = make_docx(paragraph(inside, '<w:jc w:val="both"/>'))
    result = DOCX.write(data, {"b0": TargetBlock("b0", text, markup)}, "x-test")
    return sketch(etree.fromstring(member(result, "word/document.xml"))[0][0])


def over(ref: int, text: str, part: str, kind: str = "style") -> Markup:
    """Return markup over a part of a text."""
    return Markup(ref, kind, text.index(part), text.index(part) + len(part))


def at(ref: int, offset: int, kind: str = "point") -> Markup:
    """Return a point."""
    return Markup(ref, kind, offset, offset)


T = "Speaks the chief"
# name: (paragraph, target text, target markup, what is written)
WRITINGS: dict[str, tuple[str, str, tuple[Markup, ...], str]] = {
    "into the run that is there": (run("Bonjour", "<w:lang/>"), "Hello", (), "lang(Hello)"),
    "runs cut at will become one": (run("Bon") + run("jour à"), "Good morning", (), "Good morning"),
    "equal lengths keep the cuts": (run("Bon") + run("jour"), "abcdefg", (), "abc|defg"),
    "hyphen elements stay where the text has them": (
        "<w:r><w:t>ab</w:t><w:noBreakHyphen/><w:t>cd</w:t></w:r>",
        "AB\u2011CD",
        (),
        "AB{noBreakHyphen}CD",
    ),
    "hyphen elements become characters where it has not": (
        "<w:r><w:t>ab</w:t><w:noBreakHyphen/><w:t>cd</w:t></w:r>",
        "A\u2011BCD",
        (),
        "A\u2011BCD",
    ),
    "a text of nothing but a special character": ("<w:r><w:noBreakHyphen/></w:r>" + run("é"), "E", (), "E"),
    "a special character alone between two anchors": (
        run("ab") + START + "<w:r><w:noBreakHyphen/></w:r>" + END + run("cd"),
        "A-B CD",
        (),
        "{bookmarkStart}|A-B |{bookmarkEnd}|CD",
    ),
    "XML comments in the text": ("<w:r><w:t>Un<!-- b --> mot</w:t></w:r>", "A word", (), "A word"),
    "a run of many things is cut where its shape changes": (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Un</w:t><w:tab/><w:t>mot</w:t></w:r>" + FOOTNOTE,
        "A\tword",
        (at(0, 1), at(1, 0)),
        "vertAlign({footnoteReference})|b(A)|b({tab})|b(word)",
    ),
    "style on other words": (
        run("Le ") + run("chef", BOLD) + run(" parle"),
        T,
        (over(0, T, "chief"),),
        "Speaks the |b(chief)|",  # the run of « parle » has nothing left to hold
    ),
    "style kept in shape": (
        run("Le ") + run("chef", BOLD) + run(" parle"),
        "The boss speaks",
        (Markup(0, "bold", 4, 8),),
        "The |b(boss)| speaks",
    ),
    "style lost": (run("Le ") + run("chef", BOLD), "The chief", (), "The chief"),
    "style twice": (
        run("Le ") + run("chef", BOLD),
        "one two one",
        (Markup(0, "bold", 0, 3), Markup(0, "bold", 8, 11)),
        "b(one)| two |b(one)",
    ),
    "unknown refs": (run("Le chef"), T, (Markup(7, "bold", 0, 3), at(8, 2)), T),
    "offsets outside the text": (
        run("Le ") + run("chef", BOLD) + FOOTNOTE,
        "abc",
        (Markup(0, "bold", -5, 99), at(1, 99)),
        "|b(abc)|vertAlign({footnoteReference})",
    ),
    "two styles change places": (
        run("Un mot ") + run("gras", BOLD) + run(" et ") + run("oblique", ITALIC),
        "oblique gras",
        (Markup(1, "italic", 0, 7), Markup(0, "bold", 8, 12)),
        "i(oblique)| |b(gras)",
    ),
    "style in a style takes the inner look": (
        run("Un mot ") + run("gras", BOLD) + run(" et ") + run("oblique", ITALIC),
        "ab cd ef",
        (Markup(0, "bold", 0, 8), Markup(1, "italic", 3, 5)),
        "b(ab )|i(cd)|b( ef)",
    ),
    "link moves with its look": (
        run("Voir le ") + LINK.format(run("site", ITALIC)),
        "Site to see",
        (Markup(0, "link", 0, 4),),
        "hyperlink[i(Site)]| to see",
    ),
    "link lost": (run("Voir le ") + LINK.format(run("site")), "See", (), "See"),
    "link over everything": (
        run("Voir ") + LINK.format(run("ici")),
        "See",
        (Markup(0, "link", 0, 3),),
        "|hyperlink[See]",
    ),
    "link in two parts stays in one": (
        run("Voir ") + LINK.format(run("ici")) + run("."),
        "here to here",
        (Markup(0, "link", 0, 4), Markup(0, "link", 8, 12)),
        "hyperlink[here]| to |here",
    ),
    "bold in a link moves": (
        LINK.format(run("le ") + run("vrai", BOLD) + run(" site")),
        "the site true",
        (Markup(0, "link", 0, 13), Markup(1, "bold", 9, 13)),
        "hyperlink[the site |b(true)|]",
    ),
    "two links that cross": (
        LINK.format(run("un")) + run(" et ") + LINK.format(run("deux")),
        "abcdef",
        (Markup(0, "link", 0, 4), Markup(1, "link", 2, 6)),
        "hyperlink[ab]|hyperlink[cd|ef]",
    ),
    "link by field moves": (
        run("Voir ") + field("HYPERLINK x", run("ici")),
        "Here it is",
        (Markup(0, "link", 0, 4),),
        "{fldChar}|{instrText}|{fldChar}|Here|{fldChar}| it is",
    ),
    "control around a link": (
        run("Voir ") + CONTROL.format(LINK.format(run("le site")) + run(" web")),
        "The web site see",
        (Markup(0, "control", 0, 12), Markup(1, "link", 8, 12)),
        "control[The web |hyperlink[site]]| see",
    ),
    "footnote moves": (
        run("58 ") + FOOTNOTE + run("personnes") + run(" ici", BOLD),
        "here 58 persons",
        (Markup(1, "bold", 0, 4), at(0, 8)),
        "b(here)| 58 |vertAlign({footnoteReference})|persons",
    ),
    "footnote lost goes to the end": (
        run("58") + FOOTNOTE + run(" personnes"),
        "58 persons",
        (),
        "58 persons|vertAlign({footnoteReference})",
    ),
    "footnote given twice stands once": (
        run("58") + FOOTNOTE + run(" personnes"),
        "58 persons",
        (at(0, 2), at(0, 5)),
        "58|vertAlign({footnoteReference})| persons",
    ),
    "picture before the text lost stays before it": (picture("12") + run("Un"), "One", (), "{drawing}|One"),
    "field lost goes to the end": (
        run("Page ") + field("PAGE", run("1")) + run(" sur"),
        "Page of",
        (),
        "Page of|{fldChar}|{instrText}|{fldChar}|1|{fldChar}",
    ),
    "break moves and takes its white space back": (
        "<w:r><w:t>Un</w:t><w:br/><w:t>Deux</w:t></w:r>",
        "One\nTwo",
        (at(0, 3),),
        "One{br}Two",
    ),
    "break with a space before it": (
        run("Un") + BREAK + run("Deux"),
        "One Two",
        (at(0, 4),),
        "One|{br}|Two",
    ),
    "break without any white space": (run("Un") + BREAK + run("Deux"), "OneTwo", (at(0, 3),), "One|{br}|Two"),
    "break found again by its white space": (run("Un") + BREAK + run("Deux"), "One\nTwo", (), "One|{br}|Two"),
    "tabs and breaks found again each by its own": (
        run("a") + TAB + run("b") + BREAK + run("c"),
        "A\nB\tC",
        (),
        "A|{br}|B|{tab}|C",
    ),
    "break lost is dropped": (run("Un") + BREAK + run("Deux"), "One Two", (), "One Two"),
    "page break lost is kept": (run("Un") + PAGE_BREAK + run("Deux"), "One Two", (), "One Two|{br}"),
    "bookmarks keep their share of the text": (
        run("Un ") + START + run("deux") + END + run(" trois quatre"),
        "aa bb cc dd ee",
        (),
        "aa |{bookmarkStart}|bb |{bookmarkEnd}|cc dd ee",
    ),
    "bookmarks are kept when all is built anew": (
        START + run("Un ") + run("deux", BOLD) + END,
        "One two",
        (),
        "{bookmarkStart}|One two|{bookmarkEnd}",
    ),
    "comments are kept": (
        '<w:commentRangeStart w:id="0"/>'
        + run("Un ")
        + run("deux", BOLD)
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        "One",
        (),
        "{commentRangeStart}|One|{commentRangeEnd}|{commentReference}",
    ),
    "a field's first end stays first": (
        TOC + run("Un ") + run("deux", BOLD),
        "One",
        (),
        "{fldChar}|{instrText}|One",
    ),
    "a field's last end stays last": (
        run("Un ") + run("deux", BOLD) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "One",
        (),
        "One|{fldChar}",
    ),
    "spelling marks go with the spelling": (
        '<w:proofErr w:type="spellStart"/>' + run("Bon") + '<w:proofErr w:type="spellEnd"/>' + run("jour"),
        "Hello",
        (),
        "Hello",
    ),
    "smart tags dissolve where the shape changes": (
        f"<w:smartTag>{run('Paris')}</w:smartTag>" + run(" dit", BOLD),
        "Paris says",
        (),
        "Paris says",
    ),
    "smart tags stay where it does not": (
        f"<w:smartTag>{run('Paris')}</w:smartTag>" + run(" dit", BOLD),
        "London says",
        (Markup(0, "bold", 6, 11),),
        "smartTag[London]|b( says)",
    ),
    "characters that XML cannot hold": (run("Un"), "a\0b\x0bc", (), "a\ufffdb\ufffdc"),
    "nothing at all": (run("Un ") + run("deux", BOLD) + FOOTNOTE, "", (), "vertAlign({footnoteReference})"),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_writes_a_translation_into_the_paragraph(name: str) -> None:
    inside, text, markup, expected = WRITINGS[name]
    assert translate(inside, text, *markup) == expected


def test_tracked_formatting_is_not_copied_to_new_runs() -> None:
    change = '<w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange>'
    inside = run("Un ", BOLD + change) + FOOTNOTE + run("deux", BOLD + change)
    assert translate(inside, "One two") == "b(One two)|vertAlign({footnoteReference})"


@pytest.mark.parametrize(
    ("before", "text", "preserved"),
    [("Un", " One", True), ("Un", "One", False), ("Un", "One ", True)],
)
def test_white_space_at_an_edge_is_declared(before: str, text: str, preserved: bool) -> None:
    data = make_docx(paragraph(f"<w:r><w:t>{before}</w:t></w:r>"))
    result = DOCX.write(data, {"b0": TargetBlock("b0", text)}, "x-test")
    content = member(result, "word/document.xml").decode()
    assert (f'<w:t xml:space="preserve">{text}</w:t>' in content) == preserved
    assert (f"<w:t>{text}</w:t>" in content) != preserved


# Properties, over paragraphs made of random parts.

WORDS = st.text(alphabet="abé «»0.\u00a0 ", min_size=1, max_size=6)
RUNS = st.builds(run, WORDS, st.sampled_from(["", "", "", BOLD, ITALIC, BOLD + ITALIC, "<w:lang/>"]))
SPECIAL = st.sampled_from(
    [
        FOOTNOTE,
        BREAK,
        TAB,
        START,
        END,
        picture("12"),
        field("PAGE", run("1")),
        '<w:proofErr w:type="spellStart"/>',
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/></w:r>",
        "<w:r><w:softHyphen/></w:r>",
        "<!-- note -->",
    ]
)
PARTS = st.recursive(
    RUNS | SPECIAL,
    lambda inner: (
        st.lists(inner, max_size=3)
        .map("".join)
        .flatmap(
            lambda content: st.sampled_from(
                [
                    LINK.format(content),
                    CONTROL.format(content),
                    field("HYPERLINK x", content),
                    f"<w:smartTag>{content}</w:smartTag>",
                ]
            )
        )
    ),
    max_leaves=6,
)
PARAGRAPHS = st.lists(PARTS | st.just(TOC), min_size=1, max_size=6).map("".join)


def _first(data: bytes) -> Block | None:
    return next(iter(read(data)), None)


def _rot13(data: bytes) -> bytes:
    targets = {
        block.block_id: TargetBlock(block.block_id, codecs.encode(block.text, "rot13"), block.markup)
        for block in read(data)
    }
    return DOCX.write(data, targets, "x-rot13")


@given(PARAGRAPHS)
@settings(max_examples=120, deadline=None)
def test_any_paragraph_comes_back_from_a_translation_and_its_inverse(inside: str) -> None:
    data = make_docx(paragraph(inside))
    there = _rot13(data)
    assert [block.markup for block in read(there)] == [block.markup for block in read(data)]
    assert canonical(_rot13(there)) == canonical(data)


@given(PARAGRAPHS, st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_a_translator_did_the_text_arrives_and_nothing_that_must_stay_is_lost(
    inside: str, choose: st.DataObject
) -> None:
    data = make_docx(paragraph(inside))
    block = _first(data)
    if block is None:
        return
    text = choose.draw(st.text(alphabet="xyz ", min_size=1, max_size=12)) + "w"
    places = st.integers(0, len(text))
    markup = []
    for item in block.markup:
        for _ in range(choose.draw(st.integers(0, 2))):
            start, end = sorted((choose.draw(places), choose.draw(places)))
            markup.append(Markup(item.ref, item.kind, start, start if item.start == item.end else end))
    result = DOCX.write(data, {"b0": TargetBlock("b0", text, tuple(markup))}, "x-test")
    before = etree.fromstring(member(data, "word/document.xml"))
    after = etree.fromstring(member(result, "word/document.xml"))
    written = _first(result)
    assert written is not None
    assert written.text.replace("\n", "").replace("\t", "").replace(" ", "") == text.replace(" ", "")
    kept = ("footnoteReference", "drawing", "bookmarkStart", "bookmarkEnd", "fldChar", "instrText")
    lost_links = sum(item.kind == "link" for item in block.markup)
    for name in kept:
        difference = len(list(before.iter(w(name)))) - len(list(after.iter(w(name))))
        assert 0 <= difference <= (4 * lost_links if name in ("fldChar", "instrText") else 0)
    begins, ends = (
        sum(mark.get(w("fldCharType")) == kind for mark in after.iter(w("fldChar"))) for kind in ("begin", "end")
    )
    unpaired = sum(mark.get(w("fldCharType")) == "begin" for mark in before.iter(w("fldChar"))) - sum(
        mark.get(w("fldCharType")) == "end" for mark in before.iter(w("fldChar"))
    )
    assert begins - ends == unpaired
