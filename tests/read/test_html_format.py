"""HTML: what is text, what stays untouched, and that a translation can never be markup."""

from html.parser import HTMLParser

import pytest
from text_samples import HTML, NO_LIMITS, bare, round_trip, targets, texts, translate

from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.html import HTML as FORMAT
from pipeline.records import Block, Markup, TargetBlock


def read(source: str) -> tuple[Block, ...]:
    return FORMAT.read(source.encode(), NO_LIMITS)


def marks(block: Block) -> list[tuple[str, int, int]]:
    return [(mark.kind, mark.start, mark.end) for mark in block.markup]


def write(source: str, text: str, *markup: Markup, lang: str = "x-test") -> str:
    return FORMAT.write(source.encode(), {"b0": TargetBlock("b0", text, markup)}, lang).decode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_translation_and_its_inverse_give_the_same_bytes(line_end: str, codec: str) -> None:
    data = HTML.replace("\n", line_end).encode(codec)
    same, there, back = round_trip(FORMAT, data)
    assert same == data
    assert there != data
    assert back == data


def test_a_release_is_read_as_its_reader_sees_it() -> None:
    assert [(block.layout, block.level, block.kind, block.text[:24]) for block in read(HTML)] == [
        ("title", 0, "other", "Opération coordonnée & r"),
        ("attribute", 0, "other", "58 personnes arrêtées"),
        ("list_item", 1, "other", "Accueil"),
        ("heading", 1, "paragraph", "Opération coordonnée par"),
        ("paragraph", 0, "paragraph", "2\u00a0mai 2014"),
        ("paragraph", 0, "paragraph", "MANILLE – Une opération,"),
        ("attribute", 0, "other", "Voir la liste"),
        ("list_item", 1, "paragraph", "250 téléphones"),
        ("list_item", 1, "paragraph", "des munitions"),
        ("list_item", 2, "paragraph", "12 volées"),
        ("list_item", 1, "paragraph", "et plus"),
        ("cell", 0, "other", "Saisies"),
        ("cell", 0, "other", "Type"),
        ("cell", 0, "other", "Nombre"),
        ("cell", 0, "other", "Téléphones"),
        ("cell", 0, "other", "250"),
        ("attribute", 0, "other", 'La carte "du monde"'),
        ("paragraph", 0, "paragraph", "Légende\ndeuxième ligne\nt"),
        ("paragraph", 0, "paragraph", "« Ces “réseaux” sont éte"),
        ("paragraph", 0, "paragraph", "Texte direct"),
        ("paragraph", 0, "paragraph", "para mal emboîté suite e"),
        ("paragraph", 0, "paragraph", "queue"),
        ("paragraph", 0, "paragraph", "autre para"),
        ("paragraph", 0, "paragraph", "15 m et le 1er H2O"),
        ("attribute", 0, "other", "Votre nom"),
        ("footer", 0, "other", "Service de presse"),
    ]


