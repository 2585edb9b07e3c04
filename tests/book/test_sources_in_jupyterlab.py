"""JupyterLab shows a page's source as it is meant, and runs it as a notebook."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("JupyterLab")

ROOT = Path(__file__).resolve().parents[2]

#: With boxes, tables, folded solutions, solutions that compute, and the record.
PAGES = ("genre-classifier", "label-smoothing", "self-check", "your-record")


@pytest.mark.parametrize("page", PAGES)
def test_every_directive_is_understood(
    jupyterlab: Callable[[Path], Notebook], page: str
) -> None:
    source = ROOT / f"chapters/{page}.md"
    headings = re.findall(r"^## (.+)$", source.read_text(), re.M)
    words = jupyterlab(source).tab.locator(".jp-Notebook")
    expect(words.locator("h2", has_text=headings[-1])).to_be_visible()
    assert "Unknown Directive" not in words.inner_text()


def test_a_chapter_opens_as_a_notebook(
    jupyterlab: Callable[[Path], Notebook],
) -> None:
    chapter = jupyterlab(ROOT / "chapters/genre-classifier.md")
    chapter.run_all()
    chapter.tab.locator(".jp-OutputArea-output .ce-frame").first.wait_for()
    assert chapter.errors == []
