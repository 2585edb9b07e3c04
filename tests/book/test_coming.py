"""While a page comes it is laid out as far as it is seen, and nothing of it moves later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

CURVE = "chapters/log-curve.html"
COMING = "document.documentElement.classList.contains('ce-coming')"
PAINTED = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
#: Sections whose inside is not laid out.
SKIPPED = """[...document.querySelectorAll("article > section > section")]
  .map((section) => section.lastElementChild)
  .filter((el) => !el.checkVisibility({ contentVisibilityAuto: true })).length"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def held(tab: Page, url: str) -> list[Route]:
    """Open a page whose last script does not come before its route is let through."""
    waiting: list[Route] = []
    tab.route("**/practice.js*", lambda route: waiting.append(route))
    tab.goto(url, wait_until="commit")
    tab.wait_for_selector(".ce-explorer.ce-live", state="attached")
    return waiting


def let_through(tab: Page, waiting: list[Route]) -> None:
    for route in waiting:
        route.continue_()
    tab.wait_for_function(f"!{COMING}")


def test_all_is_laid_out_once_all_has_come(tab: Page, book_url: str) -> None:
    waiting = held(tab, f"{book_url}/{CURVE}")
    assert tab.evaluate(COMING)
    assert tab.evaluate(SKIPPED) > 3
    let_through(tab, waiting)
    assert tab.evaluate(SKIPPED) == 0


def test_what_is_read_early_stays_where_it_is(tab: Page, book_url: str) -> None:
    waiting = held(tab, f"{book_url}/{CURVE}")
    heading = "document.querySelector('#why-it-must-be-a-logarithm h2')"
    where = f"{heading}.getBoundingClientRect().top"
    for _ in range(40):  # as a finger does: all that passes is painted
        tab.mouse.wheel(0, 400)
        tab.evaluate(PAINTED)
        if tab.evaluate(where) < 300:
            break
    before = tab.evaluate(where)
    assert before < 300
    let_through(tab, waiting)
    tab.wait_for_timeout(200)
    assert abs(tab.evaluate(where) - before) <= 2


@pytest.mark.parametrize("way", ["led to a place", "coming again"])
def test_who_is_led_to_a_place_finds_all_above_it_laid_out(
    tab: Page, book_url: str, way: str
) -> None:
    if way == "led to a place":
        held(tab, f"{book_url}/{CURVE}#what-to-remember")
    else:
        tab.goto(f"{book_url}/{CURVE}")
        tab.route("**/practice.js*", lambda route: None)
        tab.evaluate("setTimeout(() => location.reload())")
        tab.wait_for_timeout(100)
        tab.wait_for_selector(".ce-explorer.ce-live", state="attached")
    assert not tab.evaluate(COMING)
