"""A mistake is reported from where it stands, and without an account."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect
from small_book import Build

import ce_lib

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "chapters/log-curve.html"

pytestmark = pytest.mark.xdist_group("mistake")


def text_of(page: Path) -> str:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    written = soup.select_one("#mistake textarea")
    assert written
    return written.text


@pytest.mark.in_turn(2)
def test_each_page_names_itself_and_the_edition(book: Path, path: str) -> None:
    written = text_of(book / path)
    assert f"({path})" in written
    assert f"Edition: {ce_lib.__version__}" in written


def test_the_version_of_a_page_is_the_name_that_git_gives_its_source(
    book: Path,
) -> None:
    source = Path(CHAPTER).with_suffix(".md")
    name = subprocess.run(
        ["git", "hash-object", str(source)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f", page {name[:10]}\n" in text_of(book / CHAPTER)


@pytest.fixture
def tab(browser: Browser, book: Path) -> Iterator[Page]:
    tab = browser.new_page()
    tab.goto((book / CHAPTER).as_uri())
    yield tab
    tab.close()


def test_the_report_names_the_section_that_is_read(tab: Page) -> None:
    heading = tab.locator("main h2").nth(2)
    heading.evaluate("(el) => el.scrollIntoView()")
    expect(tab.locator("#this-page a[aria-current]")).to_have_count(1)
    section = tab.locator("#this-page a[aria-current]").text_content()
    tab.locator("[popovertarget=mistake]").first.evaluate("(el) => el.click()")
    written = re.compile(f"^Section: {re.escape(section or '')}$", re.MULTILINE)
    assert section
    expect(tab.locator("#mistake textarea")).to_have_value(written)


def test_at_the_foot_the_last_section_is_read(tab: Page) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = tab.locator("#this-page nav a").last
    expect(last).to_have_attribute("aria-current", "location")


def test_by_keys_the_panel_is_entered_when_it_opens_and_closes_when_it_is_left(
    tab: Page,
) -> None:
    panel = tab.locator("#mistake")
    tab.locator(".colophon button").press("Enter")
    expect(panel).to_be_focused()
    for stop in (".closer", "textarea", ".copy-report"):
        tab.keyboard.press("Tab")
        expect(panel.locator(stop)).to_be_focused()
    tab.keyboard.press("Tab")
    expect(panel).to_be_hidden()


def test_what_a_reader_wrote_is_not_written_over(tab: Page) -> None:
    opener, written = tab.locator(".colophon button"), tab.locator("#mistake textarea")
    opener.click()
    written.fill("Section: mine")
    tab.keyboard.press("Escape")
    expect(written).to_be_hidden()
    opener.click()
    expect(written).to_have_value("Section: mine")


#: How many lines the foot of a page has, and how many of them its links take.
LINES = """() => [".colophon *", ".colophon :is(a, button)"].map((query) => new Set(
  [...document.querySelectorAll(query)].map((el) => {
    const { top, bottom } = el.getBoundingClientRect();
    return Math.round((top + bottom) / 2);
  }),
).size)"""


@pytest.mark.parametrize(("width", "lines"), [(390, 1), (320, 2)])
def test_on_a_phone_the_links_of_the_foot_stand_together(
    tab: Page, width: int, lines: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    assert tab.evaluate(LINES) == [lines, 1]


def test_the_address_for_reports_is_said_where_one_is_configured(
    build: Build, tmp_path: Path
) -> None:
    settings = tmp_path / "_config.yml"
    said = settings.read_text(encoding="utf-8")
    assert 'report_to: ""' in said
    settings.write_text(
        said.replace('report_to: ""', "report_to: mailto:errata@example.org")
    )
    built = build("Nothing but text.")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "_build/html/index.html").read_text(encoding="utf-8")
    assert '<a href="mailto:errata@example.org">errata@example.org</a>' in page