@pytest.mark.parametrize(
    ("source", "text", "markup"),
    [
        ("<p>a <b>b <i>c</i></b> d", "a b c d", [("bold", 2, 5), ("italic", 4, 5)]),
        ("<p>58 personnes<sup>1</sup> ont", "58 personnes ont", [("footnote", 12, 12)]),
        ("<p>mot<a href='#n'>[12]</a> fin", "mot fin", [("footnote", 3, 3)]),
        ("<p>mot<sup><a href='#n'>*</a></sup> fin", "mot fin", [("footnote", 3, 3)]),
        ("<p>le 1<sup>er</sup> mai", "le 1er mai", [("style", 4, 6)]),
        ("<p>voir <a href='#n'>la note</a> 1", "voir la note 1", [("link", 5, 12)]),
        ("<p>a<br>b<br/>\n c", "a\nb\nc", [("break", 1, 1), ("break", 3, 3)]),
        ("<p>a <img src=x> b", "a b", [("image", 2, 2)]),
        ("<p>a <a href=u><img src=x></a> b", "a b", [("image", 2, 2)]),
        ("<p>a <a name=x></a>b", "a b", [("element", 2, 2)]),
        ("<p>a <code>x <b>y</b></code> b", "a b", [("code", 2, 2)]),
        ("<p>a <svg><text>x</text></svg> b", "a b", [("element", 2, 2)]),
        ("<p>a <span translate='no'>x</span> b", "a b", [("element", 2, 2)]),
        ("<p>a <!-- x --> b", "a b", [("comment", 2, 2)]),
        ("<p>a <b>b</p>", "a b", [("tag", 2, 2)]),
        ("<p>a</i> b</p>", "a b", [("tag", 1, 1)]),
        ("<p><b><i>a</b>b</i>", "ab", [("bold", 0, 1), ("tag", 0, 0)]),
        ("<p> <b> a </b> b ", "a b", [("bold", 0, 2)]),
        ("<p>a &amp b &copy; &#233; &#x20; c", "a & b © é c", []),
        ("<p>R&D &bidon; &#1; &", "R&D &bidon; &#1; &", []),
        ("<p>1 < 2 > 0 <", "1 < 2 > 0 <", None),
        ("<p>a&copyb", "a©b", []),
        ("<u>nu</u> et seul", "nu et seul", [("style", 0, 2)]),
        ("<p><img><b>x</b><br>", "x", [("bold", 0, 1)]),
    ],
)
def test_inline_markup_and_white_space_are_read_as_a_browser_shows_them(
    source: str, text: str, markup: list[tuple[str, int, int]] | None
) -> None:
    if markup is None:
        source, text, markup = source.replace("<p>", "<p>a "), "a " + text, []
    block = read(source)[0]
    assert block.text == text
    assert marks(block) == markup
    assert [mark.ref for mark in block.markup] == list(range(len(block.markup)))
    same, _, back = round_trip(FORMAT, source.encode())
    assert same == back == source.encode()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<p>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("<dl><dt>a<dd>b<dt>c</dl>", ["a", "b", "c"]),
        ("<select><option>a<option>b</select>", ["a", "b"]),
        ("<p>a<br><br>b<br>c", ["a", "b\nc"]),
        ("<p>12</p><p>–</p><p>a</p>", ["12", "a"]),
        ("<pre>a</pre><template>b</template><textarea>c</textarea><p>d", ["d"]),
        ("<p translate=no>a</p><p>b", ["b"]),
        ("<html translate=no><body translate=no><p>a", ["a"]),
        ("<p>a<!--->b<!x>c<?y>d</ z>e", ["abcde"]),
        ("<p>a<script>if (a < b) '<p>x'</script>b<style>x</style>", ["ab"]),
        ("<p>a<!-- <p>b --><p>c<!-->d", ["a", "cd"]),
        ("<p>a<!-- b", ["a"]),
        ("<p>a<script>b", ["a"]),
        ("<p>a<plaintext>b</plaintext>c", ["a"]),
        ('<p>a<b title="b', ["a"]),
        ("<?php echo ?><!DOCTYPE html><p>a</3>b", ["ab"]),
        ("<img alt=bonjour><img alt='a\"b'><i title=''>x</i>", ["bonjour", 'a"b', "x"]),
        ("<img alt='a' ALT=b><a title>x", ["a", "b", "x"]),
        (
            "<meta name=Description content='a b'><meta name=robots content=index><meta property=og:title content=c>",
            ["a b", "c"],
        ),
        ("<TITLE>a <b>c</b></TITLE>", ["a <b>c</b>"]),
    ],
)
def test_blocks_are_found_in_whatever_shape_the_source_is(source: str, expected: list[str]) -> None:
    assert texts(FORMAT, source) == expected
    same, _, _ = round_trip(FORMAT, source.encode())
    assert same == source.encode()


@pytest.mark.parametrize(
    ("source", "layout", "kind", "level"),
    [
        ("<header><p>a", "header", "other", 0),
        ("<article><header><p>a", "paragraph", "paragraph", 0),
        ("<article><header><h2>a", "heading", "paragraph", 2),
        ("<footer><div>a", "footer", "other", 0),
        ("<header><h1>a", "heading", "paragraph", 1),
        ("<header><h2>a", "heading", "other", 2),
        ("<table><tr><td><h2>a", "heading", "paragraph", 2),
        ("<table><tr><td>" + "mot " * 60, "paragraph", "paragraph", 0),
        ("<nav>a", "header", "other", 0),
        ("<ul><li><ol><li><p>a", "list_item", "paragraph", 2),
        ("<li>a", "list_item", "paragraph", 1),
        ("<ul><li>x</ul><p>a", "paragraph", "paragraph", 0),
        ("<h1>x<h3>a", "heading", "paragraph", 3),
        ("<table><tr><td><p>a", "cell", "other", 0),
        ("<table><tr><td>1</table>a", "paragraph", "paragraph", 0),
    ],
)
def test_layout_comes_from_the_elements_around(source: str, layout: str, kind: str, level: int) -> None:
    block = read(source)[-1]
    assert (block.layout, block.kind, block.level) == (layout, kind, level)


