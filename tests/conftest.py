"""What all tests share: one browser, and a server for the built book."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from lab import Notebook
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from browser import ADVICE, ARGUMENTS, find  # noqa: E402  (lives in tools/)
from server import Strict, serve  # noqa: E402
from spread import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler  # noqa: E402
from turns import pytest_addoption as pytest_addoption  # noqa: E402
from turns import pytest_collection_modifyitems as pytest_collection_modifyitems  # noqa: E402

BOOK = ROOT / "_build/html"

# The tests change the address many times a second.
FAST = "--disable-ipc-flooding-protection"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser. Without one the tests fail, and say what to do."""
    from playwright.sync_api import sync_playwright  # the library's tests need none
    from whole import wait_for_whole_pages

    wait_for_whole_pages()
    path = find()
    if path is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, FAST])


@pytest.fixture(scope="session")
def book() -> Path:
    """The built book."""
    if not (BOOK / "index.html").exists():
        pytest.fail("the book is not built: run `make book` first")
    return BOOK


@pytest.fixture(scope="session")
def book_url(book: Path) -> Iterator[str]:
    yield from serve(book)


@pytest.fixture(scope="session")
def strict_book_url(book: Path) -> Iterator[str]:
    yield from serve(book, Strict)


@pytest.fixture(scope="session")
def jupyterlab(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Notebook]]:
    """One JupyterLab in one tab, where a copy of any file can be opened as a notebook.

    The notebook that was opened last is the only one that is open.
    """
    from lab import Notebook, server

    folder = tmp_path_factory.mktemp("jupyterlab")
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    with server(folder) as url:

        def opened(source: Path) -> Notebook:
            shutil.copy(source, folder)
            return Notebook(tab, url, source.name)

        yield opened
        tab.close()
