"""A formula on a line of its own is whole on a phone, and has no lines for it elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from window import FRAMES

OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
CUT = """() => [...document.querySelectorAll(".katex-display > .katex > .katex-html")]
  .filter((formula) => formula.scrollWidth > formula.clientWidth + 1)
  .map((formula) => formula.parentElement.querySelector("annotation").textContent)"""


#: Where a formula is painted in both of its forms at once, or in none.
TWICE = """() => [...document.querySelectorAll(".katex-display > .katex")]
  .filter((formula) => formula.checkVisibility())
  .map((formula) => [...formula.querySelectorAll(":scope > .katex-html")])
  .filter((forms) => forms.filter((form) => form.checkVisibility()).length !== 1)
  .map(([form]) => form.parentElement.querySelector("annotation").textContent)"""


#: A phone; and the narrowest window in which the lines that a phone needs are joined.
WIDTHS = (390, 768)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.route("**/*.{js,svg,png}", lambda route: route.abort())  # not needed here
    yield context.new_page()
    context.close()


@pytest.mark.in_turn(2)
def test_no_formula_is_wider_than_its_page_or_painted_twice(
    tab: Page, book_url: str, path: str
) -> None:
    tab.goto(f"{book_url}/{path}", wait_until="domcontentloaded")
    tab.evaluate(OPEN)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 844})
        tab.evaluate(FRAMES)
        tab.evaluate("() => document.fonts.ready.then(() => {})")
        assert tab.evaluate(CUT) + tab.evaluate(TWICE) == [], width