HOSTILE = "</p><script>alert(1)</script> & &lt; &eacute; \"x\" 'y' --> ]]> <img onerror=x>"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.said += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Un mot</p>",
        "<p>R&D, 1 < 2, &amp; et &lt;b&gt;</p>",
        '<img alt="un mot">',
        "<img alt='un mot'>",
        "<img alt=mot>",
        '<img alt=m"o>',
    ],
)
def test_a_hostile_translation_stays_text(source: str) -> None:
    written = write(source, HOSTILE)
    plain, hostile = _Text(), _Text()
    plain.feed(source)
    hostile.feed(written)
    hostile.close()
    assert hostile.tags == plain.tags
    assert HOSTILE in "".join(hostile.said)
    assert read(written)[0].text == HOSTILE


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<p>&eacute;t&eacute; à</p>", "à l'été, né", "<p>à l'&eacute;t&eacute;, n&eacute;</p>"),
        ("<p>5&nbsp;% de 3&#160;m</p>", "3\u00a0m or 5\u00a0%", "<p>3&nbsp;m or 5&#160;%</p>"),
        ("<p>un\n   mot</p>", "one word", "<p>one\n   word</p>"),
        ("<p>un\n   mot</p>", "one more word", "<p>one more word</p>"),
        ("<p>R&D</p>", "R&D", "<p>R&D</p>"),
        ("<p>R&D</p>", "R&copy;", "<p>R&amp;copy;</p>"),
        ("<p>  mot  </p>", " one\tword\n", "<p>  one word  </p>"),
        ("<p>mot</p>", "a\0b\ud800c", "<p>a&#65533;b&#65533;c</p>"),
        ("<title>un <mot></title>", "a <b>", "<title>a <b></title>"),
        ("<title>un <mot></title>", "</title><b>", "<title>&lt;/title&gt;&lt;b&gt;</title>"),
        ("<img alt=mot>", "two words", '<img alt="two words">'),
        ("<img alt=mot>", "word", "<img alt=word>"),
    ],
)
def test_the_source_s_spelling_is_kept(source: str, text: str, expected: str) -> None:
    assert write(source, text) == expected


PAIRED = "<p>un <b>gros</b> <i>mot</i><br>fin</p>"
"""Refs: 0 bold, 1 italic, 2 the line break."""


@pytest.mark.parametrize(
    ("text", "markup", "expected"),
    [
        ("a b c", [Markup(1, "italic", 0, 1), Markup(0, "bold", 2, 3)], "<p><i>a</i> <b>b</b> c</p>"),
        ("abc", [Markup(0, "bold", 0, 2), Markup(1, "italic", 1, 3)], "<p><b>a<i>b</i></b><i>c</i></p>"),
        ("abc", [Markup(1, "italic", 0, 3), Markup(0, "bold", 0, 3)], "<p><b><i>abc</i></b></p>"),
        ("abc", [Markup(0, "bold", 0, 1), Markup(0, "bold", 2, 3)], "<p><b>a</b>b<b>c</b></p>"),
        ("abc", [Markup(7, "bold", 0, 1), Markup(0, "bold", 1, 1)], "<p>abc</p>"),
        ("abc", [Markup(0, "bold", -3, 99), Markup(2, "break", 99, 99)], "<p><b>abc</b><br></p>"),
        ("a b", [Markup(2, "break", 1, 1)], "<p>a<br>b</p>"),
        ("ab", [Markup(2, "break", 1, 1), Markup(2, "break", 1, 1)], "<p>a<br><br>b</p>"),
        (
            "abcd",
            [Markup(0, "bold", 0, 3), Markup(1, "italic", 1, 3), Markup(2, "break", 3, 3)],
            "<p><b>a<i>bc</i></b><br>d</p>",
        ),
        ("abcd", [Markup(1, "italic", 0, 2), Markup(0, "bold", 2, 4)], "<p><i>ab</i><b>cd</b></p>"),
        ("abcd", [Markup(0, "bold", 0, 2), Markup(1, "italic", 0, 3)], "<p><i><b>ab</b>c</i>d</p>"),
        ("", [], "<p></p>"),
    ],
)
def test_markup_comes_out_well_nested_wherever_a_translation_put_it(
    text: str, markup: list[Markup], expected: str
) -> None:
    assert write(PAIRED, text, *markup) == expected


