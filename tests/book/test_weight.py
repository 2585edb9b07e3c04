"""A page loads what it shows, and the first visit to any page is light."""

import gzip
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

from bookext.faces import FOLDER

FIRST_VISIT_LIMIT = 280_000  # bytes, text gzipped
TYPE_LIMIT = 60_000  # of these, the book's own type; the mathematics' is apart
PACKED = (".woff2", ".png")  # a server sends these as they are


@cache
def weight(file: Path) -> int:
    body = file.read_bytes()
    return len(body if file.suffix in PACKED else gzip.compress(body, 6))


def test_a_first_visit_to_any_page_is_light(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    tab = browser.new_page()
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(request.url))
    tab.goto(f"{book_url}/{path}")  # until everything has loaded
    tab.evaluate("document.fonts.ready")
    tab.close()
    own = {url for url in asked if url.startswith(book_url)}
    files = {book / unquote(urlsplit(url).path).lstrip("/") for url in own}
    sizes = {file.name: weight(file) for file in files}
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert len(sizes) > 1
    assert sum(sizes.values()) <= FIRST_VISIT_LIMIT, heaviest
    faces = [
        file for file in files if file.parent.name == FOLDER and file.suffix == ".woff2"
    ]
    assert 0 < sum(map(weight, faces)) <= TYPE_LIMIT


def test_a_page_loads_the_scripts_of_what_it_shows(book: Path, path: str) -> None:
    page = (book / path).read_text(encoding="utf-8")
    place = re.compile(r'<div class="ce-explorer" data-explorer="([\w-]+)"')
    loaded = re.findall(r'<script [^>]*src="[^"]*_static/explorers/([\w-]+)\.js', page)
    folds = re.compile(r'<details class="ce-fold".*?</details>', re.DOTALL)
    assert loaded == list(dict.fromkeys(place.findall(folds.sub("", page))))
    assert ("_static/core.js" in page) == bool(place.search(page))
    # What is folded only says where its script is.
    for fold in folds.findall(page):
        scripts = re.findall(r'data-script="([^"?]+)\?v=', fold)
        assert [Path(script).stem for script in scripts] == place.findall(fold)
        assert all(((book / path).parent / script).exists() for script in scripts)
    kinds = set(re.findall(r'data-practice="(\w+)"', page))
    assert ("_static/practice.js" in page) == bool(kinds - {"record"})
    assert ("_static/report.js" in page) == ("record" in kinds)
    assert ("_static/claims.js" in page) == ("data-claim=" in page)
