"""The pages of the built book."""

from pathlib import Path

from bookext.moved import moved

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "_build/html"


def pages() -> list[str]:
    """The pages a reader can open, as paths below the book's folder."""
    skip = ("_static", "_sources", *(f"{page}.html" for page in moved(ROOT)))
    found = (path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html"))
    return sorted(path for path in found if not path.startswith(skip))
