"""Hostile input: only our own error escapes, own text changes nothing, and time stays linear."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_samples import HTML, MARKDOWN, NO_LIMITS, TEXT, rot13, round_trip, targets

from pipeline.errors import InputError
from pipeline.read import html, markdown, text
from pipeline.read.base import Format

FORMATS = {"text": text.TEXT, "markdown": markdown.MARKDOWN, "html": html.HTML}
SAMPLES = {"text": TEXT.encode(), "markdown": MARKDOWN.encode(), "html": HTML.encode()}

TEXT_PARTS = [
    "a",
    "Un mot long et encore un",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "- ",
    "• ",
    "1. ",
    ".",
    "É",
    "—",
    "==",
    "12",
]
MARKDOWN_PARTS = [
    "a",
    "mot",
    "É",
    "«\u00a0x\u00a0»",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "[",
    "]",
]
MARKDOWN_PARTS += [
    "(u)",
    "](u)",
    "![",
    "<b>",
    "</b>",
    "<br>",
    "<http://x.y>",
    "&amp;",
    "&nbsp;",
    "\\",
    "\\*",
    "|",
    "---",
    "# ",
    "> ",
]
MARKDOWN_PARTS += [
    "- ",
    "  - ",
    "1. ",
    "    ",
    "[r]",
    "\n\n[r]: u\n\n",
    "[^1]",
    "[^1]: ",
    "===",
    "```",
    "<!-- c -->",
    "!",
    ".",
    "1",
]
MARKDOWN_PARTS += [
    "#",
    "=",
    "+",
    "<div>",
    "&",
    "<",
    "  \n",
    "\\\n",
    "---\ntitle: ab c\n---\n",
    "\n| a | b |\n|---|---|\n",
]
HTML_PARTS = [
    "a",
    "mot",
    "É",
    " ",
    "\n  ",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
]
HTML_PARTS += [
    "<a href='#x'>",
    '<a href=u title="t e">',
    "</a>",
    "<sup>",
    "</sup>",
    "1",
    "<img alt='im g'>",
    "<img alt=im>",
    "&amp;",
]
HTML_PARTS += [
    "&eacute;",
    "&nbsp;",
    "&",
    "<",
    "<!-- c -->",
    "<!--",
    "<script>",
    "</script>",
    "x<y",
    "<pre>",
    "</pre>",
    "<td>",
    "<h1>",
]
HTML_PARTS += [
    "<span translate=no>",
    "</span>",
    "<title>",
    "</title>",
    "&#32;",
    "&copy",
    "&copyx;",
    ">",
    '"',
    "'",
    "<html lang=fr>",
]
HTML_PARTS += [
    "<body",
    "=",
    "/",
    "<code>",
    "</code>",
    "\t",
    "\r\n",
    "&lt",
    "<?x",
    "<![CDATA[",
    "</",
    "<meta charset=latin1>",
]
PARTS = {"text": TEXT_PARTS, "markdown": MARKDOWN_PARTS, "html": HTML_PARTS}


def check(file_format: Format, data: bytes) -> None:
    """Whatever the bytes are: our error or blocks, and their own text gives the bytes back."""
    try:
        blocks = file_format.read(data, NO_LIMITS)
    except InputError as error:
        assert error.remedy
        return
    assert file_format.write(data, targets(blocks), "x-same") == data
    there = file_format.write(data, targets(blocks, rot13), "x-rot13")
    assert [rot13(block.text) for block in file_format.read(there, NO_LIMITS)] == [block.text for block in blocks]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        blocks = FORMATS[name].read(data, NO_LIMITS)
    except InputError:
        return
    assert FORMATS[name].write(data, targets(blocks), "x-same") == data


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_mixture_of_markup_comes_through(name: str, data: st.DataObject) -> None:
    source = "".join(data.draw(st.lists(st.sampled_from(PARTS[name]), max_size=25)))
    check(FORMATS[name], source.encode())


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mangled_releases_come_through(name: str, data: st.DataObject) -> None:
    sample = SAMPLES[name].decode()
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.integers(0, len(sample))) for _ in range(2))
        part = data.draw(st.sampled_from(["", *PARTS[name]]))
        sample = sample[:start] + part + sample[min(end, start + 30) :]
    check(FORMATS[name], sample.encode())


@pytest.mark.parametrize("name", ["text", "html"])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_translation_and_its_inverse_give_any_source_back(name: str, data: st.DataObject) -> None:
    source = "".join(data.draw(st.lists(st.sampled_from(PARTS[name]), max_size=25)))
    try:
        same, _, back = round_trip(FORMATS[name], source.encode())
    except InputError:
        return
    assert same == back == source.encode()


N = 4_000
HOSTILE = {
    "markdown": {
        "brackets": "[" * N + "a",
        "images": "![" * N + "a",
        "links": "[a](" * N,
        "nested brackets": "[" * N + "a" + "]" * N,
        "emphasis": "a**b" * N,
        "nested emphasis": "*" * N + "a" + "*" * N,
        "strikethrough": "~~a~~ " * N,
        "code": "`a``b" * N,
        "tags": "a<b c='" * N,
        "comments": "a<!--" * N,
        "references": "&a" * N,
        "quotations": ">" * N + "a",
        "bullets": "* " * N + "a",
        "escapes": "\\[" * N + "a]" * N,
        "lines": "a\n" * N,
        "breaks": "a  \n" * N,
        "front matter": "---\n" + "a: b\r\n" * N,
        "spaces": "a" + " " * N + "b",
        "blank lines": "\u00a0\n" * N + "a",
    },
    "html": {
        "tags": "<b>" * N + "a",
        "mixed tags": "<b>a" * N,
        "nested tags": "a" + "<b>" * N + "c" + "</b>" * N,
        "crossed tags": "<b><i>a</b>" * N,
        "footnotes": "<sup>" * N + "1" + "</sup>" * N + "a",
        "blocks": "<div>a" * N,
        "ends": "a</div></x>" * N,
        "comments": "a<!--" * N,
        "attributes": "a<a " + "b=c " * N + ">d",
        "open quotes": "a<p b='" * N,
        "equal signs": "a<a b=" + "=" * N + ">c",
        "spaces in tags": "a<a b" + " " * N + "c>",
        "references": "&a&amp;&#" * N,
        "scripts": "<script>" * N + "a",
        "untranslated": "<p translate=no>a" * N,
        "breaks": "a<br>" * N,
        "spaces": "a" + " \n" * N + "b",
    },
    "text": {
        "lines": "a b\n" * N,
        "wrapped": ("mot " * 17 + "\n") * (N // 10),
        "spaces": "a" + " " * N + "b\n",
        "blank lines": "a" + "\n" * N + "b",
        "numbers": "1) " * N + "a",
        "indents": "".join(" " * (number % 99) + "- a\n" for number in range(N)),
        "headings": "Un mot\n\n" * N,
    },
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in HOSTILE.items() for case in cases])
def test_hostile_sources_take_linear_time(name: str, case: str) -> None:
    """Quadratic work on these lengths takes far longer than the bound, linear work a fraction of it."""
    data = HOSTILE[name][case].encode()
    started = time.process_time()
    try:
        blocks = FORMATS[name].read(data, NO_LIMITS)
        FORMATS[name].write(data, targets(blocks, lambda text: text + " q"), "es")
    except InputError as error:
        assert "nested" in error.message or "nothing to translate" in error.message
    assert time.process_time() - started < 5
