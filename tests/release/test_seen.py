"""What can be pressed is seen in every window and theme, on every page."""

from pathlib import Path

import pytest
from built import pages
from eye import unseen
from playwright.sync_api import Browser

VIEWS = [(width, theme) for width in (1400, 820, 390) for theme in ("light", "dark")]


@pytest.mark.parametrize("path", pages() or ["index.html"])
def test_whatever_can_be_pressed_is_seen_in_every_window_and_theme(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    shots = book.parent / "shots"
    shots.mkdir(exist_ok=True)
    wrong = unseen(browser, f"{book_url}/{path}", shots, VIEWS)
    assert wrong == [], "\n" + "\n".join(wrong)
