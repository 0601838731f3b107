from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from report_examples import HOSTILE, hostile_report, interpol, rows_of, run_info, write_example

from pipeline.report.links import anchor, section_id
from pipeline.report.page import write_index, write_release_page

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]

RELEASE = "interpol.fr.txt"

# Contrast as WCAG 2 defines it, of every text that is shown; small texts need 4.5.
CONTRAST = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((v) => linear(v / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [0, 0, 0];
  };
  const poor = [];
  let seen = 0;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.getClientRects().length || element.matches("option")) continue;
    seen += 1;
    const [one, other] = [light(rgba(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return { seen, poor };
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "index.html"
    write_example(path)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: request.url.startswith("file://") or troubles.append(request.url))
    yield page
    context.close()
    assert not troubles


def open_release(page: Page, index: Path, lang: str, path: str = RELEASE) -> None:
    page.goto(f"{index.as_uri()}#{section_id(path, lang)}")


def shown_rows(page: Page) -> int:
    return page.locator("#verdicts tbody tr:visible").count()


def expect_release(page: Page, lang: str, path: str = RELEASE) -> None:
    """One language of one release is shown, and nothing else; keys and links take effect a moment later."""
    expect(page.locator("section.lang:visible")).to_have_id(section_id(path, lang))
    expect(page.locator("#overview")).not_to_be_visible()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.id ?? document.activeElement.textContent"))


def test_opens_on_the_table_alone(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    assert shown_rows(page) == 9
    assert page.locator("article:visible").count() == 0


def test_table_is_filtered(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    for control, choice, expected in (
        ("state", "blocked", 2),
        ("state", "failed", 1),
        ("state", "ready", 0),
        ("lang", "en", 4),
        ("lang", "de", 0),
        ("system", "marian", 4),
        ("check", "numbers", 2),
        ("check", "unknown_words", 4),
    ):
        page.select_option(f"#by-{control}", choice)
        expect(page.locator("#shown-rows")).to_have_text(f"{expected} of 9 shown")
        assert shown_rows(page) == expected
        assert page.is_visible("#no-rows") == (expected == 0)
        page.click("button[type=reset]")
        expect(page.locator("#shown-rows")).to_have_text("9 of 9 shown")


def test_filters_add_up_and_search_ignores_accents_and_case(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    page.keyboard.press("/")
    page.keyboard.type("SÉCOND")
    assert shown_rows(page) == 4
    page.select_option("#by-lang", "en")
    assert shown_rows(page) == 2
    page.select_option("#by-check", "numbers")
    assert shown_rows(page) == 1


def test_table_is_sorted_by_any_column_gravest_verdict_first(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    header = page.locator("#verdicts thead th").first
    header.locator("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    states = page.eval_on_selector_all("#verdicts tbody tr", "rows => rows.map(row => row.dataset.state)")
    assert states == ["blocked"] * 2 + ["failed"] + ["review"] * 6
    page.click("#verdicts thead th:nth-child(5) button")
    page.click("#verdicts thead th:nth-child(5) button")
    assert header.get_attribute("aria-sort") is None
    numbers = page.eval_on_selector_all("#verdicts tbody tr", "rows => rows.map(row => +row.cells[4].textContent)")
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == 1


def test_a_verdict_opens_its_release_in_its_language_and_back_again(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    page.locator("#verdicts tbody tr[data-lang=es] a").first.click()
    expect_release(page, "es")
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("u")
    expect(page.locator("#overview")).to_be_visible()
    page.go_back()
    expect_release(page, "es")


def test_address_keeps_release_and_language(page: Page, index: Path) -> None:
    open_release(page, index, "en", "archives/2014/second.md")
    page.keyboard.press("3")
    expect(page).to_have_url(f"{index.as_uri()}#{section_id('archives/2014/second.md', 'ar')}")
    page.reload()
    expect_release(page, "ar", "archives/2014/second.md")
    page.evaluate(f"location.hash = '{anchor(RELEASE)}'")
    expect_release(page, "ar")
    page.goto(index.as_uri() + "#%E0%A4%A")
    assert page.is_visible("#overview")


def test_digits_choose_the_language_and_keep_the_sentence(page: Page, index: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 300})
    open_release(page, index, "en")
    page.evaluate(f"location.hash = '{section_id(RELEASE, 'en')}-5'")
    expect(page.locator(f"#{section_id(RELEASE, 'en')}-5")).to_be_focused()
    place = "id => document.getElementById(id).getBoundingClientRect().top"
    before = page.evaluate(place, section_id(RELEASE, "en") + "-5")
    page.keyboard.press("2")
    expect_release(page, "es")
    after = page.evaluate(place, section_id(RELEASE, "es") + "-5")
    assert abs(after - before) < 160
    page.keyboard.press("9")
    expect_release(page, "es")


def test_j_and_k_walk_the_sentences(page: Page, index: Path) -> None:
    open_release(page, index, "es")
    for key, number in (("j", 1), ("j", 2), ("j", 3), ("k", 2), ("k", 1), ("k", 1)):
        page.keyboard.press(key)
        assert focused(page) == f"{section_id(RELEASE, 'es')}-{number}"


def test_j_walks_the_table_of_verdicts(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect_release(page, "en")


def test_n_and_p_walk_the_findings_and_light_up_their_places(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    messages = []
    for key in ("n", "n", "n", "n", "p"):
        page.keyboard.press(key)
        messages.append(page.evaluate("document.activeElement.querySelector('bdi').textContent"))
    assert messages == [
        "Much longer than the French.",
        "Unknown: sextorsion.",
        "58 became 85.",
        "58 became 85.",
        "Unknown: sextorsion.",
    ]
    page.keyboard.press("n")
    assert page.locator("mark.hot").all_text_contents() == ["58", "85"]


def test_pointing_at_a_mark_lights_up_its_explanation(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    page.locator("mark.blocker:visible").first.hover()
    assert [said.rpartition(" ")[0] for said in page.locator(".found li.hot").all_text_contents()] == [
        "numbers 58 became 85."
    ]


def test_sentences_are_filtered_and_searched(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    rows = page.locator(".text tbody tr:visible")
    assert page.locator("#show option").all_text_contents()[3:] == ["numbers", "unknown words"]
    for choice, number in (("*", 2), ("!", 1), ("numbers", 1), ("", 7)):
        page.select_option("#show", choice)
        assert rows.count() == number
    page.locator("#show").blur()
    page.keyboard.press("/")
    page.keyboard.type("coopération")
    assert rows.count() == 1
    assert page.inner_text("#shown-sentences") == "1 of 7"
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "show"


def test_link_to_a_sentence_hidden_by_a_filter_shows_it(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    page.select_option("#show", "numbers")
    page.evaluate(f"location.hash = '{section_id(RELEASE, 'en')}-7'")
    expect(page.locator(f"#{section_id(RELEASE, 'en')}-7")).to_be_focused()
    assert page.is_visible(f"#{section_id(RELEASE, 'en')}-7")


def test_differences_can_be_taken_away(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    line = "getComputedStyle(document.querySelector('.text u')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.keyboard.press("d")
    assert page.evaluate(line) == "none"
    page.keyboard.press("2")
    expect(page.locator("#differences")).not_to_be_visible()


def test_summary_is_copied(page: Page, index: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_release(page, index, "es")
    button = page.locator(".summaries td button:visible").last
    button.click()
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Operación coordinada por INTERPOL contra la «sextorsion»"


def test_help_opens_and_closes(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_keys_with_control_are_left_to_the_browser(page: Page, index: Path) -> None:
    open_release(page, index, "es")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+2")
    assert focused(page) == page.evaluate("document.body.textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast(browser: Browser, index: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for place in ("overview", section_id(RELEASE, "en")):
        page.goto(f"{index.as_uri()}#{place}")
        result = page.evaluate(CONTRAST)
        assert result["seen"] > 30
        assert result["poor"] == []
    context.close()


def test_theme_follows_the_system_until_chosen_and_is_remembered(page: Page, index: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(index.as_uri())
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme-button")
    assert page.inner_text("#theme-button") == "Dark"
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    assert page.evaluate(ground) == light


def test_print_shows_findings_and_what_was_checked_but_no_controls(page: Page, index: Path) -> None:
    open_release(page, index, "en")
    page.emulate_media(media="print", color_scheme="dark")
    for control in ("#tools", ".bar", ".top button", ".summaries button"):
        assert page.locator(control).first.is_hidden()
    assert page.locator("section.on h3").bounding_box()["height"] > 10
    for text in ("58 became 85.", "numbers: 4 compared", "meaning", "nrefs:1|tok:13a|version:2.6.0"):
        box = page.locator("section.on").get_by_text(text).first.bounding_box()
        assert box is not None
        assert box["height"] > 5
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 10_000


def test_no_page_is_wider_than_its_window(page: Page, index: Path) -> None:
    for width in (1440, 900, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for place in ("overview", section_id(RELEASE, "en"), section_id(RELEASE, "ar")):
            page.goto(f"{index.as_uri()}#{place}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_narrow_windows_stack_the_texts(page: Page, index: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_release(page, index, "en")
    boxes = [cell.bounding_box() for cell in page.locator(".text tbody tr:visible").first.locator("td").all()]
    assert len(boxes) == 3
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in pairwise(boxes))


def test_everything_is_readable_without_script(browser: Browser, index: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.as_uri())
    assert shown_rows(page) == 9
    assert page.locator("section.lang:visible").count() == 6
    assert page.locator(".text tbody tr:visible").count() == 42
    assert page.locator(".needs-js:visible").count() == 0
    context.close()


def test_release_page_shows_its_release_at_once(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "releases" / "one.html"
    write_release_page(path, run_info(), interpol())
    page.goto(path.as_uri())
    expect_release(page, "en")
    page.keyboard.press("2")
    expect_release(page, "es")
    page.keyboard.press("f")
    write_index(tmp_path / "index.html", run_info(), rows_of(interpol(), "releases/one.html"), ())
    page.locator("#show").blur()
    page.keyboard.press("u")
    page.wait_for_url("**/index.html")
    page.locator("#verdicts tbody tr[data-lang=ar] a").click()
    expect_release(page, "ar")


def test_hostile_text_does_nothing(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    reports = [hostile_report(text) for text in HOSTILE]
    rows = [replace(row, checks=(row.path,)) for report in reports for row in rows_of(report)]
    write_index(path, run_info(targets=("ar",), systems=tuple(HOSTILE)), rows, reports)
    page.goto(path.as_uri())
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for text in HOSTILE:
        page.goto(f"{path.as_uri()}#{section_id(text, 'ar')}")
        expect_release(page, "ar", text)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.keyboard.press("n")
    assert page.evaluate("document.querySelectorAll('img, svg, iframe, [onload], [onerror], [onfocus]').length") == 0
    assert page.evaluate("document.scripts.length") == 1


def test_current_language_is_in_view_however_many_there_are(page: Page, index: Path) -> None:
    page.set_viewport_size({"width": 300, "height": 800})
    open_release(page, index, "ar")
    expect(page.locator(".tabs a[aria-current]:visible")).to_be_in_viewport(ratio=0.9)
