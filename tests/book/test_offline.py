"""Who has visited a book that keeps itself can read it without a network: one build, whole."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from small_book import ROOT, build, small_book, write_page

pytestmark = pytest.mark.xdist_group("offline")

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>{}</title></svg>'

REGISTERED = "navigator.serviceWorker.getRegistration()"
READY = f"{REGISTERED}.then((one) => one?.active?.state === 'activated')"
WAITING = f"{REGISTERED}.then((one) => Boolean(one?.waiting))"
GONE = f"{REGISTERED}.then((one) => !one)"
NOTED = (
    """caches.keys().then((names) => names.some((name) => name.endsWith(" pages")))"""
)
ONE_KEPT = """caches.keys().then((names) =>
  names.filter((name) => !name.endsWith(" pages")).length === 1)"""
BEGUN = "caches.keys().then((names) => names.length > 0)"
NONE_KEPT = "caches.keys().then((names) => names.length === 0)"

#: Read the picture as the page gets it.
SEEN = """async () => {
  const address = document.querySelector("main img").src;
  const text = await (await fetch(address, { cache: "no-store" })).text();
  return /<title>(.*)<.title>/.exec(text)[1];
}"""


def until(page: Page, promise: str, seconds: float = 30) -> None:
    """Wait for what a promise says to become true."""
    end = time.monotonic() + seconds
    while not page.evaluate(promise):
        assert time.monotonic() < end, promise
        time.sleep(0.05)


@dataclass
class Host:
    """A web server whose folder can be exchanged, and which can be out of reach."""

    folder: Path
    base: str = ""
    down: bool = False

    def __post_init__(self) -> None:
        host = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                if host.down:
                    self.close_connection = True
                    return
                self.directory = str(host.folder)
                super().do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler))
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a book of two pages twice, with other words and another picture."""
    folder = tmp_path_factory.mktemp("kept")
    small_book(folder)
    settings = folder / "_config.yml"
    text = settings.read_text(encoding="utf-8")
    assert "offline: false" in text
    settings.write_text(text.replace("offline: false", "offline: true"))
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: chapters/page\n"
    )
    html = []
    for name in ("first", "second"):
        (folder / "picture.svg").write_text(PICTURE.format(name))
        write_page(folder / "index.md", f"# The {name} build\n\n![It](picture.svg)\n")
        write_page(folder / "chapters/page.md", f"# A page of the {name}\n\nText.\n")
        built = build(folder)
        assert built.returncode == 0, built.stdout + built.stderr
        html.append(folder / name)
        shutil.copytree(folder / "_build/html", html[-1])
    return html[0], html[1]


@pytest.fixture
def visit(builds: tuple[Path, Path], browser: Browser) -> Iterator[tuple[Page, Host]]:
    """Visit the first build, once."""
    host = Host(builds[0])
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host.base}/index.html")
    until(page, READY)
    yield page, host
    context.close()
    host.server.shutdown()
    host.server.server_close()


def test_after_one_visit_every_page_opens_without_a_network(
    visit: tuple[Page, Host],
) -> None:
    page, host = visit
    host.down = True
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(f"{host.base}/chapters/page.html?questions=off")
    expect(page.locator("h1")).to_have_text("A page of the first")
    bar = "getComputedStyle(document.querySelector('.bar')).display"
    assert page.evaluate(bar) == "flex"
    page.goto(host.base)
    expect(page.locator("h1")).to_have_text("The first build")
    assert page.evaluate(SEEN) == "first"
    assert failed == []


def test_with_a_network_nobody_sees_yesterdays_page(
    visit: tuple[Page, Host], builds: tuple[Path, Path]
) -> None:
    page, host = visit
    page.goto(f"{host.base}/index.html")
    host.folder = builds[1]
    page.goto(f"{host.base}/index.html")
    expect(page.locator("h1")).to_have_text("The second build")
    assert page.evaluate(SEEN) == "second"


def test_what_a_page_asks_for_is_of_its_own_build(
    visit: tuple[Page, Host], builds: tuple[Path, Path]
) -> None:
    page, host = visit
    page.goto(f"{host.base}/index.html")
    expect(page.locator("h1")).to_have_text("The first build")
    until(page, NOTED)
    host.folder = builds[1]  # while the page is open
    assert page.evaluate(SEEN) == "first"
    page.reload()  # a page of the second build, and a worker of the first at work
    expect(page.locator("h1")).to_have_text("The second build")
    host.down = True
    with pytest.raises(Exception, match="Failed to fetch"):
        page.evaluate(SEEN)  # it has the first build's picture, and does not show it


def test_in_the_middle_of_an_update_nothing_is_kept(
    builds: tuple[Path, Path], browser: Browser, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(builds[1], mixed)
    (picture,) = mixed.glob("_images/*.svg")
    shutil.copy(builds[0] / "_images" / picture.name, picture)
    host = Host(mixed)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host.base}/index.html")
    until(page, BEGUN)
    until(page, GONE)
    host.folder = builds[1]
    page.reload()
    until(page, READY)
    context.close()
    host.server.shutdown()


def test_a_later_build_takes_over_when_the_earlier_ones_pages_are_closed(
    visit: tuple[Page, Host], builds: tuple[Path, Path]
) -> None:
    page, host = visit
    host.folder = builds[1]
    page.reload()
    until(page, WAITING)
    page.goto("about:blank")
    page.goto(f"{host.base}/index.html")
    until(page, ONE_KEPT)
    host.down = True
    page.reload()
    expect(page.locator("h1")).to_have_text("The second build")
    assert page.evaluate(SEEN) == "second"


def test_a_build_that_keeps_nothing_takes_away_what_another_kept(
    visit: tuple[Page, Host], builds: tuple[Path, Path], tmp_path: Path
) -> None:
    page, host = visit
    without = tmp_path / "without"
    shutil.copytree(builds[1], without)
    shutil.copy(ROOT / "bookext/offline-taken-away.js", without / "offline-worker.js")
    host.folder = without
    page.evaluate(f"{REGISTERED}.then((one) => one.update())")
    until(page, NONE_KEPT)
    until(page, GONE)


def test_this_book_as_it_is_configured_keeps_nothing(book: Path) -> None:
    source = (ROOT / "bookext/offline-taken-away.js").read_text(encoding="utf-8")
    assert (book / "offline-worker.js").read_text(encoding="utf-8") == source
    assert "offline.js" not in (book / "index.html").read_text(encoding="utf-8")
