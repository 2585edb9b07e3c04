"""Whatever can be pressed can be seen, is not covered, and is large enough for a thumb.

And it is of a kind that is pressed in a test (`presses`). Pages take turns, in one of two
windows each; before a release every page is looked at in six. The pictures are kept in
``_build/shots``.
"""

from pathlib import Path

from built import turn
from eye import unseen
from playwright.sync_api import Browser
from presses import KINDS

VIEWS = ((1400, "light"), (390, "dark"))


def test_whatever_can_be_pressed_is_seen_reached_and_large_enough(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    shots = book.parent / "shots"
    shots.mkdir(exist_ok=True)
    wrong = unseen(browser, f"{book_url}/{path}", shots, [turn(path, VIEWS)], KINDS)
    assert wrong == [], "\n" + "\n".join(wrong)
