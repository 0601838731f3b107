"""Markdown: what is text, what stays untouched, and that a translation can never become structure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_samples import MARKDOWN, NO_LIMITS, bare, round_trip, targets, texts, translate

from pipeline.errors import InputError
from pipeline.read.base import Limits
from pipeline.read.markdown import MARKDOWN as FORMAT
from pipeline.records import Block, Markup, TargetBlock


def read(source: str) -> tuple[Block, ...]:
    return FORMAT.read(source.encode(), NO_LIMITS)


def marks(block: Block) -> list[tuple[str, int, int]]:
    return [(mark.kind, mark.start, mark.end) for mark in block.markup]


def write(source: str, text: str, *markup: Markup) -> str:
    return FORMAT.write(source.encode(), {"b0": TargetBlock("b0", text, markup)}, "en").decode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_translation_and_its_inverse_give_the_same_bytes(line_end: str, codec: str) -> None:
    data = MARKDOWN.replace("\n", line_end).encode(codec)
    same, there, back = round_trip(FORMAT, data)
    assert same == data
    assert there != data
    assert back == data


def test_a_release_is_read_as_its_reader_sees_it() -> None:
    assert [(block.layout, block.level, block.kind, block.text[:24]) for block in read(MARKDOWN)] == [
        ("title", 0, "other", 'Opération "coordonnée"'),
        ("attribute", 0, "other", "L'opération de mai"),
        ("attribute", 0, "other", "Un succès"),
        ("heading", 1, "paragraph", "Opération coordonnée con"),
        ("paragraph", 0, "paragraph", "2 mai 2014"),
        ("paragraph", 0, "paragraph", "MANILLE – Une opération "),
        ("heading", 2, "paragraph", "Les saisies"),
        ("list_item", 1, "paragraph", "250 téléphones portables"),
        ("list_item", 2, "paragraph", "dont douze onze"),
        ("list_item", 3, "paragraph", "à Taguig"),
        ("list_item", 1, "paragraph", "des munitions"),
        ("paragraph", 0, "paragraph", "« Ces “réseaux” sont éte"),
        ("paragraph", 0, "paragraph", "Encore"),
        ("cell", 0, "other", "Type"),
        ("cell", 0, "other", "Nombre total"),
        ("cell", 0, "other", "Téléphones | portables"),
        ("cell", 0, "other", "250"),
        ("attribute", 0, "other", "Photo du monde"),
        ("cell", 0, "other", "texte"),
        ("paragraph", 0, "paragraph", "Légende de référence, ra"),
        ("attribute", 0, "other", "La carte du monde"),
        ("paragraph", 0, "paragraph", "H2O et souligné\nligne fi"),
        ("paragraph", 0, "paragraph", "Note."),
    ]


@pytest.mark.parametrize(
    ("source", "text", "markup"),
    [
        ("a **b _c_** d", "a b c d", [("bold", 2, 5), ("italic", 4, 5)]),
        ("***a*** b", "a b", [("italic", 0, 1), ("bold", 0, 1)]),
        ("a ~~b~~ c", "a b c", [("strike", 2, 3)]),
        ("a [b *c*](u 't') d", "a b c d", [("link", 2, 5), ("italic", 4, 5)]),
        ("a [b][r] [r] [r][] c\n\n[r]: u", "a b r r c", [("link", 2, 3), ("link", 4, 5), ("link", 6, 7)]),
        ("a `*b*` c", "a c", [("code", 2, 2)]),
        ("a <http://x.y> c <a@b.c> d", "a c d", [("autolink", 2, 2), ("autolink", 4, 4)]),
        ("a  \nb\\\nc", "a\nb\nc", [("break", 1, 1), ("break", 3, 3)]),
        ("a\nb <br> c", "a b\nc", [("break", 3, 3)]),
        ("a <u>b</u> c <u>", "a b c", [("style", 2, 3)]),
        ("a </b> c", "a c", [("tag", 2, 2)]),
        ("a <x/> c <!-- n --> d", "a c d", [("element", 2, 2), ("comment", 4, 4)]),
        ("a ![b](c) d", "a d", [("image", 2, 2)]),
        ("a[^1] b\n\n[^1]: c", "a b", [("footnote", 1, 1)]),
        (r"a \* b &amp; &nbsp;c \d &bidon; \\", "a * b & \u00a0c \\d &bidon; \\", []),
        ("a * b_c_d ~ 2 < 3 `x", "a * b_c_d ~ 2 < 3 `x", []),
        ("a &#32; b", "a b", []),
        ("a ** b** c", "a ** b** c", []),
        ("[ ] a", "a", []),
        ("\u00a0\na\u00a0", "a", []),
    ],
)
def test_inline_markup_is_read_as_it_is_rendered(source: str, text: str, markup: list[tuple[str, int, int]]) -> None:
    block = read(source)[0]
    assert block.text == text
    assert marks(block) == markup
    same, _, _ = round_trip(FORMAT, source.encode())
    assert same == source.encode()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("    code\n\na", ["a"]),
        ("~~~\ncode\n~~~\na", ["a"]),
        ("<div>\nbrut\n</div>\n\na", ["a"]),
        ("[r]: u 'titre'\n\na", ["a"]),
        ("---\ntitle: 'a\nb: c\n---\nd", ["d"]),
        ("---\ntitle: >\n  a\ndate: b\n---\nd", ["d"]),
        ("---\na\n\nb", ["a", "b"]),
        ("a\n===\nb\nc\n---", ["a", "b c"]),
        ("> - a\n>   b\nc", ["a b c"]),
        ("> | a | b |\n> |---|---|\n> | c \\| d | e", ["a", "b", "c | d", "e"]),
        ("a | b\n-|-\nc | d | de trop\n1 |", ["a", "b", "c", "d", "1"]),
        ("|a|b|\n|-|-|\n||c|", ["a", "b", "c"]),
        ("![a](b) ![c][r] ![r]\n\n[r]: u", ["a", "c"]),
        ("# a ##\n## b #c\n#\n#d", ["a", "b #c", "#d"]),
        ("\t- a\n- b\n\t- c", ["b", "c"]),
        ("[^1]: mot", ["mot"]),
    ],
)
def test_blocks_are_those_of_commonmark(source: str, expected: list[str]) -> None:
    assert texts(FORMAT, source) == expected
    same, _, _ = round_trip(FORMAT, source.encode())
    assert same == source.encode()


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("mot", "# a", r"\# a"),
        ("mot", "#a", "#a"),
        ("mot", "1. a", r"1\. a"),
        ("mot", "2014. a 1. b", r"2014\. a 1. b"),
        ("mot", "- a - b", r"\- a - b"),
        ("mot", "+ a", r"\+ a"),
        ("mot", "> a", r"\> a"),
        ("mot", "* a * b *c*", r"\* a * b \*c\*"),
        ("mot", "a_b_c _d_", r"a_b_c \_d\_"),
        ("mot", "a `b`", r"a \`b\`"),
        ("mot", "[2014] a", "[2014] a"),
        ("mot", "[a](b)", r"\[a\](b)"),
        ("mot", "[a]: b", r"\[a\]: b"),
        ("mot", "![a](b)", r"!\[a\](b)"),
        ("mot", "a[^1]", r"a\[^1\]"),
        ("mot", "a < b <b>", r"a < b \<b>"),
        ("mot", "R&D &eacute;", r"R&D \&eacute;"),
        ("mot", "~~a~~ ~b", r"\~\~a\~\~ ~b"),
        ("mot", r"a\b \* c\ ", r"a\b \\\* c\\"),
        ("mot", "a | b", "a | b"),
        ("mot a\nmot", "a b\n---z", "a b\n---z"),
        ("mot", "a\n\n# b", "a # b"),
        ("# mot", "1. a #", r"# 1. a \#"),
        ("- mot", "- a", r"- \- a"),
        ("| mot |\n|-|", "a | b", "| a \\| b |\n|-|"),
        ("| mot |\n|-|", "1. a", "| 1. a |\n|-|"),
        ("mot | x\n-|-", "1. a", "1\\. a | x\n-|-"),
        ("- [ ] mot", "a", "- [ ] a"),
        ("un\nmot", "one word", "one\nword"),
        ("un\nmot", "one more word", "one more word"),
        ("> un\n> - x\n", "a\n- b", "> a - b\n> - x\n"),
        ("x\ny", "a 1.", "a\n1\\."),
        ("x\ny z", "a - b", "a\n\\- b"),
        ("x\ny z", "a === c", "a\n=== c"),
        ("é&nbsp;&eacute;", "né\u00a0é é", "n&eacute;&nbsp;&eacute; &eacute;"),
        ("[mot](u)", "a](b)", r"a\](b)"),
        ("---\ntitle: mot\n---\n", "a: b", '---\ntitle: "a: b"\n---\n'),
        ("---\ntitle: mot\n---\n", "No", '---\ntitle: "No"\n---\n'),
        ("---\ntitle: mot\n---\n", "mots", "---\ntitle: mots\n---\n"),
        ('---\ntitle: "mot"\n---\n', 'a "b" \\', '---\ntitle: "a \\"b\\" \\\\"\n---\n'),
        ("---\ntitle: 'mot'\n---\n", "l'a", "---\ntitle: 'l''a'\n---\n"),
    ],
)
def test_only_what_would_be_markup_is_escaped(source: str, text: str, expected: str) -> None:
    written = write(source, text)
    assert written == expected
    assert read(written)[0].text == re.sub("[ \n]+", " ", text).strip(" ")


PAIRED = "un **gros** *mot* [lien](u) fin"
"""Refs: 0 bold, 1 italic, 2 link."""


@pytest.mark.parametrize(
    ("text", "markup", "expected"),
    [
        ("a b c", [Markup(2, "link", 0, 1), Markup(0, "bold", 4, 5)], "[a](u) b **c**"),
        ("a bc d", [Markup(0, "bold", 1, 5)], "a **bc** d"),
        ("a bc d", [Markup(0, "bold", 2, 3)], "a **b**c d"),
        ("Fin.Mot", [Markup(0, "bold", 0, 4)], "Fin.Mot"),
        ("Fin.Mot cl", [Markup(0, "bold", 0, 4), Markup(1, "italic", 8, 10)], "Fin.Mot *cl*"),
        ("a b c", [Markup(0, "bold", 0, 5), Markup(1, "italic", 2, 3)], "**a *b* c**"),
        ("a b", [Markup(2, "link", 0, 1), Markup(2, "link", 2, 3)], "[a](u) [b](u)"),
        ("a b c", [Markup(2, "link", 0, 5), Markup(2, "link", 2, 3)], "a b c"),
        ("a! b", [Markup(2, "link", 3, 4)], "a! [b](u)"),
        ("a!b", [Markup(2, "link", 2, 3)], r"a\![b](u)"),
        ("a *b", [Markup(1, "italic", 2, 4)], r"a *\*b*"),
        ("a", [Markup(0, "bold", 1, 1), Markup(9, "bold", 0, 1)], "a"),
    ],
)
def test_markup_is_written_where_markdown_can_express_it(text: str, markup: list[Markup], expected: str) -> None:
    written = write(PAIRED, text, *markup)
    assert written == expected
    assert bare(read(written)[0].text) == bare(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("mot", "[mot]\n\n[mot]: u"), ("word", "[word][mot]\n\n[mot]: u"), ("a]b", "[a\\]b][mot]\n\n[mot]: u")],
)
def test_a_link_that_is_found_by_its_text_is_still_found(text: str, expected: str) -> None:
    written = write("[mot]\n\n[mot]: u", text, Markup(0, "link", 0, len(text)))
    assert written == expected
    assert marks(read(written)[0]) == [("link", 0, len(text))]


def test_a_rule_or_an_underline_cannot_arise() -> None:
    assert write("mot", "---") == r"\---"
    assert write("un\nmot", "un ===") == "un\n\\==="


def test_an_image_s_text_cannot_end_the_image() -> None:
    written = FORMAT.write(b"a ![b](c) d", {"b1": TargetBlock("b1", "x](y) ![z")}, "en").decode()
    assert written == r"a ![x\](y) !\[z](c) d"
    assert texts(FORMAT, written) == ["a d", "x](y) ![z"]


def test_nothing_but_text_changes() -> None:
    assert translate(FORMAT, MARKDOWN, "Titre") == MARKDOWN.replace('Opération \\"coordonnée\\"', "Titre")
    everything = FORMAT.write(MARKDOWN.encode(), targets(read(MARKDOWN), lambda text: text + " Z"), "en").decode()
    for intact in (
        "code intact",
        "HTML intact",
        "`code *pur*`",
        '(https://example.org/a_(b) "Liste")',
        "|------|---:|",
    ):
        assert intact in everything
    assert [block.text[-2:] for block in read(everything)] == [" Z"] * len(read(MARKDOWN))


PARTS = [*"*_`[]()<>&!~#+-=.|\\:\"'{}^ \n\t\u00a0aÉ1", "1. ", "- ", "](u)", "[a]: b", "&amp;", "<b>", "</div>", "<!--"]
PARTS += [
    "```",
    "~~~",
    "---",
    "===",
    "|---|---|",
    "    ",
    "mot",
    "**mot**",
    "[^1]",
    "[^1]: a",
    "[x] ",
    "<http://a.b>",
    "![",
]


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 21), st.lists(st.sampled_from(PARTS), min_size=1, max_size=12), st.booleans(), st.data())
def test_reading_what_was_written_gives_the_text_back(
    number: int, parts: list[str], letter_first: bool, data: st.DataObject
) -> None:
    text = "q" + "".join(parts) if letter_first else "".join(parts) + "q"
    before = read(MARKDOWN)
    offsets = st.integers(0, len(text))
    spans = [(mark, *sorted((data.draw(offsets), data.draw(offsets)))) for mark in before[number].markup]
    markup = tuple(
        Markup(mark.ref, mark.kind, start, end if mark.end > mark.start else start) for mark, start, end in spans
    )
    block_id = f"b{number}"
    written = FORMAT.write(MARKDOWN.encode(), {block_id: TargetBlock(block_id, text, markup)}, "en")
    after = FORMAT.read(written, NO_LIMITS)
    assert bare(after[number].text) == bare(text)
    assert [block for block in after if block.block_id != block_id] == [
        block for block in before if block.block_id != block_id
    ]


def test_too_deep_lists_are_refused_rather_than_left_untranslated() -> None:
    deep = "".join("  " * depth + "- a\n" for depth in range(40))
    with pytest.raises(InputError, match="nested"):
        read(deep)
    assert len(read("".join("  " * depth + "- a\n" for depth in range(20)))) == 20


@pytest.mark.parametrize("source", ["", "12\n", "```\nabc\n```\n"])
def test_a_file_without_a_letter_is_refused(source: str) -> None:
    with pytest.raises(InputError, match="nothing to translate"):
        read(source)


@pytest.mark.parametrize("limits", [Limits(max_bytes=20), Limits(max_blocks=2), Limits(max_block_chars=20)])
def test_limits_are_kept(limits: Limits) -> None:
    with pytest.raises(InputError, match="limit is"):
        FORMAT.read(MARKDOWN.encode(), limits)


def test_what_the_encoding_lacks_is_written_in_utf_8() -> None:
    assert FORMAT.write("# été".encode("cp1252"), {"b0": TargetBlock("b0", "Łódź")}, "pl") == "# Łódź".encode()
