"""A tab of the browser with a page of explorers in it."""

from pathlib import Path

from playwright.sync_api import Browser, Page


def opened(browser: Browser, page: Path | str, **options: object) -> Page:
    """Open a page of explorers; whatever it logs as an error is in ``page.errors``."""
    tab = browser.new_page(**options)
    tab.set_default_timeout(10_000)
    tab.errors = []
    tab.on("console", lambda m: m.type == "error" and tab.errors.append(m.text))
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.goto(page.as_uri() if isinstance(page, Path) else page)
    tab.wait_for_selector(".ce-frame")
    return tab