def test_a_stray_tag_is_never_lost() -> None:
    assert write("<p>a <i>b</p>", "c") == "<p>c<i></p>"


@pytest.mark.parametrize(
    ("root", "lang", "expected"),
    [
        ('<html lang="fr">', "es", '<html lang="es">'),
        ("<html lang=fr>", "pt-BR", "<html lang=pt-BR>"),
        ("<html>", "es", '<html lang="es">'),
        ("<HTML class='a'>", "ar", '<HTML lang="ar" dir="rtl" class=\'a\'>'),
        ('<html dir="ltr" lang>', "ar", '<html dir="rtl" lang="ar">'),
        ('<html dir="rtl">', "es", '<html lang="es" dir="ltr">'),
        ('<html xml:lang="fr" lang="fr">', "en", '<html xml:lang="en" lang="en">'),
        ('<html lang="">', "en", '<html lang="en">'),
        ("<body>", "ar", "<body>"),
        ('<html lang="fr">', "x-rot13", '<html lang="fr">'),
    ],
)
def test_the_root_s_language_and_direction_are_set(root: str, lang: str, expected: str) -> None:
    source = root + "<p lang=fr>a</p>"
    assert FORMAT.write(source.encode(), {}, lang).decode() == expected + "<p lang=fr>a</p>"


@pytest.mark.parametrize(
    ("head", "codec", "expected"),
    [
        ("<meta charset=iso-8859-1>", "cp1252", ("<meta charset=utf-8>", "utf-8")),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
            "cp1252",
            ('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        ),
        (
            '<?xml version="1.0" encoding="iso-8859-15"?>',
            "iso8859-15",
            ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ),
        ("<meta charset=utf-8>", "utf-8", ("<meta charset=utf-8>", "utf-8")),
        ("<meta name=a content='charset=latin1'>", "cp1252", None),
        ("", "cp1252", None),
        ("", "ascii", None),
    ],
)
def test_what_the_encoding_lacks_changes_the_declaration_or_becomes_references(
    head: str, codec: str, expected: tuple[str, str] | None
) -> None:
    source = f"{head}<p>L'{'ete' if codec == 'ascii' else 'été'}</p>"
    written = FORMAT.write(source.encode(codec), {"b0": TargetBlock("b0", "Łódź")}, "x-pl")
    if expected:
        assert written.decode(expected[1]) == expected[0] + "<p>Łódź</p>"
    else:
        assert FORMAT.read(written, NO_LIMITS)[0].text == "Łódź"
        assert b"&#321;" in written
    unchanged = FORMAT.write(source.encode(codec), targets(FORMAT.read(source.encode(codec), NO_LIMITS)), "x-pl")
    assert unchanged == source.encode(codec)


def test_nothing_but_text_changes() -> None:
    written = translate(FORMAT, HTML, "Titre", lang="x-en")
    assert written == HTML.replace("Op&eacute;ration coordonn&eacute;e &amp; r&eacute;ussie", "Titre")
    everything = FORMAT.write(HTML.encode(), targets(read(HTML), lambda text: text + " Z"), "x-en").decode()
    for intact in (
        "texte intact",
        "code intact",
        "pip install",
        'translate="no">M. Purisima<',
        "color: red",
        "<!-- note -->",
    ):
        assert intact in everything
    assert bare(everything).count("Z") == len(read(HTML))


@pytest.mark.parametrize("source", ["", "<p>12</p>", "<script>abc</script>", "<!-- abc -->"])
def test_a_page_without_a_letter_is_refused(source: str) -> None:
    with pytest.raises(InputError, match="nothing to translate"):
        read(source)


@pytest.mark.parametrize("limits", [Limits(max_bytes=20), Limits(max_blocks=2), Limits(max_block_chars=20)])
def test_limits_are_kept(limits: Limits) -> None:
    with pytest.raises(InputError, match="limit is"):
        FORMAT.read(HTML.encode(), limits)
