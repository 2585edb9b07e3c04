"""What can be pressed is seen in those windows and themes that the everyday test leaves out."""

from pathlib import Path

import pytest
from built import pages
from eye import unseen
from playwright.sync_api import Browser

VIEWS = ((1400, "dark"), (820, "light"), (820, "dark"), (390, "light"))


@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_whatever_can_be_pressed_is_seen_in_the_other_theme_too(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    shots = book.parent / "shots"
    shots.mkdir(exist_ok=True)
    wrong = unseen(browser, f"{book_url}/{path}", shots, VIEWS)
    assert wrong == [], "\n" + "\n".join(wrong)
