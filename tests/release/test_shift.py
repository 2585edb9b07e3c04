"""Nothing moves under a reader's eyes when a page comes alive and is scrolled through."""

import pytest
from built import pages
from playwright.sync_api import Browser

#: Scroll through the page; then sum what moved by itself, as the browser counts it.
SHIFT = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  return new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved += entry.hadRecentInput ? 0 : entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(moved), 100);
  });
}"""


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_a_page_shifts_by_no_more_than_two_hundredths(
    browser: Browser, book_url: str, path: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    tab = context.new_page()
    tab.goto(f"{book_url}/{path}")
    tab.wait_for_timeout(300)
    moved = tab.evaluate(SHIFT)
    context.close()
    assert moved <= 0.02
