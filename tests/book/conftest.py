"""The pages of the built book, and small books to break."""

from pathlib import Path

import pytest
from small_book import Build, small_book

from bookext.moved import moved

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "_build/html"


def pages() -> list[str]:
    """The pages a reader can open, as paths below the book's folder."""
    skip = ("_static", "_sources", *(f"{page}.html" for page in moved(ROOT)))
    found = (path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html"))
    return sorted(path for path in found if not path.startswith(skip))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``path`` runs once for every page."""
    if "path" in metafunc.fixturenames:
        # A page that a module's tests share is opened once: they run one after the other.
        metafunc.parametrize("path", pages() or ["index.html"], scope="module")


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a book of one page, given its text, with this book's own configuration."""
    return small_book(tmp_path)
