"""Whatever can be pressed can be seen, is not covered, and is large enough for a thumb.

And it is of a kind that is pressed in a test (`presses`). Pages take turns, in one of two
windows each, and every other two with a picture, which says what is seen; before a release
every page is looked at in six. The pictures are kept in ``_build/shots``.
"""

from pathlib import Path

import pytest
from built import turn
from eye import unseen
from playwright.sync_api import Browser
from presses import KINDS

VIEWS = ((1400, "light"), (390, "dark"))
TURNS = [(view, pictured) for pictured in (True, False) for view in VIEWS]


@pytest.mark.in_turn(3)
def test_whatever_can_be_pressed_is_seen_reached_and_large_enough(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    shots = book.parent / "shots"
    shots.mkdir(exist_ok=True)
    view, pictured = turn(path, TURNS)
    wrong = unseen(browser, f"{book_url}/{path}", shots, [view], KINDS, pictured)
    assert wrong == [], "\n" + "\n".join(wrong)
