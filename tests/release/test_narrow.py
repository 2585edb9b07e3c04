"""In a narrow window nothing is cut or scrolls sideways, in any way to read it there."""

import pytest
from built import pages
from narrow import WAYS
from playwright.sync_api import Browser
from window import UNFOLD


@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_nothing_is_cut_or_scrolls_sideways(
    browser: Browser, book_url: str, path: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/{path}?questions=off")
    tab.evaluate(UNFOLD)
    found = {way.__name__: way(tab) for way in WAYS}
    tab.close()
    assert {way: said for way, said in found.items() if said} == {}
