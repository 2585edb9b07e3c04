"""A tab of the browser with a page of explorers in it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PATIENCE = 10.0  # seconds for a change to cross to the other side


def until(look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """Look until it is good or patience ends; return what was seen last."""
    deadline = time.monotonic() + PATIENCE
    while not good(seen := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return seen


def errors_of(tab: Page) -> list[str]:
    """Collect from now on what the tab logs as an error."""
    errors: list[str] = []
    tab.on("console", lambda m: m.type == "error" and errors.append(m.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def opened(browser: Browser, page: Path | str, **options: object) -> Page:
    """Open a page of explorers in a tab of its own, with all that is one press away.

    Whatever it logs as an error is in ``page.errors``.
    """
    tab = browser.new_page(**options)
    tab.set_default_timeout(10_000)
    tab.errors = errors_of(tab)
    show(tab, page)
    return tab


def show(tab: Page, page: Path | str) -> None:
    """Go to a page of explorers, and open what is one press away."""
    tab.goto(page.as_uri() if isinstance(page, Path) else page)
    tab.wait_for_selector(".ce-frame")
    tab.evaluate(
        "for (const fold of document.querySelectorAll('.ce-more')) fold.open = true"
    )
