import base64
import hashlib
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest
from report_examples import (
    HOSTILE,
    TRANSLATIONS,
    hostile_report,
    interpol,
    output,
    prepare,
    rows_of,
    run_info,
    write_example,
)

from pipeline.records import Block, Finding, Hypothesis, Score, Span, Verdict
from pipeline.report.links import relative_link, section_id
from pipeline.report.model import IndexRow, ReleaseReport
from pipeline.report.page import summary_line, write_index, write_release_page

VOID = {"meta", "input", "br"}

ELEMENTS = set(
    re.findall(
        r"\w+",
        """
    html head meta title style script body header footer main nav section article h1 h2 h3 h4 p ul li dl dt dd div span
    bdi b i a u code kbd small mark br table caption thead tbody tr th td details summary form label select option input
    button dialog strong abbr
    """,
    )
)


class Checker(HTMLParser):
    """Reads a page as strictly as its author meant it: every element is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        self.references += (values.get("aria-labelledby") or "").split()
        if (values.get("href") or "").startswith("#"):
            self.references.append((values["href"] or "")[1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, (tag, self.getpos())


def check(page: str) -> None:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert not checker.open
    assert len(checker.ids) == len(set(checker.ids))
    assert set(checker.references) <= set(checker.ids)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "index.html"
    write_example(path)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def tree(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def section(tree: lxml.html.HtmlElement, lang: str, path: str = "interpol.fr.txt") -> lxml.html.HtmlElement:
    return tree.get_element_by_id(section_id(path, lang))


def write_one(tmp_path: Path, report: ReleaseReport) -> lxml.html.HtmlElement:
    path = tmp_path / "releases" / "one.html"
    write_release_page(path, run_info(), report)
    text = path.read_text(encoding="utf-8")
    check(text)
    return lxml.html.document_fromstring(text)


def test_page_is_well_formed_and_its_inner_links_arrive(page: str) -> None:
    check(page)


def test_every_segment_has_a_row_in_every_language(tree: lxml.html.HtmlElement) -> None:
    report = interpol()
    languages = {item.translated.target_lang for item in report.outputs}
    assert len(tree.xpath("//article")) == 2
    for article in tree.xpath("//article"):
        assert len(article.xpath(".//section")) == len(languages)
        for part in article.xpath(".//section"):
            assert len(part.xpath(".//table[contains(@class, 'text')]/tbody/tr")) == len(report.prepared.segments)


def test_french_and_translation_stand_whole_in_their_row(tree: lxml.html.HtmlElement) -> None:
    rows = section(tree, "en").xpath(".//table[contains(@class, 'text')]/tbody/tr")
    segments = interpol().prepared.segments
    for row, segment, first, second in zip(
        rows, segments, TRANSLATIONS["en", "apertium"], TRANSLATIONS["en", "marian"], strict=True
    ):
        assert [cell.find("p").text_content() for cell in row.findall("td")] == [segment.source, first, second]


def test_first_line_says_how_the_run_ended(tree: lxml.html.HtmlElement) -> None:
    expected = "2 releases × 4 languages × 2 systems: 0 ready, 6 to review, 2 blocked, 1 failed"
    assert tree.find(".//h1").text_content() == expected
    assert summary_line(run_info()) == expected
    one = run_info(targets=("es",), systems=("apertium",), counts=(("releases", 1), ("review", 1)))
    assert summary_line(one) == "1 release × 1 language: 0 ready, 1 to review, 0 blocked, 0 failed"


def test_table_has_a_line_a_verdict_and_links_to_what_exists(tree: lxml.html.HtmlElement) -> None:
    lines = tree.xpath("//table[@id='verdicts']/tbody/tr")
    assert [line.get("data-state") for line in lines].count("review") == 6
    assert len(lines) == 9
    assert [len(line.xpath(".//a")) for line in lines] == [1] * 8 + [0]
    assert lines[0].xpath(".//a/@href") == ["#" + section_id("interpol.fr.txt", "en")]
    assert "encrypted" in lines[-1].text_content()


def test_states_are_words_and_not_only_colours(tree: lxml.html.HtmlElement) -> None:
    for state in tree.xpath("//*[contains(concat(' ', @class, ' '), ' state ')]"):
        assert re.search("ready|review|blocked|failed", state.text_content().lower())


def test_texts_say_their_language_and_direction(tree: lxml.html.HtmlElement) -> None:
    for lang, direction in (("en", "ltr"), ("es", "ltr"), ("ar", "rtl")):
        for row in section(tree, lang).xpath(".//tbody/tr"):
            french, *others = row.findall("td")
            assert (french.get("lang"), french.get("dir")) == ("fr", "ltr")
            assert {(cell.get("lang"), cell.get("dir")) for cell in others} == {(lang, direction)}


def test_findings_are_marked_in_both_texts_and_explained(tree: lxml.html.HtmlElement) -> None:
    row = section(tree, "en").xpath(".//table[contains(@class, 'text')]/tbody/tr")[2]
    french, apertium, marian = row.findall("td")
    assert [(mark.text, mark.get("class")) for mark in french.iter("mark")] == [("58", "blocker")]
    (mark,) = apertium.iter("mark")
    assert mark.text_content() == "85"
    assert list(marian.iter("mark")) == []
    explanation = apertium.find("ul/li")
    text, _, finding = explanation.text_content().rpartition(" ")
    assert text == "numbers 58 became 85."
    assert re.fullmatch("[0-9a-f]{10}", finding)
    command = explanation.find("button").get("data-copy")
    assert command == f"communique dismiss 'may releases' {finding} --reason \"\""
    assert explanation.find("bdi").get("data-f") == mark.get("data-f") == french.find(".//mark").get("data-f")
    assert "s-blocker" in row.get("class")


def test_finding_about_the_whole_release_stands_with_the_verdict(tree: lxml.html.HtmlElement) -> None:
    card, other = section(tree, "en").find_class("card")
    assert "Much longer than the French." in card.text_content()
    assert "Much longer" not in other.text_content()


def test_verdict_says_why_what_was_checked_and_what_was_not(tree: lxml.html.HtmlElement) -> None:
    first, second = (card.text_content() for card in section(tree, "en").find_class("card"))
    assert "1 number differs" in first
    assert "Look at sentence 3" in first
    assert "BLEU 31.4" in first
    assert "nrefs:1|tok:13a|version:2.6.0" in first
    assert "draft engine" in second
    assert "numbers: 4 compared" in second
    assert "meaning" in second
    assert "Not scored" in second


def test_systems_differences_are_marked_in_both(tree: lxml.html.HtmlElement) -> None:
    row = section(tree, "en").xpath(".//table[contains(@class, 'text')]/tbody/tr")[5]
    assert [[item.text_content() for item in cell.iter("u")] for cell in row.findall("td")] == [
        [],
        ["elements", "proof"],
        ["pieces", "evidence"],
    ]
    assert not list(section(tree, "es").iter("u"))


def test_kinds_of_block_and_inline_markup_show(tree: lxml.html.HtmlElement) -> None:
    rows = section(tree, "es").xpath(".//table[contains(@class, 'text')]/tbody/tr")
    labels = [" ".join(small.text for small in row.find("th").iter("small")) for row in rows]
    assert labels == ["headline", "date", "lead", "", "quote", "list item", "table cell"]
    assert "k-headline" in rows[0].get("class")
    lead = rows[2].findall("td")[0]
    assert lead.find(".//b").text == "MANILLE"
    (link,) = lead.iter("a")
    assert link.attrib == {}


def test_summaries_stand_beside_the_french_with_their_sources(tree: lxml.html.HtmlElement) -> None:
    (row,) = section(tree, "es").xpath(".//table[contains(@class, 'summaries')]/tbody/tr")
    cells = row.findall("td")
    assert [cell.find("p").text for cell in cells] == ["Opération", TRANSLATIONS["es", "apertium"][0]]
    assert cells[1].xpath(".//small/a/@href") == [f"#{section_id('interpol.fr.txt', 'es')}-1"]


def test_language_without_translation_is_named(tree: lxml.html.HtmlElement) -> None:
    assert "not translated into German" in tree.xpath("//article")[0].text_content()


def test_languages_come_in_the_order_of_the_run(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    write_index(path, run_info(targets=("ar", "es")), [], [interpol()])
    tree = lxml.html.document_fromstring(path.read_text(encoding="utf-8"))
    assert tree.xpath("//article//section/h3/text()") == ["Arabic", "Spanish", "English"]


def test_pseudo_language_keeps_its_tag(tmp_path: Path) -> None:
    prepared = prepare("a.txt")
    made = output(prepared, "x-rot13", "fake", TRANSLATIONS["es", "apertium"])
    tree = write_one(tmp_path, ReleaseReport(prepared, (), (made,)))
    assert section(tree, "x-rot13", "a.txt").find("h3").text == "x-rot13"


def test_missing_hypothesis_is_said(tmp_path: Path) -> None:
    report = interpol()
    first = report.outputs[0]
    cut = replace(first, translated=replace(first.translated, hypotheses=first.translated.hypotheses[1:]))
    tree = write_one(tmp_path, replace(report, outputs=(cut, *report.outputs[1:])))
    row = section(tree, "en").xpath(".//table[contains(@class, 'text')]/tbody/tr")[0]
    assert [cell.find("p").text_content() for cell in row.findall("td")][1:] == [
        "No translation.",
        TRANSLATIONS["en", "marian"][0],
    ]


def test_no_finding_is_lost(tmp_path: Path) -> None:
    prepared = prepare("a.txt")
    texts = TRANSLATIONS["es", "apertium"]
    places = [None, Span(0, 1), Span(3, 3), Span(500, 900), Span(0, 10_000)]
    findings = [
        Finding("numbers", "major", seg_id, "doc", "es", "apertium", f"message {seg_id} {i} {j}.", source, target)
        for seg_id in ("", "s0", "s1", "nowhere")
        for i, source in enumerate(places)
        for j, target in enumerate(places)
    ]
    spanish = output(prepared, "es", "apertium", texts, findings=tuple(findings))
    tree = write_one(tmp_path, ReleaseReport(prepared, (), (spanish,)))
    shown = [item.text_content() for item in section(tree, "es", "a.txt").xpath(".//ul[@class='found']/li/bdi")]
    assert sorted(shown) == sorted(finding.message for finding in findings)
    assert "100 major" in section(tree, "es", "a.txt").find_class("totals")[0].text_content()


def test_repeated_findings_share_a_letter_and_a_message(tmp_path: Path) -> None:
    prepared = prepare("a.txt")
    findings = tuple(
        Finding("unknown_words", "minor", "s0", "doc", "es", "apertium", message, None, Span(place, place + 2))
        for message, place in (("Unknown: de.", 0), ("Unknown: de.", 5), ("Unknown: la.", 9))
    )
    spanish = output(prepared, "es", "apertium", TRANSLATIONS["es", "apertium"], findings=findings)
    tree = write_one(tmp_path, ReleaseReport(prepared, (), (spanish,)))
    (explanation,) = section(tree, "es", "a.txt").xpath(".//ul[@class='found']/li")
    assert [(item.get("data-f"), item.text) for item in explanation.iter("bdi")] == [
        ("a", "Unknown: de."),
        ("b", "Unknown: la."),
    ]
    marks = section(tree, "es", "a.txt").xpath(".//mark/@data-f")
    assert marks == ["a", "a", "b"]


def test_origin_and_segment_scores_show_with_their_signature(tmp_path: Path) -> None:
    prepared = prepare("a.txt")
    made = output(prepared, "es", "apertium", TRANSLATIONS["es", "apertium"])
    hypotheses = (
        replace(made.translated.hypotheses[0], origin="tm", state="reviewed"),
        *made.translated.hypotheses[1:],
    )
    score = Score("chrF2", "segment", "s0", "es", "apertium", 61.25, "nrefs:1|nc:6")
    made = replace(made, translated=replace(made.translated, hypotheses=hypotheses), scores=(score,))
    tree = write_one(tmp_path, ReleaseReport(prepared, (), (made,)))
    tags = section(tree, "es", "a.txt").find_class("tag")
    assert [tag.text for tag in tags] == ["from memory", "reviewed", "chrF2 61.2"]
    assert tags[2].get("title") == "nrefs:1|nc:6"


def test_title_falls_back_to_a_heading_then_to_the_path(tmp_path: Path) -> None:
    heading = Block("b0", "heading", "Un titre", layout="heading", level=2)
    text = Block("b1", "paragraph", "Un texte.")
    for blocks, title in (((text, heading), "Un titre"), ((text,), "a.txt")):
        tree = write_one(tmp_path, ReleaseReport(prepare("a.txt", blocks), (), ()))
        assert tree.xpath("//article/h2")[0].text == title


def test_release_without_text_or_translation_still_has_a_page(tmp_path: Path) -> None:
    tree = write_one(tmp_path, ReleaseReport(prepare("empty.txt", ()), (), ()))
    assert "not translated into English, Spanish, Arabic, German" in tree.xpath("//article")[0].text_content()


def test_empty_run_has_a_page(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    write_index(path, run_info(counts=()), [], [])
    check(path.read_text(encoding="utf-8"))


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(tmp_path: Path, text: str) -> None:
    info = run_info(name=text, systems=(text, "other"), targets=("ar",), versions=((text, text),))
    info = replace(info, counts=(*info.counts, (text, 1)))
    report = hostile_report(text)
    rows = [replace(row, page=page, checks=(text,)) for row in rows_of(report) for page in ("", text)]
    rows.append(IndexRow(text, "", "", text, "failed", text, 0, 0, 0, text))
    path = tmp_path / "index.html"
    write_index(path, info, rows, [report])
    page = path.read_text(encoding="utf-8")
    check(page)
    tree = lxml.html.document_fromstring(page)
    assert {item.tag for item in tree.iter() if isinstance(item.tag, str)} <= ELEMENTS
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not tree.xpath("//@*[starts-with(name(), 'on') or name() = 'style' or name() = 'src']")
    assert all(re.match(r"#|\./", link) for link in tree.xpath("//@href"))
    if text.isprintable():
        shown = tree.text_content()
        assert shown.count(text) >= 25
        assert "49" not in shown.replace(text, "")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\ud800-\udfff]", page)


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("", ""),
        ("translations/a/en/x/a.en.txt", "./translations/a/en/x/a.en.txt"),
        ("../translations/a b#1?.txt", "./../translations/a%20b%231%3F.txt"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("//example.org/x", ".///example.org/x"),
        ("\\\\example.org\\x", "./%5C%5Cexample.org%5Cx"),
        ("https://example.org", "./https%3A//example.org"),
        ("caf\udce9.txt", "./caf%E9.txt"),
        ("\ud800.txt", "./%EF%BF%BD.txt"),
        ('"><b>', "./%22%3E%3Cb%3E"),
    ],
)
def test_links_stay_beside_the_page(path: str, link: str) -> None:
    assert relative_link(path) == link


def test_policy_allows_the_own_style_and_script_and_nothing_else(tree: lxml.html.HtmlElement) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    directives = dict(part.strip().split(" ", maxsplit=1) for part in policy.split(";"))
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        digest = hashlib.sha256(tree.xpath(f"//{tag}")[0].text.encode()).digest()
        assert directives.pop(directive) == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert directives == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}


# The page as a file


def test_page_never_calls_anything_proved(page: str) -> None:
    assert "proved" not in page.lower()
    assert "proven" not in page.lower()


def test_same_input_gives_the_same_bytes_in_any_process(tmp_path: Path, page: str) -> None:
    path = tmp_path / "again.html"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Manila"}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    code = f"from pathlib import Path; from report_examples import write_example; write_example(Path({str(path)!r}))"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert path.read_text(encoding="utf-8") == page


class Tracked(str):
    """A path that can be watched: records themselves have no weak references."""

    __slots__ = ("__weakref__",)


def test_releases_are_written_one_by_one_and_let_go(tmp_path: Path) -> None:
    number = 1_000
    seen: list[weakref.ref[Tracked]] = []
    most = 0
    texts = ("Hola.",)

    def stream() -> Iterator[ReleaseReport]:
        nonlocal most
        for i in range(number):
            prepared = prepare(f"{i}.txt", (Block("b0", "paragraph", "Bonjour."),))
            path = Tracked(f"{i}.txt")
            prepared = replace(prepared, document=replace(prepared.document, path=path))
            seen.append(weakref.ref(path))
            del path
            yield ReleaseReport(prepared, (), (output(prepared, "es", "apertium", texts),))
            del prepared
            most = max(most, sum(ref() is not None for ref in seen[-20:]))

    path = tmp_path / "index.html"
    write_index(path, run_info(targets=("es",)), [], stream())
    assert len(seen) == number
    assert most <= 2
    assert path.read_text(encoding="utf-8").count("<article") == number


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    alive: list[weakref.ref[Tracked]] = []
    most = 0

    def stream() -> Iterator[IndexRow]:
        nonlocal most
        for i in range(500):
            path = Tracked(f"{i}.txt")
            alive.append(weakref.ref(path))
            row = IndexRow(path, "doc", "es", "apertium", "review", "draft engine", 0, 0, 0, f"releases/{i}.html")
            del path
            yield row
            del row
            most = max(most, sum(ref() is not None for ref in alive[-20:]))

    path = tmp_path / "index.html"
    write_index(path, run_info(), stream(), [])
    assert most <= 3
    assert path.read_text(encoding="utf-8").count("data-state=") == 500


def test_unfinished_page_leaves_the_old_one_in_place(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text("old", encoding="utf-8")

    def broken() -> Iterator[ReleaseReport]:
        yield interpol()
        raise RuntimeError("disk on fire")

    with pytest.raises(RuntimeError, match="disk on fire"):
        write_index(path, run_info(), [], broken())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_large_run_lists_the_worst_and_links_to_release_pages(tmp_path: Path) -> None:
    report = interpol("box/a b.txt")
    rows = rows_of(report, "releases/box/a b.html")
    path = tmp_path / "index.html"
    write_index(path, run_info(counts=(("releases", 900), ("review", 3_599), ("blocked", 1))), rows, ())
    text = path.read_text(encoding="utf-8")
    check(text)
    tree = lxml.html.document_fromstring(text)
    assert "The table shows 4 of 3,600 verdicts" in tree.text_content()
    assert "900 releases × 4 languages" in tree.text_content()
    assert tree.xpath("//tbody//a/@href")[0] == "./releases/box/a%20b.html#" + section_id("box/a b.txt", "en")
    page = write_one(tmp_path, report)
    assert section(page, "en", "box/a b.txt") is not None
    assert page.xpath("//p[@class='crumbs']/a/@href") == ["../index.html"]


def test_complete_table_does_not_say_that_it_is_cut(tree: lxml.html.HtmlElement) -> None:
    assert "The table shows" not in tree.text_content()


def test_markup_is_lean(tmp_path: Path) -> None:
    blocks = tuple(Block(f"b{i}", "paragraph", f"phrase {i:04d}") for i in range(400))
    prepared = prepare("a.txt", blocks)
    texts = [f"frase {i:04d}" for i in range(400)]
    sizes = []
    for langs in (("es",), ("es", "it", "pt")):
        outputs = tuple(output(prepared, lang, "apertium", texts, summaries=()) for lang in langs)
        path = tmp_path / "one.html"
        write_release_page(path, run_info(), ReleaseReport(prepared, (), outputs))
        sizes.append(path.stat().st_size)
    per_segment = (sizes[1] - sizes[0]) / (2 * 400) - len("phrase 0000frase 0000")
    assert per_segment <= 200


def test_hypotheses_of_other_releases_are_not_mixed_in(tmp_path: Path) -> None:
    report = interpol()
    stray = Hypothesis("elsewhere", "es", "apertium", "STRAY")
    first = report.outputs[2]
    mixed = replace(first, translated=replace(first.translated, hypotheses=(stray, *first.translated.hypotheses)))
    tree = write_one(tmp_path, replace(report, outputs=(mixed,)))
    assert "STRAY" not in tree.text_content()


def test_an_embargo_is_seen_in_the_table_and_above_the_release(tmp_path: Path) -> None:
    blocks = (Block("b0", "embargo", "SOUS EMBARGO <b>JUSQU’AU</b> 3 MAI"), Block("b1", "headline", "Un titre"))
    prepared = prepare("a.txt", blocks)
    report = ReleaseReport(prepared, (), (output(prepared, "en", "apertium", ("EMBARGO", "A title")),))
    row = IndexRow("a.txt", "doc", "en", "apertium", "ready", "", 0, 0, 0, "", (), blocks[0].text)
    write_index(tmp_path / "index.html", run_info(targets=("en",)), [row], [report])
    tree = lxml.html.parse(str(tmp_path / "index.html"))
    (tag,) = tree.xpath("//table[@id='verdicts']//strong")
    assert (tag.text, tag.get("title")) == ("under embargo", blocks[0].text)
    (banner,) = tree.xpath("//article/p[@class='embargo']")
    assert blocks[0].text in banner.text_content()


def test_a_thinly_checked_language_never_looks_like_one_that_is_checked_in_full(tmp_path: Path) -> None:
    prepared = prepare("a.txt", (Block("b0", "headline", "Un titre"),))
    verdict = Verdict("doc", "en", "s", "ready", (), (), (), (), "", "4 of 4 facts found")
    english = output(prepared, "en", "s", ("A title",), verdict=verdict)
    arabic = output(prepared, "ar", "s", ("عنوان",), verdict=replace(verdict, target_lang="ar"))
    rows = [
        IndexRow("a.txt", "doc", lang, "s", "ready", "", 0, 0, 0, "", is_thin=lang == "ar") for lang in ("en", "ar")
    ]
    info = run_info(targets=("en", "ar"))
    write_index(tmp_path / "index.html", info, rows, [ReleaseReport(prepared, (), (english, arabic))])
    tree = lxml.html.parse(str(tmp_path / "index.html"))
    assert [cell.text_content() for cell in tree.xpath("//table[@id='verdicts']/tbody/tr/td[1]")] == [
        "Ready",
        "Ready thinly checked",
    ]
    cards = {card.get("class"): card for card in tree.xpath("//div[starts-with(@class, 'card ')]")}
    assert set(cards) == {"card ready", "card ready thin"}
    assert "4 of 4 facts found" in cards["card ready"].text_content()
    assert "thinly checked" in cards["card ready thin"].text_content()


def test_a_page_of_a_translation_made_elsewhere_promises_no_measured_quality(tmp_path: Path) -> None:
    write_index(tmp_path / "here.html", run_info(), [], [interpol()])
    write_index(tmp_path / "elsewhere.html", run_info(made_elsewhere=True), [], [interpol()])
    here, elsewhere = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("here", "elsewhere"))
    assert "has been measured and is on record" in here
    assert "has been measured and is on record" not in elsewhere
    assert "It was made elsewhere" in elsewhere
    assert "communique dismiss" in here
    assert "communique dismiss" not in elsewhere
