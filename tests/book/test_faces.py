"""On a slow line the first page does without the book's type, and fetches it for the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

CURVE = "chapters/log-curve.html"
FACES = "**/faces/*.woff2"
#: When each was asked for, and when the page's last file had come.
ASKED = """[
  performance.getEntriesByType("resource")
    .filter(({ name }) => name.includes("/faces/")).map(({ startTime }) => startTime),
  performance.getEntriesByType("navigation")[0].loadEventStart,
]"""
FAMILY = "getComputedStyle(document.body).fontFamily"


def slow_line(browser: Browser, saves: bool = False) -> Page:
    """A tab whose browser says how slow its line is."""
    tab = browser.new_page()
    said = f"{{ effectiveType: '3g', saveData: {str(saves).lower()} }}"
    tab.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{ value: {said} }})"
    )
    return tab


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    tab = slow_line(browser)
    yield tab
    tab.close()


def test_no_face_is_asked_for_before_all_else_has_come(
    tab: Page, book_url: str
) -> None:
    tab.goto(f"{book_url}/{CURVE}")
    tab.wait_for_function("sessionStorage.faces")
    asked, all_came = tab.evaluate(ASKED)
    assert asked
    assert min(asked) >= all_came
    assert "Book" not in tab.evaluate(FAMILY)


def test_the_next_page_is_set_in_it(tab: Page, book_url: str) -> None:
    tab.goto(f"{book_url}/{CURVE}")
    tab.wait_for_function("sessionStorage.faces")
    tab.goto(f"{book_url}/index.html")
    assert "Book Text" in tab.evaluate(FAMILY)
    assert tab.evaluate("document.fonts.check('1em \"Book Text\"')")


def test_who_saves_data_never_fetches_it(
    browser: Browser, book: Path, book_url: str
) -> None:
    tab = slow_line(browser, saves=True)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for page in (CURVE, "index.html"):
        tab.goto(f"{book_url}/{page}", wait_until="networkidle")
        assert "Book" not in tab.evaluate(FAMILY)
    assert asked
    assert not [url for url in asked if "/faces/" in url]
    tab.close()


def test_a_face_that_does_not_come_is_no_error(tab: Page, book_url: str) -> None:
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.route(FACES, lambda route: route.abort())
    tab.goto(f"{book_url}/{CURVE}", wait_until="networkidle")
    assert errors == []
    assert not tab.evaluate("'faces' in sessionStorage")
