"""Tests of every page, and small books to break."""

from pathlib import Path

import pytest
from built import pages
from small_book import Build, small_book


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``path`` runs once for every page."""
    if "path" in metafunc.fixturenames:
        # A page that a module's tests share is opened once: they run one after the other.
        metafunc.parametrize("path", pages() or ["index.html"], scope="module")


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a book of one page, given its text, with this book's own configuration."""
    return small_book(tmp_path)
