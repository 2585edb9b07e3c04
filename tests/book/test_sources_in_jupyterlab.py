"""JupyterLab shows a page's source as it is meant, and no error in its words."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Notebook, server
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.xdist_group("chapters in JupyterLab")

ROOT = Path(__file__).resolve().parents[2]

#: With boxes, tables, folded solutions, solutions that compute, and the record.
PAGES = ("genre-classifier", "label-smoothing", "self-check", "your-record")


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("runner")
    for page in PAGES:
        shutil.copy(ROOT / f"chapters/{page}.md", folder)
    with server(folder) as url:
        yield url


@pytest.mark.parametrize("page", PAGES)
def test_every_directive_is_understood(
    jupyterlab: str, browser: Browser, page: str
) -> None:
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    Notebook(tab, jupyterlab, f"{page}.md")
    headings = re.findall(
        r"^## (.+)$", (ROOT / f"chapters/{page}.md").read_text(), re.M
    )
    words = tab.locator(".jp-Notebook")
    expect(words.locator("h2", has_text=headings[-1])).to_be_visible()
    assert "Unknown Directive" not in words.inner_text()
    tab.close()
