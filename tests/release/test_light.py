"""The book is light, page by page and as a whole."""

from pathlib import Path
from statistics import median

from built import pages
from playwright.sync_api import Browser
from visits import loaded

WORST, MIDDLE = 250_000, 220_000  # bytes, text gzipped


def test_a_first_visit_is_light_at_worst_and_in_the_median(
    browser: Browser, book: Path, book_url: str
) -> None:
    sizes = {}
    for path in pages():
        tab = browser.new_page()
        sizes[path] = sum(loaded(tab, book, book_url, path).values())
        tab.close()
    heaviest = sorted((size, path) for path, size in sizes.items())[-5:]
    middle = median(sizes.values())
    print(
        f"first visits: {heaviest[-1][0]:,} bytes at worst, {middle:,.0f} in the median"
    )
    assert heaviest[-1][0] <= WORST, heaviest
    assert middle <= MIDDLE
