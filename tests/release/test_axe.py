"""Axe finds nothing of any grade, on any page, in both themes, wide and narrow."""

from itertools import product

import pytest
from axe import audit
from built import pages
from playwright.sync_api import Browser


@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_axe_finds_nothing_on_a_page(
    browser: Browser, book_url: str, path: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/{path}")
    found = {
        where: audit(tab, *where) for where in product((390, 1400), ("light", "dark"))
    }
    tab.close()
    assert {where: said for where, said in found.items() if said} == {}
