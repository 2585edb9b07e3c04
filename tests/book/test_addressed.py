"""A book with an address of its own lists its pages, and helps those who miss one."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect
from small_book import build, small_book

pytestmark = pytest.mark.xdist_group("addressed")


class Host(SimpleHTTPRequestHandler):
    """Serves a book below ``/sub/``, and its own page for what is not there."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/sub"))

    def send_error(self, code: int, *_: object) -> None:
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Build a book for an address, and serve it there."""
    folder = tmp_path_factory.mktemp("hosted")
    small_book(folder)
    html = folder / "_build/html"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(html)))
    base = f"http://127.0.0.1:{server.server_port}/sub"
    settings = folder / "_config.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\nhtml:\n", f"\nhtml:\n  baseurl: {base}/\n", 1))
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: chapters/page\n"
    )
    (folder / "chapters").mkdir()
    (folder / "chapters/page.md").write_text("# A page\n\nText.\n")
    (folder / "index.md").write_text("# A small book\n\nText.\n")
    built = build(folder)
    assert built.returncode == 0, built.stdout + built.stderr
    Thread(target=server.serve_forever, daemon=True).start()
    yield html, base
    server.shutdown()


def test_every_page_is_in_the_list_that_robots_are_told_of(
    hosted: tuple[Path, str],
) -> None:
    html, base = hosted
    root = ElementTree.parse(html / "sitemap.xml").getroot()
    listed = [element.text for element in root.iter() if element.tag.endswith("loc")]
    assert listed == [f"{base}/chapters/page.html", f"{base}/index.html"]
    assert f"Sitemap: {base}/sitemap.xml" in (html / "robots.txt").read_text()


def test_each_page_names_its_one_address(hosted: tuple[Path, str]) -> None:
    html, base = hosted
    page = (html / "chapters/page.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{base}/chapters/page.html"' in page
    assert f'property="og:url" content="{base}/chapters/page.html"' in page


def test_who_misses_a_page_is_helped_wherever_that_was(
    hosted: tuple[Path, str], browser: Browser
) -> None:
    _, base = hosted
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("requestfailed", lambda request: wrong.append(request.url))
    answer = tab.goto(f"{base}/chapters/old/07-log_curve.html")
    assert answer
    assert answer.status == 404
    expect(tab.locator("h1")).to_have_text("This page is not here")
    expect(tab.locator("main .seek input")).to_have_value("log curve")
    assert tab.evaluate("getComputedStyle(document.querySelector('.bar')).display") == (
        "flex"
    )
    tab.locator("main a", has_text="The way through").click()
    expect(tab).to_have_url(re.compile(rf"{re.escape(base)}/index.html"))
    assert wrong == []
    tab.close()


def test_a_book_without_an_address_has_none_of_it(book: Path) -> None:
    for name in ("sitemap.xml", "robots.txt", "404.html"):
        assert not (book / name).exists()
