"""JupyterLab shows a page's notebook as it is meant, and runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("JupyterLab")


def test_after_run_all_everything_that_the_page_shows_is_there(
    jupyterlab: Callable[[Path], Notebook], book: Path
) -> None:
    chapter = jupyterlab(book / "_sources/chapters/genre-classifier.ipynb")
    chapter.run_all()
    chapter.tab.locator(".jp-OutputArea-output .ce-frame").first.wait_for()
    words = chapter.tab.locator(".jp-Notebook")
    expect(words.locator("h2").last).to_be_visible()
    expect(words.locator("mjx-container").first).to_be_visible()
    expect(words.locator("details:not([open]) summary").first).to_be_visible()
    shown = words.inner_text()
    assert not any(
        raw in shown for raw in ("{eval}", ":::", "Unknown Directive", "<classifier")
    )
    assert 'bet("' in shown
    assert 'check("' in shown
    assert chapter.errors == []
