"""The page on accessibility says what is so."""

from playwright.sync_api import Browser
from walked import WRITTEN, walk


def test_what_a_screen_reader_is_given_is_what_was_written_down(
    browser: Browser,
) -> None:
    """If a change of the chapter is meant: `python tests/book/walked.py`."""
    assert walk(browser) == WRITTEN.read_text(encoding="utf-8").splitlines()
