"""`make zip`: the whole book in one file that works wherever it is unpacked."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from archive import FOLDER, archive
from playwright.sync_api import Browser, Page, expect
from server import Quiet, Strict, serve

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.xdist_group("archive")

PAGES = (
    "index.html",
    "chapters/log-curve.html",
    "chapters/folklore.html",
    "search.html",
)


HELPFUL = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class Guarded(Quiet):
    """Send the policy that many a university's server sends."""

    headers_to_send: ClassVar[dict[str, str]] = {
        "Content-Security-Policy": "default-src 'self'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    } | HELPFUL


@pytest.fixture(scope="module")
def unpacked(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(io.BytesIO(archive(book))) as made:
        made.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def below(unpacked: Path) -> Iterator[str]:
    """Serve the archive's folder below another."""
    yield from serve(unpacked, Guarded)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


def test_the_archive_holds_all_of_the_book(book: Path, unpacked: Path) -> None:
    def held(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != ".buildinfo"
        }

    assert held(unpacked / FOLDER) == held(book)


def test_two_archives_of_one_book_are_the_same(book: Path) -> None:
    assert archive(book) == archive(book)


@pytest.mark.parametrize("where", ["stick", "server"])
def test_an_unpacked_book_works_from(
    where: str, unpacked: Path, below: str, tab: Page
) -> None:
    root = unpacked.as_uri() if where == "stick" else below
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("requestfailed", lambda request: wrong.append(request.url))
    tab.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    for name in PAGES:
        tab.goto(f"{root}/{FOLDER}/{name}")
        expect(tab.locator("h1").first).to_be_visible()
    tab.goto(f"{root}/{FOLDER}/chapters/log-curve.html?questions=off#loss-curve?q=0.01")
    readout = tab.locator('[data-explorer="loss-curve"] .ce-readouts').first
    expect(readout).to_contain_text("4.605")
    assert wrong == []


def test_the_header_to_send_is_the_one_that_all_pages_are_tested_behind() -> None:
    said = (ROOT / "chapters/publishing.md").read_text(encoding="utf-8")
    for name, value in (Strict.headers_to_send | HELPFUL).items():
        assert f"{name}: {value}\n" in said
