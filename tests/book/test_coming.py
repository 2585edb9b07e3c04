"""While a page comes it is laid out as far as it is seen, and nothing of it moves later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from window import FRAMES

CURVE = "chapters/log-curve.html"
COMING = "document.documentElement.classList.contains('ce-coming')"
PAINTED = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
#: Sections whose inside is not laid out.
SKIPPED = """[...document.querySelectorAll("article > section > section")]
  .map((section) => section.lastElementChild)
  .filter((el) => !el.checkVisibility({ contentVisibilityAuto: true })).length"""

#: Count the boxes that a page watches for their size.
COUNTED = """
  self.watched = 0;
  const { observe } = ResizeObserver.prototype;
  ResizeObserver.prototype.observe = function (box) {
    self.watched++;
    observe.call(this, box);
  };
"""
#: How wide the first picture is drawn, and its room.
WIDTHS = """() => {
  const svg = document.querySelector(".ce-stage svg");
  return [svg.viewBox.baseVal.width, svg.parentElement.clientWidth];
}"""


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


def test_no_box_is_watched_while_sections_are_laid_out_as_they_are_reached(
    tab: Page, book_url: str
) -> None:
    """In the midst of measuring: Firefox reports that as an error, now and then."""
    tab.add_init_script(COUNTED)
    waiting = held(tab, f"{book_url}/{CURVE}")
    assert tab.evaluate("watched") == 0
    let_through(tab, waiting)
    assert tab.evaluate("watched") > 2


def test_a_phone_that_is_turned_early_gets_a_picture_of_its_width(
    tab: Page, book_url: str
) -> None:
    waiting = held(tab, f"{book_url}/{CURVE}")
    tab.set_viewport_size({"width": 844, "height": 390})
    let_through(tab, waiting)
    tab.evaluate(FRAMES)
    drawn, room = tab.evaluate(WIDTHS)
    assert drawn == room > 600


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
