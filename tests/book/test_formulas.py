"""A formula on a line of its own is whole on a phone, and has no lines for it elsewhere."""

import pytest
from built import pages
from playwright.sync_api import Browser
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
@pytest.mark.parametrize("width", [390, 768])
def test_no_formula_is_wider_than_its_page_or_painted_twice(
    browser: Browser, book_url: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.route("**/*.{js,svg,png}", lambda route: route.abort())  # not needed here
    tab, wrong = context.new_page(), {}
    for path in pages():
        tab.goto(f"{book_url}/{path}", wait_until="domcontentloaded")
        tab.evaluate(OPEN)
        tab.evaluate(FRAMES)
        tab.evaluate("() => document.fonts.ready.then(() => {})")
        if found := tab.evaluate(CUT) + tab.evaluate(TWICE):
            wrong[path] = found
    context.close()
    assert wrong == {}
