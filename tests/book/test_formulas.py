"""A formula on a line of its own is whole on a phone."""

from built import pages
from playwright.sync_api import Browser
from window import FRAMES

OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
CUT = """() => [...document.querySelectorAll(".katex-display > .katex > .katex-html")]
  .filter((formula) => formula.scrollWidth > formula.clientWidth + 1)
  .map((formula) => formula.parentElement.querySelector("annotation").textContent)"""


def test_no_formula_is_wider_than_a_phone(browser: Browser, book_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.route("**/*.{js,svg,png}", lambda route: route.abort())  # not needed here
    tab, cut = context.new_page(), {}
    for path in pages():
        tab.goto(f"{book_url}/{path}", wait_until="domcontentloaded")
        tab.evaluate(OPEN)
        tab.evaluate(FRAMES)
        tab.evaluate("() => document.fonts.ready.then(() => {})")
        if found := tab.evaluate(CUT):
            cut[path] = found
    context.close()
    assert cut == {}
