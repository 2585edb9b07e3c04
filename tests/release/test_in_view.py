"""Whatever sets a state leaves the whole picture in view, in a wide window and on a phone."""

import in_view
import pytest
from built import pages
from playwright.sync_api import Browser
from window import UNFOLD, resize


@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_whatever_sets_a_state_has_the_whole_picture_in_view(
    browser: Browser, book_url: str, path: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/{path}?questions=off")
    tab.evaluate(UNFOLD)
    found = []
    for size in in_view.SIZES:
        resize(tab, *size)
        found += in_view.lost(tab)
    tab.close()
    assert found == []
