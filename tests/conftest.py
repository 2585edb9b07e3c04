"""What all tests share: one browser, and a server for the built book."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from browser import ADVICE, ARGUMENTS, find  # noqa: E402  (lives in tools/)
from server import Strict, serve  # noqa: E402
from spread import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler  # noqa: E402

BOOK = ROOT / "_build/html"

# The tests change the address many times a second.
FAST = "--disable-ipc-flooding-protection"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser. Without one the tests fail, and say what to do."""
    from playwright.sync_api import sync_playwright  # the library's tests need none

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
