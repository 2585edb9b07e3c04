"""The pages of the built book."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from bookext.moved import moved

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "_build/html"


T = TypeVar("T")


def pages() -> list[str]:
    """The pages a reader can open, as paths below the book's folder."""
    skip = ("_static", "_sources", *(f"{page}.html" for page in moved(ROOT)))
    found = (path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html"))
    return sorted(path for path in found if not path.startswith(skip))


def turn(path: str, ways: Sequence[T]) -> T:
    """Return the way in which this page is tried: pages take turns.

    Before a release each page is tried in every way (tests/release).
    """
    return ways[pages().index(path) % len(ways)]
