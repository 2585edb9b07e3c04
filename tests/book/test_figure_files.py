"""Every figure is there to be taken along: a file that its caption links and needs nothing."""

import re
from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from built import pages
from playwright.sync_api import Browser

from bookext.figures import FOLDER

#: What a file must not ask for: the page's colours, or anything outside itself.
ASKS = re.compile(r"var\(|url\((?!#)|(?:href|src)=\"(?!#)|@import|<!DOCTYPE|<script")


def linked(book: Path) -> list[tuple[str, str, Path]]:
    """Of every figure: its page, what it shows in words, and the file that it links."""
    found = []
    for page in pages():
        html = (book / page).read_text(encoding="utf-8")
        if "ce-figure" not in html:
            continue
        for figure in BeautifulSoup(html, "html.parser").select(
            "figure:has(.ce-figure)"
        ):
            links = figure.select("figcaption a.ce-svg[download]")
            assert len(links) == 1, (page, figure.get("id"))
            file = (book / page).parent / str(links[0]["href"])
            said = str(figure.select_one(".ce-figure")["aria-label"])  # type: ignore[index]
            found.append((page, said, file.resolve()))
    return found


def test_every_figure_links_a_file_that_needs_nothing_and_says_what_it_shows(
    book: Path,
) -> None:
    found = linked(book)
    assert found
    for page, said, file in found:
        text = file.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.findtext("{http://www.w3.org/2000/svg}title") == said, page
        assert ASKS.findall(text) == [], file.name
    files = [file for _, _, file in found]
    assert len(set(files)) == len(files), "two figures share a file"
    assert set(files) == set((book / FOLDER).resolve().iterdir()), "an old one is left"


def test_the_link_is_reached_by_keyboard_and_not_printed(
    book: Path, browser: Browser
) -> None:
    page = next(page for page, _, _ in linked(book))
    tab = browser.new_page()
    tab.goto((book / page).as_uri())
    link = tab.locator("a.ce-svg").first
    link.focus()
    assert tab.evaluate("document.activeElement.classList.contains('ce-svg')")
    assert link.is_visible()
    tab.emulate_media(media="print")
    assert not link.is_visible()
    tab.close()
