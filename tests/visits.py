"""What a first visit to a page loads."""

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

PACKED = (".woff2", ".png")  # a server sends these as they are


@cache
def weight(file: Path) -> int:
    """Return the bytes that a server sends of a file, text gzipped."""
    body = file.read_bytes()
    return len(body if file.suffix in PACKED else gzip.compress(body, 6))


def loaded(tab: Page, book: Path, url: str, path: str) -> dict[Path, int]:
    """Open a page, and return what it loads of the book, with the bytes of each file."""
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(request.url))
    tab.goto(f"{url}/{path}")  # until everything has loaded
    tab.evaluate("document.fonts.ready")
    files = {unquote(urlsplit(one).path) for one in asked if one.startswith(url)}
    return {book / file.lstrip("/"): weight(book / file.lstrip("/")) for file in files}
